from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.scanning import Stamp

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builds.conftest import Project


@pytest.fixture
def many(project: Project) -> Project:
    """Make a project with 600 terms, one of which it names."""
    for number in range(600):
        project.entry(f"en/term-{number}", f"Term {number}")
    project.start("A :term:`Term 7`.")
    return project


def test_the_first_reading_of_many_terms_shows_how_far_it_is(
    many: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if they had been written long ago.
    monkeypatch.setattr(Stamp, "is_settled", lambda _stamp, _now: True)
    first = many.build().status
    assert 2 < first.count("reading terms...") <= 100
    assert "[100%]" in first[first.index("reading terms...") :]
    assert "reading terms..." not in many.build().status


def test_few_terms_are_read_in_silence(project: Project) -> None:
    project.entry("en/premium", "premium")
    assert "reading terms" not in project.build().status


def test_a_build_of_everything_looks_into_every_file(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.entry("en/premium", "premium", "One.")
    project.start(".. insurterm:: premium")
    project.build()
    path = project.docs / "terms" / "en" / "premium.md"
    # A file system that tells nothing: same size, same time.
    said = path.stat()
    monkeypatch.setattr(Stamp, "text", property(lambda _stamp: "the same"))
    monkeypatch.setattr(Stamp, "is_settled", lambda _stamp, _now: True)
    project.build()
    path.write_bytes(path.read_bytes().replace(b"One.", b"Two."))
    os.utime(path, ns=(said.st_atime_ns, said.st_mtime_ns))
    assert "One." in project.build().body("index")
    assert "Two." in project.build(fresh=True).body("index")


def test_a_build_says_why_no_index_is_kept(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.entry("en/premium", "premium")
    project.start("A :term:`premium`.")
    (tmp_path / "file").touch()
    monkeypatch.setattr(
        "platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "file" / "x")
    )
    built = project.build()
    assert built.warnings == []
    assert "no index of" in built.status
    assert "let the user's cache folder be writable" in built.status
