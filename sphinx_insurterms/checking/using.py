"""What do the pages of a documentation make of a corpus?  As its last build recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.checking.findings import Finding, Remark
from sphinx_insurterms.checking.rules import BY_NAME
from sphinx_insurterms.corpus.locales import fallback_chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.uses import TermUse, Uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A term that pages use, and whose readers see another language."""

    term_id: str
    language: str
    """Of the pages."""

    number: int
    """How often they name or show it."""


def untranslated(records: Sequence[Uses], layer: Layer) -> list[Use]:
    """Return the terms that are used and not translated, the most used first."""
    found = [
        Use(term_id=one.term_id, language=record.locale, number=_times(one))
        for record in records
        for one in record.terms
        if one.locale not in fallback_chain(record.locale) and _is_of(one, layer)
    ]
    return sorted(found, key=lambda use: (-use.number, use.term_id, use.language))


def told(records: Sequence[Uses], layer: Layer) -> Iterator[Finding]:
    """Yield what a corpus lacks, and what nobody needs, as its pages have it."""
    for use in untranslated(records, layer):
        source = layer.terms[use.term_id].source
        times = "once" if use.number == 1 else f"{use.number} times"
        fact = (
            f"pages in {use.language} use it {times}, and show {source.locale}; begin "
            f"the translation with `insurterms new {use.term_id} --from {source.locale} "
            f"--locale {use.language}`"
        )
        yield _about(source, "used-untranslated", fact)
    names = {name.name: name for record in records for name in record.starter_names}
    for name, use_of_name in sorted(names.items()):
        pages = ", ".join(use_of_name.pages)
        fact = (
            f"only the starter corpus knows {name!r} ({pages}); write an entry of your "
            "own, unless you mean the bundled one"
        )
        remark = Remark(message=fact)
        yield _finding("used-starter", layer.root, remark)
    used = {one.term_id for record in records for one in record.terms if _times(one)}
    for identifier in layer.terms if records else ():
        if identifier not in used:
            fact = "no page names or shows this term; name it where it is meant"
            yield _about(layer.terms[identifier].source, "unused", fact)


def _times(use: TermUse) -> int:
    return use.references + use.shown


def _is_of(use: TermUse, layer: Layer) -> bool:
    return not use.by_starter and use.term_id in layer.terms


def _about(entry: Entry, rule: str, fact: str) -> Finding:
    remark = Remark(message=fact, line=entry.lines.get("title"))
    return _finding(rule, Path(entry.path), remark)


def _finding(rule: str, path: Path, remark: Remark) -> Finding:
    severity = BY_NAME[rule].severity
    return Finding(rule=rule, severity=severity, path=path, remark=remark)
