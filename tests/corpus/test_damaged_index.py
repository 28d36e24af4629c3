"""An index may be lost, harmed or locked at any time: no term and no build is."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_insurterms.corpus import opening
from sphinx_insurterms.corpus.storage import _OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.corpus.conftest import Shelf

forks = pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked here")


@pytest.fixture
def terms(shelf: Shelf) -> list[str]:
    """Write a corpus, and return all that is to be learned of it."""
    for number in range(40):
        front = f"description: The {number}th.\naliases: [n{number}, no {number}]\n"
        for locale in ("en", "nb"):
            text = f"---\ntitle: Term {number} {locale}\n{front}---\n\nThere.\n"
            shelf.write(f"{locale}/term-{number}.md", text)
    shelf.write("en/untitled.md", "There.\n")
    return shelf.load_anew().said


@pytest.fixture
def index(shelf: Shelf, terms: list[str], cache: Path) -> Path:
    """Return the index of that corpus, which is whole."""
    assert shelf.load().said == terms
    (path,) = cache.iterdir()
    return path


def is_sound(path: Path) -> bool:
    """Tell whether SQLite finds nothing wrong with a file."""
    connection = sqlite3.connect(path)
    found = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    return found == [("ok",)]


def assert_replaced(shelf: Shelf, index: Path, terms: list[str]) -> None:
    """See that all terms are there, and that the next build finds a sound index."""
    first = shelf.load()
    assert first.said == terms
    second = shelf.load()
    assert second.said == terms
    assert second.layer.kept_in_memory == ""
    assert is_sound(index)


# before a build


@pytest.mark.parametrize("length", [0, 1, 15, 16, 99, 100, 4095, 4096, 5000, 20_000])
def test_a_truncated_index_is_replaced(
    shelf: Shelf, index: Path, terms: list[str], length: int
) -> None:
    os.truncate(index, length)
    assert_replaced(shelf, index, terms)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.999])
def test_an_index_without_its_end_loses_no_term(
    shelf: Shelf, index: Path, terms: list[str], part: float
) -> None:
    os.truncate(index, int(index.stat().st_size * part))
    for loaded in shelf.load(), shelf.load():
        assert loaded.said == terms
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
    shelf: Shelf, index: Path, terms: list[str], write: Callable[[Path], None]
) -> None:
    write(index)
    assert_replaced(shelf, index, terms)


def test_another_version_of_the_code_has_an_index_of_its_own(
    shelf: Shelf, index: Path, terms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = index.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(opening, "_code", lambda: "another version")
        assert shelf.load().said == terms
    assert len(list(index.parent.iterdir())) == 2
    assert index.read_bytes() == ours


def test_a_folder_in_the_place_of_the_index_is_worked_around(
    shelf: Shelf, index: Path, terms: list[str]
) -> None:
    index.unlink()
    index.mkdir()
    loaded = shelf.load()
    assert loaded.said == terms
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
    shelf: Shelf, index: Path, terms: list[str]
) -> None:
    whole = index.read_bytes()
    half, journal = write_half(shelf, index)
    assert half != whole
    index.write_bytes(half)
    Path(f"{index}-journal").write_bytes(journal)
    assert_replaced(shelf, index, terms)
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
    assert_replaced(shelf, index, changed)
    assert not Path(f"{index}-journal").exists()


def test_a_journal_is_gone_before_its_damaged_index_is(
    shelf: Shelf, index: Path, terms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = []
    unlink = Path.unlink

    def note(path: Path, *, missing_ok: bool = False) -> None:
        gone.append(path.name.removeprefix(index.name))
        unlink(path, missing_ok=missing_ok)

    text_file(index)
    monkeypatch.setattr(Path, "unlink", note)
    assert shelf.load().said == terms
    assert gone == ["-journal", ""]


# locked


@pytest.fixture
def locked(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Lock the index until the test ends, or unlocks it."""
    monkeypatch.setattr("sphinx_insurterms.corpus.storage._PATIENCE", 0.1)
    other = sqlite3.connect(index, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield lambda: other.execute("ROLLBACK") and None
    other.close()


@pytest.mark.usefixtures("locked")
def test_who_finds_the_index_locked_does_without(
    shelf: Shelf, terms: list[str]
) -> None:
    loaded = shelf.load()
    assert loaded.said == terms
    assert "locked" in loaded.layer.kept_in_memory


def test_an_index_is_as_it_was_when_it_is_unlocked(
    shelf: Shelf, index: Path, terms: list[str], locked: Callable[[], None]
) -> None:
    shelf.load()
    locked()
    assert shelf.load().layer.kept_in_memory == ""
    assert_replaced(shelf, index, terms)


def test_an_index_that_is_locked_in_the_middle_of_a_build_is_done_without(
    shelf: Shelf, index: Path, terms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_insurterms.corpus.storage._PATIENCE", 0.1)
    running = shelf.load()
    other = sqlite3.connect(index, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert running.said == terms
    other.close()


# in the middle of a build


def deleted(path: Path) -> None:
    path.unlink()


def folder_deleted(path: Path) -> None:
    shutil.rmtree(path.parent)


def cut(path: Path) -> None:
    os.truncate(path, 5000)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def harmed(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 8)
        file.write(random.Random(5).randbytes(size // 4))  # noqa: S311


HARMS = [
    *(deleted, folder_deleted, cut, emptied, harmed, text_file),
    *(nothing_but_zeros, somebody_elses, of_another_version),
]


@pytest.mark.parametrize("harm", HARMS)
def test_an_index_that_is_harmed_in_the_middle_of_a_build_loses_nothing(
    shelf: Shelf, index: Path, terms: list[str], harm: Callable[[Path], None]
) -> None:
    running = shelf.load()
    half_way = shelf.load()
    assert half_way.ids
    harm(index)
    assert running.said == terms
    assert half_way.said == terms
    index.parent.mkdir(exist_ok=True)
    assert_replaced(shelf, index, terms)


@forks
@pytest.mark.parametrize("harm", HARMS)
def test_nor_does_it_in_a_process_that_the_build_forks(
    shelf: Shelf, index: Path, terms: list[str], harm: Callable[[Path], None]
) -> None:
    running = shelf.load()
    assert running.ids
    harm(index)
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    processes = [
        context.Process(target=lambda: theirs.send(running.said)) for _ in range(2)
    ]
    for process in processes:
        process.start()
        assert ours.recv() == terms
        process.join()
    assert running.said == terms


# where there is no place for it


def test_a_file_in_the_place_of_the_cache_folder_is_worked_around(
    shelf: Shelf, cache: Path, terms: list[str]
) -> None:
    cache.write_text("a file stands here", "utf-8")
    loaded = shelf.load()
    assert loaded.said == terms
    assert str(cache) in loaded.layer.kept_in_memory
    assert cache.read_text("utf-8") == "a file stands here"


def test_who_has_no_home_folder_does_without(
    shelf: Shelf, terms: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    loaded = shelf.load()
    assert loaded.said == terms
    assert loaded.layer.kept_in_memory == "the user has no home folder"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_cache_folder_that_cannot_be_written_is_worked_around(
    shelf: Shelf, cache: Path, terms: list[str]
) -> None:
    cache.mkdir(mode=0o500)
    loaded = shelf.load()
    assert loaded.said == terms
    assert loaded.layer.kept_in_memory
