"""What is wrong, and where?  Complaints that name a place and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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

    name: str
    """What ``suppress_warnings`` calls it, without ``insurterms.``."""

    message: str
    """One sentence: what was found, and what to do."""

    origin: Origin

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
