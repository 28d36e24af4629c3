"""Which names do two terms of a corpus have, at any step by which names are found?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.names import base_forms, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.index import Index


class Step(Enum):
    """By what the other term is found, in the order in which names are looked for."""

    ID = "id"
    FORMER_ID = "former id"
    NAME = "name"
    SPELLING = "spelling"
    """By what is left of a name without what spelling leaves open."""

    ENDING = "ending"
    """By what an inflected name may be a form of."""


class Clash(NamedTuple):
    """A name of one term that leads, or might as well lead, to another."""

    term_id: str
    """Whose entry has the name."""

    locale: str
    name: str
    """As that entry spells it."""

    other: str
    """The id of the other term."""

    step: Step


class _Name(NamedTuple):
    term_id: str
    locale: str
    text: str
    key: str
    loose: str
    status: int


def clashes(index: Index) -> Iterator[Clash]:
    """Yield the names that lead to another term, or might as well; each pair once.

    A name in one language may be another term's in another: the reader's language
    decides, and so nothing is unclear.
    """
    names = [_Name(*row) for row in index.all_names()]
    ids = set(index.ids())
    formers = index.all_formers()
    exact = _owners(names, loose=False)
    loose = _owners(names, loose=True)
    seen: set[tuple[str, str, str]] = set()
    for name in names:
        for other, step in _others(name, ids, formers, exact, loose):
            first, second = sorted((name.term_id, other))
            pair = (name.locale, first, second)
            if other != name.term_id and pair not in seen:
                seen.add(pair)
                yield Clash(name.term_id, name.locale, name.text, other, step)


_Owners = dict[tuple[str, str], str]
"""Locale and key → the id of the term that the name leads to."""


def _owners(names: list[_Name], *, loose: bool) -> _Owners:
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for name in names:
        key = (name.locale, name.loose if loose else name.key)
        claim = (name.status, name.term_id)
        best[key] = min(claim, best.get(key, claim))
    return {key: term_id for key, (_, term_id) in best.items()}


def _others(
    name: _Name,
    ids: set[str],
    formers: dict[str, str],
    exact: _Owners,
    loose: _Owners,
) -> Iterator[tuple[str, Step]]:
    """Yield the terms that a name finds, step by step; its own among them."""
    if name.key in ids:
        yield name.key, Step.ID
    if name.key in formers:
        yield formers[name.key], Step.FORMER_ID
    yield exact[name.locale, name.key], Step.NAME
    yield loose[name.locale, name.loose], Step.SPELLING
    for form in base_forms(name.key, language_of(name.locale)):
        if (name.locale, form) in loose:
            yield loose[name.locale, form], Step.ENDING
