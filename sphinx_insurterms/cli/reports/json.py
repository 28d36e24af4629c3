"""How are findings told to other programs?  As JSON of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.checking.running import counted

if TYPE_CHECKING:
    from sphinx_insurterms.checking.findings import Finding
    from sphinx_insurterms.cli.reports.report import Report

VERSION = 1
"""Another one when a key goes or means something else; keys may come."""


def written(report: Report) -> str:
    """Return one JSON object; what is not known is null."""
    told = {
        "version": VERSION,
        "terms": report.terms,
        "known": report.known,
        "counts": counted(report.findings),
        "findings": [_finding(report, finding) for finding in report.findings],
        "used_untranslated": [
            {"id": use.term_id, "language": use.language, "uses": use.number}
            for use in report.uses
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    remark = finding.remark
    edit = remark.edit
    fix = edit and {
        "line": edit.line,
        "column": edit.start + 1,
        "old": edit.old,
        "new": edit.new,
    }
    return {
        "path": report.path(finding),
        "line": remark.line,
        "column": remark.column,
        "severity": finding.severity.word,
        "rule": finding.rule,
        "message": remark.message,
        "fix": fix,
    }
