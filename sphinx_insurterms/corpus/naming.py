"""Which term of a layer has a name?  By id, by entries, and by translated titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.locales import fallback_chain
from sphinx_insurterms.corpus.names import Claim, Found, choose, loose_key, loose_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_insurterms.corpus.index import Index
    from sphinx_insurterms.corpus.manifest import Manifest
    from sphinx_insurterms.corpus.model import Term
    from sphinx_insurterms.corpus.translated import Texts


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the terms of one layer are called, without those that it does not own."""

    manifest: Manifest
    is_bundled: bool
    index: Index
    above: Sequence[Mapping[str, Term]]
    """The terms of the layers that come first; what they have, this one does not own."""

    catalogs: Mapping[str, Texts]
    """Locale → what catalogs say where the layer has no entry."""

    terms: Mapping[str, Term]
    """Those of the layer, seen through the catalogs."""

    def find(self, text: str, locale: str, *, inflected: bool) -> Found | None:
        """Return the term that *text* names here: by id, name, or inflected name."""
        identifier = term_id(text, prefixes=self.manifest.link_prefixes)
        if self.owns(identifier) and identifier in self.terms:
            return Found(term_id=identifier)
        if former := self.former(identifier):
            return Found(term_id=former)
        near = fallback_chain(locale, self.manifest.source_locale)
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
        for locale, texts in self.catalogs.items():
            titles = texts.candidates(keys, loose=loose)
            claims = [c for title in titles for c in self.index.claims(fold(title))]
            for identifier in dict.fromkeys(claim.term_id for claim in claims):
                entry = self.terms[identifier].entries.get(locale)
                for name in entry.designations if entry else ():
                    key = fold(name.text)
                    key = loose_key(key, locale) if loose else key
                    if key in keys:
                        yield Claim(locale, key, int(name.status), identifier)

    def owns(self, identifier: str) -> bool:
        """Tell whether no layer above has the term."""
        # All terms of a build are asked about, and most projects have one layer.
        return not self.above or not any(identifier in terms for terms in self.above)

    def former(self, identifier: str) -> str | None:
        """Return the id of an owned term that was *identifier* before."""
        formers = filter(self.owns, self.index.formers(identifier))
        return next(formers, None)

    def _owned(self, claims: Iterable[Claim]) -> list[Claim]:
        return [claim for claim in claims if self.owns(claim.term_id)]

    def keys(self, locale: str) -> Iterator[tuple[str, str]]:
        """Yield each name in a locale, with the id of an owned term that has it."""
        near = fallback_chain(locale, self.manifest.source_locale)
        for one in near:
            for key, identifier in self.index.keys(one):
                if self.owns(identifier):
                    yield key, identifier
