"""How are findings told to platforms that show results of many tools?  As SARIF 2.1.0."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx_insurterms.checking.explaining import explanations
from sphinx_insurterms.checking.rules import BY_NAME, RULES
from sphinx_insurterms.corpus.digests import digest_of

if TYPE_CHECKING:
    from sphinx_insurterms.checking.findings import Edit, Finding
    from sphinx_insurterms.checking.rules import Rule
    from sphinx_insurterms.cli.reports.report import Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NUMBERS = {rule.name: number for number, rule in enumerate(RULES)}


def written(report: Report) -> str:
    """Return a log of one run."""
    driver = {
        "name": "insurterms check",
        **_version(),
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": f"{report.folder.as_uri()}/"}},
        "results": [_result(report, finding) for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _version() -> dict[str, str]:
    """Return our version, if we are installed and not only lying about."""
    try:
        return {"semanticVersion": version("sphinx-insurterms")}
    except PackageNotFoundError:
        return {}


def _rule(rule: Rule) -> dict[str, Any]:
    explained = explanations()[rule.name]
    return {
        "id": rule.name,
        "shortDescription": {"text": explained.says},
        "fullDescription": {"text": f"{explained.says} {explained.why}"},
        "help": {"text": explained.why},
        "defaultConfiguration": {"level": rule.severity.word},
    }


def _result(report: Report, finding: Finding) -> dict[str, Any]:
    remark = finding.remark
    place: dict[str, Any] = {"artifactLocation": _artifact(report, finding)}
    if remark.line is not None:
        place["region"] = {"startLine": remark.line}
        if remark.column is not None:
            place["region"]["startColumn"] = remark.column
    said = f"{report.path(finding)}\0{finding.rule}\0{remark.message}"
    result = {
        "ruleId": finding.rule,
        "ruleIndex": _NUMBERS[finding.rule],
        "level": BY_NAME[finding.rule].severity.word,
        "message": {"text": remark.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"message/v1": digest_of(said.encode())},
    }
    if remark.edit is not None:
        result["fixes"] = [_fix(report, finding, remark.edit)]
    return result


def _artifact(report: Report, finding: Finding) -> dict[str, str]:
    if not finding.path.is_relative_to(report.folder):
        return {"uri": finding.path.as_uri()}
    return {"uri": quote(report.path(finding)), "uriBaseId": "ROOT"}


def _fix(report: Report, finding: Finding, edit: Edit) -> dict[str, Any]:
    region = {
        "startLine": edit.line,
        "startColumn": edit.start + 1,
        "endColumn": edit.start + 1 + len(edit.old),
    }
    change = {
        "artifactLocation": _artifact(report, finding),
        "replacements": [
            {"deletedRegion": region, "insertedContent": {"text": edit.new}}
        ],
    }
    return {
        "description": {"text": f"Write {edit.new!r}."},
        "artifactChanges": [change],
    }
