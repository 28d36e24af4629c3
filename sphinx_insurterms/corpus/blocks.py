"""What is a body made of?  Its blocks, which translation and comparison work on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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
    """What readers see."""

    target: str
    """As the author wrote it, spaces and percent signs included."""

    line: int
    """Counted from 0, in the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item or table cell of a body."""

    kind: Literal["heading", "paragraph", "item", "cell"]
    """Which of them it is."""

    level: int
    """Of a heading, 1 to 6; else 0."""

    text: str
    """Its Markdown, without what makes it a heading or an item."""

    line: int
    """Counted from 0, in the body."""

    first: int
    """The number of the block that begins its item; its own if it begins one itself."""

    links: tuple[Link, ...] = ()
    """The links in it, in reading order."""

    is_nested: bool = False
    """Whether it stands in a list, a quotation or a table, where no section can."""


_MARKUP = re.compile(r"[\\`*_\[\]<>&!\n]")


def is_plain(text: str) -> bool:
    r"""Tell whether inline *text* is surely nothing but text.

    >>> is_plain("The part of a loss that you pay."), is_plain("A [plan](/plan).")
    (True, False)
    """
    return _MARKUP.search(text) is None


def blocks(body: str, title: str) -> tuple[Block, ...]:
    r"""Return the blocks of *body*, without a first heading that repeats *title*.

    >>> [(b.kind, b.text) for b in blocks("# Risk\n## Why?\n- a\n\n  b", "risk")]
    [('heading', 'Why?'), ('item', 'a'), ('item', 'b')]
    """
    from sphinx_insurterms.corpus.parser import body_tokens

    return tuple(_blocks(body_tokens(body, title)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    parents: list[Token] = []
    firsts: dict[int, int] = {}
    number = 0
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
                first=firsts.setdefault(id(holder or token), number),
                links=tuple(_links(token.children or (), token.map[0])),
                is_nested=len(parents) > 1,
            )
            number += 1


def _links(tokens: Sequence[Token], line: int) -> Iterator[Link]:
    from sphinx_insurterms.corpus.parser import BREAKS, seen

    opened, begins = 0, line
    for number, token in enumerate(tokens):
        # Raw HTML and images hold their line breaks themselves.
        line += (token.type in BREAKS) + token.content.count("\n")
        if token.type == "link_open":
            opened, begins = number, line
        elif token.type == "link_close":
            target = str(tokens[opened].attrs.get("href", ""))
            yield Link(seen(tokens[opened:number]), target, begins)


def line_up(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Tell whether two locales' bodies have the same blocks at the same places.

    How many paragraphs an item has is a habit of translators, and not compared.
    """
    return shape(one) == shape(other)


def shape(body: Sequence[Block]) -> list[tuple[str, int]]:
    """Return what is compared of a body: kind and level of each item."""
    return [(block.kind, block.level) for block in items(body)]


def items(body: Sequence[Block]) -> list[Block]:
    """Return the blocks that begin an item: all but further paragraphs of one."""
    return [block for number, block in enumerate(body) if block.first == number]


def link_opposite(
    place: tuple[int, int], one: Sequence[Block], other: Sequence[Block]
) -> Link | None:
    """Return the link of *other* at the *place* that a link has in *one*.

    :param place: which block, and which link in it, both counted from 0.
    :return: None where the bodies or the links in the item do not line up.
    """
    if not line_up(one, other):
        return None
    pairs = zip(links_by_item(one), links_by_item(other), strict=True)
    ours, theirs = next((ours, theirs) for ours, theirs in pairs if place in ours)
    opposite = dict(zip(ours, theirs.values(), strict=False))
    return opposite[place] if len(ours) == len(theirs) else None


def links_by_item(body: Sequence[Block]) -> list[dict[tuple[int, int], Link]]:
    """Return for each item its links in reading order, by their places."""
    found: dict[int, dict[tuple[int, int], Link]] = {}
    for number, block in enumerate(body):
        links = {(number, n): link for n, link in enumerate(block.links)}
        found.setdefault(block.first, {}).update(links)
    return list(found.values())
