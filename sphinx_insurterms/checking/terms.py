"""Is a term named as it should be, in its own entry and in those of others?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.checking.findings import Remark
from sphinx_insurterms.corpus.clashes import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.checking.case import Case
    from sphinx_insurterms.corpus.clashes import Clash


def shares_a_name(case: Case) -> Iterator[Remark]:
    """Tell of names that two terms have."""
    for clash in _clashes(case):
        if clash.step is Step.ENDING:
            continue
        way = {
            Step.ID: f"is the id of {clash.other!r}, which it leads to",
            Step.FORMER_ID: f"was the id of {clash.other!r}, which it leads to",
            Step.NAME: f"is a name of {clash.other!r} too",
            Step.SPELLING: f"is a name of {clash.other!r} too, but for its spelling",
        }[clash.step]
        fact = f"{clash.name!r} {way}; take it out of one, or make one term of both"
        yield _at_name(case, clash, fact)


def has_a_form_of_another(case: Case) -> Iterator[Remark]:
    """Tell of names that are another term's but for an ending."""
    for clash in _clashes(case):
        if clash.step is Step.ENDING:
            fact = (
                f"{clash.name!r} is {clash.other!r} with another ending; if both are one "
                "term, make it a name or a form of that"
            )
            yield _at_name(case, clash, fact)


def _clashes(case: Case) -> Iterator[Clash]:
    found = case.context.clashes.get(case.term.id, ())
    return (clash for clash in found if clash.locale == case.entry.locale)


def _at_name(case: Case, clash: Clash, fact: str) -> Remark:
    keys = ("abbreviation", "aliases", "deprecated", "forms")
    key = next((k for k in keys if clash.name in getattr(case.entry, k)), "title")
    return case.document.remark(fact, case.document.value(key).line, clash.name)


def uses_deprecated_names(case: Case) -> Iterator[Remark]:
    """Tell of names that their own term says not to use."""
    names = case.context.deprecated.get(case.entry.locale)
    if names is None:
        return
    for first, text in case.document.texts:
        for number, line in enumerate(text.split("\n")):
            for found in names.found_in(line):
                if found.term_id != case.term.id:
                    term = case.context.corpus.terms[found.term_id]
                    title = term.entry(case.entry.locale).title
                    fact = f"{found.name!r} is deprecated; write {title!r}"
                    yield case.document.remark(fact, first + number, found.name)


def leads_to_retired_terms(case: Case) -> Iterator[Remark]:
    """Tell of links to terms that are superseded, or not yet in force."""
    for found in case.document.links:
        identifier = case.leads_to(found.link.target)
        why = case.context.retired.get(identifier or "")
        if why and identifier != case.term.id:
            fact = f"{identifier!r} {why}; say so here, or link to what holds today"
            yield case.document.about_link(fact, found)


def has_an_odd_file_name(case: Case) -> Iterator[Remark]:
    """Tell of a file name with capitals, spaces or signs."""
    name = case.document.path.name
    if _ODD.search(name):
        stem = Path(name).stem
        better = re.sub(r"[\s_]+", "_" if "_" in stem else "-", stem).lower()
        fact = f"the file is called {name!r}; a name of small letters works everywhere"
        hint = f", as {better}.md" if not _ODD.search(better) else ""
        yield Remark(message=f"{fact}{hint}")


_ODD = re.compile(r"[A-Z\s%&?#:*\"<>|\\]")
