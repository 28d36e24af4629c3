"""What is a corpus, and what are several on top of each other?"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import snowballstemmer

from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.locales import fallback_chain
from sphinx_insurterms.corpus.manifest import Manifest
from sphinx_insurterms.corpus.names import Found, NameIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_insurterms.corpus.model import Entry, Term

_STEMMERS = {"ar": "arabic", "en": "english", "nb": "norwegian"}


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One corpus: the terms of a tree of entries, as one owner keeps it."""

    root: Path
    manifest: Manifest = field(default_factory=Manifest)
    terms: Mapping[str, Term] = field(default_factory=lambda: MappingProxyType({}))
    bundled: bool = False
    """Whether it comes with the package, and so answers only when nobody else does."""


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What the terms of one layer are called, without those that it does not own."""

    layer: Layer
    index: NameIndex
    former: Mapping[str, str]
    """Id that a term had before → its id."""

    owned: Collection[str]

    def find(self, text: str, locale: str, *, inflected: bool) -> Found | None:
        """Return the term that *text* names here: by id, name, or inflected name."""
        identifier = term_id(text, prefixes=self.layer.manifest.link_prefixes)
        if identifier in self.owned:
            return Found(term_id=identifier)
        if identifier in self.former:
            return Found(term_id=self.former[identifier])
        near = fallback_chain(locale, self.layer.manifest.source_locale)
        if not inflected:
            return self.index.find_exact(text, near)
        locales = tuple(dict.fromkeys((*near, *self.index.locales())))
        exact = self.index.find_exact(text, locales)
        return exact or self.index.find_inflected(text, locales)


class Corpus:
    """All layers as one: the first that has a term in any locale owns it in all."""

    def __init__(self, layers: Iterable[Layer] = ()) -> None:
        self.layers = tuple(layers)
        self.terms: dict[str, Term] = {}
        """Id → term, of the layer that owns it."""

        self._layer_of: dict[str, Layer] = {}
        self._names: list[_Names] = []
        for layer in self.layers:
            owned = {
                key: term for key, term in layer.terms.items() if self._is_new(key)
            }
            self.terms.update(owned)
            self._layer_of.update(dict.fromkeys(owned, layer))
            self._names.append(_read_names(layer, owned))

    def _is_new(self, identifier: str) -> bool:
        return identifier not in self.terms

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
        for names in self._names:
            if names.layer.bundled is bundled and (
                found := names.find(text, locale, inflected=not bundled)
            ):
                return found
        return None

    def layer(self, identifier: str) -> Layer:
        """Return the layer that owns the term."""
        return self._layer_of[identifier]

    def link_target(self, entry: Entry, target: str) -> str | None:
        """Return the id of the term that a link in *entry* leads to, if it is there.

        Links are ids, never names: a build that guessed would hide a corpus's faults.
        """
        prefixes = self.layer(entry.term_id).manifest.link_prefixes
        identifier = term_id(target, prefixes=prefixes)
        if identifier in self.terms:
            return identifier
        formers = (names.former.get(identifier) for names in self._names)
        return next((former for former in formers if former), None)

    def nearest(self, text: str, locale: str, count: int = 3) -> list[str]:
        """Return ids of terms whose names look like *text*, or share its stem."""
        prefixes = {p for one in self.layers for p in one.manifest.link_prefixes}
        key = term_id(text, prefixes=prefixes)
        keys = self._keys(locale)
        close = difflib.get_close_matches(key, keys, n=count, cutoff=0.75)
        stem = _stem(key, locale)
        same_stem = sorted(k for k in self._stems(locale).get(stem, ()) if k != key)
        return list(dict.fromkeys(keys[name] for name in (*close, *same_stem)))[:count]

    def _keys(self, locale: str) -> dict[str, str]:
        """Return folded name or id → id, of names that a writer of *locale* may know."""
        if locale not in self._key_cache:
            keys = {identifier: identifier for identifier in self.terms}
            for names in self._names:
                source = names.layer.manifest.source_locale
                near = fallback_chain(locale, source)
                for key, identifier in names.index.keys(near):
                    keys.setdefault(key, identifier)
            self._key_cache[locale] = keys
        return self._key_cache[locale]

    def _stems(self, locale: str) -> dict[str, list[str]]:
        if locale not in self._stem_cache:
            stems: dict[str, list[str]] = {}
            for key in self._keys(locale):
                stems.setdefault(_stem(key, locale), []).append(key)
            self._stem_cache[locale] = stems
        return self._stem_cache[locale]

    @cached_property
    def _key_cache(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _stem_cache(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms by id, in the order of their ids."""
        return (self.terms[identifier] for identifier in sorted(self.terms))


def _read_names(layer: Layer, owned: Mapping[str, Term]) -> _Names:
    index = NameIndex()
    former: dict[str, str] = {}
    for identifier, term in sorted(owned.items()):
        for locale, entry in sorted(term.entries.items()):
            for designation in entry.designations:
                index.add(identifier, locale, designation)
            for old in entry.formerly:
                former.setdefault(term_id(old), identifier)
    return _Names(layer=layer, index=index, former=former, owned=frozenset(owned))


def _stem(key: str, locale: str) -> str:
    algorithm = _STEMMERS.get(locale.partition("_")[0], "english")
    stem: str = snowballstemmer.stemmer(algorithm).stemWord(key)
    return stem
