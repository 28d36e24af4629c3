"""Another project reaches the terms with plain Sphinx and intersphinx."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

PLAIN = """\
project = "Another"
version = release = "1"
copyright = "others"
extensions = ["sphinx.ext.intersphinx"]
intersphinx_mapping = {{"guide": ("https://guide.example/", {inventory!r})}}
"""

NAMES = (
    (":term:`Premium`", "premium", "Premium"),
    (":term:`premium`", "premium", "premium"),
    (":term:`HIPAA`", "hipaa", "HIPAA"),
    (
        ":term:`Health Insurance Portability and Accountability Act`",
        "hipaa",
        "Health Insurance Portability and Accountability Act",
    ),
    (":term:`own share`", "deductible", "own share"),
    (":term:`egenandel`", "deductible", "egenandel"),
    (":term:`the share <Deductible>`", "deductible", "the share"),
    (":external+guide:term:`Premium`", "premium", "Premium"),
    (":term:`guide:Premium`", "premium", "Premium"),
)
"""What others write, the term that it leads to, and what is printed."""


def _inventory(build: Build) -> dict[str, dict[str, str]]:
    """Return type → name → address, of the types that terms are listed under."""
    packed = build.files()["objects.inv"].split(b"\n", 4)[4]
    found: dict[str, dict[str, str]] = {}
    for line in zlib.decompress(packed).decode().splitlines():
        match = re.fullmatch(r"(.+?) (std:term|insurterms:\S+) -?\d+ (\S*) .*", line)
        if match is not None:
            uri = re.sub(r"\$$", match[1], match[3])
            found.setdefault(match[2], {})[match[1]] = uri
    return found


def _write_terms(project: Project, *, pages: bool = True) -> None:
    project.conf(
        'insurterms_corpora = ["terms"]\n'
        + ('insurterms_pages = "glossary"\n' if pages else "")
    )
    project.entry("en/premium", "Premium", "What you pay.")
    project.entry(
        "en/deductible", "Deductible", "Your part.", aliases="own share", forms="shares"
    )
    project.entry("nb/deductible", "Egenandel", "Din del.")
    project.entry(
        "en/hipaa", "Health Insurance Portability and Accountability Act (HIPAA)", "US."
    )
    project.start("See :term:`premium`.")


@pytest.mark.parametrize(
    ("builder", "page"),
    [
        ("html", "glossary/{0}.html#term-{0}"),
        ("dirhtml", "glossary/{0}/#term-{0}"),
        # Sphinx lists `#document-page#anchor` for one page; that leads nowhere.
        ("singlehtml", "#document-glossary/{0}"),
    ],
)
def test_plain_sphinx_reaches_terms_by_every_name(
    project: Project, builder: str, page: str
) -> None:
    _write_terms(project)
    inventory = project.build(builder).out / "objects.inv"
    other = project.beside("other")
    other.conf(base=PLAIN.format(inventory=str(inventory)))
    other.start("\n".join(f"* {written}" for written, _, _ in NAMES))
    built = other.build()
    assert built.warnings == []
    links = [link for link in built.links("index") if "guide.example" in link[0]]
    assert links == [
        (f"https://guide.example/{page.format(term_id)}", text)
        for _, term_id, text in NAMES
    ]


def test_terms_are_listed_by_id_and_by_every_designation(project: Project) -> None:
    _write_terms(project)
    listed = _inventory(project.build())
    assert sorted(listed["insurterms:entry"]) == ["deductible", "hipaa", "premium"]
    assert sorted(listed["std:term"]) == [
        "Deductible",
        "Egenandel",
        "HIPAA",
        "Health Insurance Portability and Accountability Act",
        "Health Insurance Portability and Accountability Act (HIPAA)",
        "Premium",
        "own share",  # but not `shares`, which is a form and no designation
    ]


def test_what_leads_to_a_term_is_the_same_in_every_language(project: Project) -> None:
    _write_terms(project)
    english, norwegian = (
        _inventory(project.build(language=language)) for language in ("en", "nb")
    )
    assert english == norwegian


def test_terms_that_no_page_shows_are_not_listed(project: Project) -> None:
    _write_terms(project, pages=False)
    assert _inventory(project.build()) == {}
    project.start("Start.\n\n.. insurterm:: premium")
    assert _inventory(project.build()) == {
        "insurterms:entry": {"premium": "index.html#term-premium"},
        "std:term": {"Premium": "index.html#term-premium"},
    }


def test_a_word_of_the_own_glossary_stays_its_own(project: Project) -> None:
    _write_terms(project)
    project.write(
        "index.rst", "Start\n=====\n\n.. glossary::\n\n   premium\n      Ours.\n"
    )
    listed = _inventory(project.build())
    assert listed["std:term"]["premium"] == "index.html#term-premium"
    assert "Premium" not in listed["std:term"]
    assert listed["insurterms:entry"]["premium"] == "glossary/premium.html#term-premium"


def test_a_list_of_what_is_used_is_listed_too(project: Project) -> None:
    _write_terms(project, pages=False)
    project.start("See :term:`premium`.\n\n.. insurterm-glossary::\n   :used:")
    listed = _inventory(project.build())
    assert listed["insurterms:entry"] == {"premium": "index.html#term-premium"}
