"""Our own documentation is what we tell others to make of theirs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup

from sphinx_insurterms.corpus.loading import STARTER_FOLDER
from tests.built_documentation import LANGUAGES, built_documentation, copy_sources
from tests.links import dead_links

DOCS = Path(__file__).parents[2] / "docs"
TRANSLATED = ("nb", "ar")

CATALOGS = sorted(
    path.relative_to(DOCS / "locale/nb/LC_MESSAGES").with_suffix("").as_posix()
    for path in (DOCS / "locale/nb/LC_MESSAGES").rglob("*.po")
    if path.name != "sphinx.po"
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what a fresh clone has, in which nobody has built."""
    folder = tmp_path_factory.mktemp("clone")
    copy_sources(folder)
    return folder


@pytest.fixture(scope="module")
def templates(sources: Path) -> Path:
    """Return the folder of the templates that our documentation makes now."""
    command = (sys.executable, "-m", "sphinx", "-q", "-W", "-b", "gettext")
    subprocess.run([*command, "docs", "out"], cwd=sources, check=True)  # noqa: S603
    return sources / "out"


@pytest.fixture(scope="module")
def built(sources: Path) -> Path:
    """Return the documentation, built in its languages."""
    return built_documentation(sources)


def texts(path: Path) -> dict[str, str]:
    """Return message → translation, of those that are no mere guesses."""
    return {
        entry.msgid: "" if entry.fuzzy else entry.msgstr
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_page_is_translated(templates: Path, locale: str) -> None:
    found = {
        path.relative_to(templates).with_suffix("").as_posix()
        for path in templates.rglob("*.pot")
    }
    catalogs = DOCS / "locale" / locale / "LC_MESSAGES"
    for page in sorted(found - {"insurterms"}):
        said = texts(catalogs / f"{page}.po")
        assert said.keys() == texts(templates / f"{page}.pot").keys(), page
        missing = [text for text, translation in said.items() if not translation]
        assert missing == [], page
    there = {path.relative_to(catalogs) for path in catalogs.rglob("*.po")}
    assert there == {Path(f"{page}.po") for page in {*found, "sphinx"} - {"insurterms"}}


_MARKUP = re.compile(
    r"\{[\w:]+\}`[^`]*?(?P<target><[^`>]+>)`"  # what a role leads to
    r"|(?<!`)`(?P<code>[^`]+)`(?!`)"
    r"|\]\((?P<link>[^)]+)\)"
)


@pytest.mark.parametrize("locale", TRANSLATED)
@pytest.mark.parametrize("page", CATALOGS)
def test_translations_keep_links_and_code(page: str, locale: str) -> None:
    """Names of terms are translated; addresses, code and targets are not."""
    said = texts(DOCS / "locale" / locale / "LC_MESSAGES" / f"{page}.po")
    for text, translation in said.items():
        assert links(text) == links(translation), text
        assert code(text) == code(translation), text


def links(text: str) -> list[str]:
    return sorted(re.findall(r"\]\(([^)]+)\)", text))


def code(text: str) -> list[str]:
    without_roles = re.sub(r"\{(?:term|confval|option|ref|rule)\}`[^`]*`", "", text)
    return sorted(re.findall(r"(?<!`)`([^`]+)`(?!`)", without_roles))


def article(path: Path) -> BeautifulSoup:
    """Return what a page says itself, without code and without what is in English."""
    page = BeautifulSoup(path.read_bytes(), "html.parser")
    found = page.select_one("article, [role=main]")
    assert found is not None, path
    for part in found.select(
        "pre, code, .highlight, .sig, [lang=en], .insurterms-languages, style, script"
    ):
        part.replace_with(" ¶ ")
    return BeautifulSoup(str(found), "html.parser")


_ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z']*[ ,.;:()]+){4,}")


def sentences(text: str) -> list[str]:
    """Return what looks English: four words or more, not all of which are a name's.

    Names of laws are cited as they are: Employers' Liability (Compulsory Insurance) Act.
    """
    found = (match[0].strip() for match in _ENGLISH.finditer(f"{text} "))
    return [words for words in found if any(word.islower() for word in words.split())]


def test_no_english_sentence_is_left_in_an_arabic_article(built: Path) -> None:
    found = {}
    for path in sorted((built / "ar").rglob("*.html")):
        shown = article(path)
        texts_of_images = [str(image["alt"]) for image in shown.select("img[alt]")]
        left = sentences(" ".join([shown.get_text(" "), "¶", *texts_of_images]))
        if left:
            found[path.relative_to(built).as_posix()] = left
    assert found == {}


def test_english_is_noticed() -> None:
    assert sentences("النص: A definition is text that somebody reads.")
    assert not sentences(
        "يستند إلى Employers' Liability (Compulsory Insurance) Act 1969."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_documentation_leads_somewhere(
    built: Path, language: str
) -> None:
    assert dead_links(built / language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_shows_every_term_of_the_starter_corpus(
    built: Path, language: str
) -> None:
    page = BeautifulSoup(
        (built / language / "glossary/index.html").read_bytes(), "html.parser"
    )
    shown = {str(term["id"]) for term in page.select(".insurterm-glossary [id^=term-]")}
    terms = {path.stem for path in (STARTER_FOLDER / language).glob("*.md")}
    assert {f"term-{term}" for term in terms} <= shown
    assert not page.select(".insurterm-glossary [lang]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_all_languages(built: Path, language: str) -> None:
    pages = {
        path.relative_to(built / language)
        for path in (built / language).rglob("*.html")
    }
    for other in LANGUAGES:
        assert pages == {
            p.relative_to(built / other) for p in (built / other).rglob("*.html")
        }
