"""Where is what was read, until it is seen?  Beside the index, and then in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.records import checksum
from sphinx_insurterms.corpus.tables import NEVER, OF_A_FILE, OF_THE_FILE

if TYPE_CHECKING:
    import sqlite3

    from sphinx_insurterms.corpus.reading import FileContent
    from sphinx_insurterms.corpus.scanning import File

_COLUMNS = {
    "file": ", ".join(("id", *OF_THE_FILE)),
    **{table: f"file, {columns}" for table, columns in OF_A_FILE.items()},
}

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
                places = ", ".join("?" * len(rows[0]))
                columns = _COLUMNS[table]
                self._connection.executemany(
                    f"INSERT INTO new_{table} ({columns}) VALUES ({places})",  # noqa: S608
                    rows,
                )
        self._forget()


def _row(content: FileContent) -> tuple[Any, ...]:
    """Return what is kept of a file, in the order of :data:`OF_THE_FILE`."""
    file = content.file
    return (
        os.fsencode(file.path),
        stamp_of(file),
        content.is_settled,
        content.digest,
        file.locale,
        os.fsencode(file.folder),
        content.term_id,
        content.title,
        content.sorted_by,
        content.names_digest,
        content.text_digest,
        content.translates,
        content.record,
        checksum(content.record),
        content.body_offset,
        content.problems,
    )


def stamp_of(file: File) -> str:
    """Return a file's stamp as it is kept; empty for what has none."""
    return file.stamp.text if file.stamp else ""


def take_over(connection: sqlite3.Connection, number: int) -> None:
    """Let what was staged be seen from state *number* on."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM file").fetchone()[0]
    columns = ", ".join(OF_THE_FILE)
    connection.execute(
        f"INSERT INTO file (id, {columns}, since, until) "  # noqa: S608 - our own names
        f"SELECT id + ?, {columns}, ?, ? FROM new_file",
        (last, number, NEVER),
    )
    for table, others in OF_A_FILE.items():
        connection.execute(
            f"INSERT INTO {table} (file, {others}) "  # noqa: S608 - our own names
            f"SELECT file + ?, {others} FROM new_{table}",
            (last,),
        )
    for table in ("file", *OF_A_FILE):
        connection.execute(f"DELETE FROM new_{table}")  # noqa: S608 - our own names
