"""What a corpus holds beside what a project uses, its readers never notice."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builds.conftest import Build, Project

UNUSED = 20_000

SENTENCES = (
    "A :term:`premium` and :term:`premiums`, a :term:`deductible`, an :term:`excess`.",
    "A :term:`claims handler`, and no :term:`nonsuch`; :any:`deductible`.",
    "A :term:`risk`, :term:`underwriting`, and :term:`what you pay <premium>`.",
)


@pytest.fixture
def small(project: Project) -> Project:
    """Write a project that uses some of its terms."""
    small = project.beside("small")
    listed = "\n   ".join(f"page-{number}" for number, _ in enumerate(SENTENCES))
    small.start(f".. toctree::\n\n   {listed}\n   list\n   words\n")
    for number, text in enumerate(SENTENCES):
        small.write(f"page-{number}.rst", f"Page {number}\n======\n\n{text}\n")
    small.write("list.rst", "List\n====\n\n.. insurterm-glossary::\n   :used:\n")
    small.write("words.rst", "Words\n=====\n\n.. insurterm:: premium\n   :body:\n")
    small.entry("en/premium", "Premium", "What you pay.", "Not [it](/deductible).\n")
    small.entry("en/deductible", "Deductible", "Your part.", aliases="excess")
    small.entry("en/risk", "Risk", "What may happen.", related="premium")
    small.entry("nb/premium", "Premie", "Det du betaler.")
    return small


def add_unused(folder: Path) -> None:
    """Write entries that no page names."""
    for number in range(UNUSED):
        text = f"---\ntitle: Unheard-of thing {number}\ndescription: x\n---\n"
        (folder / f"zz-{number}.md").write_bytes(text.encode())


def different(one: Build, other: Build) -> list[str]:
    """Return the names of files that are not the same in two outputs."""
    files, others = one.files(), other.files()
    names = files.keys() | others.keys()
    return sorted(name for name in names if files.get(name) != others.get(name))


def test_twenty_thousand_unused_terms_change_no_file_of_the_output(
    small: Project, project: Project
) -> None:
    few = small.build()
    large = project.beside("large")
    shutil.copytree(small.docs, large.docs, dirs_exist_ok=True)
    add_unused(large.docs / "terms" / "en")
    many = large.build()
    assert different(many, few) == []
    assert many.warnings == few.warnings
    again = large.build()
    assert again.read() == again.written() == []
