"""Which entries are one term?  And what do two of them both claim?"""

from __future__ import annotations

import os
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.corpus.problems import Problem
from sphinx_insurterms.corpus.records import from_record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from sphinx_insurterms.corpus.files import Order
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.problems import Origin, WarningName


class _Row(NamedTuple):
    """A file with an entry."""

    id: int
    path: bytes
    folder: bytes
    is_shadowed: int

    @property
    def name(self) -> str:
        return os.fsdecode(self.path)

    def place(self, order: Order) -> tuple[object, ...]:
        return order(self.name, os.fsdecode(self.folder))


_RIVALS = """
SELECT id, path, folder, is_shadowed, term_id, locale FROM present
WHERE is_shadowed OR (term_id, locale) IN (
    SELECT term_id, locale FROM present WHERE term_id IS NOT NULL
    GROUP BY term_id, locale HAVING count(*) > 1
)
ORDER BY term_id, locale
"""


def rivals(connection: sqlite3.Connection, order: Order) -> Iterator[list[_Row]]:
    """Yield the files that are one term's entry in one locale; the first counts.

    Also a file that is alone now, and was not when it was read.
    """
    found = connection.execute(_RIVALS).fetchall()
    for _, group in groupby(found, key=lambda row: row[4:]):
        rows = [_Row(*row[:4]) for row in group]
        yield sorted(rows, key=lambda row: row.place(order))


_CLAIMED = """
SELECT claim.file, claim.key, min(owner.term_id), claimant.path, claimant.folder
FROM name AS claim
JOIN entry AS claimant ON claimant.id = claim.file
JOIN name AS title ON title.key = claim.key AND title.status = 0
JOIN entry AS owner ON owner.id = title.file AND owner.locale = claimant.locale
WHERE claim.status > 0
GROUP BY claim.file, claim.key
HAVING min(owner.term_id) <> claimant.term_id
"""


def complaints(
    connection: sqlite3.Connection, root: Path, order: Order
) -> Iterator[Problem]:
    """Yield what is wrong between the entries of a corpus, in the order of its files."""
    found: list[tuple[int, tuple[object, ...], WarningName, str, Origin]] = []
    for rows in rivals(connection, order):
        for _, group in groupby(
            sorted(rows, key=lambda row: row.folder), key=lambda row: row.folder
        ):
            first, *others = group
            for row in others:
                entry = _entry(connection, row.id, root)
                fact = (
                    f"'{entry.term_id}' is the id of {_way(row.name, first.name)} "
                    "too, which counts; give one of them another `id: …`, or merge them"
                )
                found.append((0, row.place(order), "id", fact, entry.place("id")))
    for file, key, owner_id, path, folder in connection.execute(_CLAIMED).fetchall():
        entry = _entry(connection, file, root)
        name = os.fsdecode(path)
        place = order(name, os.fsdecode(folder))
        owner = _path_of(connection, owner_id, entry.locale)
        for designation in entry.designations:
            if designation.status is Status.PREFERRED or fold(designation.text) != key:
                continue
            text = designation.text
            fact = (
                f"'{text}' is the title of '{owner_id}' ({_way(name, owner)}), "
                "which it will lead to; take it out here"
            )
            origin = entry.place(_key(entry, text), "title")
            found.append((1, place, "name", fact, origin))
    for _, _, kind, fact, origin in sorted(found, key=itemgetter(0, 1)):
        yield Problem(name=kind, message=fact, origin=origin)


def _entry(connection: sqlite3.Connection, file: int, root: Path) -> Entry:
    path, record = connection.execute(
        "SELECT path, record FROM file WHERE id = ?", (file,)
    ).fetchone()
    return from_record(record, str(root / os.fsdecode(path)), str)


def _path_of(connection: sqlite3.Connection, term_id: str, locale: str) -> str:
    found: Any = connection.execute(
        "SELECT path FROM entry WHERE term_id = ? AND locale = ?", (term_id, locale)
    ).fetchone()
    return os.fsdecode(found[0])


def _way(path: str, other: str) -> str:
    """Return the path of *other*, as the folder of *path* sees it."""
    way = os.path.relpath(other, PurePosixPath(path).parent)
    return way.replace(os.sep, "/")


def _key(entry: Entry, name: str) -> str:
    """Return the key of the front matter that says *name*."""
    keys = ("abbreviation", "aliases", "deprecated", "forms")
    return next((key for key in keys if name in getattr(entry, key)), "title")
