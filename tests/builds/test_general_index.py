"""The general index lists the terms, and all that it listed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

STOCK: list[str] = []
OURS = ["sphinx_insurterms"]


def _index(build: Build, page: str = "genindex") -> dict[str, list[str]]:
    """Return word → the places that the index names for it, in its order."""
    found: dict[str, list[str]] = {}
    word = ""
    for link in build.page(page).select("table.indextable a"):
        word = word if link.text.startswith("[") else link.text
        found.setdefault(word, []).append(str(link["href"]))
    return found


def _letters(build: Build) -> list[str]:
    return [heading.text for heading in build.page("genindex").select("h2")]


def test_terms_are_listed_wherever_they_are_shown(project: Project) -> None:
    project.conf('insurterms_corpora = ["terms"]\n')
    project.entry("en/premium", "Premium", "A price.")
    project.entry("en/deductible", "Deductible; own share", "A part.")
    project.entry("en/claim", "Claim", "A demand.")
    project.entry("en/risk", "Risk", "What may happen.")
    project.start(
        "A :term:`claim`.\n\n"
        ".. insurterm:: premium\n\n.. insurterm:: premium\n\n"
        ".. insurterm:: deductible\n   :body:\n\n"
        ".. insurterm:: risk\n   :no-index:\n\n"
        ".. insurterm-glossary::\n   :used:\n"
    )
    assert _index(project.build()) == {
        "Premium": ["index.html#term-premium"],
        # Sphinx would make two entries of what stands around a semicolon.
        "Deductible, own share": ["index.html#term-deductible"],
        "Claim": ["index.html#term-claim"],
    }


def test_the_page_of_a_term_comes_first(project: Project) -> None:
    project.conf('insurterms_corpora = ["terms"]\ninsurterms_pages = "terms"\n')
    project.entry("en/premium", "Premium", "A price.")
    project.start(".. insurterm:: premium\n\n.. toctree::\n\n   terms/index")
    assert _index(project.build()) == {
        "Premium": [
            "terms/premium.html#term-premium",
            "index.html#term-premium",
            "terms/index.html#term-premium",
        ]
    }


def test_terms_are_listed_in_the_reader_s_language(project: Project) -> None:
    project.start(".. insurterm-glossary::")
    assert "premium" in _index(project.build())
    assert "egenandel" in _index(project.build(language="nb"))
    assert "خطر" in _index(project.build(language="ar"))


# Own words that stand in an order of their own in Norwegian and in Arabic.
WORDS = """\
Start
=====

.. index:: ! zone, under ;-), 42, _private, ångström, Östersund, ære
   single: house; roof
   single: house; door
   see: home; house
   seealso: house; garden

.. index::
   single: kept where it was put

Sphinx loses the anchors of an index directive that stands before a glossary.

.. glossary::

   ågerpris
      Too much. : A

   zebra
      An animal.

.. py:function:: Zeta()

   A function.
"""


def test_without_terms_the_english_index_is_that_of_sphinx(project: Project) -> None:
    words = WORDS.replace("ångström, Östersund, ære", "x").replace("ågerpris", "a")
    project.write("index.rst", words)
    alone = project.build(out="without", extensions=STOCK)
    ours = project.build(out="with", extensions=OURS, insurterms_tooltips=False)
    assert ours.text("genindex.html") == alone.text("genindex.html")


def test_norwegian_letters_come_last_for_the_project_s_own_words_too(
    project: Project,
) -> None:
    project.write("index.rst", WORDS)
    alone = project.build(language="nb", out="without", extensions=STOCK)
    ours = project.build(language="nb", out="with", extensions=OURS)
    assert sorted(_index(ours)) == sorted(_index(alone))
    assert _letters(ours)[-3:] == ["Æ", "Ø", "Å"]
    assert list(_index(ours))[-2:] == ["ågerpris", "ångström"]
    assert _letters(alone)[-1] != "Å"


def test_terms_and_other_words_share_an_index(project: Project) -> None:
    project.write("index.rst", f"{WORDS}\n.. insurterm-glossary::\n")
    words = list(_index(project.build()))
    assert words.index("underwriting") < words.index("zebra")
    assert words.index("risk") < words.index("subrogation") < words.index("zone")


@pytest.mark.parametrize("language", ["en", "nb", "ar"])
def test_an_index_split_into_pages_is_complete(project: Project, language: str) -> None:
    project.conf("html_split_index = True\n")
    project.write("index.rst", f"{WORDS}\n.. insurterm-glossary::\n")
    built = project.build(language=language)
    assert built.warnings == []
    assert built.dead_links() == []
    assert len(_index(built, "genindex-all")) > 20


def test_a_project_without_an_index_gets_none(project: Project) -> None:
    project.conf("html_use_index = False\n")
    project.start(".. insurterm-glossary::\n   :used:\n\n:term:`risk`")
    built = project.build()
    assert built.warnings == []
    assert not (built.out / "genindex.html").exists()
