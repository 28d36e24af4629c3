"""How is Markdown read?  By one parser for bodies and definitions, wherever shown."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sphinx_insurterms.corpus.headings import read_unspaced_headings
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.spaced_links import read_spaced_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Delimiter
    from markdown_it.token import Token


@cache
def markdown() -> MarkdownIt:
    """Return the parser that every body and definition is read with.

    CommonMark with tables. Raw HTML and every target are kept as tokens, because
    what is done with them is decided, and complained of, by who renders.
    """
    return configure(MarkdownIt("commonmark"))


def configure(md: MarkdownIt) -> MarkdownIt:
    """Make *md*, a CommonMark parser with a renderer of its own, read bodies."""
    md.enable("table").use(read_spaced_links).use(read_unspaced_headings)
    md.inline.ruler2.after("balance_pairs", "shallow", _keep_shallow)
    # Its own check turns `[x](javascript:…)` into visible Markdown; we refuse later.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    # Percent-encoding would hide what the author wrote from our messages.
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return md


_DEEPEST = 20
"""Stars in stars, two for strong emphasis; markdown-it's own limit for all else is 20."""


def _keep_shallow(state: StateInline) -> None:
    """Leave emphasis in emphasis in emphasis as text, before Python's stack ends.

    Every later step walks the tree by calling itself: MyST, docutils and the writers.
    """
    _unpair_deep(state.delimiters)
    for meta in state.tokens_meta:
        if meta:
            _unpair_deep(meta["delimiters"])


def _unpair_deep(delimiters: Sequence[Delimiter]) -> None:
    ends: list[int] = []
    for number, delimiter in enumerate(delimiters):
        while ends and ends[-1] <= number:
            ends.pop()
        if delimiter.end < 0:
            continue
        if len(ends) < _DEEPEST:
            ends.append(delimiter.end)
        else:
            delimiter.end = -1


@lru_cache(16)
def body_tokens(body: str, title: str) -> list[Token]:
    """Return the tokens of *body*, without a first heading that repeats *title*.

    A page asks several times for those of the entries that it shows; leave them whole.
    """
    tokens = markdown().parse(body)
    repeats = (
        len(tokens) > 1
        and tokens[0].type == "heading_open"
        and fold(plain_text(tokens[1])) == fold(title)
    )
    return tokens[3:] if repeats else tokens


def first_heading(body: str) -> str:
    """Return what a reader sees of the first heading, if there is one."""
    tokens = iter(markdown().parse(body))
    heading = any(token.type == "heading_open" for token in tokens)
    return plain_text(next(tokens)) if heading else ""


BREAKS = frozenset({"softbreak", "hardbreak"})
"""The tokens at which a line ends."""


def plain_text(inline: Token) -> str:
    """Return what a reader sees of an *inline* token, without markup."""
    return seen(inline.children or ())


def seen(tokens: Iterable[Token]) -> str:
    """Return what a reader sees of the *tokens* in an inline one, without markup."""
    return "".join(
        " " if token.type in BREAKS else token.content
        for token in tokens
        if token.type != "html_inline"
    )
