"""What has changed on disk?  The files are compared with the index, and read anew."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.gathering import complaints, rivals
from sphinx_insurterms.corpus.records import placed_to_record
from sphinx_insurterms.corpus.staging import Stage, stamp_of, take_over
from sphinx_insurterms.corpus.storage import forget_old
from sphinx_insurterms.corpus.tables import NEVER, OF_A_FILE, OF_THE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_insurterms.corpus.files import Listing, Order
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.reading import FileContent, Reader
    from sphinx_insurterms.corpus.scanning import File, Folder
    from sphinx_insurterms.corpus.storage import Storage

    Progress = Callable[[Iterable[FileContent], int], Iterable[FileContent]]

_TRIES = 10
"""How often others may write while we read, before we keep what we read to us."""


@dataclass(slots=True)
class Changes:
    """How the files differ from the index."""

    to_read: list[tuple[File, str]]
    """With the digest of what each held before; empty for a new one."""

    rows: dict[str, int]
    """Path → row, of those that were there before."""

    gone: list[int]
    """The rows of files that are there no more, or hold something else."""

    known: list[FileContent] = field(default_factory=list)
    """What turned out to be as it was, but for its stamp."""

    is_new: bool = False
    """Whether a file holds something new."""

    def replace(self, path: str) -> None:
        """Note that the file at *path* holds something new."""
        self.is_new = True
        if path in self.rows:
            self.gone.append(self.rows[path])


def refresh(
    storage: Storage,
    listing: Listing,
    reader: Reader,
    progress: Progress,
    *,
    trusts_stamps: bool = True,
) -> None:
    """Let the last state in *storage* be what the files say, and look at it.

    :param progress: passes on what is read, and shows how far that is.
    :param trusts_stamps: whether a file that looks untouched is left closed.
    :raises DamagedError: as :class:`Storage` does.
    :raises sqlite3.Error: as :class:`Storage` does.
    """
    for _ in range(_TRIES):
        changes = _compare(storage, listing, reader.key, trusts_stamps=trusts_stamps)
        if not changes.to_read and not changes.gone and storage.number:
            return
        found = reader.read_all(changes.to_read)
        with storage.staging() as stage:
            staged = Stage(stage)
            for content in progress(found, len(changes.to_read)):
                if content.is_known:
                    changes.known.append(content)
                else:
                    staged.add(content)
                    changes.replace(content.file.path)
            staged.flush()
        if _write(storage, listing.order, changes, reader):
            return
        storage.see()
    raise sqlite3.OperationalError("other processes keep writing")


def _compare(
    storage: Storage, listing: Listing, reading: str, *, trusts_stamps: bool
) -> Changes:
    """Return what is to be read: files that are new, or whose stamps tell nothing."""
    changes = Changes([], {}, [])
    is_read_alike = storage.rows("SELECT reading FROM now") == [(reading,)]
    looked_at = {""}
    for folder in listing.folders():
        looked_at.add(folder.path)
        if is_read_alike and trusts_stamps and _is_untouched(storage, folder):
            continue
        waiting = {file.path: file for file in folder.files()}
        known: dict[str, str] = {}
        for row, path, stamp, settled, digest, locale, home in _rows_in(
            storage, folder.path
        ):
            name = os.fsdecode(path)
            file = waiting.get(name)
            if file is None:
                changes.gone.append(row)
                continue
            is_same_place = (file.locale, os.fsencode(file.folder)) == (locale, home)
            if is_read_alike and is_same_place:
                is_sure = trusts_stamps and settled and file.stamp is not None
                if is_sure and stamp_of(file) == stamp:
                    del waiting[name]
                    continue
                known[name] = digest
            changes.rows[name] = row
        changes.to_read += [
            (file, known.get(path, "")) for path, file in waiting.items()
        ]
    for (folder,) in storage.rows("SELECT DISTINCT folder FROM present"):
        if os.fsdecode(folder) not in looked_at:
            changes.gone += [row[0] for row in _rows_in(storage, os.fsdecode(folder))]
    return changes


def _is_untouched(storage: Storage, folder: Folder) -> bool:
    """Tell whether a folder holds the very files that it held, with the same stamps.

    As is nearly always so, and then there is no need to look at each of them.
    """
    stamps = folder.stamps()
    if stamps is None:
        return False
    home = os.fsencode(folder.home)
    where, values = _standing_in(folder.path)
    known = storage.rows(f"{_STAMPS} {where}", folder.locale, home, *values)
    return dict(known) == stamps


def _rows_in(storage: Storage, folder: str) -> Iterator[tuple[Any, ...]]:
    """Yield what is known of the files in a folder, or straight in the root."""
    where, values = _standing_in(folder)
    return storage.each(f"{_SEEN} {where}", *values)


_SEEN = "SELECT id, path, stamp, is_settled, digest, locale, folder FROM present"
_STAMPS = (
    "SELECT path, CASE WHEN is_settled AND locale = ? AND folder = ? THEN stamp END "
    "FROM present"
)
"""Without those that tell nothing of what is in their files."""


def _standing_in(folder: str) -> tuple[str, tuple[bytes, ...]]:
    """Return the condition for files to stand in a folder, or straight in the root."""
    if not folder:
        return "WHERE instr(path, x'2f') = 0", ()
    return "WHERE folder = ? AND instr(path, x'2f') > 0", (os.fsencode(folder),)


def _write(storage: Storage, order: Order, changes: Changes, reader: Reader) -> bool:
    """Write a new state, if files hold something new; else only their stamps.

    :return: False if another process was faster, and all is to be compared again.
    """
    with storage.writing() as connection:
        if connection is None:
            return False
        for content in changes.known:
            _note_stamp(connection, changes.rows[content.file.path], content)
        if changes.is_new or changes.gone or not storage.number:
            number = storage.begin_state(connection)
            _end(connection, changes.gone, number)
            take_over(connection, number)
            _settle_rivals(connection, order, number)
            told = complaints(connection, reader.root, order)
            _add_state(connection, number, reader, list(told))
            forget_old(connection)
    return True


def _note_stamp(connection: sqlite3.Connection, row: int, content: FileContent) -> None:
    connection.execute(
        "UPDATE file SET stamp = ?, is_settled = ? WHERE id = ?",
        (stamp_of(content.file), content.is_settled, row),
    )


def _end(connection: sqlite3.Connection, rows: list[int], number: int) -> None:
    """Let *rows* be seen no more from state *number* on."""
    connection.executemany(
        "UPDATE file SET until = ? WHERE id = ?", [(number, row) for row in rows]
    )


def _settle_rivals(connection: sqlite3.Connection, order: Order, number: int) -> None:
    """Let one file count where several are a term's entry in one locale."""
    for rows in list(rivals(connection, order)):
        for place, row in enumerate(rows):
            if bool(row.is_shadowed) != bool(place):
                _set_shadowed(connection, row.id, bool(place), number)


