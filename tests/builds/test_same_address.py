"""A link to a term, or to a section of it, holds in every language."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

LOCALES = ("en", "nb", "ar")


@pytest.fixture(scope="module")
def builds(shared_project: Project) -> dict[str, Build]:
    """One project in three languages, in which each body is a little different."""
    project = shared_project
    project.conf('insurterms_pages = "terms"\ninsurterms_corpora = ["terms"]\n')
    project.entry(
        "en/term_life",
        "Term life",
        "Life insurance for a time.",
        "# Term life\n\nShort.\n\n## Term life\n\n## How long?\n\n### Why?\n\n## Why?\n",
    )
    project.entry(
        "nb/term_life",
        "Livsforsikring på tid",
        "Livsforsikring for en tid.",
        "# Livsforsikring på tid\n\n## Livsforsikring\n\n## Hvor lenge?\n\n"
        "### Hvorfor?\n\n## Hvorfor?\n",
    )
    project.entry(
        "ar/ta'min",
        "تأمين مؤقت على الحياة",
        "تأمين على الحياة لمدة.",
        "## تأمين\n\n## كم؟\n\n### لماذا؟\n\n## لماذا؟\n\n## زيادة\n",
        id="term-life",
    )
    project.entry("en/index", "Index", "A list.")
    project.start(
        ":term:`term-life`\n\n.. toctree::\n\n   terms/index\n\n"
        ".. insurterm:: index\n\n.. insurterm:: term life"
    )
    return {language: project.build(language=language) for language in LOCALES}


def test_nothing_is_wrong_with_them(builds: dict[str, Build]) -> None:
    assert {name: built.warnings for name, built in builds.items()} == {
        "en": [],
        "nb": [],
        "ar": [],
    }


@pytest.mark.parametrize("language", LOCALES)
def test_pages_are_called_by_ids(builds: dict[str, Build], language: str) -> None:
    pages = [path.name for path in (builds[language].out / "terms").iterdir()]
    assert sorted(pages) == ["index.html", "index_.html", "term-life.html"]


@pytest.mark.parametrize("language", LOCALES)
def test_anchors_of_terms_are_made_of_ids(
    builds: dict[str, Build], language: str
) -> None:
    built = builds[language]
    assert built.one("terms/term-life", "section#term-term-life > h1")
    assert built.one("terms/index_", "section#term-index > h1")
    assert built.one("terms/index", "dt#term-term-life")
    assert built.one("index", "dt#term-term-life")
    links = [str(link["href"]) for link in built.all("index", "section a.insurterm")]
    assert links == ["terms/term-life.html#term-term-life"]


@pytest.mark.parametrize("language", LOCALES)
def test_sections_are_called_as_in_the_source_at_the_same_place(
    builds: dict[str, Build], language: str
) -> None:
    built = builds[language]
    sections = built.all("terms/term-life", "section#term-term-life section")
    # A heading that only a translation has is counted; two ids are never the same.
    more = ["section"] if language == "ar" else []
    named = ["term-life", "how-long", "why", "why-2"]
    assert [section["id"] for section in sections] == named + more


@pytest.mark.parametrize("language", LOCALES)
def test_every_anchor_of_a_page_is_there_once(
    builds: dict[str, Build], language: str
) -> None:
    for docname in ("index", "terms/index", "terms/index_", "terms/term-life"):
        ids = [str(element["id"]) for element in builds[language].all(docname, "[id]")]
        assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", LOCALES)
def test_the_inventory_lists_terms_by_id(
    builds: dict[str, Build], language: str
) -> None:
    with (builds[language].out / "objects.inv").open("rb") as file:
        header, packed = file.read().split(b"zlib.\n")
    assert header.startswith(b"# Sphinx inventory version 2")
    lines = zlib.decompress(packed).decode().splitlines()
    terms = [
        line.split(" ")[0::3][:2] for line in lines if " insurterms:entry " in line
    ]
    assert sorted(terms) == [
        ["index", "terms/index_.html#term-$"],
        ["term-life", "terms/term-life.html#term-$"],
    ]


def test_a_section_is_never_called_as_its_term_is(project: Project) -> None:
    project.conf('insurterms_pages = "terms"\ninsurterms_corpora = ["terms"]\n')
    project.entry("en/life", "life", "Not death.", "## Term life\n\n## life\n")
    project.start(".. toctree::\n\n   terms/index")
    built = project.build()
    ids = [section["id"] for section in built.all("terms/life", "section")]
    assert ids == ["term-life", "term-life-2", "life"]


@pytest.mark.parametrize("worded_otherwise", LOCALES[:2])
def test_a_first_heading_that_differs_from_the_title_moves_no_address(
    project: Project, worded_otherwise: str
) -> None:
    project.conf('insurterms_pages = "terms"\ninsurterms_corpora = ["terms"]\n')
    for locale, title in (("en", "cover"), ("nb", "dekning")):
        heading = "Other words" if locale == worded_otherwise else title
        body = f"# {heading}\n\nText.\n\n## A {locale}\n\n## B {locale}\n"
        project.entry(f"{locale}/cover", title, "Text.", body)
    project.start(".. toctree::\n\n   terms/index")
    for language in ("en", "nb"):
        built = project.build(language=language)
        for place in ("A", "B"):
            section = built.one("terms/cover", f"[id='{place.lower()}-en']")
            assert section.get_text().strip().startswith(f"{place} {language}")


def test_an_address_begins_with_a_letter(project: Project) -> None:
    project.conf('insurterms_pages = "pages"\n')
    project.entry("en/pension", "pension", "Money.", "## 401(k)\n\nA\n\n## ?\n\nB\n")
    page = project.build().page("pages/pension")
    ids = [section["id"] for section in page.select("section.insurterm-page section")]
    assert ids == ["section-401k", "section"]
