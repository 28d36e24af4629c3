"""What is a reader given, and what does it return?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.problems import CorpusError, Origin, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx_insurterms.corpus.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of a corpus, and what its corpus knows of it."""

    path: Path
    content: bytes
    locale: str
    term_id: str
    """The id that the file's name gives; an entry may say another."""

    fields: Mapping[str, str]
    """Our front matter key → the key that this corpus writes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held, and what was wrong with it."""

    entry: Entry | None
    """None for a draft and for a file that cannot be read."""

    problems: tuple[Problem, ...] = ()

    body_offset: int = 0
    """Where the body begins in the file's text, in characters; it ends with the file."""


def decode(content: bytes, path: Path) -> str:
    """Return the text of a file, with one kind of line end, in composed letters.

    :raises CorpusError: if it is not UTF-8, or has nothing in it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Counted in what was decoded, which has no byte order mark.
        line = error.object[: error.start].count(b"\n") + 1
        fact = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        origin = Origin(path=path, line=line)
        raise CorpusError(Problem(name="file", message=fact, origin=origin)) from None
    if not text.strip():
        fact = "the file is empty; write a title and a description, or delete it"
        raise CorpusError(Problem(name="file", message=fact, origin=Origin(path=path)))
    text = with_one_line_end(text)
    return unicodedata.normalize("NFC", strip_unprintable(text))


def with_one_line_end(text: str) -> str:
    """Return *text* with a line feed at the end of each line, whoever wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What some editors begin a file with."""

# A byte order mark counts too: libyaml reads none but the first. Above the first
# planes the two that are no characters in each are picked out one by one: named here,
# each of them would be compared with every letter of every file.
_SUSPECT = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\U0001fffe-\U0010ffff]"
)
# Of the references to such characters, Markdown takes this one.
_FORM_FEED = re.compile(r"&#(?:0*12|[xX]0*[cC]);")


def strip_unprintable(text: str) -> str:
    r"""Return *text* without characters that an output format may not hold.

    Those that join letters, or keep them apart, are no such: Persian needs them.

    >>> strip_unprintable("C\x01t\x85\ufffe\n")
    'Ct\n'
    """
    # A space keeps what stands around a reference from becoming another one.
    if not text.isprintable():
        text = _SUSPECT.sub(_printable, text)
    return _FORM_FEED.sub(" ", text) if "&#" in text else text


_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    r"""Return *text* as names and definitions have it: on a line, nothing invisible.

    >>> one_line(" a\u200b\n b ")
    'a b'
    """
    text = strip_unprintable(text)
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def _printable(suspect: re.Match[str]) -> str:
    code = ord(suspect[0])
    is_character = code > 0xFFFF and code & 0xFFFE != 0xFFFE  # noqa: PLR2004
    return suspect[0] if is_character else ""
