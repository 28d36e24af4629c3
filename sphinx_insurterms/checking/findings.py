"""What was found, where, how bad is it, and what would mend it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Severity(IntEnum):
    """How bad a finding is; the words are those of compilers and of SARIF."""

    NOTE = 0
    """Readers lose nothing; other tools, or the next author, may stumble."""

    WARNING = 1
    """Readers get less than the authors meant."""

    ERROR = 2
    """Readers get nothing, or what is wrong."""

    @property
    def word(self) -> str:
        """What it is called in every report."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change within one line of a file."""

    line: int
    """Counted from 1."""

    start: int
    """Characters before it in the line, without a byte order mark."""

    old: str
    """What stands there; a file that says something else by now is left alone."""

    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a rule says of one place in one file."""

    message: str
    """A fact and a way out, in one sentence."""

    line: int | None = None
    """Counted from 1; None for the file as a whole."""

    column: int | None = None
    """In characters, counted from 1; None for the line as a whole."""

    edit: Edit | None = None
    """What would mend it, where that is safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A remark, with the rule that made it and the file that it is about."""

    rule: str
    severity: Severity
    path: Path
    """Absolute; of a file, or of a folder when it is about all of it."""

    remark: Remark

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by."""
        line, column = self.remark.line or 0, self.remark.column or 0
        return str(self.path), line, column, self.rule, self.remark.message
