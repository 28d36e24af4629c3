"""What programs that read books can rely on: notes, and what a glossary is."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

    from tests.builds.conftest import Build, Project


LIST = ".. insurterm-glossary::\n   :keywords: cost\n"


class Book:
    """An EPUB that was made."""

    def __init__(self, built: Build) -> None:
        assert built.warnings == []
        with zipfile.ZipFile(next(built.out.glob("*.epub"))) as book:
            self._files = {name: book.read(name) for name in book.namelist()}

    def page(self, docname: str) -> BeautifulSoup:
        """Return a page."""
        return BeautifulSoup(self._files[f"{docname}.xhtml"], "html.parser")

    def follow(self, docname: str, link: Tag) -> Tag:
        """Return what a link on a page leads to, which must be there."""
        path, _, anchor = str(link["href"]).partition("#")
        place = posixpath.join(posixpath.dirname(docname), path)
        target = posixpath.normpath(place).removesuffix(".xhtml") if path else docname
        (found,) = self.page(target).select(f"[id='{anchor}']")
        return found

    def notes(self, docname: str) -> Iterator[tuple[Tag, Tag]]:
        """Yield each reference to a note, and the note."""
        for link in self.page(docname).find_all("a", attrs={"epub:type": "noteref"}):
            assert link["role"] == "doc-noteref"
            note = self.follow(docname, link)
            assert (note.name, note["epub:type"]) == ("aside", "footnote")
            assert note["role"] == "doc-footnote"
            yield link, note


@pytest.fixture
def chapters(project: Project) -> Project:
    """Return a project with chapters in folders, lists, and words of its own."""
    project.conf('insurterms_corpora = ["terms"]\n')
    project.entry(
        "en/fee", "fee", "A price of [this](/rate).", related="rate", keywords="cost"
    )
    project.entry("en/rate", "rate", "A part.", keywords="cost")
    project.entry("en/lone", "lone word", "Shown nowhere.")
    project.start(
        ":term:`fee`, :term:`lamp`\n\n.. toctree::\n\n   deep/first\n   all\n\n"
        ".. glossary::\n\n   lamp\n      Gives light.\n"
    )
    project.write(
        "deep/first.rst",
        "First\n=====\n\nThe :term:`fee`, a :term:`lamp`, a :term:`lone word`.\n",
    )
    project.write("all.rst", f"All\n===\n\n{LIST}")
    return project


@pytest.mark.parametrize("pages", ["", "terms"])
def test_a_note_leads_to_the_entry_from_wherever_it_is_shown(
    chapters: Project, pages: str
) -> None:
    book = Book(chapters.build("epub", insurterms_pages=pages))
    found = []
    for docname in ("index", "deep/first", "all"):
        for link, note in book.notes(docname):
            if link.text == "lone word" and not pages:
                assert note.select("a") == []
                continue
            (entry,) = note.select("a")
            assert entry["role"] == "doc-glossref"
            target = book.follow(docname, entry)
            assert target.get_text().strip().startswith(entry.text)
            found.append((docname, link.text, target["id"]))
    fee, lamp, rate = ("fee", "term-fee"), ("lamp", "term-lamp"), ("rate", "term-rate")
    lone = [("deep/first", "lone word", "term-lone")] if pages else []
    assert found == [
        *(("index", *fee), ("index", *lamp), ("deep/first", *fee)),
        *(("deep/first", *lamp), *lone),
        # What an entry leads to, in its text and beside it.
        *(("all", "this", "term-rate"), ("all", *rate)),
    ]


@pytest.mark.parametrize("used", [False, True])
def test_a_list_of_terms_says_that_it_is_a_glossary(
    chapters: Project, used: bool
) -> None:
    words = f"{LIST}   :used:\n" if used else LIST
    alone = ".. insurterm:: rate\n   :no-index:\n"
    chapters.write("all.rst", f"All\n===\n\n{words}\n{alone}")
    page = Book(chapters.build("epub")).page("all")
    (section,) = page.select("[role=doc-glossary]")
    # For no other element may say that it is one.
    assert (section.name, section["epub:type"]) == ("section", "glossary")
    assert section["aria-label"] == "Glossary"
    terms = {"fee": "A price of this.", "rate": "A part."}
    if used:
        del terms["rate"]
    names = [name.text for name in section.select(r"dt[epub\:type=glossterm]")]
    texts = [p.text for p in section.select(r"dd[epub\:type=glossdef] > p")]
    assert dict(zip(names, texts, strict=True)) == terms
    # Nothing else is: neither an entry that stands alone, nor the facts of one.
    marked = page.select(r"[epub\:type=glossterm], [epub\:type=glossdef]")
    assert len(marked) == 2 * len(terms)


def test_a_book_without_tooltips_has_links_to_the_glossary(chapters: Project) -> None:
    book = Book(chapters.build("epub", insurterms_tooltips=False))
    page = book.page("deep/first")
    (fee,) = page.select("a[role=doc-glossref]")
    assert book.follow("deep/first", fee)["id"] == "term-fee"
    # What is explained at the end of the page only, where it may be hidden, is a note.
    (lone,) = book.notes("deep/first")
    assert lone[0].text == "lone word"
    assert "Shown nowhere." in lone[1].text


def test_no_web_page_has_what_is_for_books_only(chapters: Project) -> None:
    for docname in ("index", "all", "deep/first"):
        text = chapters.build().text(f"{docname}.html")
        assert "epub:type" not in text
        assert "doc-" not in text
