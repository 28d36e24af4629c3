"""What is there to translate in an entry?  Its texts, one for each block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.blocks import line_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.model import Entry

_HARD_BREAK = re.compile(r"( {2,}|\\)\n")
_SPACE = re.compile(r"[ \t\r\n]+")
"""What may be broken; a space that may not, as in ``10 %``, is part of a text."""

_ODD = ("\n", "  ", "\t", "\r")
"""What a text holds if any of its space is more than one space."""


class Message(NamedTuple):
    """A text to be translated by itself."""

    text: str
    """Inline CommonMark; a title is plain text."""

    line: int
    """Where it stands in the entry's file, counted from 1."""


def message_id(text: str) -> str:
    r"""Return what stands for a block in catalogs, wherever its lines are broken.

    >>> message_id("What you\npay.")
    'What you pay.'
    """
    if "\n" in text and _HARD_BREAK.search(text):
        return text
    is_odd = any(odd in text for odd in _ODD)
    return (_SPACE.sub(" ", text) if is_odd else text).strip(" ")


def messages(entry: Entry, *, body: bool) -> Iterator[Message]:
    """Yield the texts of an entry in reading order: title, definition, and blocks."""
    yield Message(entry.title, entry.lines.get("title", 1))
    if entry.definition:
        yield Message(message_id(entry.definition), entry.definition_line or 1)
    for block in entry.blocks if body else ():
        if text := message_id(block.text):
            yield Message(text, (entry.body_line or 1) + block.line)


def translated_messages(
    source: Entry, other: Entry, *, body: bool = True
) -> tuple[dict[str, str], bool]:
    """Return what another locale's entry says for the messages of the source's.

    :param body: look at the bodies too, which takes longer.
    :return: message → translation; and whether the bodies line up, else there is
        nothing of them.
    """
    found = {source.title: other.title}
    if source.definition and other.definition:
        found[message_id(source.definition)] = message_id(other.definition)
    is_alike = body and len(source.blocks) == len(other.blocks)
    is_alike = is_alike and line_up(source.blocks, other.blocks)
    for one, its in zip(source.blocks, other.blocks, strict=False) if is_alike else ():
        if one.text and its.text:
            found.setdefault(message_id(one.text), message_id(its.text))
    return found, is_alike
