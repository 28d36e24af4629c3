"""Reading and writing in several processes changes nothing that anybody sees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

PAGES = 60

SENTENCES = (
    "A {term}`deductible`, a {term}`HIPAA` and {term}`premiums`.",
    "Two terms have the {term}`charge`, which is ambiguous; so is {term}`charges`.",
    "Nobody writes {term}`excess` any more, but {term}`own share`.",
    "There is no {term}`nonsuch`, and no {term}`premum <premum>`.",
    "The {term}`grunnbeløp` is Norwegian; a {term}`claims handler` is our own word.",
    "Only {term}`underwriting` and {term}`the risk <risk>` come from the starter.",
)

SHOWN = (
    ".. insurterm-glossary::\n",
    ".. insurterm-glossary::\n   :used:\n   :body:\n",
    ".. insurterm:: premium\n   :body:\n",
    ".. insurterm:: charge\n\n.. insurterm:: nonsuch\n",
)
"""What some pages show, beside their sentence."""

BROKEN = "See [rent](/rent), [this](/far reaching cover) and [HIPAA](/hipaa).\n"

WORDS = """\
Words
=====

.. glossary::

   claims handler
      Who answers.
"""


def _in_rest(text: str) -> str:
    return text.replace("{term}", ":term:")


def _in_myst(directive: str) -> str:
    blocks = directive.strip().split("\n\n")
    return "\n\n".join(
        "```"
        + block.replace(".. ", "{", 1).replace("::", "}", 1).replace("   ", "")
        + "\n```"
        for block in blocks
    )


def _write_pages(project: Project) -> None:
    """Write sixty pages in reST and MyST, with all sorts of mistakes."""
    project.conf(
        'insurterms_pages = "terms"\n',
        base=(
            'project = "Sixty"\nversion = release = "1"\ncopyright = "the authors"\n'
            'extensions = ["sphinx_insurterms", "myst_parser"]\n'
        ),
    )
    names = []
    for number in range(PAGES):
        name = f"page-{number:02}"
        title = f"Page {number}"
        text = SENTENCES[number % len(SENTENCES)]
        shown = SHOWN[number // 7 % len(SHOWN)] if number % 7 == 0 else ""
        if number % 2:
            project.write(f"{name}.md", f"# {title}\n\n{text}\n\n{_in_myst(shown)}\n")
        else:
            head = f"{title}\n{'=' * len(title)}\n\n"
            project.write(f"{name}.rst", f"{head}{_in_rest(text)}\n\n{shown}")
        names.append(name)
    project.write("words.rst", WORDS)
    listed = "\n   ".join([*names, "words", "terms/index"])
    project.start(f".. toctree::\n\n   {listed}")


def _write_corpus(project: Project) -> None:
    project.entry("en/premium", "Premium", "What you [pay](/lease).", BROKEN)
    project.entry("nb/premium", "Premie", "Det du betaler.", "Se [leie](/lease).\n")
    project.entry(
        "en/deductible",
        "Deductible",
        "Your part.",
        deprecated="excess",
        aliases="own share",
    )
    project.entry("en/rate", "Rate", "A price.", aliases="charge")
    project.entry("en/fee", "Fee", "Another price.", BROKEN, aliases="charge")
    project.entry("nb/grunnbelop", "Grunnbeløp", "Et beløp.", BROKEN)


@pytest.fixture(scope="module")
def builds(shared_project: Project) -> dict[str, tuple[Build, Build]]:
    """Return what one process and what several made: at first, and after a change."""
    _write_pages(shared_project)
    _write_corpus(shared_project)
    made = {language: _both(shared_project, language) for language in ("en", "nb")}
    shared_project.entry("en/fee", "Fee", "Costs of ours.", BROKEN, aliases="charge")
    return made | {"again": _both(shared_project, "en")}


def _both(project: Project, language: str) -> tuple[Build, Build]:
    one = project.build(language=language, out=f"{language}-one")
    two = project.build(language=language, out=f"{language}-two", parallel=2)
    # A change makes new files of the old names: keep what is there now.
    return replace(one, kept=one.files()), replace(two, kept=two.files())


def _log(build: Build) -> list[str]:
    """Return what the extension itself says at the end of a build."""
    return [line for line in build.status.splitlines() if line.startswith("insurterms")]


@pytest.mark.parametrize("when", ["en", "nb", "again"])
def test_several_processes_make_the_same_files_and_warnings_as_one(
    builds: dict[str, tuple[Build, Build]], when: str
) -> None:
    one, two = builds[when]
    assert two.warnings == one.warnings
    assert _log(two) == _log(one)
    files, expected = two.files(), one.files()
    assert files.keys() == expected.keys()
    assert [name for name, content in files.items() if content != expected[name]] == []


def test_sixty_pages_are_full_of_what_could_differ(
    builds: dict[str, tuple[Build, Build]],
) -> None:
    one, two = builds["en"]
    for name in ("link", "ambiguous", "deprecated", "unknown"):
        assert any(f"[insurterms.{name}]" in line for line in one.warnings), name
    assert any("nonsuch" in line and "[ref.term]" in line for line in one.warnings)
    assert _log(one)
    for what in ("reading sources", "writing output"):
        # Sphinx tells of pages one by one, and of what it gave to a process as a range.
        assert f"{what}... [" in one.status
        assert re.search(rf"{what}\.\.\. \[ *\d+%\] \S+ \.\. \S+", two.status), what


def test_several_processes_read_again_what_one_would(
    builds: dict[str, tuple[Build, Build]],
) -> None:
    for build in builds["again"]:
        assert b"Costs of ours." in build.files()["page-01.html"]
        assert "reading sources... [100%]" in build.status


def test_each_broken_link_is_told_once_however_many_pages_show_it(
    builds: dict[str, tuple[Build, Build]],
) -> None:
    for build in builds["en"]:
        told = [line for line in build.warnings if "[insurterms.link]" in line]
        assert told
        assert sorted(set(told)) == sorted(told)
