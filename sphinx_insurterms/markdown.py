"""How does corpus text become doctree?  By MyST's renderer, as text and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_insurterms.corpus.blocks import is_plain
from sphinx_insurterms.rendered import Rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def render_body(
    body: str,
    title: str,
    *,
    link_target: Callable[[str], str | None],
    section_ids: Sequence[str] | None = None,
) -> Rendered:
    """Render a body, without a first heading that repeats *title*.

    :param section_ids: make sections of the headings, with these ids in turn; else
        they are rubrics, which may stand anywhere.
    """
    from sphinx_insurterms.corpus.parser import body_tokens
    from sphinx_insurterms.myst import renderer

    return renderer().run(body_tokens(body, title), link_target, section_ids)


def render_inline(text: str, *, link_target: Callable[[str], str | None]) -> Rendered:
    """Render a definition: inline markup only, whatever it looks like."""
    if is_plain(text):  # as most definitions are
        return Rendered([nodes.Text(text)] if text else [])
    from sphinx_insurterms.corpus.parser import markdown
    from sphinx_insurterms.myst import renderer

    return renderer().run(markdown().parseInline(text), link_target, None)
