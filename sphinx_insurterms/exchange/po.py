"""How do entries look to translators?  As messages, one for each block of the source."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.pofile import write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

    from sphinx_insurterms.corpus.model import Entry

DOMAIN = "insurterms"
"""The name of the catalog, as gettext uses the word."""

_FLAG = "md-text"
"""Lets translation platforms check that links and markup survive."""

_HARD_BREAK = re.compile(r"( {2,}|\\)\n")
_CREATED = re.compile(rb'^"POT-Creation-Date:.*\n', re.MULTILINE)


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
    return text if _HARD_BREAK.search(text) else " ".join(text.split())


def messages(entry: Entry, *, body: bool) -> Iterator[Message]:
    """Yield the texts of an entry in reading order: title, definition, and blocks."""
    yield Message(entry.title, entry.lines.get("title", 1))
    if entry.definition:
        yield Message(message_id(entry.definition), entry.definition_line or 1)
    for block in entry.blocks if body else ():
        if text := message_id(block.text):
            yield Message(text, (entry.body_line or 1) + block.line)


def add_entry(catalog: Catalog, entry: Entry, root: Path, *, body: bool) -> None:
    """Add what an entry says to a *catalog*, with the places where it stands.

    :param root: the corpus's folder; places are told relative to the one it is in.
    """
    path = Path(entry.path).relative_to(root.parent).as_posix()
    for text, line in messages(entry, body=body):
        message = catalog.add(text, locations=[(path, line)])
        # Not what Babel takes for placeholders: "10 % of" is text.
        message.flags = {_FLAG}


def to_bytes(catalog: Catalog, *, locations: bool = True) -> bytes:
    """Return a catalog as the content of a file."""
    file = io.BytesIO()
    write_po(file, catalog, no_location=not locations)
    return file.getvalue()


def is_same_template(one: bytes, other: bytes) -> bool:
    """Tell whether two templates differ in nothing but when they were made."""
    return _CREATED.sub(b"", one) == _CREATED.sub(b"", other)
