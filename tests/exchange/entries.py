"""Entries of any kind, and what is the same about two corpora."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.loading import STARTER_FOLDER, CorpusFolder, load
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.corpus.readers import markdown
from sphinx_insurterms.corpus.readers.source import (
    Source,
    one_line,
    strip_unprintable,
)
from sphinx_insurterms.exchange.held import Held, content_of, held_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.exchange.chosen import Concept

_SHARED = Path(__file__).parents[3] / "shared"
_CORPORA = (STARTER_FOLDER, _SHARED / "seeds", _SHARED / "corpora/healthcare_gov")

each_corpus = pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=path.name,
            marks=pytest.mark.skipif(
                not path.is_dir(), reason="needs the shared corpora"
            ),
        )
        for path in _CORPORA
    ],
)
"""A test of each corpus that there is: the bundled one, and real ones."""


def layer_at(path: Path) -> Layer:
    layer, _ = load(CorpusFolder(path=path))
    return layer


def layer_of(found: Iterable[object], root: Path) -> Layer:
    """Return the corpus that is made of what a form holds, of entries only."""
    for held in found:
        assert isinstance(held, Held)
        path = root / held.locale / f"{held.term_id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content_of(held, None, {}, names_id=False))
    return layer_at(root)


def all_held(
    layer: Layer, without: Collection[str] = (), *, by_names: bool = False
) -> list[tuple[Held, list[tuple[str, str, str]]]]:
    """Return what there is to hold of a corpus, in an order of its own.

    :param without: keys that a form cannot hold, and ``extra``.
    :param by_names: whether it is the same if a name is written twice, in parentheses
        behind the title and under its key.
    """
    without = {*without, *(NAMED if by_names else ())}
    entries = [
        term.entries[locale]
        for term in (layer.terms[one] for one in sorted(layer.terms))
        for locale in sorted(term.entries)
    ]
    return [
        (_without(held_of(entry), without), names_of(entry) if by_names else [])
        for entry in entries
    ]


def _without(held: Held, keys: Collection[str]) -> Held:
    return replace(
        held,
        values={key: text for key, text in held.values.items() if key not in keys},
        extra=None if "extra" in keys else held.extra,
    )


NAMED = ("abbreviation", "aliases", "deprecated")
"""The front matter that says what a term is called, but for its title."""


def names_of(entry: Entry) -> list[tuple[str, str, str]]:
    """Return what a term is called, but for forms, and what each name is."""
    return sorted(
        (name.text, name.status.name, name.kind.name)
        for name in entry.designations
        if name.status is not Status.FORM
    )


_LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
    | st.sampled_from("'=+-@\"&<>],;\t\n "),
    max_size=12,
)
LINES = _LETTERS.map(one_line)
NAMES = LINES.filter(fold)
BODIES = _LETTERS.map(strip_unprintable).map(lambda text: text.strip("\n"))


def lists_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, max_size=3, unique=True).map(tuple)


def entry_of(held: Held) -> Entry:
    """Return the entry whose file is made of what a form holds."""
    source = Source(
        path=Path("x.md"),
        content=content_of(held, None, {}, names_id=False),
        locale=held.locale,
        term_id=held.term_id,
        fields={},
    )
    entry = markdown.read(source).entry
    assert entry is not None
    return entry


_NAMED = {
    "title": NAMES,
    "description": LINES,
    "abbreviation": lists_of(NAMES),
    "aliases": lists_of(NAMES),
    "deprecated": lists_of(NAMES),
    "keywords": lists_of(NAMES.map(lambda text: text.replace(",", "")).filter(fold)),
    "source": LINES,
    "jurisdiction": lists_of(NAMES),
    "status": st.sampled_from(["approved", "superseded"]),
}
_MORE = {
    "forms": lists_of(NAMES),
    "formerly": lists_of(LINES.filter(bool)),
    "related": lists_of(LINES.filter(bool)),
    "sort": LINES,
    "effective": st.just("2020-01-31"),
    "translates": st.just("abc"),
}
_EXTRA = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), LINES.filter(bool), max_size=2
)
IDS = st.sampled_from(["premium", "401k", "excess", "قسط"])


def concepts(*, whole: bool) -> st.SearchStrategy[list[Concept]]:
    """Return some terms in some languages, as their files would be read.

    :param whole: whether they have all that an entry may have.
    """
    values = st.fixed_dictionaries(_NAMED | (_MORE if whole else {}))

    def entry(identifier: str, locale: str) -> st.SearchStrategy[Entry]:
        held = st.builds(
            Held,
            term_id=st.just(identifier),
            locale=st.just(locale),
            values=values,
            body=BODIES,
            extra=_EXTRA if whole else st.none(),
        )
        return held.map(entry_of)

    def concept(identifier: str) -> st.SearchStrategy[Concept]:
        locales = st.sets(st.sampled_from(["ar", "en", "nb"]), min_size=1).map(sorted)
        return locales.flatmap(
            lambda some: st.tuples(
                st.just(identifier),
                st.fixed_dictionaries({one: entry(identifier, one) for one in some}),
            )
        )

    ids = st.sets(IDS, min_size=1, max_size=2).map(sorted)
    return ids.flatmap(lambda found: st.tuples(*map(concept, found)).map(list))
