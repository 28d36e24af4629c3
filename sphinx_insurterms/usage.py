"""What do the pages use?  A record for programs that never start Sphinx."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.loading import STARTER
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.corpus.uses import (
    NameUse,
    TermUse,
    Uses,
    read_uses,
    write_uses,
)
from sphinx_insurterms.log import logger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx

    from sphinx_insurterms.domain import InsurtermDomain
    from sphinx_insurterms.notes import PageNotes

_LISTED = 5


def record_uses(app: Sphinx, exception: Exception | None) -> None:
    """Keep what the pages use beside their doctrees, when the build succeeded.

    What all pages noted, and not what this run resolved: it may have read and written
    few of them, or none.
    """
    if exception is not None:
        return
    ours = domain.get(app.env)
    folder = Path(app.doctreedir)
    basis = _basis(ours)
    if basis == _recorded_basis(folder):
        return
    try:
        write_uses(folder, _uses(ours, basis))
    except OSError as error:
        logger.debug("insurterms: what was used is not recorded (%s)", error)


def _recorded_basis(folder: Path) -> str:
    try:
        return read_uses(folder).basis
    except CorpusError:
        return ""


def _basis(ours: InsurtermDomain) -> str:
    """Return what stands for all that a record follows from.

    The same after a clean build as after others, and for every builder, which a seal
    is not.
    """
    noted = [[name, one.names, one.entries] for name, one in _pages(ours)]
    said = [ours.settings.locale, _corpora(ours), ours.answered_from(), noted]
    return digest_of(json.dumps(said).encode())


def _pages(ours: InsurtermDomain) -> list[tuple[str, PageNotes]]:
    """Return the pages that may use terms, by their names."""
    return sorted(
        (docname, noted)
        for docname, noted in ours.pages.items()
        if noted.names or noted.entries
    )


def _corpora(ours: InsurtermDomain) -> list[str]:
    """Return the corpora that are there, in the order in which they answer."""
    asked = zip(ours.settings.corpora, ours.corpus.layers, strict=True)
    return [
        STARTER if layer.bundled else str(folder.path.resolve())
        for folder, layer in asked
        if layer.index is not None
    ]


def _uses(ours: InsurtermDomain, basis: str) -> Uses:
    pages = _pages(ours)
    names = {
        name for _, noted in pages for name, number in noted.names.items() if number
    }
    answers = {name: answer for name in names if (answer := ours.meant(name))}
    references: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    on_pages: Counter[str] = Counter()
    starter_names: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for docname, noted in pages:
        shown.update(noted.entries)
        used = set(noted.entries)
        for name, number in noted.names.items():
            answer = answers.get(name)
            if answer and number:
                references[answer.term_id] += number
                used.add(answer.term_id)
                if answer.bundled:
                    starter_names[name][docname] = number
        on_pages.update(used)
    found = ours.corpus.summaries(ours.settings.locale, sorted(on_pages))
    return Uses(
        basis=basis,
        locale=ours.settings.locale,
        corpora=tuple(_corpora(ours)),
        terms=tuple(
            TermUse(
                term_id=term.term_id,
                references=references[term.term_id],
                shown=shown[term.term_id],
                pages=on_pages[term.term_id],
                locale=term.locale,
                by_starter=ours.corpus.layer(term.term_id).bundled,
            )
            for term in sorted(found, key=lambda term: term.term_id)
        ),
        starter_names=tuple(_name_uses(starter_names)),
    )


def _name_uses(found: Mapping[str, Mapping[str, int]]) -> Iterable[NameUse]:
    """Yield each name, of which its pages are found in their order."""
    for name in sorted(found):
        pages = found[name]
        yield NameUse(
            name=name,
            references=sum(pages.values()),
            pages=tuple(pages)[:_LISTED],
        )
