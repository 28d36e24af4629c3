"""One line in conf.py, and what a reader then sees: no link leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

WRITTEN = """\
See :term:`hipaa`, :term:`the Act <HIPAA>`, :term:`deductibles`, :term:`liability
insurance` and :term:`premium`.
"""

SHOWN = {
    "nothing else": "",
    "a list": ".. insurterm-glossary::\n",
    "a list with bodies": ".. insurterm-glossary::\n   :body:\n",
    "a list of what is used": ".. insurterm-glossary::\n   :used:\n   :body:\n",
    "one entry": ".. insurterm:: hipaa\n   :body:\n",
    "an entry that is no target": ".. insurterm:: hipaa\n   :no-index:\n",
    "all of them": (
        ".. insurterm-glossary::\n\n"
        ".. insurterm-glossary::\n   :used:\n\n"
        ".. insurterm:: hipaa\n\n"
        ".. insurterm:: hipaa\n   :body:\n"
    ),
}
"""What is on a page of its own, beside the pages that name terms."""


def _write(project: Project, shown: str, *, pages: bool) -> None:
    if pages:
        project.conf('insurterms_pages = "terms"\n')
    project.start(
        f"{WRITTEN}\n.. toctree::\n\n   page\n   words\n"
        + ("   terms/index\n" if pages else "")
    )
    project.write("page.rst", f"Page\n====\n\n{WRITTEN}\n{SHOWN[shown]}")
    project.write("words.rst", f"Words\n=====\n\n{SHOWN[shown]}")


def _repeated_ids(build: Build) -> list[str]:
    """Return the ids that two elements of one page have."""
    found = []
    for path in build.out.rglob("*.html"):
        docname = path.relative_to(build.out).with_suffix("").as_posix()
        ids = [str(element["id"]) for element in build.page(docname).select("[id]")]
        found += [f"{docname}: {name}" for name in set(ids) if ids.count(name) > 1]
    return found


@pytest.mark.parametrize("pages", [False, True], ids=["without pages", "with pages"])
@pytest.mark.parametrize("shown", SHOWN)
def test_nothing_is_warned_of_and_every_link_leads_somewhere(
    project: Project, shown: str, *, pages: bool
) -> None:
    _write(project, shown, pages=pages)
    for builder in ("html", "dirhtml"):
        built = project.build(builder, doctrees="shared")
        assert built.warnings == [], builder
        assert built.dead_links() == []
        assert _repeated_ids(built) == []


def test_one_line_in_conf_gives_links_and_definitions(project: Project) -> None:
    project.start("See :term:`hipaa`.")
    built = project.build()
    assert built.warnings == []
    link = built.page("index").select_one("a.insurterm")
    assert link is not None
    assert link["href"] == "#insurterm-tip-hipaa"
    assert link.text == "HIPAA"


def test_links_to_tooltips_need_no_script(project: Project) -> None:
    project.start(WRITTEN)
    page = project.build().page("index")
    for link in page.select("a.insurterm"):
        tip = page.find(id=str(link["href"]).removeprefix("#"))
        assert tip is not None
        # Nothing but the script's class on <html> may hide what a link leads to.
        assert not {"hidden", "popover", "style"} & {*tip.attrs, *tip.parent.attrs}  # type: ignore[union-attr]
        assert tip.text.strip()


@pytest.mark.parametrize("language", ["nb", "ar"])
def test_other_languages_are_as_quiet(project: Project, language: str) -> None:
    _write(project, "all of them", pages=True)
    built = project.build(language=language)
    assert built.warnings == []
    assert built.dead_links() == []


def test_one_page_for_all_leads_to_the_terms_too(project: Project) -> None:
    _write(project, "all of them", pages=True)
    built = project.build("singlehtml")
    assert built.warnings == []
    links = {str(link["href"]) for link in built.page("index").select("a.insurterm")}
    assert "#term-hipaa" in links
    assert [line for line in built.dead_links() if "term" in line] == []
    assert [line for line in _repeated_ids(built) if "term" in line] == []


def test_without_tooltips_a_name_still_leads_to_a_definition(project: Project) -> None:
    project.conf("insurterms_tooltips = False\n")
    _write(project, "nothing else", pages=False)
    project.conf("insurterms_tooltips = False\n")
    built = project.build()
    assert built.dead_links() == []
    assert "insurterms.js" not in built.text("index.html")


def test_documents_in_a_folder_called_terms_stay_documents(project: Project) -> None:
    project.write("terms/conditions.rst", "Conditions\n==========\n\nOurs.\n")
    project.start("See :term:`hipaa`.\n\n.. toctree::\n\n   terms/conditions")
    built = project.build()
    assert built.warnings == []
    assert "Ours." in built.text("terms/conditions.html")
