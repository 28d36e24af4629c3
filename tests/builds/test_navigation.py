"""A reader of a term's page sees where it is, and comes to its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

TERMS = ("Agio", "Bond", "Claim", "Deed", "Excess")

SIDEBARS = {"alabaster": ".sphinxsidebar", "furo": ".sidebar-tree"}
"""Theme → where it shows the documents."""


def _write(
    project: Project, theme: str = "alabaster", names: tuple[str, ...] = TERMS
) -> None:
    depth = '{"globaltoc_maxdepth": -1}' if theme == "alabaster" else "{}"
    project.conf(
        'insurterms_corpora = ["terms"]\ninsurterms_pages = "terms"\n'
        f'html_theme = "{theme}"\nhtml_theme_options = {depth}\n'
    )
    for name in names:
        project.entry(f"en/{name.lower()}", name, "A term.", "## One\n\n## Two\n")
    project.write("first.rst", "First\n=====\n\nOne\n---\n\nTwo\n---\n")
    project.start(".. toctree::\n\n   first\n   terms/index")


def _sidebar(build: Build, docname: str, theme: str) -> list[str]:
    """Return the addresses of the documents that the sidebar of a page lists."""
    links = build.page(docname).select(f'{SIDEBARS[theme]} li[class*="toctree-l"] > a')
    return [str(link["href"]) for link in links]


@pytest.mark.parametrize("theme", SIDEBARS)
def test_sidebars_list_the_glossary_and_not_each_term(
    project: Project, theme: str
) -> None:
    _write(project, theme)
    built = project.build()
    assert built.warnings == []
    for docname in ("index", "first", "genindex", "search"):
        listed = _sidebar(built, docname, theme)
        assert [href for href in listed if "terms" in href] == ["terms/index.html"]
    assert "../first.html" in _sidebar(built, "terms/claim", theme)
    assert "index.html" in _sidebar(built, "terms/claim", theme)


@pytest.mark.parametrize("theme", SIDEBARS)
def test_a_page_is_as_long_in_a_project_of_many_terms(
    project: Project, theme: str
) -> None:
    _write(project, theme)
    few = project.build(out="few")
    for number in range(20):
        project.entry(f"en/z{number}", f"Z{number}", "Another term.")
    many = project.build(out="many")
    assert (many.out / "terms" / "z7.html").is_file()
    for docname in ("index", "first", "terms/claim"):
        assert _sidebar(many, docname, theme) == _sidebar(few, docname, theme)


@pytest.mark.parametrize("theme", SIDEBARS)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_on_a_term_s_page_the_glossary_is_the_current_entry(
    project: Project, theme: str, builder: str
) -> None:
    _write(project, theme)
    built = project.build(builder)
    term, other = "terms/claim", "first"
    if builder == "dirhtml":
        term, other = f"{term}/index", f"{other}/index"
    current = built.page(term).select(f"{SIDEBARS[theme]} li.current > a")
    assert [link.text for link in current] == ["Glossary"]
    assert current[0]["href"] == ("index.html" if builder == "html" else "../")
    assert [
        link.text
        for link in built.page(other).select(f"{SIDEBARS[theme]} li.current > a")
    ][:1] == ["First"]
    assert built.dead_links() == []


def _relations(build: Build, docname: str) -> dict[str, tuple[str, str]]:
    """Return what a page says of its neighbours in its head: address and title."""
    links = build.page(docname).select('link[rel="prev"], link[rel="next"]')
    return {
        str(link["rel"][0]): (str(link["href"]), str(link["title"])) for link in links
    }


def _parents(build: Build, docname: str) -> list[str]:
    """Return the titles above a page, from the start."""
    links = build.page(docname).select(".relations li > a")
    return [link.text for link in links if not link.get("title")]


def test_terms_have_their_neighbours_in_the_alphabet_and_the_glossary_above(
    project: Project,
) -> None:
    _write(project)
    built = project.build()
    assert _relations(built, "terms/claim") == {
        "prev": ("bond.html", "Bond"),
        "next": ("deed.html", "Deed"),
    }
    assert _relations(built, "terms/agio")["prev"] == ("index.html", "Glossary")
    assert list(_relations(built, "terms/excess")) == ["prev"]
    assert _relations(built, "terms/index") == {
        "next": ("agio.html", "Agio"),
        "prev": ("../first.html", "First"),
    }
    assert _parents(built, "terms/claim") == ["Documentation overview", "Glossary"]


def test_a_new_title_is_told_to_the_neighbours(project: Project) -> None:
    _write(project)
    project.build()
    project.entry("en/claim", "Cover", "A term.")
    built = project.build()
    assert _relations(built, "terms/bond")["next"] == ("claim.html", "Cover")
    assert _relations(built, "terms/deed")["prev"] == ("claim.html", "Cover")
    # `Excess` and `First` have other neighbours, and are left alone.
    assert {"terms/excess", "first"} & set(built.written()) == set()


def test_a_term_that_moves_in_the_alphabet_has_new_neighbours(project: Project) -> None:
    _write(project)
    project.build()
    project.entry("en/agio", "Zest", "A term.")
    built = project.build()
    assert _relations(built, "terms/index")["next"] == ("bond.html", "Bond")
    assert _relations(built, "terms/bond")["prev"] == ("index.html", "Glossary")
    assert _relations(built, "terms/excess")["next"] == ("agio.html", "Zest")
    assert _relations(built, "terms/agio") == {"prev": ("excess.html", "Excess")}
    assert {"terms/claim", "terms/deed", "first"} & set(built.written()) == set()


def test_what_comes_after_the_glossary_follows_the_last_term(project: Project) -> None:
    _write(project)
    project.start(".. toctree::\n\n   terms/index\n   first")
    built = project.build()
    assert _relations(built, "first")["prev"] == ("terms/excess.html", "Excess")
    project.entry("en/excess", "Estoppel", "A term.")
    again = project.build()
    assert _relations(again, "first")["prev"] == ("terms/excess.html", "Estoppel")


def test_the_contents_of_a_term_s_page_are_its_own_sections(project: Project) -> None:
    _write(project)
    body = project.build().app.env.tocs["terms/claim"]
    assert [line.strip() for line in body.astext().split("\n\n")] == [
        *("Claim", "One", "Two")
    ]
