"""Every snippet of the documentation does what the page says that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.snippets.pages import Snippet, pages, snippets
from tests.docs.snippets.reader import STARTS, Reader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("page", pages())
def test_a_page_can_be_followed(page: str, tmp_path: Path) -> None:
    reader = Reader(tmp_path, page)
    for snippet in snippets(page):
        reader.follow(snippet)
    reader.end()


def test_each_beginning_is_that_of_a_page() -> None:
    """Files that no page begins with would be kept for nothing."""
    found = {path.relative_to(STARTS).parts for path in STARTS.rglob("*.*")}
    known = {tuple(page.split("/")) for page in pages()}
    assert {parts for parts in found if not _begins_with(parts, known)} == set()


def _begins_with(parts: tuple[str, ...], pages: set[tuple[str, ...]]) -> bool:
    return any(parts[: len(page)] == page for page in pages)


def shown(language: str, text: str, *, caption: str = "", use: str = "") -> Snippet:
    return Snippet(place="x:1", language=language, text=text, caption=caption, use=use)


@pytest.mark.parametrize(
    "snippet",
    [
        shown("sh", "false\ntrue"),
        shown("sh", "python -m pip install nothing-of-that-name"),
        shown("sh", "pip install 'sphinx-insurterms[nothing]'"),
        shown("sh", "python3 -m pip install tox && python3 -m tox run -e nothing"),
        shown("text", "never printed"),
        shown("python", "raise SystemExit(1)"),
        shown("fortran", "END"),
        shown("toml", "a = = 1", caption="a.toml"),
        shown("yaml", "script: [insurterms nothing]", caption=".ci.yml"),
        shown("text", "not there", caption="docs/conf.py", use="part"),
    ],
    ids=lambda snippet: f"{snippet.language}-{snippet.text[:12]}",
)
def test_a_snippet_that_does_not_work_is_noticed(
    snippet: Snippet, tmp_path: Path
) -> None:
    reader = Reader(tmp_path, "tutorial")
    reader.follow(shown("python", "project = 'x'", caption="docs/conf.py"))
    with pytest.raises((AssertionError, ModuleNotFoundError, ValueError)):
        reader.follow(snippet)


def test_markup_that_does_not_work_is_noticed(tmp_path: Path) -> None:
    reader = Reader(tmp_path, "tutorial")
    reader.follow(shown("md", "{term}`no such term`"))
    with pytest.raises(AssertionError, match="no such term"):
        reader.end()


def test_output_may_be_shown_in_part(tmp_path: Path) -> None:
    reader = Reader(tmp_path, "tutorial")
    reader.follow(shown("sh", "echo one two three"))
    reader.follow(shown("text", "one … three"))
