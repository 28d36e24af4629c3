"""A file may be called what its system lets it be called."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.corpus.conftest import Shelf


@pytest.fixture
def strange(shelf: Shelf) -> Shelf:
    """Write files whose names are not UTF-8, where the system has such."""
    names = [b"en/\xff.md", b"en/a\xff.md", b"en/b\xff.md", b"en/c\xff.md", b"r\xff.md"]
    contents = ["title: x\nid: y", "description: no title", "", "id: y", "title: z"]
    try:
        for name, front in zip(names, contents, strict=True):
            shelf.write(os.fsdecode(name), f"---\n{front}\n---\n" if front else "")
        shelf.write(os.fsdecode(b"en/\xfe/index.md"), "---\ntitle: folder\n---\n")
        shelf.write(os.fsdecode(b"n\xfeb/x.md"), "---\ntitle: folder\n---\n")
    except (OSError, UnicodeError):
        pytest.skip("no such names here")
    return shelf


def test_names_of_files_that_are_no_text_do_no_harm(strange: Shelf) -> None:
    first = strange.load()
    assert first.ids == ["a", "r", "y"]
    assert strange.load().said == first.said
    (strange.root / os.fsdecode(b"en/c\xff.md")).unlink()
    (strange.root / os.fsdecode(b"en/\xff.md")).rename(
        strange.root / os.fsdecode(b"en/\xfe.md")
    )
    assert strange.load().said == strange.load_anew().said
    assert strange.load().bodies == strange.load_anew().bodies


def test_nor_does_such_a_name_of_the_corpus_itself(shelf: Shelf) -> None:
    name = os.fsdecode(b"terms-\xff")
    try:
        shelf.entries(f"{name}/en/premium")
    except (OSError, UnicodeError):
        pytest.skip("no such names here")
    for _ in range(2):
        loaded = shelf.load(name)
        assert loaded.titles == {"en/premium": "premium"}
        assert loaded.layer.kept_in_memory == ""
