"""A build reads what has changed since the last one, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus import reading, scanning
from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.corpus.scanning import Folder, Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_insurterms.corpus.reading import FileContent
    from sphinx_insurterms.corpus.scanning import File
    from tests.corpus.conftest import Shelf

SECOND = 1_000_000_000
YEAR = 365 * 24 * 60 * 60


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be old enough for its stamp to tell all."""
    monkeypatch.setattr(scanning, "_COARSEST_TICK", -YEAR * SECOND)


@pytest.fixture
def read_files(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files of the corpus whose bytes are read, as that happens."""
    found: list[str] = []
    read_bytes = Path.read_bytes

    def note(path: Path) -> bytes:
        if path.is_relative_to(shelf.root):
            found.append(path.relative_to(shelf.root).as_posix())
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", note)
    return found


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the folders of which each file is compared, as that happens."""
    found: list[str] = []
    files = Folder.files

    def note(folder: Folder) -> Iterator[File]:
        found.append(folder.path)
        return files(folder)

    monkeypatch.setattr(Folder, "files", note)
    return found


@pytest.fixture
def parsed_files(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files of the corpus that a reader is asked to read."""
    found: list[str] = []
    reader_of = reading.reader_of  # type: ignore[attr-defined]

    def note(path: Path) -> object:
        found.append(path.relative_to(shelf.root).as_posix())
        return reader_of(path)

    monkeypatch.setattr(reading, "reader_of", note)
    return found


def wait_for_another_tick() -> None:
    """Let the clock of the file system move on, which ticks every 10 ms at most."""
    time.sleep(0.03)


# what is noticed


def test_a_file_of_the_same_size_is_noticed_within_the_same_second(
    shelf: Shelf,
) -> None:
    for title in "abcdefghij":
        shelf.write("en/premium.md", f"---\ntitle: {title}\n---\n")
        assert shelf.load().titles == {"en/premium": title}


@pytest.mark.usefixtures("settled")
def test_so_is_one_whose_time_was_set_back_to_what_it_was(shelf: Shelf) -> None:
    path = shelf.write("en/premium.md", "---\ntitle: one\n---\n")
    before = path.stat()
    assert shelf.load().titles == {"en/premium": "one"}
    wait_for_another_tick()
    shelf.write("en/premium.md", "---\ntitle: two\n---\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert shelf.load().titles == {"en/premium": "two"}


@pytest.mark.usefixtures("settled")
def test_so_is_one_that_another_of_the_same_size_and_time_replaces(
    shelf: Shelf,
) -> None:
    path = shelf.write("en/premium.md", "---\ntitle: one\n---\n")
    before = path.stat()
    other = shelf.write("_other.md", "---\ntitle: two\n---\n")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert shelf.load().titles == {"en/premium": "one"}
    wait_for_another_tick()
    other.replace(path)
    assert shelf.load().titles == {"en/premium": "two"}


def test_so_is_one_whose_stamp_stays_the_same_as_the_clock_is_coarse(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick = time.time_ns()
    monkeypatch.setattr(scanning, "_stamp_of", lambda _: Stamp(20, tick, tick))
    for title in ("one", "two", "six"):
        shelf.write("en/premium.md", f"---\ntitle: {title}\n---\n")
        assert shelf.load().titles == {"en/premium": title}


def test_so_is_one_whose_stamp_the_system_does_not_tell(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "_stamp", lambda _: None)
    for title in ("one", "two"):
        shelf.write("en/premium.md", f"---\ntitle: {title}\n---\n")
        assert shelf.load().titles == {"en/premium": title}
        assert shelf.load().titles == {"en/premium": title}


NOW = 1_700_000_000 * SECOND


@pytest.mark.parametrize(
    ("modified", "changed", "is_settled"),
    [
        (NOW, NOW, False),
        (NOW - SECOND, NOW - SECOND, False),
        (NOW - 2 * SECOND, NOW - 2 * SECOND, False),  # FAT
        (NOW - 3 * SECOND, NOW - 3 * SECOND, True),
        (NOW - 3 * SECOND, NOW, False),
        (NOW, NOW - 3 * SECOND, False),
        (NOW + YEAR * SECOND, NOW - 3 * SECOND, False),
        (NOW - 3 * SECOND, NOW + YEAR * SECOND, False),
        (0, 0, True),
        (-SECOND, NOW - YEAR * SECOND, True),
    ],
)
def test_a_stamp_tells_all_when_the_coarsest_clock_has_moved_on(
    modified: int, changed: int, is_settled: bool
) -> None:
    assert Stamp(20, modified, changed).is_settled(NOW) is is_settled


PAST, EPOCH, FUTURE, FAR_FUTURE = -YEAR, 0, 2**32, 2**34


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        *((PAST, EPOCH), (EPOCH, PAST), (PAST, PAST), (EPOCH, FUTURE)),
        *((FUTURE, EPOCH), (FUTURE, FUTURE), (EPOCH, FAR_FUTURE), (FAR_FUTURE, EPOCH)),
    ],
)
def test_a_file_is_noticed_wherever_its_clock_goes(
    shelf: Shelf, moment: int, then: int
) -> None:
    path = shelf.write("en/premium.md", "---\ntitle: one\n---\n")
    os.utime(path, (moment, moment))
    assert shelf.load().titles == {"en/premium": "one"}
    wait_for_another_tick()
    shelf.write("en/premium.md", "---\ntitle: two\n---\n")
    os.utime(path, (then, then))
    for _ in range(2):
        loaded = shelf.load()
        assert loaded.titles == {"en/premium": "two"}
        assert loaded.layer.kept_in_memory == ""


# what is read


@pytest.mark.usefixtures("settled")
def test_a_folder_in_which_nothing_changed_is_compared_as_a_whole(
    shelf: Shelf, looked_into: list[str]
) -> None:
    shelf.entries("en/premium", "en/rate", "nb/premium", "ar/deep/risk")
    shelf.write("en/_index.md", "# Not an entry\n")
    first = shelf.load()
    looked_into.clear()
    assert shelf.load().said == first.said
    assert looked_into == ["ar", ""]  # in these there are folders
    shelf.write("en/rate.md", "---\ntitle: another\n---\n")
    looked_into.clear()
    assert shelf.load().titles["en/rate"] == "another"
    assert looked_into == ["ar", "en", ""]


@pytest.mark.usefixtures("settled")
def test_a_folder_that_can_no_longer_be_opened_is_told(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.entries("en/premium", "nb/premium")
    shelf.load()
    shelf.close("nb", monkeypatch)
    loaded = shelf.load()
    assert list(loaded.titles) == ["en/premium"]
    assert ("file", "nb") in loaded.complaints


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", ["added", "removed", "renamed", "moved", "mended"])
def test_so_is_none_that_holds_another_file(shelf: Shelf, change: str) -> None:
    shelf.entries("en/premium", "en/rate", "nb/risk")
    shelf.load()
    rate = shelf.root / "en" / "rate.md"
    if change == "added":
        shelf.entries("en/risk")
    elif change == "removed":
        rate.unlink()
    elif change == "renamed":
        rate.rename(rate.with_name("fee.md"))
    elif change == "moved":
        (shelf.root / "en").rename(shelf.root / "fr")
    else:
        shelf.write("insurterms.toml", 'source_locale = "nb"\n')
    assert shelf.load().said == shelf.load_anew().said


@pytest.mark.usefixtures("settled")
def test_an_unchanged_corpus_is_not_read_at_all(
    shelf: Shelf, read_files: list[str]
) -> None:
    shelf.entries("en/premium", "nb/premium", "en/deep/risk", "rate")
    shelf.write("en/empty.md", "")
    shelf.write("en/draft.md", "---\ntitle: x\ndraft: true\n---\n")
    shelf.write("README.md", "# Terms\n")
    first = shelf.load()
    assert len(read_files) == 7
    read_files.clear()
    second = shelf.load()
    assert second.said == first.said
    assert read_files == []


def test_a_corpus_that_has_just_been_written_is_read_but_not_parsed_again(
    shelf: Shelf, read_files: list[str], parsed_files: list[str]
) -> None:
    shelf.entries("en/premium", "nb/premium")
    first = shelf.load()
    assert sorted(parsed_files) == ["en/premium.md", "nb/premium.md"]
    second = shelf.load()
    assert second.said == first.said
    assert len(read_files) == 4
    assert len(parsed_files) == 2


@pytest.mark.usefixtures("settled")
def test_a_file_that_was_only_touched_is_read_once_and_not_parsed(
    shelf: Shelf, read_files: list[str], parsed_files: list[str]
) -> None:
    shelf.entries("en/premium", "en/risk")
    first = shelf.load()
    read_files.clear()
    parsed_files.clear()
    os.utime(shelf.root / "en/risk.md", (0, 0))
    second = shelf.load()
    assert second.said == first.said
    assert read_files == ["en/risk.md"]
    assert parsed_files == []
    assert shelf.load().said == first.said
    assert read_files == ["en/risk.md"]


@pytest.mark.usefixtures("settled")
def test_of_a_changed_corpus_only_what_changed_is_read(
    shelf: Shelf, read_files: list[str]
) -> None:
    shelf.entries("en/premium", "en/risk", "en/rate", "nb/premium")
    shelf.load()
    read_files.clear()
    wait_for_another_tick()
    shelf.write("en/premium.md", "---\ntitle: Agio\n---\n")
    (shelf.root / "en/rate.md").unlink()
    shelf.entries("en/added")
    assert shelf.load().ids == ["added", "premium", "risk"]
    assert sorted(read_files) == ["en/added.md", "en/premium.md"]


@pytest.mark.usefixtures("settled")
def test_all_is_read_again_when_the_corpus_names_its_fields_anew(
    shelf: Shelf, read_files: list[str]
) -> None:
    shelf.write("en/premium.md", "---\ntitle: Premium\nname: Agio\n---\n")
    assert shelf.load().titles == {"en/premium": "Premium"}
    shelf.write("insurterms.toml", '[fields]\ntitle = "name"\n')
    assert shelf.load().titles == {"en/premium": "Agio"}
    (shelf.root / "insurterms.toml").unlink()
    assert shelf.load().titles == {"en/premium": "Premium"}
    assert read_files.count("en/premium.md") == 3


@pytest.mark.usefixtures("settled")
def test_a_body_is_read_only_when_it_is_shown(
    shelf: Shelf, read_files: list[str]
) -> None:
    for name in ("premium", "risk"):
        text = f"---\ntitle: {name}\ndescription: What it is.\n---\n\nAbout {name}.\n"
        shelf.write(f"en/{name}.md", text)
    shelf.load()
    read_files.clear()
    loaded = shelf.load()
    assert len(loaded.said) > 2
    assert read_files == []
    assert loaded.layer.terms["premium"].source.body == "\nAbout premium.\n"
    assert read_files == ["en/premium.md"]


# progress


def test_who_shows_progress_is_told_of_all_files_that_are_read(
    shelf: Shelf,
) -> None:
    shown: list[tuple[list[str], int]] = []

    def show(found: Iterable[FileContent], count: int) -> Iterator[FileContent]:
        names: list[str] = []
        shown.append((names, count))
        for content in found:
            names.append(content.file.path)
            yield content

    shelf.entries("en/premium", "nb/premium", "rate")
    shelf.write("en/empty.md", "")
    layer, _ = load(CorpusFolder(path=shelf.root), show)
    assert sorted(layer.terms) == ["premium", "rate"]
    ((names, count),) = shown
    assert sorted(names) == ["en/empty.md", "en/premium.md", "nb/premium.md", "rate.md"]
    assert count == 4


@pytest.mark.usefixtures("settled")
def test_no_progress_is_shown_where_nothing_is_read(shelf: Shelf) -> None:
    shown: list[int] = []

    def show(found: Iterable[FileContent], count: int) -> Iterable[FileContent]:
        shown.append(count)
        return found

    shelf.entries("en/premium", "nb/premium", "rate")
    for _ in range(3):
        load(CorpusFolder(path=shelf.root), show)
    assert [count for count in shown if count] == [3]
