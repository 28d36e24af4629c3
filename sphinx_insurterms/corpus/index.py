"""What does a corpus hold?  Asked piece by piece; nothing is read that nobody asks for."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_insurterms.corpus.model import Summary
from sphinx_insurterms.corpus.names import Claim
from sphinx_insurterms.corpus.records import (
    checksum,
    placed_from_record,
    problems_from_record,
)
from sphinx_insurterms.corpus.storage import DamagedError, Storage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from sphinx_insurterms.corpus.files import Order
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.reading import Reader

_AT_HAND = 4096
"""How many terms stay in memory as they are kept, for pages that name the same ones."""

MOST_AT_ONCE = 500
"""How many values one question may hold; SQLite may end at 999."""


class State(NamedTuple):
    """What is true of all entries together."""

    content: str
    """Stands for all files: another text when any of them says something else."""

    addresses: str
    """Stands for all ids, present and former, which are what links lead to."""

    locales: tuple[str, ...]
    """Every locale that has an entry, in a fixed order."""

    complaints: str
    """What is wrong between the entries, as a record."""


class Index:
    """The entries of one corpus, as they were when a build began.

    :param refill: lets a storage be what the files say now.
    """

    def __init__(
        self, storage: Storage, reader: Reader, refill: Callable[[Storage], None]
    ) -> None:
        self._storage = storage
        self.reader = reader
        self._refill = refill
        self._rows_of: dict[str, list[tuple[Any, ...]]] = {}
        """Of the terms that were asked for last, as they are kept: texts are light."""

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all answers, as :meth:`Storage.rows` does.

        A cache may be emptied or harmed at any time. Then the files are read again.
        """
        try:
            return self._storage.rows(question, *values)
        except DamagedError:
            self._discard()
        except sqlite3.Error:
            self._read_again()
        return self._storage.rows(question, *values)

    def _discard(self) -> None:
        """Let the next build make another index, and go on without one."""
        with suppress(OSError):
            self._storage.discard()
        self._read_again()

    def _read_again(self) -> None:
        """Go on with memory, for this process and those that it forks."""
        self._storage.close()
        self._storage = Storage(None)
        self._storage.see()
        self._refill(self._storage)

    @cached_property
    def state(self) -> State:
        """What is true of all entries together."""
        ((content, addresses, locales, complaints),) = self.rows(
            "SELECT content, addresses, locales, complaints FROM now"
        )
        return State(content, addresses, tuple(json.loads(locales)), complaints)

    def problems(self, order: Order) -> Iterator[Problem]:
        """Yield what is wrong with each file, in order, and then between the entries."""
        root = self.reader.root
        found = self.rows(
            "SELECT path, folder, problems FROM present WHERE problems <> ''"
        )
        told = [(*map(os.fsdecode, row[:2]), row[2]) for row in found]
        for path, _, record in sorted(told, key=lambda one: order(one[0], one[1])):
            yield from problems_from_record(record, root / path)
        yield from placed_from_record(self.state.complaints, root)

    # terms

    def ids(self) -> list[str]:
        """Return the ids of all terms, in order."""
        found = self.rows("SELECT DISTINCT term_id FROM entry ORDER BY 1")
        return [identifier for (identifier,) in found]

    def entries(self, term_id: str) -> list[tuple[Any, ...]]:
        """Return what is kept of a term's entries (:data:`_ROWS`); none if it is not there."""
        rows = self._rows_of.get(term_id)
        if rows is None:
            rows = self.fetch([term_id])[term_id]
        if any(checksum(row[4]) != row[6] for row in rows):
            self._discard()
            self._rows_of.clear()
            rows = self.fetch([term_id])[term_id]
        return rows

    def fetch(self, term_ids: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
        """Get the entries of several terms at once, for whoever asks one by one."""
        found: dict[str, list[tuple[Any, ...]]] = {one: [] for one in term_ids}
        places = ", ".join("?" * len(term_ids))
        question = f"{_ROWS} WHERE term_id IN ({places}) ORDER BY locale"
        for row in self.rows(question, *term_ids):
            found[row[0]].append(row)
        self._rows_of |= found
        while len(self._rows_of) > _AT_HAND:
            self._rows_of.pop(next(iter(self._rows_of)))
        return found

    def has_entry_in(self, folder: Path, suffix: str) -> str | None:
        """Return the name of an entry's file straight in *folder*, if there is one."""
        root = self.reader.root
        if not folder.is_relative_to(root):
            return None
        below = folder.relative_to(root).as_posix()
        start = b"" if below == "." else os.fsencode(f"{below}/")
        found = self.rows(
            "SELECT path FROM entry WHERE substr(path, 1, ?) = ? "
            "AND instr(substr(path, ?), x'2f') = 0",
            *(len(start), start, len(start) + 1),
        )
        paths = sorted(os.fsdecode(path) for (path,) in found)
        return next((path for path in paths if path.endswith(suffix)), None)

    def summaries(
        self, chain: Sequence[str], term_ids: Sequence[str] | None = None
    ) -> Iterator[Summary]:
        """Yield what lists say of each term.

        :param chain: the locales to look in, best first; if none has the term, the
            first by name, as in :meth:`Term.entry`.
        :param term_ids: of which terms, if not of all; those that are not there are
            left out.
        """
        rank = {locale: number for number, locale in enumerate(chain)}
        found = self._of_terms(_SUMMARIES, "term_id, locale", term_ids)
        for identifier, rows in groupby(found, key=itemgetter(0)):
            entries = list(rows)
            best = min(entries, key=lambda row: rank.get(row[1], len(rank)))
            _, locale, title, sorted_by, digest, _ = best
            source = min(entries, key=lambda row: row[1] != chain[-1])
            digests = (digest, source[4], *(row[5] for row in entries))
            yield Summary(identifier, locale, title, sorted_by, source[2], digests)

    def _of_terms(
        self, question: str, order: str, term_ids: Sequence[str] | None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield answers for some terms, or for all, term by term."""
        if term_ids is None:
            yield from self.rows(f"{question} ORDER BY {order}")
            return
        for begin in range(0, len(term_ids), MOST_AT_ONCE):
            some = term_ids[begin : begin + MOST_AT_ONCE]
            places = ", ".join("?" * len(some))
            asked = f"{question} WHERE entry.term_id IN ({places}) ORDER BY {order}"
            yield from self.rows(asked, *some)

    def with_keyword(self, key: str) -> set[str]:
        """Return the ids of terms of which some entry has a keyword, folded."""
        found = self.rows(
            "SELECT entry.term_id FROM keyword JOIN entry ON entry.id = keyword.file "
            "WHERE keyword.key = ?",
            key,
        )
        return {identifier for (identifier,) in found}

    def keywords(self) -> dict[str, str]:
        """Return the keywords of all entries: folded → as one author wrote it."""
        found = self.rows(
            "SELECT DISTINCT keyword.key, keyword.text FROM keyword "
            "JOIN entry ON entry.id = keyword.file ORDER BY 1, 2 DESC"
        )
        return dict(found)

    def outdated(self, locale: str, source: str) -> list[str]:
        """Return ids of the terms whose entry in *locale* translates an older *source*."""
        found = self.rows(
            "SELECT entry.term_id FROM entry JOIN entry AS original "
            "ON original.term_id = entry.term_id AND original.locale = ? "
            "WHERE entry.translates <> '' AND entry.translates <> original.said "
            "AND entry.locale = ? ORDER BY 1",
            *(source, locale),
        )
        return [identifier for (identifier,) in found]

    # names

    def designations(
        self, term_ids: Sequence[str]
    ) -> Iterator[tuple[str, str, int, str]]:
        """Yield id, locale, status and text of each name of some terms."""
        order = "entry.term_id, entry.locale, name.rowid"
        for row in self._of_terms(_DESIGNATIONS, order, term_ids):
            term_id, locale, status, text = row
            yield term_id, locale, status, text

    def claims(self, key: str) -> list[Claim]:
        """Return who claims a name, by its exact key."""
        return [Claim(*row) for row in self.rows(_CLAIMS + "name.key = ?", key)]

    def loose_claims(self, keys: Collection[str]) -> list[Claim]:
        """Return who claims one of several loose keys."""
        places = ", ".join("?" * len(keys))
        found = self.rows(
            _LOOSE_CLAIMS
            + f"name.loose IN ({places}) OR name.loose IS NULL AND name.key IN ({places})",
            *keys,
            *keys,
        )
        return [Claim(*row) for row in found]

    def paths(self) -> set[str]:
        """Return the paths of all files that hold an entry, below the root."""
        return {os.fsdecode(path) for (path,) in self.rows("SELECT path FROM entry")}

    def locale_of(self, path: Path) -> str | None:
        """Return the locale of a file below the root, if it holds or held an entry."""
        name = os.fsencode(path.relative_to(self.reader.root).as_posix())
        found = self.rows("SELECT locale FROM present WHERE path = ?", name)
        return found[0][0] if found else None

    def all_names(self) -> list[tuple[str, str, str, str, str, int]]:
        """Return term, locale, text, exact key, loose key and status of every name."""
        return self.rows(_ALL_NAMES)

    def all_formers(self) -> dict[str, str]:
        """Return every id that a term had before → its id."""
        found = self.rows(
            "SELECT former.term_id, entry.term_id FROM former "
            "JOIN entry ON entry.id = former.file ORDER BY 1, 2 DESC"
        )
        return dict(found)

    def dated(self) -> list[tuple[str, str]]:
        """Return id and record of entries that may not be in force, to be looked at."""
        return self.rows(
            "SELECT term_id, record FROM entry WHERE record LIKE '%\"superseded\"%' "
            "OR record LIKE '%\"effective\":%' ORDER BY 1, locale"
        )

    def formers(self, term_id: str) -> list[str]:
        """Return the ids of terms that had the id *term_id* before, in order."""
        found = self.rows(
            "SELECT entry.term_id FROM former JOIN entry ON entry.id = former.file "
            "WHERE former.term_id = ? ORDER BY 1",
            term_id,
        )
        return [identifier for (identifier,) in found]

    def keys(self, locale: str) -> Iterator[tuple[str, str]]:
        """Yield each exact key in *locale*, with the id of who has the best claim."""
        found = self.rows(
            "SELECT name.key, name.status, entry.term_id FROM name "
            "JOIN entry ON entry.id = name.file WHERE entry.locale = ? ORDER BY 1, 2, 3",
            locale,
        )
        best: dict[str, str] = {}
        for key, _, identifier in found:
            best.setdefault(key, identifier)
        yield from best.items()


_ROWS = "SELECT term_id, locale, path, folder, record, body_offset, checksum FROM entry"
_SUMMARIES = "SELECT term_id, locale, title, sorted_by, digest, names FROM entry"
_DESIGNATIONS = (
    "SELECT entry.term_id, entry.locale, name.status, name.text FROM entry "
    "JOIN name ON name.file = entry.id"
)
_ALL_NAMES = (
    "SELECT entry.term_id, entry.locale, name.text, name.key, "
    "coalesce(name.loose, name.key), name.status FROM entry "
    "JOIN name ON name.file = entry.id ORDER BY 1, 2, name.rowid"
)
_CLAIMS = (
    "SELECT entry.locale, name.key, name.status, entry.term_id "
    "FROM name JOIN entry ON entry.id = name.file WHERE "
)
_LOOSE_CLAIMS = _CLAIMS.replace("name.key,", "coalesce(name.loose, name.key),")
