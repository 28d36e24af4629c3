"""Which findings are known, and not told again until they are mended?"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.problems import CorpusError, Origin, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sphinx_insurterms.checking.findings import Finding

_VERSION = 1


class Baseline:
    """Findings that were there when a corpus was first checked.

    By file, rule and message, without lines: an edit further up brings none back.

    :param known: how many of each there are.
    """

    def __init__(self, known: Counter[tuple[str, str, str]]) -> None:
        self._known = known

    @classmethod
    def of(cls, findings: Iterable[Finding], root: Path) -> Baseline:
        """Return the baseline in which all *findings* are known."""
        return cls(Counter(_key(finding, root) for finding in findings))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a baseline.

        :raises CorpusError: if the file is none.
        :raises OSError: if it cannot be read.
        """
        try:
            rows = json.loads(path.read_text("utf-8"))
            if rows["version"] != _VERSION:
                raise ValueError  # noqa: TRY301 - the same complaint
            known = Counter(
                {
                    (r["path"], r["rule"], r["message"]): int(r["count"])
                    for r in rows["known"]
                }
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            fact = "this is no baseline; write one with --write-baseline"
            problem = Problem(name="file", message=fact, origin=Origin(path=path))
            raise CorpusError(problem) from None
        return cls(known)

    def content(self) -> bytes:
        """Return what :meth:`read` reads: a line for each, for readable differences."""
        rows = [
            {"path": path, "rule": rule, "message": message, "count": count}
            for (path, rule, message), count in sorted(self._known.items())
        ]
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        return f'{{"version": {_VERSION}, "known": [\n{lines}\n]}}\n'.encode()

    def new(self, findings: Iterable[Finding], root: Path) -> Iterator[Finding]:
        """Yield the findings that are not known."""
        left = self._known.copy()
        for finding in findings:
            key = _key(finding, root)
            if left[key]:
                left[key] -= 1
            else:
                yield finding


def _key(finding: Finding, root: Path) -> tuple[str, str, str]:
    path = finding.path
    name = path.relative_to(root) if path.is_relative_to(root) else path
    return name.as_posix(), finding.rule, _NUMBER.sub("#", finding.remark.message)


_NUMBER = re.compile(r"\d+")
"""Lines that a message names change with every edit above them."""
