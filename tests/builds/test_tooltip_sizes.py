"""What readers pay for tooltips: little, once, and nothing where there are none."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Project

TERMS = [
    "beneficiary",
    "broker",
    "claim",
    "comprehensive-insurance",
    "coverage",
    "deductible",
    "endorsement",
    "exclusion",
    "hipaa",
    "indemnity",
    "insured",
    "insurer",
    "liability-insurance",
    "loss-adjuster",
    "policy",
    "premium",
    "reinsurance",
    "risk",
    "subrogation",
    "underwriting",
]
DEFINITION = "The agreed part of a covered loss that the insured bears."


@pytest.mark.parametrize(
    ("name", "most"), [("insurterms.js", 4 * 1024), ("insurterms.css", 1536)]
)
def test_our_files_are_small_as_shipped(
    project: Project, name: str, most: int, capsys: pytest.CaptureFixture[str]
) -> None:
    project.start("The :term:`premium`.")
    shipped = (project.build().out / "_static" / name).read_bytes()
    size = len(gzip.compress(shipped, 9, mtime=0))
    with capsys.disabled():
        print(f"\n{name}: {size} bytes of {most}, gzipped")  # noqa: T201
    assert size <= most


def test_a_page_grows_by_little_more_than_the_definitions(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.start(" ".join(TERMS))
    plain = len(project.build().text("index.html").encode())
    project.start(" ".join(f":term:`{name}`" for name in TERMS))
    built = project.build()
    explained = len(built.text("index.html").encode())
    tips = built.all("index", "[role=tooltip]")
    assert len(tips) == len(TERMS) == 20
    definitions = sum(len(tip.select("p")[1].text.encode()) for tip in tips)
    growth = (explained - plain - definitions) / len(TERMS)
    with capsys.disabled():
        print(f"\neach of 20 terms: {growth:.0f} bytes and its definition")  # noqa: T201
    assert growth <= 300


def test_a_term_that_is_named_twenty_times_has_one_tooltip(project: Project) -> None:
    project.entry("en/fee", "fee", DEFINITION)
    project.start(" ".join([":term:`fee`"] * 20))
    built = project.build()
    assert len(built.all("index", "section a.insurterm")) == 20
    assert len(built.all("index", "[role=tooltip]")) == 1
    assert built.text("index.html").count(DEFINITION) == 1
