"""How is an index kept whole?  One SQLite file, or memory where there can be none."""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.tables import NEVER, OF_A_FILE, SCHEMA, STAGE, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OURS = 0x496E7374
"""The application's id in the header of the file: "Inst"."""

_PATIENCE = 5
"""Seconds to wait for another process; a writer holds the file for one or two."""

_OLD = 24 * 60 * 60
"""Seconds; no build that began so long ago still reads what it found then."""


class DamagedError(Exception):
    """The file is none of ours, or not as we left it; whoever sees this replaces it."""


class ReplacedError(sqlite3.OperationalError):
    """Another file is in the place of the one that was opened; it is not ours to judge."""


def _close(connection: sqlite3.Connection, process: int) -> None:
    """Close a connection, but not in a process that was forked from its own."""
    if process == os.getpid():
        connection.close()


class Storage:
    """A file with all states of an index that a running build may still look at.

    What is read is the state that was the last one when reading began (:meth:`see`),
    whatever others write meanwhile: a row is never changed or removed while somebody
    may see it, but followed by another. A process that is forked sees the same.

    :param path: None for memory.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.number = 0
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._file: tuple[int, int] | None = None

    def see(self) -> None:
        """Look at the last state from now on.

        :raises DamagedError: if there is a file, and it is not ours.
        :raises sqlite3.Error: if it cannot be read.
        """
        with _damage_told():
            connection = self._connect()
            ours = connection.execute("PRAGMA application_id").fetchone()[0]
            if ours != _OURS:
                self._lay_out(connection)
            self._check_size(connection)
            found = connection.execute("SELECT max(number) FROM state").fetchone()[0]
            self.number = found or 0
            self._file = self._identity()
            self._show(connection)

    def _check_size(self, connection: sqlite3.Connection) -> None:
        """Notice a file that was cut off; SQLite does when it misses something."""
        ((pages,),) = connection.execute("PRAGMA page_count")
        ((size,),) = connection.execute("PRAGMA page_size")
        if self.path is not None and self.path.stat().st_size < pages * size:
            raise DamagedError("the end of the file is missing")

    def _identity(self) -> tuple[int, int] | None:
        """Return what tells the file from another one in its place."""
        if self.path is None:
            return None
        found = self.path.stat()
        return found.st_dev, found.st_ino

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all answers; ask the views of :data:`VIEWS`, and what files have.

        At once, since an open question keeps others from writing.

        :raises DamagedError: if the file is not as we left it.
        :raises sqlite3.Error: if it cannot be read.
        """
        with _damage_told():
            return self._open().execute(question, values).fetchall()

    def each(self, question: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the answers, for a loop that is short and writes nothing."""
        with _damage_told():
            yield from self._open().execute(question, values)

    @contextmanager
    def staging(self) -> Iterator[sqlite3.Connection]:
        """Take what is to be written, in tables ``new_…`` that only we can see.

        All files of a large corpus are too much for memory, and to read them takes
        too long to keep others waiting.
        """
        with _damage_told():
            connection = self._open()
            for statement in STAGE.split(";"):
                connection.execute(statement)
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection | None]:
        """Write what is either there as a whole in the end, or not at all.

        Yields None where another process has written since :meth:`see`.
        """
        before = self.number
        try:
            with _damage_told(), _whole(self._open()) as connection:
                last = connection.execute("SELECT max(number) FROM state").fetchone()
                yield connection if (last[0] or 0) == self.number else None
        except BaseException:
            self.number = before
            raise

    def begin_state(self, connection: sqlite3.Connection) -> int:
        """Look at a state that is about to be written, and return its number."""
        self.number += 1
        self._show(connection)
        return self.number

    def discard(self) -> None:
        """Remove the file, so that the next build makes another."""
        self.close()
        if self.path is not None:
            # A journal that is left would be played back into the next file.
            for leftover in (
                self.path.with_name(f"{self.path.name}-journal"),
                self.path,
            ):
                leftover.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file; what was read stays true."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        """Return a connection of this process: SQLite's locks are lost by a fork.

        Memory has no locks, and can only be had by the fork.
        """
        if self._connection is None or (self.path and self._process != os.getpid()):
            connection = self._connect()
            if self._identity() != self._file:
                raise ReplacedError
            self._show(connection)
        return self._connection  # type: ignore[return-value]

    def _connect(self) -> sqlite3.Connection:
        name = ":memory:" if self.path is None else str(self.path)
        connection = sqlite3.connect(
            name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._connection, self._process = connection, os.getpid()
        # Python complains of connections that nobody closes (3.13).
        weakref.finalize(self, _close, connection, os.getpid())
        # Killed processes do no harm in any mode, and of a loss of power we recover.
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _show(self, connection: sqlite3.Connection) -> None:
        # Not as a script, which would end a transaction.
        for statement in VIEWS.format(number=self.number).split(";"):
            connection.execute(statement)

    def _lay_out(self, connection: sqlite3.Connection) -> None:
        """Make the tables of a new file, unless another process has just done so."""
        with _whole(connection):
            ours = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if ours != _OURS:
                if tables[0] or ours:
                    raise DamagedError
                for statement in filter(str.strip, SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_OURS}")


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Let what is written be there as a whole in the end, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def forget_old(connection: sqlite3.Connection, now: float | None = None) -> None:
    """Remove the rows that no running build can see any more."""
    before = (time.time() if now is None else now) - _OLD
    # The last state before the first recent one: a clock may have been wrong in between.
    found = connection.execute(
        "SELECT max(number) FROM state WHERE number < "
        "(SELECT coalesce(min(number), ?) FROM state WHERE made >= ?)",
        (NEVER, before),
    ).fetchone()[0]
    if found is None:
        return
    gone = "(SELECT id FROM file WHERE until <= ?)"
    for table in OF_A_FILE:
        connection.execute(f"DELETE FROM {table} WHERE file IN {gone}", (found,))  # noqa: S608
    connection.execute("DELETE FROM file WHERE until <= ?", (found,))
    connection.execute("DELETE FROM state WHERE number < ?", (found,))


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except ValueError as error:  # what should be text is none
        raise DamagedError(str(error)) from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _OF_THE_SYSTEM or isinstance(error, ReplacedError):
            raise
        raise DamagedError(str(error)) from error


_OF_THE_SYSTEM = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM),
    }
)
"""Errors that are not the file's; any other says that it is not as we left it."""
