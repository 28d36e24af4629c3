"""What may a rule know?  One entry, its term in other locales, and the whole corpus."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.clashes import clashes
from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.links import Destination, destination
from sphinx_insurterms.corpus.names import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_insurterms.checking.document import Document
    from sphinx_insurterms.corpus.clashes import Clash
    from sphinx_insurterms.corpus.layers import Corpus, Layer
    from sphinx_insurterms.corpus.model import Entry, Term


class Targets:
    """The terms that links of a layer may lead to.

    A target is looked up once, however many links have it.
    """

    def __init__(self, corpus: Corpus, layer: Layer) -> None:
        self._prefixes = layer.manifest.link_prefixes
        self._ids: set[str] = set()
        self._formers: dict[str, str] = {}
        for one in reversed(corpus.layers):
            if one.index is not None:
                self._ids.update(one.index.ids())
                self._formers |= one.index.all_formers()
        self._found: dict[str, str | None] = {}

    def of(self, target: str) -> str | None:
        """Return the id of the term that a link leads to.

        None where it leads to no term, or is not meant to.
        """
        if target not in self._found:
            self._found[target] = self._find(target) if is_to_term(target) else None
        return self._found[target]

    def _find(self, target: str) -> str | None:
        identifier = term_id(target, prefixes=self._prefixes)
        return identifier if identifier in self._ids else self._formers.get(identifier)


class Deprecated(NamedTuple):
    """A name that is not to be used any more."""

    name: str
    term_id: str


class Names:
    """Names that are to be noticed in running text.

    :param names: of one locale, with what they stand for.
    """

    _WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")  # noqa: RUF001 - as people write it

    def __init__(self, names: Iterable[Deprecated]) -> None:
        self._by_words = {tuple(self._words(name.name)): name for name in names}
        self._first = {words[0] for words in self._by_words if words}
        self._lengths = sorted({len(words) for words in self._by_words}, reverse=True)

    def _words(self, text: str) -> list[str]:
        return [match.casefold() for match in self._WORD.findall(text)]

    def found_in(self, text: str) -> Iterator[Deprecated]:
        """Yield the names that stand in *text*, as whole words in any case."""
        words = self._words(text)
        for number, word in enumerate(words):
            if word in self._first:
                for length in self._lengths:
                    found = self._by_words.get(tuple(words[number : number + length]))
                    if found is not None:
                        yield found
                        break


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is true of a corpus as a whole, found out once."""

    corpus: Corpus
    """The layer, and those that its links may lead to."""

    layer: Layer
    targets: Targets
    today: dt.date
    clashes: Mapping[str, list[Clash]]
    """Id → names of the term that another has too."""

    deprecated: Mapping[str, Names]
    """Locale → names that are not to be used."""

    retired: Mapping[str, str]
    """Id → why nobody should lead readers to the term: a fact about it."""

    categories: frozenset[str] = field(default=frozenset())
    """Folded ids and names; empty where the corpus does not say which there are."""

    @classmethod
    def of(cls, corpus: Corpus, layer: Layer) -> Context:
        """Look through a corpus for what rules need to know of all of it."""
        by_term: dict[str, list[Clash]] = {}
        for clash in clashes(layer.index) if layer.index else ():
            by_term.setdefault(clash.term_id, []).append(clash)
        today = dt.datetime.now(tz=dt.UTC).date()
        return cls(
            corpus=corpus,
            layer=layer,
            targets=Targets(corpus, layer),
            today=today,
            clashes=by_term,
            deprecated=_deprecated(corpus),
            retired=_retired(corpus, today),
            categories=frozenset(
                fold(name)
                for category, names in layer.manifest.categories.items()
                for name in (category, *names.values())
            ),
        )


def _deprecated(corpus: Corpus) -> dict[str, Names]:
    found: dict[str, list[Deprecated]] = {}
    for layer in corpus.layers:
        for term, locale, text, *_, status in (
            layer.index.all_names() if layer.index else ()
        ):
            if status == Status.DEPRECATED:
                found.setdefault(locale, []).append(Deprecated(text, term))
    return {locale: Names(names) for locale, names in found.items()}


def _retired(corpus: Corpus, today: dt.date) -> dict[str, str]:
    """Return the terms that are not, or not yet, in force."""
    found: dict[str, str] = {}
    for layer in corpus.layers:
        for term, record in layer.index.dated() if layer.index else ():
            said = json.loads(record)
            effective = _date(said.get("effective", ""))
            if said.get("status") == "superseded":
                found.setdefault(term, "is superseded")
            elif effective and effective > today:
                found.setdefault(term, f"is in force from {effective} only")
    return found


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


class Case:
    """One entry that is checked, with all that may matter.

    :param documents: locale → the term's entries that could be read.
    """

    def __init__(
        self,
        document: Document,
        term: Term,
        documents: Mapping[str, Document],
        context: Context,
    ) -> None:
        self.document = document
        self.term = term
        self.documents = documents
        self.context = context

    @property
    def entry(self) -> Entry:
        """The entry that is checked."""
        return self.document.entry

    @property
    def source(self) -> Document | None:
        """What this translates; None for the source itself, and where it is missing."""
        found = self.documents.get(self.term.source_locale)
        return None if found is self.document else found

    @property
    def is_first(self) -> bool:
        """Whether what is wrong with the term as a whole is told here."""
        found = self.documents.get(self.term.source_locale)
        return self.document is (found or self.documents[min(self.documents)])

    @property
    def others(self) -> dict[str, Document]:
        """The term in other locales."""
        return {
            locale: document
            for locale, document in self.documents.items()
            if document is not self.document
        }

    def leads_to(self, target: str) -> str | None:
        """Return the id of the term that a link leads to.

        None where it leads to no term, or is not meant to.
        """
        return self.context.targets.of(target)

    @cached_property
    def linked(self) -> set[str]:
        """The ids of the terms that the entry leads readers to."""
        targets = (found.link.target for found in self.document.links)
        found = map(self.leads_to, (*targets, *self.entry.related))
        return {one for one in found if one} - {self.term.id}


def is_to_term(target: str) -> bool:
    """Tell whether a link is meant to lead to a term."""
    return destination(target) is Destination.TERM
