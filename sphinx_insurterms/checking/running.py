"""How is a corpus looked through?  Term by term, by several processes where it pays."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.checking.case import Case, Context
from sphinx_insurterms.checking.document import Document
from sphinx_insurterms.checking.findings import Finding, Remark
from sphinx_insurterms.checking.rules import BY_NAME, RULES
from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.texts import message_id
from sphinx_insurterms.corpus.workers import each

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sphinx_insurterms.corpus.layers import Corpus, Layer
    from sphinx_insurterms.corpus.model import Entry, Term
    from sphinx_insurterms.corpus.problems import Problem

_AT_ONCE = 20
"""Terms that are looked at before somebody is told how far it is."""

_WORTH_A_PROCESS = 10
"""Such groups; to look at so many takes as long as to start a process a few times."""


class Looked(NamedTuple):
    """What came of some terms."""

    terms: int
    findings: list[Finding]
    linked: set[str]
    """Ids of the terms that their entries lead to."""

    texts: list[tuple[str, str, str]]
    """Locale, what stands for the text of an entry, and the term's id."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """What is to be looked for, and where."""

    corpus: Corpus
    """The layers that are checked, and below them those that links may lead to."""

    rules: frozenset[str]
    """Names of the rules that count."""

    locales: frozenset[str] = field(default=frozenset())
    """Whose entries are looked at; all if empty."""

    def of_files(self, problems: Iterable[Problem], layer: Layer) -> Iterator[Finding]:
        """Yield what was found while the files of a layer were read."""
        entries: set[str] | None = None
        for problem in problems:
            if entries is None:
                entries = layer.index.paths() if layer.index else set()
            name = _rule_of(problem, layer, entries)
            if name in self.rules and self._is_wanted(problem, layer):
                remark = Remark(message=problem.message, line=problem.origin.line)
                yield Finding(
                    rule=name,
                    severity=BY_NAME[name].severity,
                    path=problem.origin.path,
                    remark=remark,
                )

    def _is_wanted(self, problem: Problem, layer: Layer) -> bool:
        if not self.locales or layer.index is None:
            return True
        found = layer.index.locale_of(problem.origin.path)
        return found is None or found in self.locales

    def groups(self, layer: Layer) -> int:
        """Return in how many groups the terms of a layer are looked at."""
        return -(-len(layer.terms) // _AT_ONCE)

    def of_terms(self, layer: Layer) -> Iterator[Looked]:
        """Yield what is found in the entries of a layer, some terms at a time."""
        index = layer.index
        if index is None:
            return
        ids = index.ids()
        groups = [(ids[n : n + _AT_ONCE],) for n in range(0, len(ids), _AT_ONCE)]
        context = Context.of(self.corpus, layer)

        def look(some: Sequence[str]) -> Looked:
            index.fetch(some)
            return self._look(some, context)

        yield from each(look, groups, len(groups) // _WORTH_A_PROCESS)

    def _look(self, ids: Sequence[str], context: Context) -> Looked:
        layer = context.layer
        findings: list[Finding] = []
        linked: set[str] = set()
        texts = []
        for identifier in ids:
            for case in cases(layer.terms[identifier], context):
                linked |= case.linked
                if said := said_by(case.document):
                    texts.append((case.entry.locale, said, identifier))
                if not self.locales or case.entry.locale in self.locales:
                    findings += self._findings(case)
        return Looked(len(ids), findings, linked, texts)

    def _findings(self, case: Case) -> Iterator[Finding]:
        for rule in RULES:
            if rule.look is not None and rule.name in self.rules:
                for remark in rule.look(case):
                    yield Finding(
                        rule=rule.name,
                        severity=rule.severity,
                        path=case.document.path,
                        remark=remark,
                    )

    def of_all(self, layer: Layer, looked: Sequence[Looked]) -> Iterator[Finding]:
        """Yield what only shows when all terms of a layer have been looked at."""
        linked = {term for one in looked for term in one.linked}
        yield from self._orphans(layer, linked)
        yield from self._twins(layer, (text for one in looked for text in one.texts))

    def _twins(
        self, layer: Layer, texts: Iterable[tuple[str, str, str]]
    ) -> Iterator[Finding]:
        """Yield the terms that say what another one says, which comes first."""
        firsts: dict[tuple[str, str], str] = {}
        for locale, said, identifier in sorted(texts) if "twin" in self.rules else ():
            first = firsts.setdefault((locale, said), identifier)
            if first != identifier and (not self.locales or locale in self.locales):
                fact = (
                    f"this is the text of {first!r} too; make one term of both, or say "
                    "what differs"
                )
                yield _at(layer.terms[identifier].entries[locale], "twin", fact)

    def _orphans(self, layer: Layer, linked: Collection[str]) -> Iterator[Finding]:
        """Yield the terms that no other entry leads to."""
        ids = layer.index.ids() if layer.index and "orphan" in self.rules else []
        if len(ids) < _SEVERAL:
            return
        for identifier in ids:
            if identifier in linked:
                continue
            entry = layer.terms[identifier].source
            if not self.locales or entry.locale in self.locales:
                yield _at(entry, "orphan", _ORPHAN)


def said_by(document: Document) -> str:
    """Return what stands for all that an entry says, but its title; empty if little."""
    entry = document.entry
    own = "" if entry.is_defined_in_body else message_id(entry.definition)
    text = _TARGET.sub("]", "\n".join((own, *document.messages))).strip()
    return digest_of(text.encode()) if len(text) >= _A_TEXT else ""


_TARGET = re.compile(r"\]\([^()]*\)")
_A_TEXT = 40
"""Characters; what is shorter may be the same by chance, or only say where to look."""

_ORPHAN = (
    "no other entry leads to this term; link to it where it is mentioned, or name it as "
    "`related`"
)
_SEVERAL = 2


def _at(entry: Entry, rule: str, message: str) -> Finding:
    return Finding(
        rule=rule,
        severity=BY_NAME[rule].severity,
        path=Path(entry.path),
        remark=Remark(message=message, line=entry.lines.get("title")),
    )


def cases(term: Term, context: Context) -> Iterator[Case]:
    """Yield the entries of a term that can be looked at."""
    documents = {
        locale: document
        for locale, entry in term.entries.items()
        if (document := _document(entry)) is not None
    }
    read = {locale: document.entry for locale, document in documents.items()}
    term = replace(term, entries={**term.entries, **read})
    for document in documents.values():
        yield Case(document, term, documents, context)


def _document(entry: Entry) -> Document | None:
    """Return an entry with its file, which is read only here.

    None if that has changed, or gone, meanwhile.
    """
    path = Path(entry.path)
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if digest_of(content) != entry.digest:
        return None
    read_body = partial(entry.read_body, content)
    return Document(replace(entry, read_body=read_body), path, content)


def _rule_of(problem: Problem, layer: Layer, entries: Collection[str]) -> str:
    """Return the rule for what was found while reading; of `file`, there are two."""
    if problem.name == "name":
        return ""  # the rule of that name finds more
    if problem.name == "file":
        path = problem.origin.path
        is_below = path.is_relative_to(layer.root)
        name = path.relative_to(layer.root).as_posix() if is_below else ""
        return "front-matter" if name in entries else "file"
    return problem.name


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by place, each once."""
    return sorted(dict.fromkeys(findings), key=lambda one: one.place)


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings each rule has, in the order of the rules."""
    counts = Counter(finding.rule for finding in findings)
    return {rule.name: counts[rule.name] for rule in RULES if counts[rule.name]}
