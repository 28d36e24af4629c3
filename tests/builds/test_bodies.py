"""A body is shown as its author wrote it, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Project


def test_a_definition_that_is_the_first_paragraph_is_printed_once(
    project: Project,
) -> None:
    project.conf('insurterms_pages = "glossary"\n')
    project.entry("en/fee", "fee", body="What *service* costs.\n\nMore on it.\n")
    project.start("See :term:`fee`.\n\n.. insurterm:: fee\n   :body:")
    built = project.build()
    assert built.text("glossary/fee.html").count("What <em>service</em> costs.") == 1
    shown = built.one("index", "dl dd")
    assert shown.get_text().count("What service costs.") == 1
    listed = built.one("glossary/index", "dt#term-fee + dd")
    assert "What service costs." in listed.get_text()
    assert "More on it." not in listed.get_text()


def test_a_term_without_definition_is_shown_by_its_name(project: Project) -> None:
    project.entry("en/fee", "fee", body="## Why?\n")
    project.start("See :term:`fee`.\n\n.. insurterm:: fee")
    built = project.build()
    assert built.warnings == []
    assert built.one("index", "#insurterm-tip-fee").get_text().strip() == "fee"


def test_authors_comments_are_not_shown_and_code_is(project: Project) -> None:
    body = "One <!-- for us --> two.\n\n<!-- all\nof it -->\n\n    indented | code\n"
    project.entry("en/fee", "fee", "Money.", body)
    project.start(".. insurterm:: fee\n   :body:")
    built = project.build()
    assert built.warnings == []
    shown = built.one("index", "dl dd")
    assert "for us" not in shown.get_text()
    assert "all" not in shown.get_text()
    assert built.one("index", "dl dd pre").get_text().strip() == "indented | code"


def test_the_same_term_is_related_once(project: Project) -> None:
    project.entry("en/rate", "rate", "A price.")
    project.entry("en/fee", "fee", "Money.", related="[rate, Rate, /en/rate, fee]")
    project.start(".. insurterm:: fee")
    shown = project.build().one("index", ".insurterm-facts dd")
    assert shown.get_text().strip() == "rate"


def test_our_own_words_are_marked_where_we_have_none_in_the_language(
    project: Project,
) -> None:
    project.entry("en/fee", "fee", "Money.")
    project.start(".. insurterm:: fee")
    notice = project.build(language="fi").one("index", ".insurterm-notice bdi")
    assert (notice["lang"], notice.get_text()) == ("en", "Not translated yet")


@pytest.mark.parametrize("hidden", ["true", "false"])
def test_the_sidebar_of_a_term_obeys_its_theme(project: Project, hidden: str) -> None:
    project.conf(
        'insurterms_pages = "glossary"\nhtml_theme = "classic"\n'
        'html_sidebars = {"**": ["globaltoc.html"]}\ntemplates_path = ["own"]\n'
    )
    project.write(
        "own/globaltoc.html",
        f'{{{{ toctree(includehidden="{hidden}", maxdepth="") }}}}',
    )
    project.start(".. toctree::\n   :hidden:\n\n   glossary/index")
    sidebar = project.build().page("glossary/premium").select(".sphinxsidebar .current")
    assert bool(sidebar) is (hidden == "true")
