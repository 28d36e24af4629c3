"""How are findings told to GitHub, so that they stand beside the lines of a change?

By workflow commands: ``::error file=…,line=…,col=…,title=…::message``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.checking.findings import Severity

if TYPE_CHECKING:
    from sphinx_insurterms.checking.findings import Finding
    from sphinx_insurterms.cli.reports.report import Report

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def written(report: Report) -> str:
    """Return a command for each finding."""
    return "".join(_command(report, finding) for finding in report.findings)


def _command(report: Report, finding: Finding) -> str:
    remark = finding.remark
    properties = {
        "file": report.path(finding),
        "line": remark.line,
        "col": remark.column,
        "title": finding.rule,
    }
    told = ",".join(
        f"{key}={str(value).translate(_PROPERTY)}"
        for key, value in properties.items()
        if value is not None
    )
    command = _COMMANDS[finding.severity]
    return f"::{command} {told}::{remark.message.translate(_DATA)}\n"
