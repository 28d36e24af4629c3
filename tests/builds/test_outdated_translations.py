"""A translation whose source has changed since says so, where the project wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.digests import digest_of_text

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

CONF = """
insurterms_pages = "terms"
insurterms_corpora = ["terms"]
insurterms_mark_outdated = True
"""
PAGES = ("far", "index", "list", "other", "terms/claim", "terms/index", "terms/premium")
WORDS = "The original has changed since this was translated"
STAMP = digest_of_text("premium", "The price.", "It is paid.")


@pytest.fixture
def translated(project: Project) -> Project:
    """Write a term whose translation says what it translates, and another without."""
    project.conf(CONF)
    project.entry("en/premium", "premium", "The price.", "It is paid.")
    project.entry("nb/premium", "premie", "Prisen.", "Den betales.", translates=STAMP)
    project.entry("en/claim", "claim", "A request.")
    project.entry("nb/claim", "skade", "Et krav.")
    project.start(
        ":term:`premium`\n\n.. toctree::\n\n   terms/index\n   other\n   list\n   far"
    )
    project.write("other.rst", "Other\n=====\n\n:term:`claim`\n")
    project.write("far.rst", "Far\n===\n\n:term:`premium`\n")
    project.write("list.rst", "List\n====\n\n.. insurterm:: premium\n   :no-index:\n")
    return project


def notes(built: Build) -> list[int]:
    """Return how often readers are told: on the page, in lists, and in the tooltip."""
    places = [
        ("terms/premium", "section#term-premium .insurterm-notice"),
        ("terms/index", ".insurterm-notice"),
        ("list", ".insurterm-notice"),
        ("far", "#insurterm-tip-premium .insurterm-tip-note"),
    ]
    words = built.word(WORDS)
    return [
        sum(found.text == words for found in built.all(docname, selector))
        for docname, selector in places
    ]


def change_source(project: Project) -> None:
    project.entry("en/premium", "premium", "The price of cover.", "It is paid.")


def test_readers_are_told_when_the_source_has_changed(translated: Project) -> None:
    assert notes(translated.build(language="nb")) == [0, 0, 0, 0]
    change_source(translated)
    built = translated.build(language="nb")
    assert built.warnings == []
    assert notes(built) == [1, 1, 1, 1]
    assert "other" not in built.written()
    assert not built.all("other", ".insurterm-tip-note")
    pages = [built.text(f"{name}.html") for name in PAGES]
    clean = translated.build(language="nb", fresh=True)
    assert [clean.text(f"{name}.html") for name in PAGES] == pages


def test_they_are_not_told_any_more_when_it_is_stamped_again(
    translated: Project,
) -> None:
    change_source(translated)
    translated.build(language="nb")
    now = digest_of_text("premium", "The price of cover.", "It is paid.")
    translated.entry("nb/premium", "premie", "Prisen.", "Den betales.", translates=now)
    assert notes(translated.build(language="nb")) == [0, 0, 0, 0]


def test_a_project_that_does_not_want_it_shows_nothing(translated: Project) -> None:
    translated.conf(CONF.replace("True", "False"))
    change_source(translated)
    built = translated.build(language="nb")
    assert notes(built) == [0, 0, 0, 0]
    assert "older than the source" not in built.status


@pytest.mark.parametrize("language", ["en", "nb_NO"])
def test_only_readers_of_the_translation_are_told(
    translated: Project, language: str
) -> None:
    change_source(translated)
    told = language != "en"
    assert notes(translated.build(language=language)) == [told] * 4


def test_one_line_at_the_end_counts_them(translated: Project) -> None:
    change_source(translated)
    line = "insurterms: 1 translation is older than the source (premium)"
    assert line in translated.build(language="nb").status
    # As often as a build is made, and not only for the pages that it writes.
    assert line in translated.build(language="nb").status
    assert line not in translated.build(language="en").status


def test_those_that_no_page_shows_or_names_are_not_counted(project: Project) -> None:
    project.conf('insurterms_mark_outdated = True\ninsurterms_corpora = ["terms"]\n')
    for name in ("premium", "claim", "risk", "policy"):
        project.entry(f"en/{name}", name, "One.")
        project.entry(f"nb/{name}", name, "En.", translates="0" * 24)
    project.start(":term:`claim`\n\n.. insurterm:: risk\n")
    status = project.build(language="nb").status
    assert (
        "insurterms: 2 translations are older than the source (claim, risk)" in status
    )


def test_the_words_keep_their_language_where_the_build_has_none_for_them(
    translated: Project,
) -> None:
    translated.entry("eo/premium", "premio", "La prezo.", translates="0" * 24)
    built = translated.build(language="eo")
    (notice,) = built.all("terms/premium", ".insurterm-notice")
    assert str(notice.select_one("bdi")) == f'<bdi lang="en">{WORDS}</bdi>'
