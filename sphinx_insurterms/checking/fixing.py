"""How is a file mended?  By the edits of its findings, each proved harmless first."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.readers import reader_of
from sphinx_insurterms.corpus.readers.source import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_insurterms.checking.findings import Edit
    from sphinx_insurterms.corpus.blocks import Block
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.readers.source import Source

LINK_RULES = frozenset({"link", "link-form"})
"""Rules whose edits may change where links lead, and nothing else."""

FRONT_RULES = frozenset({"entity", "title-form"})
"""Rules whose edits change how the front matter is written, and nothing that it says."""


class Change(NamedTuple):
    """A line of a file, before and after."""

    line: int
    """Counted from 1."""

    before: str
    after: str


class Mended(NamedTuple):
    """What a file is to hold, and how that differs from what it holds."""

    content: bytes
    changes: list[Change]


def mend(source: Source, edits: Iterable[tuple[str, Edit]]) -> Mended:
    """Return a file with those edits that leave the entry as it is, but for the fix.

    An edit is dropped where the line says something else by now, where another has
    changed the place already, or where the file would be read as another entry.

    :param edits: with the name of the rule that asks for each.
    """
    content, changes = source.content, []
    # From the end, so that the places of those that follow still hold.
    wanted = sorted(
        set(edits), key=lambda one: (one[1].line, one[1].start), reverse=True
    )
    for _, same_line in groupby(wanted, key=lambda one: one[1].line):
        lines_before = content
        for rule, edit in same_line:
            edited = _edited(content, edit)
            if edited is not None and _is_harmless(source, content, edited, rule):
                content = edited
        if content != lines_before:
            changes.append(_change(lines_before, content, edit.line))
    return Mended(content, changes[::-1])


def _edited(content: bytes, edit: Edit) -> bytes | None:
    mark = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else b""
    lines = _lines(content)
    if edit.line > len(lines):
        return None
    line = lines[edit.line - 1]
    end = edit.start + len(edit.old)
    if line[edit.start : end] != edit.old:
        return None
    lines[edit.line - 1] = line[: edit.start] + edit.new + line[end:]
    return mark + "".join(lines).encode()


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def _lines(content: bytes) -> list[str]:
    """Return the lines of a file with their ends, as editors count them."""
    return _LINE.findall(content.decode("utf-8-sig"))


def _is_harmless(source: Source, before: bytes, after: bytes, rule: str) -> bool:
    old, new = _read(source, before), _read(source, after)
    if old is None or new is None or _said(old) != _said(new):
        return False
    if rule in FRONT_RULES:
        return old.definition == new.definition and old.body == new.body
    return _is_alike(old.definition, new.definition, "", rule) and _is_alike(
        old.body, new.body, old.title, rule
    )


def _read(source: Source, content: bytes) -> Entry | None:
    return reader_of(source.path)(replace(source, content=content)).entry


def _said(entry: Entry) -> Entry:
    """Return an entry without its texts, which are compared by themselves."""
    return replace(entry, digest="", text_digest="", definition="")


def _is_alike(old: str, new: str, title: str, rule: str) -> bool:
    """Tell whether two texts differ in links, or in the signs of headings, only."""
    olds, news = blocks(old, title), blocks(new, title)
    return len(olds) == len(news) and all(
        _shape(one, rule) == _shape(other, rule)
        for one, other in zip(olds, news, strict=True)
    )


def _shape(block: Block, rule: str) -> tuple[object, ...]:
    """Return what of a block stays as it is when a rule's edit is made."""
    text = block.text
    if rule in LINK_RULES:
        for link in block.links:
            text = text.replace(f"({link.target}", "(", 1)
    links = [(link.text, link.line) for link in block.links]
    return block.kind, block.level, block.line, text, links


def _change(before: bytes, after: bytes, line: int) -> Change:
    old, new = _lines(before)[line - 1], _lines(after)[line - 1]
    return Change(line, old.rstrip("\r\n"), new.rstrip("\r\n"))
