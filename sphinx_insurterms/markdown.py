"""How does corpus text become doctree?  By MyST's renderer, as text and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_insurterms.corpus.blocks import is_plain
from sphinx_insurterms.rendered import Rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from sphinx_insurterms.corpus.model import Entry


def render_body(
    entry: Entry,
    *,
    link_target: Callable[[str], str | None],
    section_ids: Sequence[str] | None = None,
) -> Rendered:
    """Render the body of *entry*, without a first heading that repeats its title.

    :param section_ids: make sections of the headings, with these ids in turn; else
        they are rubrics, which may stand anywhere.
    """
    from sphinx_insurterms.corpus.parser import body_tokens
    from sphinx_insurterms.myst import renderer

    source = entry.source_entry
    tokens = body_tokens(entry.body, source.title if source else entry.title)
    if source is not None:
        tokens = [_translated(token, entry, source.locale) for token in tokens]
    return renderer().run(tokens, link_target, section_ids)


def _translated(token: Token, entry: Entry, locale: str) -> Token:
    """Return a token with its translation, or marked as in *locale* for want of one."""
    from markdown_it.token import Token

    from sphinx_insurterms.corpus.parser import markdown

    if token.type != "inline" or not token.content:
        return token
    said = entry.translate(token.content)
    if said is not None:
        (inline,) = markdown().parseInline(said)
        children = inline.children
    else:
        attrs: dict[str, str | int | float] = {"lang": locale}
        opening = Token("foreign_open", "", 1, attrs=attrs)
        closing = Token("foreign_close", "", -1)
        children = [opening, *(token.children or []), closing]
    return token.copy(content=said or token.content, children=children)


def render_inline(text: str, *, link_target: Callable[[str], str | None]) -> Rendered:
    """Render a definition: inline markup only, whatever it looks like."""
    if is_plain(text):  # as most definitions are
        return Rendered([nodes.Text(text)] if text else [])
    from sphinx_insurterms.corpus.parser import markdown
    from sphinx_insurterms.myst import renderer

    return renderer().run(markdown().parseInline(text), link_target, None)
