"""Many files are read by several processes, which find what one would."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus import reading, workers
from sphinx_insurterms.corpus.loading import CorpusFolder, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sphinx_insurterms.corpus.reading import FileContent
    from tests.corpus.conftest import Shelf

pytestmark = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="nothing is forked here"
)


@pytest.fixture
def expected(shelf: Shelf) -> list[str]:
    """Write a corpus that is full of mistakes; return what one process says of it."""
    for number in range(30):
        text = f"---\ntitle: Term {number}\naliases: all\n---\n\nBody {number}.\n"
        shelf.write(f"en/term-{number}.md", text)
        shelf.write(f"nb/term-{number}.md", f"---\neffective: {number}\n---\n")
        shelf.write(f"no/term-{number}.md", text if number % 3 else "")
    shelf.write("en/term-7-again.md", "---\ntitle: all\nid: term-7\n---\n")
    loaded = shelf.load_anew()
    assert len(loaded.problems) > 60
    return loaded.said


@pytest.fixture
def readers(expected: list[str], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let three processes read; return how many did, each time that several do."""
    found: list[int] = []
    in_parallel = workers.in_parallel

    def note(read: object, files: object, count: int) -> object:
        found.append(count)
        return in_parallel(read, files, count)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "in_parallel", note)
    monkeypatch.setattr(workers, "cores", lambda: 3)
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", 20)
    monkeypatch.setattr(workers, "BATCH", 4)
    return found


def test_several_processes_find_what_one_does_in_the_same_order(
    shelf: Shelf, expected: list[str], readers: list[int]
) -> None:
    assert shelf.load().said == expected
    assert readers == [3]
    assert shelf.load().said == expected


def test_a_few_files_are_read_by_one(shelf: Shelf, readers: list[int]) -> None:
    shelf.entries("few/en/premium", "few/en/risk")
    shelf.load("few")
    assert readers == []


@pytest.mark.parametrize("fatal", ["term-0", "term-11", "term-29", "term-", "term-7"])
def test_a_process_that_dies_loses_nothing(
    shelf: Shelf,
    expected: list[str],
    readers: list[int],
    monkeypatch: pytest.MonkeyPatch,
    fatal: str,
) -> None:
    ours = os.getpid()
    reader_of = reading.reader_of  # type: ignore[attr-defined]

    def die(path: Path) -> object:
        if os.getpid() != ours and path.name.startswith(fatal):
            os._exit(1)
        return reader_of(path)

    monkeypatch.setattr(reading, "reader_of", die)
    assert shelf.load().said == expected
    assert readers == [3]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # none is left


def test_one_process_reads_all_where_a_copy_of_it_would_not_be_whole(
    shelf: Shelf, expected: list[str], readers: list[int]
) -> None:
    is_done = threading.Event()
    other = threading.Thread(target=is_done.wait)
    other.start()
    try:
        assert shelf.load().said == expected
    finally:
        is_done.set()
        other.join()
    assert readers == []


def test_one_process_reads_all_where_none_can_be_forked(
    shelf: Shelf,
    expected: list[str],
    readers: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert shelf.load().said == expected
    assert readers == []


@pytest.mark.usefixtures("expected")
def test_processes_end_when_who_reads_stops_half_way(
    shelf: Shelf, readers: list[int]
) -> None:
    def stop(found: Iterable[FileContent], _count: int) -> Iterator[FileContent]:
        yield next(iter(found))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(CorpusFolder(path=shelf.root), stop)
    assert readers == [3]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
