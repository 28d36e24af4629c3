"""The user's own files as they came: three pages in three languages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
SEEDLIKE = Path(__file__).parent / "roots" / "seedlike"
"""One term with the oddities of the seeds, for where those are not."""

LOCALES = ("en", "nb", "ar")


class Guide:
    """A project whose three pages name one term of a corpus, and its builds."""

    def __init__(self, project: Project, corpus: Path) -> None:
        self.project = project
        self.corpus = corpus
        self.builds: dict[tuple[str, str], Build] = {}
        (file,) = corpus.glob("en/*.md")
        self.name = file.stem
        self.id = self.name.replace("_", "-")

    def built(self, language: str, *, corpora: str = "terms,starter") -> Build:
        """Return what a language's readers get; built once."""
        key = language, corpora
        if key not in self.builds:
            self.builds[key] = self.project.build(
                language=language,
                out=f"{language} {corpora}",
                insurterms_corpora=corpora.split(","),
            )
        return self.builds[key]

    def file(self, locale: str) -> tuple[str, str, list[str]]:
        """Return title, description and the lines of the body, none of them empty."""
        text = (self.corpus / locale / f"{self.name}.md").read_text("utf-8")
        front, body = text.split("\n---\n", 1)
        said = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
        return said["title"], said["description"], list(filter(None, body.split("\n")))


@pytest.fixture(scope="module", params=[SEEDS, SEEDLIKE], ids=lambda path: path.name)
def guide(request: pytest.FixtureRequest, shared_project: Project) -> Guide:
    source: Path = request.param
    if not source.is_dir():
        pytest.skip(f"{source} is not here")
    project = shared_project
    corpus = project.docs / "terms"
    shutil.rmtree(corpus, ignore_errors=True)
    shutil.copytree(source, corpus)
    guide = Guide(project, corpus)
    # What is printed is compared with the files, and so must have their quotes.
    project.conf('insurterms_pages = "terms"\nsmartquotes = False\n')
    pages = "\n   cover\n   price\n   terms/index"
    project.start(f"It is :term:`{guide.id}`.\n\n.. toctree::\n{pages}")
    project.write("cover.rst", f"Cover\n=====\n\n:term:`this <{guide.name}.md>`\n")
    project.write("price.rst", f"Price\n=====\n\n:term:`the cover </{guide.id}>`\n")
    return guide


@pytest.mark.parametrize("language", LOCALES)
def test_every_reference_opens_the_readers_own_definition(
    guide: Guide, language: str
) -> None:
    built = guide.built(language)
    title, description, _ = guide.file(language)
    for docname in ("index", "cover", "price"):
        link = built.one(docname, "section a.insurterm")
        page = built.follow(docname, link).get_text()
        tip = built.one(docname, f"#{link['aria-describedby']}").get_text()
        assert title in page
        assert title in tip
        assert description in page
        assert description in tip
    assert built.one("index", "section a.insurterm").text == title


@pytest.mark.parametrize("language", LOCALES)
def test_the_page_of_a_term_is_its_file_with_the_title_printed_once(
    guide: Guide, language: str
) -> None:
    built = guide.built(language)
    title, description, lines = guide.file(language)
    page = built.one(f"terms/{guide.id}", f"section#term-{guide.id}")
    for mark in page.select("a.headerlink"):
        mark.decompose()
    printed = [(element.name, element.text) for element in page.select("h1, h2, p")]
    names = {"# ": "h1", "##": "h2"}
    own = [(names.get(line[:2], "p"), visible(line)) for line in lines]
    assert own[0] == ("h1", title)
    assert printed == [("h1", title), ("p", description), *own[1:]]


def visible(markdown: str) -> str:
    """Return what a reader sees of a line of a body."""
    return re.sub(r"\[(.*?)\]\(.*?\)", r"\1", markdown).lstrip("# ").rstrip()


@pytest.mark.parametrize("language", LOCALES)
def test_a_page_says_its_language_and_its_direction(
    guide: Guide, language: str
) -> None:
    page = guide.built(language).page(f"terms/{guide.id}")
    assert page.select_one(f"html[lang={language}]")
    right_to_left = page.select_one("link[href*='insurterms-rtl.css']")
    assert (right_to_left is not None) is (language == "ar")
    # Nothing is marked as foreign: every text is in the reader's language.
    assert not page.select("html [lang], html [dir]")


def test_a_link_to_no_term_warns_once_and_says_what_the_others_link_to(
    guide: Guide,
) -> None:
    text = (guide.corpus / "en" / f"{guide.name}.md").read_text("utf-8")
    line = text[: text.index("](/far reaching insurance)")].count("\n") + 1
    (warning,) = guide.built("en").warnings
    assert warning.startswith(f"docs/terms/en/{guide.name}.md:{line}: WARNING: ")
    assert "'/far reaching insurance' leads to no term" in warning
    assert "ar and nb link to '/comprehensive-insurance' here" in warning
    assert "[insurterms.link]" in warning
    assert guide.built("nb").warnings == []
    assert guide.built("ar").warnings == []


@pytest.mark.parametrize("language", LOCALES)
def test_links_to_no_terms_are_plain_text(guide: Guide, language: str) -> None:
    built = guide.built(language, corpora="terms")
    links = re.findall(r"\]\(.*?\)", "".join(guide.file(language)[2]))
    assert len(built.warnings) == len(links) == 3
    assert all("[insurterms.link]" in warning for warning in built.warnings)
    assert not built.all(f"terms/{guide.id}", f"section#term-{guide.id} p a")
    for page in built.out.rglob("*.html"):
        assert "](" not in page.read_text("utf-8")


def test_links_to_no_terms_can_be_silenced(guide: Guide) -> None:
    built = guide.project.build(
        out="silent", suppress_warnings=["insurterms.link"], fresh=True
    )
    assert built.warnings == []
    assert "](/far" not in built.text(f"terms/{guide.id}.html")


def test_sums_of_money_stay_text_whatever_markup_the_project_enables(
    guide: Guide,
) -> None:
    built = guide.project.build(
        out="money",
        extensions=["myst_parser", "sphinx_insurterms"],
        myst_enable_extensions=["dollarmath", "substitution", "attrs_inline"],
    )
    assert "between $1 million and $3 million" in built.body(f"terms/{guide.id}")
    assert not built.all(f"terms/{guide.id}", ".math")
