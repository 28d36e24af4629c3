"""A file is there as a whole: with what it held before, or with what it shall hold."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sphinx_insurterms.corpus.writing import replace_file


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
