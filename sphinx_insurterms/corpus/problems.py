"""What is wrong, and where?  Complaints that name a place and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WarningName = Literal[
    "link",
    "title",
    "definition",
    "markup",
    "date",
    "file",
    "id",
    "name",
    "locale",
    "corpus",
    "manifest",
    "catalog",
    "shadowed",
    "unknown",
    "ambiguous",
    "deprecated",
    "pages",
]
"""By what a problem can be silenced; nothing else may be a problem's name."""

WARNINGS: Mapping[WarningName, str] = MappingProxyType(
    {
        "link": "A link inside an entry leads to no term.",
        "title": "An entry has no title, or one that YAML takes for true or false.",
        "definition": "A definition is too long to be read at a glance.",
        "markup": "Something in an entry is shown as text, and not run.",
        "date": "A date is not one that there is.",
        "file": "A file cannot be read, in whole or in part.",
        "id": "Two files have one id, or a file has none that can be used.",
        "name": "A name of one term is the title of another.",
        "locale": "A folder is no language, or two folders are the same one; or a "
        "directive asks for a language that is none.",
        "corpus": "A corpus is missing, or has no entries.",
        "manifest": "`insurterms.toml` has a mistake.",
        "catalog": "A message catalog cannot be read, a translation in it cannot be "
        "shown, or a document of yours has the name of our catalog.",
        "shadowed": "An entry and a catalog say different things; the entry is shown.",
        "unknown": "A directive names a term or a category that nobody knows.",
        "ambiguous": "A name fits several terms; the message says which one was taken.",
        "deprecated": "A deprecated name is used; the message says which one to write.",
        "pages": "A term's page would replace a file of yours, or is left over from "
        "other settings.",
    }
)
"""Name → what such a problem says, for the page of the reference."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Origin:
    """A place in a file of a corpus."""

    path: Path
    """The file, or a folder when the complaint is about all of it."""

    line: int | None = None
    """Counted from 1; None for a file or folder as a whole."""

    def __str__(self) -> str:
        """Return ``path:line``, as compilers print it and editors open it."""
        return str(self.path) if self.line is None else f"{self.path}:{self.line}"

    def at(self, line: int) -> Origin:
        """Return the place *line* lines further down in the same file."""
        return Origin(path=self.path, line=(self.line or 1) + line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One complaint: a fact and a way out, at a place, under a name."""

    name: WarningName
    """What ``suppress_warnings`` calls it, where ``insurterms.`` stands before."""

    message: str
    """One sentence: what was found, and what to do."""

    origin: Origin
    """Where it was found."""

    def __str__(self) -> str:
        """Return the complaint as one line of a log."""
        return f"{self.origin}: {self.message} [insurterms.{self.name}]"


class CorpusError(Exception):
    """A file of a corpus cannot be read; the corpus goes on without it.

    :param problem: what to tell the file's author.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
