"""Whatever a build finds in the place of its index, all terms are there."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus import opening
from sphinx_insurterms.corpus.storage import _OURS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.corpus.conftest import Shelf

forks = pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked here")


@pytest.mark.parametrize("length", [0, 1, 15, 16, 99, 100, 4095, 4096, 5000, 20_000])
def test_a_truncated_index_is_replaced(
    shelf: Shelf, index: Path, forty: list[str], length: int
) -> None:
    os.truncate(index, length)
    shelf.assert_index_replaced(index, forty)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.999])
def test_an_index_without_its_end_loses_no_term(
    shelf: Shelf, index: Path, forty: list[str], part: float
) -> None:
    os.truncate(index, int(index.stat().st_size * part))
    for loaded in shelf.load(), shelf.load():
        assert loaded.said == forty
        assert loaded.layer.kept_in_memory == ""


@pytest.mark.parametrize("seed", range(40))
def test_an_index_with_random_bytes_in_it_loses_no_term(
    shelf: Shelf, index: Path, seed: int
) -> None:
    expected = shelf.load_anew()
    chance = random.Random(seed)  # noqa: S311
    held = bytearray(index.read_bytes())
    begin = chance.randrange(len(held))
    size = chance.choice([16, 64, 512, 4096, 40_000])
    held[begin : begin + size] = chance.randbytes(size)
    index.write_bytes(held)
    # A key that is another one now shows in nothing, and so names are not asked for.
    for loaded in shelf.load(), shelf.load():
        assert loaded.titles == expected.titles
        assert loaded.bodies == expected.bodies
        assert list(map(str, loaded.problems)) == list(map(str, expected.problems))
    assert loaded.layer.kept_in_memory == ""


DAMAGES = {
    "random bytes": random.Random(3).randbytes(30),  # noqa: S311
    "zeros": bytes(30),
    "letters": b"x" * 30,
}


@pytest.mark.parametrize("place", [b"CREATE TABLE file", b'"title":"Term 7', b"no 17"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_that_is_harmed_where_it_is_read_is_replaced(
    shelf: Shelf, index: Path, place: bytes, damage: str
) -> None:
    expected = shelf.load_anew()
    held = bytearray(index.read_bytes())
    begin = held.index(place) + 5
    held[begin : begin + 30] = DAMAGES[damage]
    index.write_bytes(held)
    loaded = shelf.load()
    assert loaded.titles == expected.titles
    assert list(map(str, loaded.problems)) == list(map(str, expected.problems))


def text_file(path: Path) -> None:
    path.write_text("Dear diary,\n" * 1000, "utf-8")


def nothing_but_zeros(path: Path) -> None:
    path.write_bytes(bytes(20_000))


def somebody_elses(path: Path) -> None:
    with database(path) as connection:
        connection.execute("CREATE TABLE visit (url TEXT)")


def somebody_elses_of_the_same_tables(path: Path) -> None:
    with database(path) as connection:
        connection.execute("CREATE TABLE state (number, made)")
        connection.execute("PRAGMA application_id = 7")


def in_another_mode(path: Path) -> None:
    with database(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE visit (url TEXT)")
        connection.commit()
        for kind in ("-wal", "-shm"):
            shutil.copy(f"{path}{kind}", f"{path}{kind}.kept")
    for kind in ("-wal", "-shm"):
        shutil.move(f"{path}{kind}.kept", f"{path}{kind}")


def of_another_version(path: Path) -> None:
    with database(path) as connection:
        connection.execute("CREATE TABLE state (number INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE term (id TEXT)")
        connection.execute("INSERT INTO state VALUES (1)")
        connection.execute(f"PRAGMA application_id = {_OURS}")


def of_no_tables(path: Path) -> None:
    with database(path) as connection:
        connection.execute(f"PRAGMA application_id = {_OURS}")


class database:  # noqa: N801 - as sqlite3.connect
    """A new database, that is closed at the end."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(path)

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, *error: object) -> None:
        self._connection.commit()
        self._connection.close()


@pytest.mark.parametrize(
    "write",
    [
        text_file,
        nothing_but_zeros,
        somebody_elses,
        somebody_elses_of_the_same_tables,
        in_another_mode,
        of_another_version,
        of_no_tables,
    ],
)
def test_a_file_that_is_no_index_of_ours_is_replaced(
    shelf: Shelf, index: Path, forty: list[str], write: Callable[[Path], None]
) -> None:
    write(index)
    shelf.assert_index_replaced(index, forty)


def test_another_version_of_the_code_has_an_index_of_its_own(
    shelf: Shelf, index: Path, forty: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = index.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(opening, "_code", lambda: "another version")
        assert shelf.load().said == forty
    assert len(list(index.parent.iterdir())) == 2
    assert index.read_bytes() == ours


def test_a_folder_in_the_place_of_the_index_is_worked_around(
    shelf: Shelf, index: Path, forty: list[str]
) -> None:
    index.unlink()
    index.mkdir()
    loaded = shelf.load()
    assert loaded.said == forty
    assert loaded.layer.kept_in_memory


def write_half(shelf: Shelf, index: Path) -> tuple[bytes, bytes]:
    """Return an index and its journal as a build leaves them that is killed."""
    connection = sqlite3.connect(index, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE file SET title = 'half', record = record || ' '")
    connection.execute("DELETE FROM name")
    half = index.read_bytes(), Path(f"{index}-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    return half


def test_what_a_killed_build_left_half_written_is_taken_back(
    shelf: Shelf, index: Path, forty: list[str]
) -> None:
    whole = index.read_bytes()
    half, journal = write_half(shelf, index)
    assert half != whole
    index.write_bytes(half)
    Path(f"{index}-journal").write_bytes(journal)
    shelf.assert_index_replaced(index, forty)
    assert list(index.parent.iterdir()) == [index]


@pytest.mark.parametrize("now", ["random bytes", "cut", "text", "empty", "none"])
def test_a_journal_of_a_damaged_index_is_not_played_into_the_next_one(
    shelf: Shelf, index: Path, now: str
) -> None:
    half, journal = write_half(shelf, index)
    shelf.write("en/term-1.md", "---\ntitle: Another\n---\n")
    (shelf.root / "en/term-2.md").unlink()
    changed = shelf.load_anew().said
    held = {
        "random bytes": random.Random(1).randbytes(len(half)),  # noqa: S311
        "cut": half[: len(half) // 3],
        "text": b"Dear diary,\n" * 1000,
        "empty": b"",
        "none": b"",
    }
    index.write_bytes(held[now])
    if now == "none":
        index.unlink()
    Path(f"{index}-journal").write_bytes(journal)
    shelf.assert_index_replaced(index, changed)
    assert not Path(f"{index}-journal").exists()


def test_a_journal_is_gone_before_its_damaged_index_is(
    shelf: Shelf, index: Path, forty: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = []
    unlink = Path.unlink

    def note(path: Path, *, missing_ok: bool = False) -> None:
        gone.append(path.name.removeprefix(index.name))
        unlink(path, missing_ok=missing_ok)

    text_file(index)
    monkeypatch.setattr(Path, "unlink", note)
    assert shelf.load().said == forty
    assert gone == ["-journal", ""]
