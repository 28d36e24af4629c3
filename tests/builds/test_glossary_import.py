"""A glossary page becomes a corpus, and no link is lost."""

from __future__ import annotations

import textwrap
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sphinx_insurterms.cli import main

if TYPE_CHECKING:
    from bs4.element import Tag
    from click.testing import Result

    from tests.builds.conftest import Build, Project

CASES = tomllib.loads(
    (Path(__file__).parent / "data/glossary_import.toml").read_text("utf-8")
)["case"]

GLOSSARY = """\
premium
   The *price* of insurance.

   See the :term:`Excess`, or :term:`what you pay <Selbstbehalt>`.

Excess
deductible
Selbstbehalt
   The part of a loss that you pay, before the :term:`insurer` does.

Health Maintenance Organization (HMO)
   A kind of plan.

insurer
الشركة
   Who insures.

C++
   A language.
"""
WORDS = """\
The :term:`premium`, a :term:`deductible`, the :term:`excess`, :term:`selbstbehalt`,
:term:`plans <Health Maintenance Organization (HMO)>`, an :term:`insurer`,
the :term:`الشركة` and :term:`C++`.
"""
MYST = """\
# In MyST

A {term}`premium`, an {term}`excess <Excess>`.
"""


def import_(project: Project, page: str, *options: str) -> Result:
    command = ("import", "--format", "glossary", *options)
    places = (str(project.docs / page), str(project.docs / "terms"))
    return CliRunner().invoke(main, [*command, *places])


def page(directive: str, content: str = "") -> str:
    return f"Glossary\n========\n\n{directive}\n\n{textwrap.indent(content, '   ')}"


def lead_to(build: Build, docname: str) -> list[tuple[str, str, str]]:
    """Return what each reference says, where it leads, and what is defined there."""
    found = []
    for link in build.all(docname, "[role=main] p a.internal"):
        place = build.follow(docname, link)
        entry = place if place.name == "dt" else place.find_parent("dt")
        assert entry is not None, link
        text, path = link.get_text(), str(link["href"]).partition("#")[0]
        found.append((text, path, defined(entry)))
    return sorted(found)


def defined(name: Tag) -> str:
    """Return the first words of the definition below a name."""
    definition = name.find_next("dd")
    assert definition is not None
    return definition.get_text(" ", strip=True)[:12]


@pytest.mark.parametrize("conf", ["", 'language = "nb"\n'], ids=["en", "nb"])
def test_the_same_project_has_the_same_links_before_and_after(
    project: Project, conf: str
) -> None:
    myst = 'extensions.append("myst_parser")\n'
    project.start(f".. toctree::\n\n   glossary\n   myst\n\n{WORDS}")
    project.write("myst.md", MYST)
    project.write("glossary.rst", page(".. glossary::", GLOSSARY))
    project.write("conf.py", f"extensions = ['myst_parser']\n{conf}")
    before = project.build(out="before")
    assert before.warnings == []
    links = [lead_to(before, name) for name in ("index", "myst", "glossary")]
    anchors = {str(dt["id"]) for dt in before.all("glossary", "dt[id]")}

    done = import_(project, "glossary.rst")
    assert (done.exit_code, done.stderr) == (0, "")
    project.write("glossary.rst", page(".. insurterm-glossary::\n   :body:"))
    project.conf(f"{myst}{conf}insurterms_corpora = ['terms']\n")
    after = project.build(out="after")
    assert after.warnings == []
    assert [lead_to(after, name) for name in ("index", "myst", "glossary")] == links
    kept = {str(one["id"]) for one in after.all("glossary", "[id]")}
    # One that no letter of the name can stand in is numbered, and stays nobody's.
    assert {one for one in anchors if not one[-1].isdigit()} <= kept
    assert after.dead_links() == []


def test_names_keep_their_anchors_unless_another_term_has_them(
    project: Project,
) -> None:
    project.entry("en/fee", "Fee", "What you pay.", aliases="[charge, 'Other Fee']")
    project.entry("en/charge", "Charge", "Another.", formerly="[old, fee]")
    project.start(".. insurterm-glossary::")
    names = "suppress_warnings = ['insurterms.name']\n"  # of the same id twice
    project.conf(f"insurterms_corpora = ['terms']\n{names}")
    build = project.build()
    assert build.warnings == []
    ids = {
        defined(dt): {str(dt["id"]), *(str(span["id"]) for span in dt.select("[id]"))}
        for dt in build.all("index", "dt")
    }
    assert ids == {
        "What you pay": {"term-fee", "term-Fee", "term-Other-Fee"},
        "Another.": {"term-charge", "term-Charge", "term-old"},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_what_markdown_can_hold_is_held_and_the_rest_is_listed(
    project: Project, case: dict[str, Any]
) -> None:
    suffix = case.get("suffix", "rst")
    text = case.get("page") or page(
        ".. glossary::", f"fee\n{textwrap.indent(case['text'], '   ')}"
    )
    project.write(f"glossary.{suffix}", text + case.get("below", ""))
    done = import_(project, f"glossary.{suffix}")
    told = [
        line.partition("glossary.")[2].partition(": ")[2]
        for line in done.stderr.splitlines()
    ]
    assert told == case.get("told", [])
    assert done.exit_code == int(any("not taken over" not in line for line in told))
    content = (project.docs / "terms/en/fee.md").read_text("utf-8")
    assert content == f"---\ntitle: fee\n{case['file']}"


def test_a_page_in_another_language_is_written_there(project: Project) -> None:
    project.entry("en/fee", "fee")
    project.write(
        "ordliste.rst", page(".. glossary::", "fee\ngebyr\n   Det du betaler.")
    )
    done = import_(project, "ordliste.rst", "--locale", "nb")
    assert done.stdout == "nb/fee.md: written\n1 written\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.rst", "No glossary\n===========\n", "there is no glossary on this page"),
        ("a.txt", "", "this is no page; name a file that ends with .rst or .md"),
        (
            "a.rst",
            page(".. glossary::", "a\n   b\n\n   .. include:: c\0d"),
            "Sphinx cannot read this page: ",
        ),
    ],
)
def test_what_is_no_glossary_is_refused(
    project: Project, name: str, text: str, told: str
) -> None:
    path = project.write(name, text)
    done = import_(project, name)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {path}: {told}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("suffix", ["rst", "md"])
def test_the_page_that_is_named_is_read_and_none_beside_it(
    project: Project, suffix: str
) -> None:
    project.write("a[1].rst", page(".. glossary::", "rst\n   Read."))
    project.write("a[1].md", "```{glossary}\nmd\n   Read.\n```\n")
    done = import_(project, f"a[1].{suffix}")
    assert done.stdout == f"en/{suffix}.md: written\n1 written\n"


def test_nothing_of_the_project_is_run_and_nothing_written_beside_it(
    project: Project,
) -> None:
    project.write("conf.py", "raise SystemExit('run')\n")
    project.write("glossary.rst", page(".. glossary::", "fee\n   What you pay."))
    before = sorted(project.docs.rglob("*"))
    assert import_(project, "glossary.rst", "--dry-run").exit_code == 0
    assert sorted(project.docs.rglob("*")) == before
