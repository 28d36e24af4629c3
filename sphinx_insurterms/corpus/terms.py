"""How is a term had?  By its id, read when somebody asks for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.locales import fallback_chain
from sphinx_insurterms.corpus.model import Term
from sphinx_insurterms.corpus.scanning import File
from sphinx_insurterms.corpus.translated import translated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.index import Index
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.reading import Reader
    from sphinx_insurterms.corpus.translated import Texts

_AT_HAND = 256
"""How many terms stay in memory as a whole, for pages that name the same ones."""


class _Entries(Mapping[str, "Entry"]):
    """Locale → entry, each made of what is kept of it when it is asked for."""

    def __init__(
        self,
        rows: list[tuple[Any, ...]],
        reader: Reader,
        source_locale: str,
        catalogs: Mapping[str, Texts],
    ) -> None:
        self._rows = {row[1]: row for row in rows}
        self._reader = reader
        self._source_locale = source_locale
        self._catalogs = catalogs if source_locale in self._rows else {}
        self._made: dict[str, Entry | None] = {}

    def __getitem__(self, locale: str) -> Entry:
        entry = self._entry(locale)
        if entry is None:
            raise KeyError(locale)
        return entry

    def _entry(self, locale: str) -> Entry | None:
        if locale not in self._made:
            self._made[locale] = self._make(locale)
        return self._made[locale]

    def _make(self, locale: str) -> Entry | None:
        """Return what the corpus says, or else what catalogs make of the source."""
        if locale in self._rows:
            _, _, path, folder, record, offset, _ = self._rows[locale]
            file = File(os.fsdecode(path), os.fsdecode(folder), locale, None)
            return self._reader.entry(file, record, offset)
        if locale in self._catalogs:
            steps = map(self._entry, fallback_chain(locale, self._source_locale)[1:-1])
            wider = next(filter(None, steps), None)
            source = self[self._source_locale]
            return translated(source, self._catalogs[locale], wider)
        return None

    def __iter__(self) -> Iterator[str]:
        yield from self._rows
        for locale in self._catalogs:
            if locale not in self._rows and self._entry(locale):
                yield locale

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, locale: object) -> bool:
        if locale in self._rows:
            return True
        return locale in self._catalogs and self._entry(str(locale)) is not None


class Terms(Mapping[str, Term]):
    """Id → term of one corpus, read when it is asked for.

    :param catalogs: locale → translations, where the corpus has no entry of its own.
    """

    def __init__(
        self,
        index: Index,
        source_locale: str,
        *,
        bundled: bool,
        catalogs: Mapping[str, Texts] = MappingProxyType({}),
    ) -> None:
        self._index = index
        self._source_locale = source_locale
        self._bundled = bundled
        self._catalogs = catalogs
        self._get = lru_cache(_AT_HAND)(self._find)

    def _find(self, term_id: str) -> Term | None:
        rows = self._index.entries(term_id)
        if not rows:
            return None
        return Term(
            id=term_id,
            entries=_Entries(
                rows, self._index.reader, self._source_locale, self._catalogs
            ),
            source_locale=self._source_locale,
            bundled=self._bundled,
        )

    def __getitem__(self, term_id: str) -> Term:
        term = self._get(term_id)
        if term is None:
            raise KeyError(term_id)
        return term

    def __contains__(self, term_id: object) -> bool:
        return isinstance(term_id, str) and self._get(term_id) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.ids())

    def __len__(self) -> int:
        return len(self._index.ids())
