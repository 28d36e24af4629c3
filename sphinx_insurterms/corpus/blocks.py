"""What is a body made of?  Its blocks, which translation and comparison work on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.links import read_spaced_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_KINDS: dict[str, Literal["heading", "item", "cell"]] = {
    "heading_open": "heading",
    "list_item_open": "item",
    "th_open": "cell",
    "td_open": "cell",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link in a block, in reading order."""

    text: str
    target: str
    """As the author wrote it, spaces and percent signs included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item or table cell: what one inline token holds."""

    kind: Literal["heading", "paragraph", "item", "cell"]
    level: int
    """Of a heading, 1 to 6; else 0."""

    text: str
    """Its Markdown, without what makes it a heading or an item."""

    line: int
    """Counted from 0, in the body."""

    links: tuple[Link, ...] = ()

    is_nested: bool = False
    """Whether it stands in a list, a quotation or a table, where no section can."""


@cache
def markdown() -> MarkdownIt:
    """Return the parser that every body and definition is read with.

    CommonMark with tables. Raw HTML and every target are kept as tokens, because
    what is done with them is decided, and complained of, by who renders.
    """
    return configure(MarkdownIt("commonmark"))


def configure(md: MarkdownIt) -> MarkdownIt:
    """Make *md*, a CommonMark parser with a renderer of its own, read bodies."""
    md.enable("table").use(read_spaced_links)
    # Its own check turns `[x](javascript:…)` into visible Markdown; we refuse later.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    # Percent-encoding would hide what the author wrote from our messages.
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return md


def body_tokens(body: str, title: str) -> list[Token]:
    """Return the tokens of *body*, without a first heading that repeats *title*."""
    tokens = markdown().parse(body)
    repeats = (
        len(tokens) > 1
        and tokens[0].type == "heading_open"
        and fold(plain_text(tokens[1])) == fold(title)
    )
    return tokens[3:] if repeats else tokens


def blocks(body: str, title: str) -> tuple[Block, ...]:
    """Return the blocks of *body*, without a first heading that repeats *title*.

    >>> [(b.kind, b.text) for b in blocks("# Risk\\n## Why?\\n- a\\n\\n  b", "risk")]
    [('heading', 'Why?'), ('item', 'a'), ('item', 'b')]
    """
    return tuple(_blocks(body_tokens(body, title)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    parents: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            parents.append(token)
        elif token.nesting == -1:
            parents.pop()
        elif token.type == "inline" and token.map:
            holder = next((p for p in reversed(parents) if p.type in _KINDS), None)
            kind = "paragraph" if holder is None else _KINDS[holder.type]
            level = int(holder.tag[1]) if holder and kind == "heading" else 0
            yield Block(
                kind=kind,
                level=level,
                text=token.content,
                line=token.map[0],
                links=tuple(_links(token.children or ())),
                is_nested=len(parents) > 1,
            )


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    text: list[str] | None = None
    target = ""
    for token in tokens:
        if token.type == "link_open":
            text, target = [], str(token.attrs.get("href", ""))
        elif token.type == "link_close" and text is not None:
            yield Link("".join(text), target)
            text = None
        elif text is not None:
            text.append(token.content)


def plain_text(inline: Token) -> str:
    """Return what a reader sees of an *inline* token, without markup."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or ()
        if child.type != "html_inline"
    )


def line_up(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Tell whether two locales' bodies have the same blocks at the same places.

    How many paragraphs an item has is a habit of translators, and not compared.
    """
    return _shape(one) == _shape(other)


def _shape(body: Sequence[Block]) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in body]


def link_opposite(
    place: tuple[int, int], one: Sequence[Block], other: Sequence[Block]
) -> Link | None:
    """Return the link of *other* at the *place* that a link has in *one*.

    :param place: which block, and which link in it, both counted from 0.
    :return: None where the bodies or the links in the block do not line up.
    """
    block, number = place
    if not line_up(one, other) or len(one[block].links) != len(other[block].links):
        return None
    return other[block].links[number]
