"""Lists and the general index stand in the order of the reader's alphabet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

PAGES = 'insurterms_pages = "terms"\ninsurterms_corpora = ["terms"]\n'

NORWEGIAN = {
    "A": ["AAP", "ansvar"],
    "Y": ["ytelse"],
    "Z": ["zone"],
    "Æ": ["ærlighet", "ätstørrelse"],
    "Ø": ["økt risiko", "öre"],
    "Å": ["ågerpris", "årlig", "Aasen-klausulen"],
}
SORT = {"التزام": "إلتزام"}
"""What an author writes where a word only seems to begin with the article."""

ARABIC = {
    "ا": ["إعادة التأمين", "التزام", "إلغاء"],
    "ت": ["تأمين"],
    "ق": ["القسط"],
    "و": ["وثيقة"],
}


def build(project: Project, language: str, groups: dict[str, list[str]]) -> Build:
    """Build the lists of a corpus whose files are in an order of their own."""
    project.conf(PAGES)
    words = [word for group in groups.values() for word in group]
    for number, word in enumerate(sorted(words)):
        sort = SORT.get(word, "")
        project.entry(f"{language}/term-{number}", word, "A word.", sort=sort)
    project.start(".. toctree::\n\n   terms/index\n\n.. insurterm-glossary::")
    return project.build(language=language)


def listed(built: Build, docname: str) -> dict[str, list[str]]:
    """Return the letters of a page, and the terms under each."""
    found: dict[str, list[str]] = {}
    for element in built.all(docname, ".insurterm-letter, dl.glossary > dt"):
        if element.name == "p":
            found[element.text] = []
        else:
            found[list(found)[-1]].append(element.text.removesuffix("¶"))
    return found


@pytest.mark.parametrize("language", ["nb", "nn", "no"])
def test_a_norwegian_list_ends_with_its_own_letters(
    project: Project, language: str
) -> None:
    built = build(project, language, NORWEGIAN)
    assert built.warnings == []
    assert listed(built, "index") == NORWEGIAN
    assert list(listed(built, "index")) == list(NORWEGIAN)
    assert listed(built, "terms/index") == NORWEGIAN


def test_an_arabic_list_takes_the_article_off_but_no_hamza(project: Project) -> None:
    built = build(project, "ar", ARABIC)
    assert built.warnings == []
    for docname in ("index", "terms/index"):
        assert list(listed(built, docname).items()) == list(ARABIC.items())


def test_the_next_page_is_the_next_term_of_the_readers_alphabet(
    project: Project,
) -> None:
    built = build(project, "nb", NORWEGIAN)
    words = [word for group in NORWEGIAN.values() for word in group]
    pages = [
        str(link["href"]) for link in built.all("terms/index", "dt > a:first-child")
    ]
    docnames = [f"terms/{href.partition('.html')[0]}" for href in pages]
    for docname, following in zip(docnames, words[1:], strict=False):
        assert built.one(docname, "link[rel=next]")["title"] == following


def test_the_general_index_has_the_readers_order_too(project: Project) -> None:
    built = build(project, "nb", NORWEGIAN)
    # What the theme shows: a heading for each letter, and a table of links below it.
    letters = [heading.text for heading in built.all("genindex", "h2")]
    assert letters == list(NORWEGIAN)
    links = built.all("genindex", "table.genindextable a")
    words = [word for group in NORWEGIAN.values() for word in group]
    # A number is a second place that shows the term.
    assert [link.text for link in links if link.text[0] != "["] == words
    for link in links:
        assert built.follow("genindex", link)


def test_terms_in_another_language_stand_in_the_readers_alphabet(
    project: Project,
) -> None:
    project.conf(PAGES)
    project.entry("en/aorta", "Ångström exclusion", "A word.")
    project.entry("nb/zone", "zone", "Et ord.")
    project.start(".. insurterm-glossary::\n\n.. toctree::\n\n   terms/index")
    assert list(listed(project.build(), "index")) == ["A", "Z"]
    assert list(listed(project.build(language="nb"), "index")) == ["Z", "Å"]


def test_the_same_list_is_sorted_anew_for_each_language(project: Project) -> None:
    for locale, title in (("en", "Zurich clause"), ("nb", "Ansvar"), ("ar", "القسط")):
        project.entry(f"{locale}/x", title, "One.")
    for locale, title in (("en", "Cover"), ("nb", "Dekning"), ("ar", "تغطية")):
        project.entry(f"{locale}/y", title, "Two.")
    project.conf(PAGES)
    project.start(".. insurterm-glossary::\n\n.. toctree::\n\n   terms/index")
    order = {
        language: list(listed(project.build(language=language), "index"))
        for language in ("en", "nb", "ar")
    }
    assert order == {"en": ["C", "Z"], "nb": ["A", "D"], "ar": ["ت", "ق"]}
