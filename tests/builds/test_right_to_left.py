"""Pages in Arabic and its like read from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Project

SHEET = "link[rel=stylesheet][href*='insurterms-rtl.css']"


@pytest.mark.parametrize("language", ["ar", "ar_EG", "fa", "he", "ur"])
def test_every_page_in_such_a_language_has_the_stylesheet(
    project: Project, language: str
) -> None:
    project.start("No terms here.\n\n.. toctree::\n\n   terms")
    project.write("terms.rst", "Terms\n=====\n\nThe :term:`premium`.\n")
    built = project.build(language=language)
    assert built.warnings == []
    for docname in ("index", "terms", "search", "genindex"):
        assert built.one(docname, SHEET)
    assert built.one("index", "html")["lang"] == language.replace("_", "-")


@pytest.mark.parametrize("language", ["en", "nb", "de", "ja"])
def test_no_page_in_another_language_has_it(project: Project, language: str) -> None:
    project.start("The :term:`premium`.")
    built = project.build(language=language)
    assert not built.all("index", SHEET)
    assert not built.all("genindex", SHEET)


def test_a_project_may_turn_it_off(project: Project) -> None:
    project.conf("insurterms_rtl = False\n")
    project.start("The :term:`premium`.")
    built = project.build(language="ar")
    assert not built.all("index", SHEET)
    # What is in another language than the page says so all the same.
    project.entry("en/rate", "rate", "A price.")
    project.start(":term:`rate`")
    again = project.build(language="ar")
    assert again.one("index", "[role=tooltip]")["dir"] == "ltr"


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_the_stylesheet_turns_the_page_and_leaves_code_alone(
    project: Project, theme: str
) -> None:
    built = project.build(language="ar", html_theme=theme)
    assert built.one("index", SHEET)
    rules = " ".join(built.text("_static/insurterms-rtl.css").split())
    # A theme that sets a direction itself knows better.
    assert ":root:not([dir]) { direction: rtl;" in rules
    code = rules[rules.index("pre, code") :]
    assert "direction: ltr" in code[: code.index("}")]


def test_the_stylesheet_is_the_last_word_after_the_themes(project: Project) -> None:
    built = project.build(language="ar")
    sheets = [str(link["href"]) for link in built.all("index", "link[rel=stylesheet]")]
    names = [sheet.partition("?")[0] for sheet in sheets]
    assert names.index("_static/alabaster.css") < names.index(
        "_static/insurterms-rtl.css"
    )


def test_english_in_an_arabic_page_runs_from_left_to_right(project: Project) -> None:
    project.conf('insurterms_pages = "terms"\ninsurterms_corpora = ["terms"]\n')
    project.entry(
        "en/rate", "rate", "A price (per unit).", "Text.\n\n## Why?\n\n1. One.\n"
    )
    project.entry("ar/risk", "خطر", "احتمال.", "[سعر](/rate)\n", related="[rate]")
    project.start(":term:`rate` :term:`risk`\n\n.. toctree::\n\n   terms/index")
    built = project.build(language="ar")
    assert built.warnings == []
    page = built.one("terms/rate", "section#term-rate")
    assert [block["dir"] for block in page.select("[lang=en]:not(bdi)")] == ["ltr"] * 2
    assert [str(bdi) for bdi in page.select("h1 bdi, h2 bdi")] == [
        '<bdi lang="en">rate</bdi>',
        '<bdi lang="en">Why?</bdi>',
    ]
    # The name of an English term in an Arabic list of facts, and in a list of terms.
    assert built.one("terms/risk", "dl.insurterm-facts bdi[lang=en]").text == "rate"
    assert built.one("terms/index", "dt#term-rate bdi[lang=en]").text == "rate"
    tips = {tip["id"]: tip for tip in built.all("index", "[role=tooltip]")}
    assert tips["insurterm-tip-rate"]["dir"] == "ltr"
    # An Arabic tooltip has the direction of its page, which is not said again.
    assert "dir" not in tips["insurterm-tip-risk"].attrs


def test_the_english_name_in_an_arabic_tooltip_is_kept_apart(project: Project) -> None:
    project.conf("insurterms_bilingual = True\n")
    project.start(":term:`premium`")
    built = project.build(language="ar")
    tip = built.one("index", "[role=tooltip]")
    name = built.one("index", "[role=tooltip] bdi")
    assert (name["lang"], name.text) == ("en", "premium")
    assert "قسط التأمين" in tip.text
