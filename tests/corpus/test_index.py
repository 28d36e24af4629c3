"""A build sees one state of its corpus from beginning to end, whoever else writes."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_insurterms.corpus.loading import CorpusFolder, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sphinx_insurterms.corpus.reading import FileContent
    from tests.corpus.conftest import Loaded, Shelf

forks = pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked here")

HOUR = 60 * 60
DAY = 24 * HOUR


def entry(title: str, **keys: str) -> str:
    """Return a file that defines a term."""
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\n{lines}---\n\nAbout {title}.\n"


def in_a_child(ask: Callable[[], Any]) -> Any:
    """Return what a copy of this process answers."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=lambda: theirs.send(ask()))
    process.start()
    theirs.close()
    answer = ours.recv()
    process.join()
    return answer


def write_three(shelf: Shelf) -> None:
    """Write terms of which each will have another fate."""
    shelf.write("en/premium.md", entry("Premium", aliases="price", keywords="money"))
    shelf.write("en/rate.md", entry("Rate", formerly="tariff"))
    shelf.write("en/risk.md", entry("Risk", aliases="price"))


def change_all(shelf: Shelf) -> None:
    """Change one term, remove one, add one, and translate one."""
    shelf.write("en/premium.md", entry("Agio", aliases="cost", keywords="finance"))
    (shelf.root / "en/rate.md").unlink()
    shelf.write("en/tariff.md", entry("Tariff", aliases="rate"))
    shelf.write("nb/risk.md", entry("Risiko"))


def index_of(cache: Path) -> Path:
    """Return the only index."""
    (path,) = cache.glob("*.sqlite")
    return path


def count(cache: Path, table: str) -> int:
    """Return how many rows a table of the only index has."""
    with sqlite3.connect(index_of(cache)) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    connection.close()
    return int(found[0])


# what a running build sees


def test_a_running_build_goes_on_seeing_the_state_that_it_opened(shelf: Shelf) -> None:
    write_three(shelf)
    before = shelf.load().said
    running = shelf.load()
    change_all(shelf)
    after = shelf.load()
    assert after.ids == ["premium", "risk", "tariff"]
    assert running.said == before
    assert after.said == shelf.load_anew().said != before


def test_each_of_many_builds_sees_its_own_state(shelf: Shelf) -> None:
    shelf.entries("en/same")
    running = []
    for number in range(8):
        shelf.write("en/changed.md", entry(f"Title {number}"))
        shelf.write(f"en/added-{number}.md", entry(f"Added {number}"))
        running.append(shelf.load())
    for number, loaded in enumerate(running):
        assert loaded.titles["en/changed"] == f"Title {number}"
        added = [f"added-{one}" for one in range(number + 1)]
        assert loaded.ids == [*added, "changed", "same"]


@forks
def test_a_process_that_a_build_forks_sees_the_same_state(shelf: Shelf) -> None:
    write_three(shelf)
    before = shelf.load().said
    running = shelf.load()
    change_all(shelf)
    shelf.load()
    assert in_a_child(lambda: running.said) == before
    assert running.said == before


@forks
def test_a_forked_process_has_a_connection_of_its_own(shelf: Shelf) -> None:
    write_three(shelf)
    running = shelf.load()
    expected = running.said

    def ask() -> tuple[list[str], bool]:
        before = connection(running)
        said = running.said
        return said, connection(running) is before

    def connection(loaded: Loaded) -> object:
        assert loaded.layer.index is not None
        return loaded.layer.index._storage._connection

    ours = connection(running)
    assert in_a_child(ask) == (expected, False)
    assert connection(running) is ours


@forks
def test_an_index_in_memory_is_forked_too(shelf: Shelf, cache: Path) -> None:
    cache.write_text("a file stands here", "utf-8")
    write_three(shelf)
    running = shelf.load()
    assert running.layer.kept_in_memory
    change_all(shelf)
    before = running.said
    assert in_a_child(lambda: running.said) == before
    assert len(before) > len(shelf.load().problems)


def test_a_body_that_was_changed_since_is_read_as_it_is_now(shelf: Shelf) -> None:
    write_three(shelf)
    running = shelf.load()
    change_all(shelf)
    assert running.bodies == {
        "en/premium": "\nAbout Agio.\n",
        "en/rate": "",
        "en/risk": "\nAbout Risk.\n",
    }


