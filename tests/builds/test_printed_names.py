"""What stands in the sentence where a writer named a term."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("printed_names.toml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def builds(shared_project: Project) -> dict[str, Build]:
    """Return a page with every written name of the cases, in each language."""
    project = shared_project
    for row in CASES["entries"]:
        project.entry(**row)
    written = {name for language in CASES["printed"].values() for name in language}
    lines = [f"- :term:`{name}`" for name in sorted(written)]
    project.start("\n".join(lines))
    # Some of the names are deprecated or ambiguous, which other tests are about.
    quiet = ["insurterms.ambiguous", "insurterms.deprecated"]
    return {
        language: project.build(language=language, suppress_warnings=quiet)
        for language in CASES["printed"]
    }


def test_every_name_is_found(builds: dict[str, Build]) -> None:
    assert [line for built in builds.values() for line in built.warnings] == []


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (language, written, expected)
        for language, names in CASES["printed"].items()
        for written, expected in names.items()
    ],
)
def test_a_name_is_printed_as_the_reader_expects(
    builds: dict[str, Build], language: str, written: str, expected: str
) -> None:
    all_written = sorted({n for names in CASES["printed"].values() for n in names})
    items = builds[language].all("index", "section li a.insurterm")
    assert items[all_written.index(written)].text == expected


def test_a_text_of_the_writers_own_is_printed_as_it_is(project: Project) -> None:
    project.start("Pay :term:`what you owe <premium>`, or :term:`HIPAA pays <hipaa>`.")
    built = project.build(language="nb")
    links = built.all("index", "section a.insurterm")
    assert [link.text for link in links] == ["what you owe", "HIPAA pays"]


def test_the_sentence_reads_as_it_was_written(project: Project) -> None:
    project.start("The :term:`premium` is paid. See :term:`hipaa`.")
    built = project.build()
    assert built.one("index", "section > p").text == "The premium is paid. See HIPAA."


@pytest.mark.parametrize("language", ["en", "nb", "ar"])
def test_an_ambiguous_name_warns_and_chooses_the_same_in_every_language(
    project: Project, language: str
) -> None:
    project.entry("en/b-excess", "excess", "A part.")
    project.entry("en/a-excess", "excess", "A rest.")
    project.entry("nb/b-excess", "egenandel", "En del.")
    project.entry("ar/a-excess", "زيادة", "باقي.")
    project.start(":term:`excess`")
    built = project.build(language=language)
    (warning,) = built.warnings
    assert warning.startswith("docs/index.rst:4: WARNING: 'excess' may be ")
    assert "'a-excess', 'b-excess'" in warning
    assert "'a-excess' was taken; write the id" in warning
    assert "[insurterms.ambiguous]" in warning
    link = built.one("index", "section a.insurterm")
    assert link["aria-describedby"] == "insurterm-tip-a-excess"


def test_an_ambiguous_name_chooses_the_same_whatever_the_order_of_files(
    project: Project,
) -> None:
    for name in ("zz/10-b", "aa/20-a"):
        identifier = name[-1]
        project.entry(f"en/{name}", "rate", f"Is {identifier}.", id=identifier)
    project.start(":term:`rate` :term:`rates`")
    for parallel in (1, 2):
        built = project.build(parallel=parallel, out=str(parallel))
        links = built.all("index", "section a.insurterm")
        assert [link["aria-describedby"] for link in links] == ["insurterm-tip-a"] * 2
        assert len(built.warnings) == 2


def test_a_deprecated_name_works_and_says_which_to_use(project: Project) -> None:
    project.entry(
        "en/policyholder", "policyholder", "Who has a policy.", deprecated="assured"
    )
    project.start("The :term:`assured`.")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/index.rst:4: WARNING: ")
    assert "'assured' is deprecated; write 'policyholder' instead" in warning
    assert "[insurterms.deprecated]" in warning
    assert built.one("index", "section p").text == "The assured."


@pytest.mark.parametrize("name", ["insured", "insurer", "rating"])
def test_words_that_only_share_a_stem_find_nothing(project: Project, name: str) -> None:
    project.conf('insurterms_corpora = ["terms"]\n')
    project.entry("en/insurance", "insurance", "Cover.")
    project.entry("en/rate", "rate", "A price.")
    project.start(f":term:`{name}`")
    built = project.build()
    (warning,) = built.warnings
    assert f"term not in glossary: '{name}'" in warning
    assert not built.all("index", "a.insurterm")
