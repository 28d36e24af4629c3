"""A file is there as a whole: with what it held before, or with what it shall hold."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sphinx_insurterms.corpus.writing import create_file, replace_file


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_may_be_read_by_all(tmp_path: Path) -> None:
    path = tmp_path / "premium.md"
    assert replace_file(path, b"One.")
    assert (path.read_bytes(), mode_of(path)) == (b"One.", 0o644)


def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "premium.md"
    path.write_bytes(b"One.")
    path.chmod(0o600)
    assert replace_file(path, b"Two.")
    assert (path.read_bytes(), mode_of(path)) == (b"Two.", 0o600)


def test_a_file_that_holds_it_already_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "premium.md"
    path.write_bytes(b"One.")
    before = path.stat()
    assert not replace_file(path, b"One.")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )


def test_what_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "premium.md"
    path.write_bytes(b"One.")

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        replace_file(path, b"Two.")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [
        ("premium.md", b"One.")
    ]


def test_a_file_that_is_not_there_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "terms/en/premium.md"
    create_file(path, b"One.")
    assert path.read_bytes() == b"One."


@pytest.mark.parametrize("there", ["", "One."])
def test_one_that_is_there_is_never_written_over(tmp_path: Path, there: str) -> None:
    path = tmp_path / "premium.md"
    path.write_text(there, "utf-8")
    with pytest.raises(FileExistsError):
        create_file(path, b"Two.")
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [
        ("premium.md", there)
    ]


def test_nor_is_a_link_that_leads_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "premium.md"
    path.symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(FileExistsError):
        create_file(path, b"Two.")
    assert not path.exists()


@pytest.mark.parametrize("error", [OSError("no space left"), KeyboardInterrupt()])
def test_what_cannot_be_written_leaves_neither_file_nor_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    (tmp_path / "terms").mkdir()
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(type(error)):
        create_file(tmp_path / "terms/en/a/premium.md", b"Two.")
    assert [p.name for p in tmp_path.rglob("*")] == ["terms"]