def _set_shadowed(
    connection: sqlite3.Connection, row: int, shadowed: bool, number: int
) -> None:
    """Let a file count, or count no more, from state *number* on."""
    columns = ", ".join(OF_THE_FILE)
    written = connection.execute(
        f"INSERT INTO file ({columns}, is_shadowed, since, until) "  # noqa: S608
        f"SELECT {columns}, ?, ?, ? FROM file WHERE id = ?",
        (shadowed, number, NEVER, row),
    ).lastrowid
    for table, copied in OF_A_FILE.items():
        connection.execute(
            f"INSERT INTO {table} (file, {copied}) "  # noqa: S608
            f"SELECT ?, {copied} FROM {table} WHERE file = ?",
            (written, row),
        )
    _end(connection, [row], number)


def _add_state(
    connection: sqlite3.Connection,
    number: int,
    reader: Reader,
    told: list[Problem],
) -> None:
    """Write what is true of a state as a whole."""

    def stamp(question: str) -> str:
        digest = hashlib.blake2b(digest_size=12)
        for row in connection.execute(question):
            digest.update(repr(row).encode())
        return digest.hexdigest()

    content = "SELECT path, digest, is_shadowed FROM present ORDER BY path"
    addresses = (
        "SELECT DISTINCT term_id, 0 FROM entry UNION ALL "
        "SELECT former.term_id, entry.term_id FROM former "
        "JOIN entry ON entry.id = former.file ORDER BY 1, 2"
    )
    locales = connection.execute("SELECT DISTINCT locale FROM entry ORDER BY 1")
    state: tuple[Any, ...] = (
        number,
        time.time(),
        reader.key,
        stamp(content),
        stamp(addresses),
        json.dumps([locale for (locale,) in locales]),
        placed_to_record(told, reader.root),
    )
    connection.execute("INSERT INTO state VALUES (?, ?, ?, ?, ?, ?, ?)", state)