def test_who_is_overtaken_while_it_reads_compares_all_anew(shelf: Shelf) -> None:
    overtaken: list[int] = []

    def be_overtaken(found: Iterable[FileContent], count: int) -> Iterable[FileContent]:
        contents = list(found)
        if len(overtaken) < 3:
            overtaken.append(count)
            shelf.write(f"en/added-{len(overtaken)}.md", entry("Added"))
            shelf.load()
        return contents

    write_three(shelf)
    layer, _ = load(CorpusFolder(path=shelf.root), be_overtaken)
    assert len(overtaken) == 3
    assert layer.kept_in_memory == ""
    added = [f"added-{number}" for number in (1, 2, 3)]
    assert sorted(layer.terms) == [*added, "premium", "rate", "risk"]
    assert shelf.load().said == shelf.load_anew().said


def test_who_is_overtaken_all_the_time_keeps_what_it_read_to_itself(
    shelf: Shelf,
) -> None:
    overtaken: list[int] = []

    def be_overtaken(found: Iterable[FileContent], count: int) -> Iterable[FileContent]:
        contents = list(found)
        overtaken.append(count)
        shelf.write("en/premium.md", entry(f"Premium {len(overtaken)}"))
        shelf.load()
        return contents

    write_three(shelf)
    layer, _ = load(CorpusFolder(path=shelf.root), be_overtaken)
    assert len(overtaken) < 20
    assert "keep writing" in layer.kept_in_memory
    assert sorted(layer.terms) == ["premium", "rate", "risk"]


# what is forgotten


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the clock of the index, not of its files."""

    def set_clock(now: float) -> None:
        stand_in = SimpleNamespace(time=lambda: now)
        for module in ("refreshing", "storage"):
            monkeypatch.setattr(f"sphinx_insurterms.corpus.{module}.time", stand_in)

    return set_clock


def test_old_states_are_forgotten_after_a_day(
    shelf: Shelf, cache: Path, clock: Callable[[float], None]
) -> None:
    for hour in range(0, 30, 5):
        clock(hour * HOUR)
        shelf.write("en/premium.md", entry(f"Premium {hour}", keywords=f"{hour}"))
        shelf.load()
        if hour <= 20:
            assert count(cache, "file") == count(cache, "state") == hour // 5 + 1
    clock(100 * HOUR)
    shelf.write("en/premium.md", entry("Premium", keywords="last", formerly="fee"))
    shelf.load()
    # The last state of before may still be looked at.
    assert count(cache, "state") == 2
    assert count(cache, "file") == count(cache, "keyword") == count(cache, "name") == 2
    clock(200 * HOUR)
    shelf.write("en/premium.md", entry("Premium", keywords="very last"))
    shelf.load()
    assert count(cache, "former") == 1
    assert shelf.load().said == shelf.load_anew().said


def test_no_state_is_forgotten_that_a_build_of_today_sees(
    shelf: Shelf, clock: Callable[[float], None]
) -> None:
    running = []
    for hour in (0, 23, 25, 46):
        clock(hour * HOUR)
        shelf.write("en/premium.md", entry(f"Premium {hour}"))
        shelf.write(f"en/added-{hour}.md", entry("Added"))
        running.append((shelf.load(), shelf.load_anew().said))
    for loaded, expected in running[1:]:  # the first began two days ago
        assert loaded.said == expected


def test_an_index_that_nobody_opens_for_a_month_is_removed_when_another_is_made(
    shelf: Shelf, cache: Path
) -> None:
    shelf.entries("a/en/premium", "b/en/premium", "c/en/premium")
    shelf.load("a")
    long_gone = index_of(cache)
    shelf.load("b")
    (used,) = set(cache.iterdir()) - {long_gone}
    for path, days in (long_gone, 31), (used, 29):
        os.utime(path, (time.time() - days * DAY,) * 2)
    shelf.load("b")
    assert long_gone.exists()
    shelf.load("c")
    assert not long_gone.exists()
    assert used.exists()


def test_to_open_an_index_is_to_use_it(shelf: Shelf, cache: Path) -> None:
    shelf.entries("a/en/premium", "b/en/premium")
    shelf.load("a")
    used = index_of(cache)
    os.utime(used, (time.time() - 40 * DAY,) * 2)
    shelf.load("a")
    shelf.load("b")
    assert used.exists()


def test_a_new_state_is_written_only_where_something_is_new(
    shelf: Shelf, cache: Path
) -> None:
    write_three(shelf)
    for _ in range(3):
        shelf.load()
        os.utime(shelf.root / "en/premium.md")
    assert count(cache, "state") == 1
    assert count(cache, "file") == 3
