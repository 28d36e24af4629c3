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
from sphinx_insurterms.corpus.records import checksum, placed_to_record
from sphinx_insurterms.corpus.storage import NEVER, OF_A_FILE, forget_old, take_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_insurterms.corpus.files import File, Listing, Order
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.reading import FileContent, Reader
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
    last = storage.rows("SELECT reading FROM state WHERE number = ?", storage.number)
    is_read_alike = last == [(reading,)]
    looked_at = {""}
    for folder, files in listing.folders():
        looked_at.add(folder)
        waiting = {file.path: file for file in files}
        known: dict[str, str] = {}
        for row, path, stamp, settled, digest, locale, home in _rows_in(
            storage, folder
        ):
            name = os.fsdecode(path)
            file = waiting.get(name)
            if file is None:
                changes.gone.append(row)
                continue
            is_same_place = (file.locale, os.fsencode(file.folder)) == (locale, home)
            if is_read_alike and is_same_place:
                is_sure = trusts_stamps and settled and file.stamp is not None
                if is_sure and _stamp_of(file) == stamp:
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


def _rows_in(storage: Storage, folder: str) -> Iterator[tuple[Any, ...]]:
    """Yield what is known of the files in a folder, or straight in the root."""
    if not folder:
        return storage.each(f"{_SEEN} WHERE instr(path, x'2f') = 0")
    question = f"{_SEEN} WHERE folder = ? AND instr(path, x'2f') > 0"
    return storage.each(question, os.fsencode(folder))


_SEEN = "SELECT id, path, stamp, is_settled, digest, locale, folder FROM present"


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
        (_stamp_of(content.file), content.is_settled, row),
    )


def _stamp_of(file: File) -> str:
    return file.stamp.text if file.stamp else ""


def _end(connection: sqlite3.Connection, rows: list[int], number: int) -> None:
    """Let *rows* be seen no more from state *number* on."""
    connection.executemany(
        "UPDATE file SET until = ? WHERE id = ?", [(number, row) for row in rows]
    )


_BATCH = 200


class Stage:
    """Takes what files hold, and writes it in batches, which is faster by half."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._count = 0
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._forget()

    def _forget(self) -> None:
        self._rows = {table: [] for table in ("file", *OF_A_FILE)}

    def add(self, content: FileContent) -> None:
        """Take what one file holds."""
        self._count += 1
        number = self._count
        self._rows["file"].append((number, *_row(content)))
        self._rows["name"] += [(number, *name) for name in content.names]
        self._rows["keyword"] += [(number, *word) for word in content.keywords]
        self._rows["former"] += [(number, former) for former in content.formerly]
        if len(self._rows["file"]) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was taken."""
        for table, rows in self._rows.items():
            if rows:
                columns = ", ".join(("id", *_COPIED)) if table == "file" else ""
                columns = columns or f"file, {OF_A_FILE[table]}"
                places = ", ".join("?" * len(rows[0]))
                self._connection.executemany(
                    f"INSERT INTO new_{table} ({columns}) VALUES ({places})",  # noqa: S608
                    rows,
                )
        self._forget()


def _row(content: FileContent) -> tuple[Any, ...]:
    """Return what is kept of a file, in the order of :data:`_COPIED`."""
    file = content.file
    return (
        os.fsencode(file.path),
        _stamp_of(file),
        content.is_settled,
        content.digest,
        file.locale,
        os.fsencode(file.folder),
        content.term_id,
        content.title,
        content.sorted_by,
        content.names_digest,
        content.record,
        checksum(content.record),
        content.body_offset,
        content.problems,
    )


def _settle_rivals(connection: sqlite3.Connection, order: Order, number: int) -> None:
    """Let one file count where several are a term's entry in one locale."""
    for rows in list(rivals(connection, order)):
        for place, row in enumerate(rows):
            if bool(row.is_shadowed) != bool(place):
                _set_shadowed(connection, row.id, bool(place), number)


_COPIED = (
    *("path", "stamp", "is_settled", "digest", "locale"),
    *("folder", "term_id", "title", "sorted_by", "names", "record", "checksum"),
    *("body_offset", "problems"),
)


def _set_shadowed(
    connection: sqlite3.Connection, row: int, shadowed: bool, number: int
) -> None:
    """Let a file count, or count no more, from state *number* on."""
    columns = ", ".join(_COPIED)
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
