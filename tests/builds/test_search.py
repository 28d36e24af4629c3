"""The search finds terms, and speaks the reader's language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project


def _index(build: Build) -> dict[str, Any]:
    match = re.fullmatch(r"Search\.setIndex\((.*)\)", build.text("searchindex.js"))
    assert match is not None
    index: dict[str, Any] = json.loads(match[1])
    return index


def _objects(build: Build) -> dict[str, str]:
    """Return name → address of what the search finds by its name."""
    index = _index(build)
    found = {}
    for prefix, objects in index["objects"].items():
        for document, kind, _, anchor, name in objects:
            assert index["objtypes"][str(kind)] == "insurterms:entry"
            full = f"{prefix}.{name}" if prefix else name
            # As Sphinx's searchtools.js reads it: `-` is the type and the name.
            place = f"term-{full}" if anchor == "-" else anchor or full
            found[full] = f"{index['docnames'][document]}#{place}"
    return found


def test_a_term_is_found_by_its_label(project: Project) -> None:
    project.conf('insurterms_corpora = ["terms"]\ninsurterms_pages = "terms"\n')
    project.entry("en/own-share", "Own share", "Your part.")
    project.entry("nb/own-share", "Egenandel", "Din del.")
    project.entry("en/e.o.", "E.O. policy", "For errors <& omissions>.")
    project.start(".. toctree::\n\n   terms/index")
    assert _objects(project.build()) == {
        "Own share": "terms/own-share#term-own-share",
        "E.O. policy": "terms/e.o#term-e.o",
    }
    norwegian = project.build(language="nb")
    assert _objects(norwegian)["Egenandel"] == "terms/own-share#term-own-share"
    assert _index(norwegian)["objnames"]["0"][2] == "Ordliste"
    assert norwegian.page("terms/own-share").find(id="term-own-share") is not None


def test_a_term_that_only_a_list_shows_is_found_there(project: Project) -> None:
    project.start(":term:`risk`\n\n.. insurterm-glossary::\n   :used:")
    assert _objects(project.build()) == {"risk": "index#term-risk"}


def test_a_term_s_definition_is_found_on_the_pages_that_show_it(
    project: Project,
) -> None:
    project.conf('insurterms_corpora = ["terms"]\n')
    project.entry("en/premium", "Premium", "Zanzibar.")
    project.write("shown.rst", "Shown\n=====\n\n.. insurterm:: premium\n")
    project.write("used.rst", "Used\n====\n\n.. insurterm-glossary::\n   :used:\n")
    project.start("A :term:`premium`.\n\n.. toctree::\n\n   shown\n   used")
    index = _index(project.build())
    where = [index["docnames"][number] for number in index["terms"]["zanzibar"]]
    # Not on the page that only names it: its tooltip is no text of the page.
    assert where == ["shown", "used"]


LANGUAGE = "_static/language_data.js"
SEARCHED = "forsikringspremiene betales"
STEMMED = {"no": "forsikringspremi", "en": "forsikringspremien"}


@pytest.mark.parametrize("language", ["nb", "nb_NO", "no"])
def test_norwegian_is_stemmed_as_norwegian(project: Project, language: str) -> None:
    project.start(SEARCHED)
    built = project.build(language=language)
    assert STEMMED["no"] in _index(built)["terms"]
    assert "NorwegianStemmer" in built.text(LANGUAGE)


def test_the_project_s_own_search_language_is_kept(project: Project) -> None:
    project.start(SEARCHED)
    built = project.build(language="nb", html_search_language="en")
    assert STEMMED["no"] not in _index(built)["terms"]
    assert "NorwegianStemmer" not in built.text(LANGUAGE)


@pytest.mark.parametrize("language", ["en", "ar", "de"])
def test_other_languages_are_searched_as_sphinx_does(
    project: Project, language: str
) -> None:
    project.start(SEARCHED)
    stock: list[str] = []
    alone = project.build(language=language, out="without", extensions=stock)
    ours = project.build(language=language, out="with")
    assert ours.text(LANGUAGE) == alone.text(LANGUAGE)
    # The index also holds the versions of extensions that Sphinx keeps it up to date by.
    assert {**_index(ours), "envversion": ""} == {**_index(alone), "envversion": ""}


@pytest.mark.parametrize("language", ["nb", "nb_NO"])
def test_the_search_page_speaks_norwegian(project: Project, language: str) -> None:
    built = project.build(language=language)
    words = built.text("_static/translations.js")
    assert r'"Search Results": "S\u00f8keresultat"' in words
    assert "translations.js" in built.text("search.html")


def test_the_project_s_own_words_for_the_search_are_kept(project: Project) -> None:
    project.conf(f"locale_dirs = [{str(project.docs / 'locales')!r}]\n")
    words = 'Documentation.addTranslations({"messages": {"Search Results": "Funnet"}});'
    project.write("locales/nb/LC_MESSAGES/sphinx.js", words)
    built = project.build(language="nb")
    assert "Funnet" in built.text("_static/translations.js")
