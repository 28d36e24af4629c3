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
from sphinx_insurterms.corpus.names import Claim, Found, choose, loose_key, loose_keys
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
    from sphinx_insurterms.corpus.translated import Texts


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One corpus: the terms of a tree of entries, as one owner keeps it."""

    root: Path
    manifest: Manifest = field(default_factory=Manifest)
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


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What the terms of one layer are called, without those that it does not own."""

    layer: Layer
    index: Index
    above: Sequence[Mapping[str, Term]]
    """The terms of the layers that come first; what they have, this one does not own."""

    catalogs: Mapping[str, Texts]
    """Locale → what catalogs say where the layer has no entry."""

    terms: Mapping[str, Term]
    """Those of the layer, seen through the catalogs."""

    def find(self, text: str, locale: str, *, inflected: bool) -> Found | None:
        """Return the term that *text* names here: by id, name, or inflected name."""
        identifier = term_id(text, prefixes=self.layer.manifest.link_prefixes)
        if self.owns(identifier) and identifier in self.terms:
            return Found(term_id=identifier)
        if former := self.former(identifier):
            return Found(term_id=former)
        near = fallback_chain(locale, self.layer.manifest.source_locale)
        key = fold(text)
        exact = self._owned([*self.index.claims(key), *self._claims([key])])
        if not inflected:
            return choose(exact, near)
        locales = tuple(dict.fromkeys((*near, *self.index.state.locales)))
        return choose(exact, locales) or self._find_inflected(text, locales)

    def _find_inflected(self, text: str, locales: Sequence[str]) -> Found | None:
        keys = loose_keys(text, locales)
        asked = list(dict.fromkeys(key for some in keys.values() for key in some))
        claims = [*self.index.loose_claims(asked), *self._claims(asked, loose=True)]
        return choose(self._owned(claims), locales, keys)

    def _claims(self, keys: Sequence[str], *, loose: bool = False) -> Iterator[Claim]:
        """Yield who claims one of several names by a translation of its title."""
        source = self.layer.manifest.source_locale
        for locale, texts in self.catalogs.items():
            for text in texts.candidates(keys, loose=loose):
                for claim in self.index.claims(fold(text)):
                    if claim.locale == source:
                        yield from self._names_of(claim.term_id, locale, keys, loose)

    def _names_of(
        self, term_id: str, locale: str, keys: Sequence[str], loose: bool
    ) -> Iterator[Claim]:
        entry = self.terms[term_id].entries.get(locale)
        for name in entry.designations if entry and entry.source_entry else ():
            key = fold(name.text)
            key = loose_key(key, locale) if loose else key
            if key in keys:
                yield Claim(locale, key, int(name.status), term_id)

    def owns(self, identifier: str) -> bool:
        """Tell whether no layer above has the term."""
        return not any(identifier in terms for terms in self.above)

    def former(self, identifier: str) -> str | None:
        """Return the id of an owned term that was *identifier* before."""
        formers = filter(self.owns, self.index.formers(identifier))
        return next(formers, None)

    def _owned(self, claims: Iterable[Claim]) -> list[Claim]:
        return [claim for claim in claims if self.owns(claim.term_id)]

    def keys(self, locale: str) -> Iterator[tuple[str, str]]:
        """Yield each name in a locale, with the id of an owned term that has it."""
        near = fallback_chain(locale, self.layer.manifest.source_locale)
        for one in near:
            for key, identifier in self.index.keys(one):
                if self.owns(identifier):
                    yield key, identifier


class Corpus:
    """All layers as one: the first that has a term in any locale owns it in all."""

    def __init__(
        self, layers: Iterable[Layer] = (), catalogs: Sequence[Texts] = ()
    ) -> None:
        self.layers = tuple(layers)
        self.catalogs = {texts.locale: texts for texts in catalogs}
        """Locale → what is said there where a layer has no entry."""

        of_layers = [layer.seen_through(self.catalogs) for layer in self.layers]
        maps = cast("list[MutableMapping[str, Term]]", of_layers)
        self.terms: Mapping[str, Term] = ChainMap(*maps)
        """Id → term, of the layer that owns it."""

        self._names = [
            _Names(
                layer=layer,
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
            chain = fallback_chain(locale, names.layer.manifest.source_locale)
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
            for step in fallback_chain(locale, names.layer.manifest.source_locale)
            for identifier in names.index.outdated(
                step, names.layer.manifest.source_locale
            )
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
        """Return every category: folded → as an author wrote it."""
        found: dict[str, str] = {}
        for names in self._names:
            found |= names.index.keywords() | found
        return found

    def find(self, text: str, locale: str) -> Found | None:
        """Return what a writer means by *text*, asked in the project's own layers."""
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
                if names.layer.bundled is bundled
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
        """Return ids of terms whose names look like *text*, or share its stem."""
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
