"""What is to be told, in whatever form?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_insurterms.cli.places import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx_insurterms.checking.findings import Finding
    from sphinx_insurterms.checking.using import Use


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of a check."""

    findings: Sequence[Finding]
    """By place."""

    terms: int
    """How many were looked at."""

    known: int = 0
    """Findings that the baseline has, and that are not told again."""

    uses: Sequence[Use] = ()
    """Terms that pages use, and that are not translated; those that are used most first."""

    folder: Path
    """What paths are relative to: where the command was started."""

    def path(self, finding: Finding) -> str:
        """Return the path of the file that a finding is about, as it is told."""
        return shown(finding.path, self.folder)
