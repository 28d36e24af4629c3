"""What do rules look at?  An entry beside the text of its file, line by line."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.checking.findings import Edit, Remark
from sphinx_insurterms.corpus.blocks import blocks, is_plain, links_by_item, shape
from sphinx_insurterms.corpus.readers.source import with_one_line_end
from sphinx_insurterms.corpus.texts import message_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_insurterms.corpus.blocks import Block, Link
    from sphinx_insurterms.corpus.model import Entry


class Place(NamedTuple):
    """Where a link stands among the blocks of a body."""

    block: int
    link: int


class FoundLink(NamedTuple):
    """A link of an entry, and where it is."""

    link: Link
    line: int
    """Of the file, counted from 1."""

    nth: int
    """How many links to the same target begin before it on that line."""

    place: Place | None
    """None in the definition, which has a line of its own in the front matter."""


class Value(NamedTuple):
    """What stands behind a key in the front matter."""

    line: int | None
    """Counted from 1; None where the key is not there."""

    start: int
    """Characters before it on that line."""

    text: str


_COMMENT = re.compile(r"\s+#.*")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


def without_code(text: str) -> str:
    """Return inline Markdown with spaces where code stands, which means only itself."""
    return _CODE.sub(_blank, text) if "`" in text else text


def _blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


class Document:
    """An entry, and the file that holds it.

    :param content: of the file, which is known to be readable.
    """

    def __init__(self, entry: Entry, path: Path, content: bytes) -> None:
        self.entry = entry
        self.path = path
        self.content = content

    @cached_property
    def text(self) -> str:
        """The file as it is, with its own line ends and letters."""
        return self.content.decode("utf-8-sig")

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file, without their ends."""
        return with_one_line_end(self.text).split("\n")

    @property
    def body_line(self) -> int:
        """The line where the body begins, counted from 1."""
        return self.entry.body_line or 1

    # places

    def remark(self, message: str, line: int | None, text: str = "") -> Remark:
        """Return a remark about *text*, where it first stands on a line."""
        column = self._find(line, text, 0)
        return Remark(
            message=message, line=line, column=None if column is None else column + 1
        )

    def edit(self, line: int, old: str, new: str) -> Edit | None:
        """Return the change of *old* on a line into *new*.

        None where *old* stands there twice, or cannot be found.
        """
        start = self._find(line, old, 0)
        if start is None or self._find(line, old, 1) is not None:
            return None
        return Edit(line=line, start=start, old=old, new=new)

    def about_link(self, message: str, found: FoundLink) -> Remark:
        """Return a remark about the target of a link."""
        column = self._find(found.line, f"({found.link.target}", found.nth)
        return Remark(
            message=message,
            line=found.line,
            column=None if column is None else column + 2,
        )

    def _find(self, line: int | None, text: str, nth: int) -> int | None:
        if line is None or not text or line > len(self.lines):
            return None
        found = -1
        for _ in range(nth + 1):
            found = self.lines[line - 1].find(text, found + 1)
            if found < 0:
                return None
        return found

    # front matter

    @property
    def front(self) -> range:
        """The lines of the front matter, counted from 1, between its fences."""
        return range(1, self.body_line)

    def value(self, key: str) -> Value:
        """Return what stands behind a key in the front matter, quotes and all.

        Of a text of several lines the first, and no comment.
        """
        line = self.entry.lines.get(key)
        if line is None:
            return Value(None, 0, "")
        before, colon, text = self.lines[line - 1].partition(":")
        if "#" in text and text.lstrip()[:1] not in {"'", '"'}:
            text = _COMMENT.sub("", text)
        return Value(line, len(before + colon), text)

    # links

    @cached_property
    def links(self) -> tuple[FoundLink, ...]:
        """The links of the definition and of the body, in the order of the file."""
        return (*self._definition_links(), *self._body_links())

    def _definition_links(self) -> Iterator[FoundLink]:
        entry = self.entry
        if entry.is_defined_in_body or is_plain(entry.definition):
            return
        for block in blocks(entry.definition, ""):
            yield from _placed(block.links, entry.definition_line or 1, None)

    def _body_links(self) -> Iterator[FoundLink]:
        for number, block in enumerate(self.entry.blocks):
            if block.links:
                yield from _placed(block.links, self.body_line, number)

    @cached_property
    def messages(self) -> tuple[str, ...]:
        """What stands for each block of the body, wherever its lines are broken."""
        return tuple(message_id(block.text) for block in self.entry.blocks)

    @cached_property
    def shape(self) -> list[tuple[str, int]]:
        """What is compared of the body with those in other languages."""
        return shape(self.entry.blocks)

    @cached_property
    def items(self) -> list[tuple[Link, ...]]:
        """The links in each item of the body, in the order of :attr:`shape`."""
        found = links_by_item(self.entry.blocks)
        return [tuple(links.values()) for links in found]

    @cached_property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """The definition, and each block of the body, without code, with their lines.

        One that is a paragraph of the body stands there only.
        """
        entry = self.entry
        own = (
            []
            if entry.is_defined_in_body
            else [(entry.definition_line or 1, entry.definition)]
        )
        body = ((self.block_line(block), block.text) for block in entry.blocks)
        return tuple((line, without_code(text)) for line, text in (*own, *body))

    def line_in(self, block: Block, at: int) -> int:
        """Return the line of the file where the character *at* of a block stands."""
        return self.block_line(block) + block.text.count("\n", 0, at)

    def block_line(self, block: Block) -> int:
        """Return the line of the file where a block begins, counted from 1."""
        return self.body_line + block.line


def _placed(
    links: tuple[Link, ...], first: int, block: int | None
) -> Iterator[FoundLink]:
    seen: dict[tuple[int, str], int] = {}
    for number, link in enumerate(links):
        line = first if block is None else first + link.line
        nth = seen.get((line, link.target), 0)
        seen[line, link.target] = nth + 1
        place = None if block is None else Place(block, number)
        yield FoundLink(link, line, nth, place)
