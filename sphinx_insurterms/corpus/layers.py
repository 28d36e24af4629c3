"""What is a corpus, and what are several on top of each other?"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.index import MOST_AT_ONCE
from sphinx_insurterms.corpus.locales import fallback_chain
from sphinx_insurterms.corpus.manifest import Manifest
from sphinx_insurterms.corpus.naming import Names
from sphinx_insurterms.corpus.nearest import Nearest
from sphinx_insurterms.corpus.terms import Terms

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Iterable,
        Iterator,
        Mapping,
        MutableMapping,
        Sequence,
    )
    from pathlib import Path

    from sphinx_insurterms.corpus.index import Index, State
    from sphinx_insurterms.corpus.model import Entry, Summary, Term
    from sphinx_insurterms.corpus.names import Found
    from sphinx_insurterms.corpus.translated import Texts


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One corpus: the terms of a tree of entries, as one owner keeps it."""

    root: Path
    """The folder of the corpus."""

    manifest: Manifest = field(default_factory=Manifest)
    """What the corpus says about itself."""

    index: Index | None = None
    """What the corpus holds; None if it is not there."""

    bundled: bool = False
    """Whether it comes with the package, and so answers only when nobody else does."""

    kept_in_memory: str = ""
    """Why the index is not kept for the next build, if it is not."""

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Id → term, also of those that another layer owns."""
        return self._seen_through({})

    def seen_through(self, catalogs: Mapping[str, Texts]) -> Mapping[str, Term]:
        """Return the terms, with what catalogs say where the corpus has no entry."""
        return self._seen_through(catalogs) if catalogs else self.terms

    def _seen_through(self, catalogs: Mapping[str, Texts]) -> Mapping[str, Term]:
        if self.index is None:
            return {}
        source = self.manifest.source_locale
        return Terms(self.index, source, bundled=self.bundled, catalogs=catalogs)


class Corpus:
    """Several layers as one: the first that has a term in any locale owns it in all.

    To go through it yields all terms, in the order of their ids.

    :param layers: the first one on top.
    """

    def __init__(
        self, layers: Iterable[Layer] = (), catalogs: Sequence[Texts] = ()
    ) -> None:
        self.layers = tuple(layers)
        """One for each corpus, the first on top."""

        self.catalogs = {texts.locale: texts for texts in catalogs}
        """Locale → what is said there where a layer has no entry."""

        of_layers = [layer.seen_through(self.catalogs) for layer in self.layers]
        maps = cast("list[MutableMapping[str, Term]]", of_layers)
        self.terms: Mapping[str, Term] = ChainMap(*maps)
        """Id → term, of the layer that owns it."""

        self._names = [
            Names(
                manifest=layer.manifest,
                is_bundled=layer.bundled,
                index=layer.index,
                above=of_layers[:number],
                catalogs=self.catalogs,
                terms=of_layers[number],
            )
            for number, layer in enumerate(self.layers)
            if layer.index is not None
        ]
        self._nearest: dict[str, Nearest] = {}
        self._found: dict[tuple[str, str, bool], Found | None] = {}

    @cached_property
    def content(self) -> str:
        """What stands for all that the layers hold."""
        said = [sorted(texts.by_id.items()) for texts in self.catalogs.values()]
        stamp = self._stamp(lambda state: state.content)
        return digest_of(f"{stamp}{said!r}".encode()) if said else stamp

    @cached_property
    def addresses(self) -> str:
        """What stands for all that links may lead to."""
        return self._stamp(lambda state: state.addresses)

    def _stamp(self, said: Callable[[State], str]) -> str:
        layers = [
            (str(one.root), repr(one.manifest), one.bundled)
            + ((said(one.index.state),) if one.index else ())
            for one in self.layers
        ]
        return digest_of(repr(layers).encode())

    def each(self, term_ids: Sequence[str]) -> Iterator[Term]:
        """Yield many terms, in the order of *term_ids*; all are there."""
        for begin in range(0, len(term_ids), MOST_AT_ONCE):
            some = term_ids[begin : begin + MOST_AT_ONCE]
            for names in self._names:
                names.index.fetch(some)
            for identifier in some:
                yield self.terms[identifier]

    def summaries(
        self, locale: str, term_ids: Sequence[str] | None = None
    ) -> Iterator[Summary]:
        """Yield what lists say of terms to readers of *locale*, layer by layer.

        :param term_ids: of which terms, if not of all.
        """
        for names in self._names:
            chain = fallback_chain(locale, names.manifest.source_locale)
            for found in names.index.summaries(chain, term_ids):
                if names.owns(found.term_id):
                    yield self._seen(found, locale, chain)

    def _seen(self, found: Summary, locale: str, chain: Sequence[str]) -> Summary:
        """Return a summary as catalogs make it, where they have the term before."""
        before = chain[: chain.index(found.locale)] if found.locale in chain else chain
        if not any(step in self.catalogs for step in before):
            return found
        return self.terms[found.term_id].summary(locale)

    def outdated(self, locale: str) -> set[str]:
        """Return the ids of the terms that readers of *locale* are told of too late.

        The entry that they are shown translates what its source said before.
        """
        found = (
            self.terms[identifier]
            for names in self._names
            for step in fallback_chain(locale, names.manifest.source_locale)
            for identifier in names.index.outdated(step, names.manifest.source_locale)
        )
        return {term.id for term in found if term.is_outdated(term.entry(locale))}

    def designations(
        self, term_ids: Sequence[str]
    ) -> Iterator[tuple[str, str, int, str]]:
        """Yield id, locale, status and text of each name of some terms."""
        for names in self._names:
            for found in names.index.designations(term_ids):
                if names.owns(found[0]):
                    yield found
        for identifier in term_ids if self.catalogs else ():
            for locale in self.catalogs:
                entry = self.terms[identifier].entries.get(locale)
                for name in entry.designations if entry and entry.source_entry else ():
                    yield identifier, locale, int(name.status), name.text

    def in_categories(self, categories: Iterable[str]) -> set[str]:
        """Return the ids of terms whose source entries are in one of *categories*."""
        wanted = set(map(fold, categories))
        found = {
            identifier
            for names in self._names
            for key in wanted
            for identifier in names.index.with_keyword(key)
        }
        return {
            identifier
            for identifier in found
            if wanted & set(map(fold, self.terms[identifier].source.keywords))
        }

    @cached_property
    def categories(self) -> dict[str, str]:
        """Every category: folded → as an author wrote it."""
        found: dict[str, str] = {}
        for names in self._names:
            found |= names.index.keywords() | found
        return found

    def find(self, text: str, locale: str) -> Found | None:
        """Return what a writer in *locale* means by *text*, or None if it is no name.

        It may be an id, a name in any locale, or an inflected one. Bundled layers are not
        asked.
        """
        return self._find(text, locale, bundled=False)

    def find_bundled(self, text: str, locale: str) -> Found | None:
        """Return what *text* is in the bundled layers: by id or listed name only.

        They answer for a project that never chose their words, and so must not guess.
        """
        return self._find(text, locale, bundled=True)

    def find_anywhere(self, text: str, locale: str) -> Found | None:
        """Return what *text* names, in the project's own layers or else the bundled."""
        return self.find(text, locale) or self.find_bundled(text, locale)

    def _find(self, text: str, locale: str, *, bundled: bool) -> Found | None:
        asked = (text, locale, bundled)
        if asked not in self._found:
            found = (
                names.find(text, locale, inflected=not bundled)
                for names in self._names
                if names.is_bundled is bundled
            )
            self._found[asked] = next(filter(None, found), None)
        return self._found[asked]

    def layer(self, identifier: str) -> Layer:
        """Return the layer that owns the term."""
        return next(layer for layer in self.layers if identifier in layer.terms)

    def link_target(self, entry: Entry, target: str) -> str | None:
        """Return the id of the term that a link in *entry* leads to, if it is there.

        Links are ids, never names: a build that guessed would hide a corpus's faults.
        """
        return self.target_of(entry.term_id, target)

    def target_of(self, owner: str, target: str) -> str | None:
        """Return the id of the term that a link in an entry of *owner* leads to."""
        if owner not in self.terms:
            return None
        prefixes = self.layer(owner).manifest.link_prefixes
        identifier = term_id(target, prefixes=prefixes)
        if identifier in self.terms:
            return identifier
        formers = (names.former(identifier) for names in self._names)
        return next((former for former in formers if former), None)

    def nearest(self, text: str, locale: str, count: int = 3) -> list[str]:
        """Return ids of terms whose names look like *text*, or share its stem.

        :param count: how many there may be.
        """
        prefixes = {p for one in self.layers for p in one.manifest.link_prefixes}
        key = term_id(text, prefixes=prefixes)
        if locale not in self._nearest:
            self._nearest[locale] = Nearest(self._keys(locale), locale)
        return self._nearest[locale].find(key, count)

    def _keys(self, locale: str) -> dict[str, str]:
        """Return folded name or id → id, of names that a writer of *locale* may know."""
        keys = {identifier: identifier for identifier in sorted(self.terms)}
        for names in self._names:
            for key, identifier in names.keys(locale):
                keys.setdefault(key, identifier)
        return keys

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms by id, in the order of their ids."""
        return (self.terms[identifier] for identifier in sorted(self.terms))
