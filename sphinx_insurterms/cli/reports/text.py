"""How are findings told to people, and to editors that open `path:line:column`?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.checking.findings import Severity
from sphinx_insurterms.checking.running import counted

if TYPE_CHECKING:
    from sphinx_insurterms.checking.findings import Finding
    from sphinx_insurterms.cli.reports.report import Report


def written(report: Report) -> str:
    """Return a line for each finding."""
    return "".join(f"{line(report, finding)}\n" for finding in report.findings)


def line(report: Report, finding: Finding) -> str:
    """Return a finding as compilers tell it."""
    remark = finding.remark
    numbers = [str(one) for one in (remark.line, remark.column) if one is not None]
    place = ":".join([report.path(finding), *numbers])
    return f"{place}: {finding.severity.word}: {remark.message} [{finding.rule}]"


def last_line(report: Report) -> str:
    """Return the sum of it all."""
    parts = []
    for severity in sorted(Severity, reverse=True):
        number = sum(finding.severity is severity for finding in report.findings)
        if number:
            parts.append(f"{number} {severity.word}{'s' if number > 1 else ''}")
    told = ", ".join(parts) or "nothing to complain of"
    known = f"; {report.known} more are in the baseline" if report.known else ""
    return f"{report.terms} term{'' if report.terms == 1 else 's'}: {told}{known}"


def rows(report: Report) -> list[tuple[str, str, int]]:
    """Return rule, severity and number of findings, for a table."""
    severities = {finding.rule: finding.severity.word for finding in report.findings}
    counts = counted(report.findings)
    return [(rule, severities[rule], number) for rule, number in counts.items()]


def uses(report: Report) -> list[tuple[str, str, int]]:
    """Return id, language of the pages, and number of uses, for a table."""
    return [(use.term_id, use.language, use.number) for use in report.uses]
