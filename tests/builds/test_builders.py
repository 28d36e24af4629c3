"""Every output format of Sphinx shows terms, and none of them has to complain."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

BUILDERS = (
    *("html", "dirhtml", "singlehtml", "latex", "epub", "text", "json", "linkcheck"),
    *("gettext", "man", "texinfo", "xml", "pseudoxml"),
)

OPF = "{http://www.idpf.org/2007/opf}"

# sphinxcontrib-serializinghtml 2.0.0 (json) is older than Sphinx 9, and says so.
pytestmark = pytest.mark.filterwarnings(r"ignore:.*JSONHTMLBuilder\.app")


class Guide:
    """A project that uses all there is, built in each format and language once."""

    def __init__(self, project: Project) -> None:
        project.copy("guide")
        self._project = project
        self._made: dict[tuple[str, str], Build] = {}

    def build(self, builder: str, language: str = "en") -> Build:
        """Return what was made."""
        key = builder, language
        if key not in self._made:
            # Sphinx keeps the doctrees of gettext apart from all others.
            trees = f"{language}-{'gettext' if builder == 'gettext' else 'all'}"
            self._made[key] = self._project.build(
                builder, language=language, doctrees=trees
            )
        return self._made[key]


@pytest.fixture(scope="module")
def guide(shared_project: Project) -> Guide:
    """Return the guide, which nobody may change."""
    return Guide(shared_project)


@pytest.mark.parametrize("language", ["en", "nb", "ar"])
@pytest.mark.parametrize("builder", BUILDERS)
def test_every_format_is_made_without_warnings(
    guide: Guide, builder: str, language: str
) -> None:
    assert guide.build(builder, language).warnings == []


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_format_needs_no_doctrees_of_another(project: Project, builder: str) -> None:
    project.start("See :term:`hipaa`.\n\n.. insurterm-glossary::\n   :used:\n   :body:")
    assert project.build(builder).warnings == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "epub"])
def test_links_lead_somewhere_in_whatever_is_made_of_html(
    guide: Guide, builder: str
) -> None:
    assert guide.build(builder, "nb").dead_links() == []


# text and LaTeX


def test_plain_text_has_the_terms_and_their_entries(guide: Guide) -> None:
    built = guide.build("text")
    sentence = "Pay the *deductible*; the *claims handler* sends"
    assert sentence in built.text("claims/first.txt")
    listed = built.text("terms/index.txt")
    assert "-[ P ]-" in listed
    assert "\nPremium\n   What you pay for *cover*, *in advance*.\n" in listed
    page = built.text("terms/premium.txt")
    assert page.startswith("Premium\n*******\n\nWhat you pay")
    assert "How it is set\n=============" in page
    assert "$1 million and $3 million" in page
    norwegian = guide.build("text", "nb").text("terms/scheduled-value.txt")
    assert "Ikke oversatt ennå\n\nA value that the policy names." in norwegian


def test_latex_has_the_terms_and_every_link_has_its_label(guide: Guide) -> None:
    text = guide.build("latex").text("claimsguide.tex")
    assert "What you pay for" in text
    assert "section{How it is set}" in text
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", text))
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", text))
    assert "terms/premium:term-premium" in links
    assert links - labels == set()
    # The book's index has the terms of pages, of entries, and of lists.
    assert text.count("\\index{Premium@\\spxentry{Premium}") > 1


def as_printed(page: str) -> str:
    """Return a manual page without its fonts, and what keeps words as they are.

    Of these docutils has more before 0.22.
    """
    return re.sub(r"\\(f[BIP]|[%&])", "", page)


def test_a_manual_page_has_names_and_definitions_as_plain_text(guide: Guide) -> None:
    page = as_printed(guide.build("man").text("claimsguide.1"))
    assert "Before underwriting there is no premium. See HIPAA too." in page
    assert "the premium\nT}" in page  # in a table
    listed = page[page.index(".SH GLOSSARY") :]
    assert ".B Premium\nWhat you pay for cover, in advance." in listed
    assert ".B See also\nDeductible" in listed
    assert "$1 million and $3 million" in page
    norwegian = as_printed(guide.build("man", "nb").text("claimsguide.1"))
    assert "Ikke oversatt ennå\n.sp\nA value that the policy names." in norwegian
    for text in (page, norwegian):
        assert "insurterm" not in text
        # Words of the project's own glossary are as docutils writes them: with their
        # addresses from 0.22 on.
        links = set(re.findall(r"<[^>]*>", text.partition(".SH NAME")[2]))
        assert {re.sub(r".*term-(.*)>", r"\1", link) for link in links} <= {
            *("claims-handler", "no-claims-bonus")
        }


def test_an_info_manual_has_names_as_links_and_definitions_below(guide: Guide) -> None:
    text = guide.build("texinfo").text("claimsguide.texi")
    anchors = set(re.findall(r"@anchor\{([0-9a-f]+)\}", text))
    link = r"@ref\{([0-9a-f]+),,([^}]*)\}"
    names = dict.fromkeys(re.findall(link, text))
    assert {number for number, _ in names} <= anchors
    assert {"premium", "underwriting", "claims handler"} <= {n for _, n in names}
    item = rf"@item {link}\n\nWhat you pay for {link}, `in advance'\."
    found = re.search(item, text)
    assert found is not None
    assert found[2] == "Premium"
    # What the item leads to is the page of the term.
    place = text.index(f"@anchor{{{found[1]}}}")
    assert "@chapter Premium" in text[place : place + 200] or (
        "@section Premium" in text[place : place + 200]
    )
    comment = "@c This page is generated by sphinx-insurterms"
    assert "insurterm" not in text.replace(comment, "")


@pytest.mark.parametrize(
    ("builder", "file"),
    [
        ("text", "index.txt"),
        ("latex", "claimsguide.tex"),
        ("man", "claimsguide.1"),
        ("texinfo", "claimsguide.texi"),
    ],
)
def test_where_there_are_no_tooltips_a_name_with_nothing_else_is_text(
    project: Project, builder: str, file: str
) -> None:
    project.start("See :term:`premium`, and :term:`the risk <risk>`.")
    built = project.build(builder)
    assert built.warnings == []
    text = built.text(file)
    assert re.search(r"See .*premium.*, and .*the risk", text)
    assert "insurterm" not in text
    assert not re.search(r"hyperref\[.*term-|@ref\{.*term-", text)


# EPUB


def test_epub_shows_definitions_as_notes(guide: Guide) -> None:
    built = guide.build("epub")
    with zipfile.ZipFile(next(built.out.glob("*.epub"))) as book:
        page = book.read("claims/first.xhtml")
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                ElementTree.fromstring(book.read(name))  # is well-formed
        assert [name for name in book.namelist() if name.endswith(".js")] == []
    soup = BeautifulSoup(page, "html.parser")
    link = soup.find("a", string="deductible")
    assert link is not None
    assert link["epub:type"] == "noteref"
    note = soup.find(id=str(link["href"]).removeprefix("#"))
    assert note is not None
    assert (note.name, note["epub:type"]) == ("aside", "footnote")
    assert "The part of a claim that you pay yourself." in note.text


def test_epub_readers_turn_from_the_glossary_to_the_terms_in_its_order(
    guide: Guide,
) -> None:
    package = ElementTree.fromstring(guide.build("epub", "nb").text("content.opf"))
    files = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = list(package.iter(f"{OPF}itemref"))
    order = [files[item.get("idref")] for item in spine if item.get("linear") != "no"]
    start = order.index("terms/index.xhtml") + 1
    assert order[start : start + 2] == [
        "terms/liability-insurance.xhtml",  # ansvarsforsikring
        "terms/beneficiary.xhtml",  # begunstiget
    ]
    assert order[-1] == "genindex.xhtml"
    assert len(order) == len(spine)


# other formats


def test_json_has_pages_that_other_programs_can_read(guide: Guide) -> None:
    built = guide.build("json", "nb")
    page = json.loads(built.text("claims/first.fjson"))
    assert 'class="insurterm-tips"' in page["body"]
    term = json.loads(built.text("terms/premium.fjson"))
    assert term["title"] == "Premie"
    assert [parent["title"] for parent in term["parents"]] == ["Ordliste"]


def test_gettext_offers_no_text_of_an_entry_among_the_pages_own(guide: Guide) -> None:
    for language in ("en", "nb"):
        built = guide.build("gettext", language)
        paths = [p for p in built.out.rglob("*.pot") if p.stem != "insurterms"]
        catalogs = [path.read_text("utf-8") for path in paths]
        texts = "".join(catalogs).replace('"\n"', "")
        messages = set(re.findall(r'^msgid "(.+)"$', texts, re.MULTILINE))
        # All that the documents themselves say; of the entries they show, nothing.
        assert {text for text in messages if "term" not in text} == {
            *("Claims guide", "The first claim", "The second claim", "Prices"),
            *("Our own words", "All our words", "The words we use", "Some entries"),
            *("claims handler", "no-claims bonus", "bonus", "Who", "Pays", "you", "we"),
            "What you lose by a claim.",
        }


def test_one_page_for_all_marks_the_languages_too(guide: Guide) -> None:
    page = guide.build("singlehtml", "nb").page("index")
    assert page.select_one('.insurterm-foreign[lang="en"]') is not None
    assert page.select_one(".insurterm-tips") is not None


def test_a_book_without_the_glossary_in_its_contents_is_made_too(
    project: Project,
) -> None:
    project.conf('insurterms_pages = "glossary"\n')
    project.start("See :term:`premium`.")
    built = project.build("epub")
    assert built.warnings == []
    assert "glossary/premium.xhtml" in built.text("content.opf")
