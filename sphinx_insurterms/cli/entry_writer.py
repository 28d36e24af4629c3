"""Which entries are written into a corpus, and what becomes of each?"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli.places import Places, id_given_by
from sphinx_insurterms.corpus.writing import replace_file
from sphinx_insurterms.exchange.markdown import UnplaceableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_insurterms.cli.arguments import OpenCorpus
    from sphinx_insurterms.corpus.model import Entry

OUTCOMES = (
    WRITTEN := "written",
    CURRENT := "as they were",
    THERE := "there already",
    PARTLY := "not translated in whole",
    FAILED := "not written",
)


class EntryWriter:
    """Writes entries, and leaves those alone that are there, unless it is told not to.

    :param overwrites: whether entries that are there are replaced.
    :param is_rehearsal: whether nothing is written, and all is told as if it were.
    """

    def __init__(
        self, corpus: OpenCorpus, *, overwrites: bool, is_rehearsal: bool
    ) -> None:
        self._layer = corpus.layer
        self._overwrites = overwrites
        self._is_rehearsal = is_rehearsal
        self._places = lru_cache(None)(lambda locale: Places(corpus, locale))
        self.counts: Counter[str] = Counter()

    def write(
        self, term_id: str, locale: str, make: Callable[[Entry | None, bool], bytes]
    ) -> None:
        """Write an entry, if it is to be, and count what became of it.

        :param make: returns the file's content, for the entry that it holds now, and
            told whether the id has to be written in it.
        """
        self.counts[self._outcome(term_id, locale, make)] += 1

    def _outcome(
        self, term_id: str, locale: str, make: Callable[[Entry | None, bool], bytes]
    ) -> str:
        there = self.entry(term_id, locale)
        path = Path(there.path) if there else self._new_path(term_id, locale)
        if not self._overwrites and (there is not None or path.exists()):
            return THERE
        if not self._places(locale).is_ours(path):
            return self._failed(path, "this leads out of the corpus; copy it there")
        try:
            content = make(there, id_given_by(path) != term_id)
            is_new = self._put(path, content)
        except (OSError, UnplaceableError) as error:
            fact = error.strerror if isinstance(error, OSError) else error
            return self._failed(path, fact)
        if not is_new:
            return CURRENT
        click.echo(f"{self._shown(path)}: {'would be ' * self._is_rehearsal}written")
        return WRITTEN

    def _failed(self, path: Path, fact: object) -> str:
        click.echo(f"{self._shown(path)}: {fact}", err=True)
        return FAILED

    def entry(self, term_id: str, locale: str) -> Entry | None:
        """Return the entry that the corpus has."""
        term = self._layer.terms.get(term_id)
        return term.entries.get(locale) if term else None

    def _new_path(self, term_id: str, locale: str) -> Path:
        """Return where a new entry stands: as its source does, if that is there."""
        term = self._layer.terms.get(term_id)
        places = self._places(locale)
        return places.opposite(term.source) if term else places.new(term_id)

    def _put(self, path: Path, content: bytes) -> bool:
        """Write a file, if this is no rehearsal; tell whether it held something else."""
        if self._is_rehearsal:
            return not path.is_file() or path.read_bytes() != content
        path.parent.mkdir(parents=True, exist_ok=True)
        return replace_file(path, content)

    def _shown(self, path: Path) -> str:
        root = self._layer.root
        return path.relative_to(root).as_posix()

    def told(self) -> str:
        """Return what became of all entries; empty if there were none."""
        would = {WRITTEN: "would be written"} if self._is_rehearsal else {}
        return ", ".join(
            f"{self.counts[what]} {would.get(what, what)}"
            for what in OUTCOMES
            if self.counts[what]
        )
