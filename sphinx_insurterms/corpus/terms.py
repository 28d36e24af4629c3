"""How is a term had?  By its id, read when somebody asks for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.files import File
from sphinx_insurterms.corpus.model import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.index import Index
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.reading import Reader

_AT_HAND = 256
"""How many terms stay in memory as a whole, for pages that name the same ones."""


class _Entries(Mapping[str, "Entry"]):
    """Locale → entry, each made of what is kept of it when it is asked for."""

    def __init__(self, rows: list[tuple[Any, ...]], reader: Reader) -> None:
        self._rows = {row[1]: row for row in rows}
        self._reader = reader
        self._made: dict[str, Entry] = {}

    def __getitem__(self, locale: str) -> Entry:
        if locale not in self._made:
            _, _, path, folder, record, offset, _ = self._rows[locale]
            file = File(os.fsdecode(path), os.fsdecode(folder), locale, None)
            self._made[locale] = self._reader.entry(file, record, offset)
        return self._made[locale]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, locale: object) -> bool:
        return locale in self._rows


class Terms(Mapping[str, Term]):
    """Id → term of one corpus, read when it is asked for."""

    def __init__(self, index: Index, source_locale: str, *, bundled: bool) -> None:
        self._index = index
        self._source_locale = source_locale
        self._bundled = bundled
        self._get = lru_cache(_AT_HAND)(self._find)

    def _find(self, term_id: str) -> Term | None:
        rows = self._index.entries(term_id)
        if not rows:
            return None
        return Term(
            id=term_id,
            entries=_Entries(rows, self._index.reader),
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
