"""How are corpora looked through, for whoever wants to know?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.checking import using
from sphinx_insurterms.checking.running import Check, ordered
from sphinx_insurterms.cli.consoles import progress
from sphinx_insurterms.cli.reports.report import Report
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.loading import CorpusFolder, load

if TYPE_CHECKING:
    from sphinx_insurterms.checking.findings import Finding
    from sphinx_insurterms.checking.running import Looked
    from sphinx_insurterms.checking.using import Use
    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.uses import Uses


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody wants to know."""

    corpora: tuple[CorpusFolder, ...]
    below: tuple[CorpusFolder, ...]
    """Corpora that links may lead to, and that are not checked."""

    rules: frozenset[str]
    locales: frozenset[str]
    uses: tuple[Uses, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a check, and the corpora that it looked at."""

    report: Report
    layers: tuple[Layer, ...]


def look(request: Request) -> Outcome:
    """Check the corpora of a request."""
    opened = [_opened(folder) for folder in (*request.corpora, *request.below)]
    corpus = Corpus(layer for layer, _ in opened)
    run = Check(corpus=corpus, rules=request.rules, locales=request.locales)
    findings: list[Finding] = []
    uses: list[Use] = []
    terms = 0
    for layer, problems in opened[: len(request.corpora)]:
        looked = _looked(run, layer)
        terms += sum(one.terms for one in looked)
        findings += run.of_files(problems, layer)
        findings += [finding for one in looked for finding in one.findings]
        findings += run.of_all(layer, looked)
        of_use = using.told(request.uses, layer)
        findings += (finding for finding in of_use if finding.rule in request.rules)
        uses += using.untranslated(request.uses, layer)
    report = Report(
        findings=ordered(findings), terms=terms, uses=uses, folder=Path.cwd()
    )
    return Outcome(report=report, layers=corpus.layers)


def _opened(folder: CorpusFolder) -> tuple[Layer, list[Problem]]:
    with progress("reading") as shown:
        return load(folder, shown)


def _looked(run: Check, layer: Layer) -> list[Looked]:
    """Look at the terms of a layer, and show how far that is."""
    with progress("checking") as shown:
        return list(shown(run.of_terms(layer), run.groups(layer)))
