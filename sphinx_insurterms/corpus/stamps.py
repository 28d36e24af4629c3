"""How does a translation say what it translates?  By a line of its front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.readers import reader_of
from sphinx_insurterms.corpus.readers.source import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.readers.source import Source

KEY = "translates"

_FENCE = re.compile(rb"-{3,}\s*")


class UnstampableError(ValueError):
    """A file in which the line cannot be written without changing something else."""


def stamped(source: Source, digest: str) -> bytes:
    """Return a file's content with *digest* as what it translates; all else is kept.

    :raises UnstampableError: if the front matter has a form that a line more, or
        another one, would break.
    """
    before = reader_of(source.path)(source).entry
    if before is None:
        raise UnstampableError("the file holds no entry")
    if before.translates == digest:
        return source.content
    content = _with_line(source, before, digest)
    after = reader_of(source.path)(replace(source, content=content)).entry
    if after is None or _said(after) != _said(replace(before, translates=digest)):
        raise UnstampableError(
            f"its front matter leaves no place for `{KEY}: {digest}`"
        )
    return content


def _with_line(source: Source, entry: Entry, digest: str) -> bytes:
    """Return the content with the line changed, or put below all others."""
    key = source.fields.get(KEY, KEY)
    lines = source.content.splitlines(keepends=True)
    fences = [number for number, line in enumerate(lines) if _is_fence(line)]
    text = [number for number, line in enumerate(lines) if _is_text(line)]
    first = lines[text[0]]
    ending = first[len(first.rstrip(b"\r\n")) :] or b"\n"
    written = f"{key}: {digest}".encode() + ending
    if KEY in entry.lines:
        number = entry.lines[KEY] - 1
        return b"".join([*lines[:number], written, *lines[number + 1 :]])
    if text[0] in fences:
        return b"".join([*lines[: fences[1]], written, *lines[fences[1] :]])
    mark = BYTE_ORDER_MARK if source.content.startswith(BYTE_ORDER_MARK) else b""
    fence = b"---" + ending
    return b"".join([mark, fence, written, fence, source.content.removeprefix(mark)])


def _is_fence(line: bytes) -> bool:
    return _FENCE.fullmatch(line.removeprefix(BYTE_ORDER_MARK)) is not None


def _is_text(line: bytes) -> bool:
    return bool(line.removeprefix(BYTE_ORDER_MARK).strip())


def _said(entry: Entry) -> tuple[object, ...]:
    """Return all that an entry says, wherever in its file."""
    nowhere = replace(
        entry, digest="", lines={}, body_line=None, definition_line=None, path=""
    )
    return nowhere, entry.body.strip()
