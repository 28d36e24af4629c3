"""How do translators keep texts?  In catalogs, as gettext has them."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import polib

from sphinx_insurterms.corpus.problems import CorpusError, Origin, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.texts import Message

DOMAIN = "insurterms"
"""The name of the catalog, as gettext uses the word."""

_FLAG = "md-text"
"""Lets translation platforms check that links and markup survive."""

_CREATED = re.compile('^"POT-Creation-Date:.*\n', re.MULTILINE)
_LINE = re.compile(r"\(line (\d+)\)")
_NO_LINE = re.compile(
    rb"""
    ^ (?!
        [ \t]* (?: \# .*
        | (?: (?: msgctxt | msgid (?:_plural)? | msgstr (?: \[\d+\] )? ) [ \t]* )?
          " [^"\\\n]* (?: \\. [^"\\\n]* )* " [ \t]*
        )? \r? $
    )""",
    re.MULTILINE | re.VERBOSE,
)
_WIDTH = 76  # as sphinx-intl wraps


class Catalog:
    """Messages and what they are in one language, or in none: then it is a template.

    What a file has beside that is kept when it is written again: the head, comments,
    places, flags, what a message was before, and messages that are there no more.
    """

    def __init__(self, file: polib.POFile) -> None:
        self._file = file
        self._by_id = {entry.msgid: entry for entry in file if not entry.obsolete}

    @classmethod
    def made(cls, head: Mapping[str, str], comment: str, *, fuzzy: bool) -> Catalog:
        """Make one without messages.

        :param head: the fields of its head, in order.
        :param comment: stands above all, without the signs of a comment.
        :param fuzzy: whether somebody is still to complete the head, as in a template.
        """
        file = polib.POFile(wrapwidth=_WIDTH)
        file.header, file.metadata_is_fuzzy = comment, fuzzy
        file.metadata = {
            **head,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
        }
        return cls(file)

    @classmethod
    def read(cls, path: Path) -> Catalog:
        """Read a file.

        :raises OSError: if it cannot be read.
        :raises CorpusError: if it is no catalog.
        """
        content = path.read_bytes()
        line = None
        try:
            text = content.decode("utf-8-sig")
            # As text; polib would take a name that is none of a file for a catalog.
            return cls(polib.pofile(f"{text}\n", wrapwidth=_WIDTH))
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            fact = "this is not UTF-8; save the catalog as UTF-8"
        except (OSError, ValueError, IndexError) as error:
            found = _LINE.search(str(error))
            line = int(found[1]) if found else None
            fact = "this is no line of a catalog; mend it, msgfmt says how"
        origin = Origin(path=path, line=line)
        raise CorpusError(Problem(name="catalog", message=fact, origin=origin))

    def __len__(self) -> int:
        return len(self._by_id)

    def __str__(self) -> str:
        return f"{self._file}".rstrip("\n") + "\n"

    def texts(self, *, fuzzy: bool = False) -> dict[str, str]:
        """Return what it says: message → translation.

        :param fuzzy: also what somebody is still to look over.
        """
        return {
            text: entry.msgstr
            for text, entry in self._by_id.items()
            if entry.msgstr and (fuzzy or not entry.fuzzy)
        }

    def line(self, text: str) -> int | None:
        """Return the line where a message stands in the file that was read."""
        entry = self._by_id.get(text)
        return entry.linenum if entry else None

    def add(self, message: Message, path: str) -> None:
        """Add a message, or another place where it stands.

        :param path: of the file, as translators are to see it; empty for no place.
        """
        place = (path, str(message.line))
        entry = self._by_id.get(message.text)
        if entry is None:
            entry = polib.POEntry(msgid=message.text, flags=[_FLAG])
            self._by_id[message.text] = entry
            self._file.append(entry)
        if path and place not in entry.occurrences:
            entry.occurrences.append(place)

    def fill(self, message: Message, path: str, translation: str) -> bool:
        """Give a message its translation, unless it has one; return whether it had none."""
        if message.text not in self._by_id:
            self.add(message, path)
        entry = self._by_id[message.text]
        if entry.msgstr:
            return False
        entry.msgstr = translation
        return True


def compiled_texts(path: Path) -> dict[str, str]:
    """Return what a compiled catalog says: message → translation.

    :raises CorpusError: if it is none.
    """
    try:
        return {entry.msgid: entry.msgstr for entry in polib.mofile(str(path))}
    except (OSError, ValueError, IndexError, struct.error) as error:
        fact = f"this is no compiled catalog ({error}); remove it"
        problem = Problem(name="catalog", message=fact, origin=Origin(path=path))
        raise CorpusError(problem) from None


def looks_broken(path: Path) -> bool:
    """Tell whether a catalog has a line that is none, without reading what it says."""
    return _NO_LINE.search(path.read_bytes()) is not None


def path_of(entry: Entry, root: Path) -> str:
    """Return an entry's file as translators see it: from the corpus's folder on."""
    return Path(entry.path).relative_to(root.parent).as_posix()


def catalog_file(folder: Path, locale: str) -> Path:
    """Return where gettext, and Sphinx, look for the catalog of *locale*."""
    return folder / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def is_same_template(one: str, other: str) -> bool:
    """Tell whether two templates differ in nothing but when they were made."""
    return _CREATED.sub("", one) == _CREATED.sub("", other)
