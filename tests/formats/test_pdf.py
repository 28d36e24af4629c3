"""PDFs of our own documentation: names of terms lead to the glossary."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.built_documentation import LANGUAGES
from tests.formats.conftest import need

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.formats.conftest import Sphinx

pytestmark = pytest.mark.pdf

NAMED = {
    "en": {"policy", "loss adjuster", "subrogation", "total loss"},
    "nb": {"forsikringsavtale", "takstmann", "regress", "totalskade"},
    "ar": {"وثيقة التأمين", "خبير تقدير الخسائر", "الحلول", "خسارة كلية"},
}
"""What the page about a claim names, before the glossary; some of it."""


def made(sphinx: Sphinx, language: str) -> Path:
    """Return the PDF that latexmk makes of our documentation."""
    need("latexmk", "lualatex", "xindy", "make")
    folder = sphinx.build("docs", "latex", language)
    quietly = "LATEXMKOPTS=-interaction=nonstopmode -silent"
    command = [shutil.which("make") or "", "-C", str(folder), "all-pdf", quietly]
    subprocess.run(command, check=True)
    return folder / "sphinx-insurterms.pdf"


def headings(outline: Iterable[Any]) -> Iterator[Any]:
    """Yield all headings of a book's outline, at whatever depth."""
    for item in outline:
        if isinstance(item, list):
            yield from headings(item)
        else:
            yield item


def linked(path: Path) -> dict[str, set[int]]:
    """Return each heading that links lead to, and the numbers of pages with such links."""
    pypdf = pytest.importorskip("pypdf")
    book = pypdf.PdfReader(path)

    def place(target: Any) -> tuple[int, float]:
        return book.get_destination_page_number(target), target.top

    titles = {place(heading): str(heading.title) for heading in headings(book.outline)}
    found: dict[str, set[int]] = {title: set() for title in titles.values()}
    for number, page in enumerate(book.pages):
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A", {})
            if action.get("/S") == "/GoTo":
                target = place(book.named_destinations[str(action["/D"])])
                if target in titles:
                    found[titles[target]].add(number)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_terms_lead_to_their_entries(sphinx: Sphinx, language: str) -> None:
    found = linked(made(sphinx, language))
    # Once at least beside the table of contents, which Sphinx makes of two pages.
    named = {
        title for title, pages in found.items() if len(pages - {0, 1, 2, 3, 4}) > 0
    }
    assert named >= NAMED[language]
