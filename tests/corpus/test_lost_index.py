"""An index may be locked or lost at any time: no term and no build is."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.corpus.conftest import Shelf

# locked


@pytest.fixture
def locked(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], None]]:
    """Lock the index until the test ends, or unlocks it."""
    monkeypatch.setattr("sphinx_insurterms.corpus.storage._PATIENCE", 0.1)
    other = sqlite3.connect(index, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other.rollback
    other.close()


@pytest.mark.usefixtures("locked")
def test_who_finds_the_index_locked_does_without(
    shelf: Shelf, forty: list[str]
) -> None:
    loaded = shelf.load()
    assert loaded.said == forty
    assert "locked" in loaded.layer.kept_in_memory


def test_an_index_is_as_it_was_when_it_is_unlocked(
    shelf: Shelf, index: Path, forty: list[str], locked: Callable[[], None]
) -> None:
    shelf.load()
    locked()
    assert shelf.load().layer.kept_in_memory == ""
    shelf.assert_index_replaced(index, forty)


def test_an_index_that_is_locked_in_the_middle_of_a_build_is_done_without(
    shelf: Shelf, index: Path, forty: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_insurterms.corpus.storage._PATIENCE", 0.1)
    running = shelf.load()
    other = sqlite3.connect(index, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert running.said == forty
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


def overwritten(path: Path) -> None:
    path.write_bytes(b"Dear diary,\n" * 1000)


def replaced_by_somebody_elses(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visit (url TEXT)")
    connection.commit()
    connection.close()


HARMS = [
    *(deleted, folder_deleted, cut, emptied, harmed, overwritten),
    replaced_by_somebody_elses,
]


@pytest.mark.parametrize("harm", HARMS)
def test_an_index_that_is_harmed_in_the_middle_of_a_build_loses_nothing(
    shelf: Shelf, index: Path, forty: list[str], harm: Callable[[Path], None]
) -> None:
    running = shelf.load()
    half_way = shelf.load()
    assert half_way.ids
    harm(index)
    assert running.said == forty
    assert half_way.said == forty
    index.parent.mkdir(exist_ok=True)
    shelf.assert_index_replaced(index, forty)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked here")
@pytest.mark.parametrize("harm", HARMS)
def test_nor_does_it_in_a_process_that_the_build_forks(
    shelf: Shelf, index: Path, forty: list[str], harm: Callable[[Path], None]
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
        assert ours.recv() == forty
        process.join()
    assert running.said == forty


# where there is no place for it


def test_a_file_in_the_place_of_the_cache_folder_is_worked_around(
    shelf: Shelf, cache: Path, forty: list[str]
) -> None:
    cache.write_text("a file stands here", "utf-8")
    loaded = shelf.load()
    assert loaded.said == forty
    assert str(cache) in loaded.layer.kept_in_memory
    assert cache.read_text("utf-8") == "a file stands here"


def test_who_has_no_home_folder_does_without(
    shelf: Shelf, forty: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    loaded = shelf.load()
    assert loaded.said == forty
    assert loaded.layer.kept_in_memory == "the user has no home folder"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_cache_folder_that_cannot_be_written_is_worked_around(
    shelf: Shelf, cache: Path, forty: list[str]
) -> None:
    cache.mkdir(mode=0o500)
    loaded = shelf.load()
    assert loaded.said == forty
    assert loaded.layer.kept_in_memory
