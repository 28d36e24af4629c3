"""A build has all terms, and no warning, whatever becomes of its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builds.conftest import Build, Project

HARM = """
from pathlib import Path

def setup(app):
    app.connect({event!r}, harm, priority=450)

def harm(*_):
    for path in Path({cache!r}).iterdir():
        {how}
"""

PLACES = {
    "before anything is asked": "builder-inited",
    "when all is read": "env-updated",
}

HARMS = {
    "deleted": "path.unlink()",
    "emptied": "path.write_bytes(b'')",
    "cut": "path.write_bytes(path.read_bytes()[:6000])",
    "overwritten": "path.write_bytes(b'Dear diary' * 9000)",
}


@pytest.fixture
def terms(project: Project, cache: Path) -> Project:
    """Write a project of a dozen pages."""
    project.entry("en/premium", "Premium", "What you pay.", "See [it](/risk).")
    project.entry("en/risk", "Risk", "What may happen.", aliases="peril")
    project.entry("nb/risk", "Risiko", "Det som kan skje.")
    names = [f"page-{number:02}" for number in range(12)]
    for name in names:
        text = "A :term:`premium`, a :term:`peril` and :term:`underwriting`."
        project.write(f"{name}.rst", f"Page\n====\n\n{text}\n\n.. insurterm:: risk\n")
    listed = "\n   ".join([*names, "terms/index"])
    project.start(f".. toctree::\n\n   {listed}\n")
    return project


def pages(build: Build) -> dict[str, bytes]:
    """Return what a reader sees."""
    return {name: text for name, text in build.files().items() if name[-5:] == ".html"}


@pytest.mark.parametrize("parallel", [1, 2])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("harm", HARMS)
def test_an_index_that_is_harmed_in_the_middle_of_a_build_loses_nothing(
    terms: Project, cache: Path, parallel: int, place: str, harm: str
) -> None:
    terms.conf('insurterms_pages = "terms"\n')
    whole = terms.build(out="whole")
    assert whole.warnings == []
    code = HARM.format(event=PLACES[place], cache=str(cache), how=HARMS[harm])
    terms.conf(f'insurterms_pages = "terms"\n{code}')
    harmed = terms.build(out="harmed", parallel=parallel)
    assert harmed.warnings == []
    assert pages(harmed) == pages(whole)
    terms.conf('insurterms_pages = "terms"\n')
    after = terms.build(out="after", parallel=parallel)
    assert pages(after) == pages(whole)
    corpus = domain.get(after.app.env).corpus
    assert [layer.kept_in_memory for layer in corpus.layers] == ["", ""]


@pytest.mark.parametrize("parallel", [1, 2])
def test_no_place_for_an_index_is_no_reason_to_warn(
    terms: Project, cache: Path, parallel: int
) -> None:
    terms.conf('insurterms_pages = "terms"\n')
    kept = terms.build(out="kept")
    for path in cache.iterdir():
        path.unlink()
    cache.rmdir()
    cache.write_text("a file stands here", "utf-8")
    first, second = (terms.build(out="first", parallel=parallel) for _ in range(2))
    for build in first, second:
        assert build.warnings == []
        assert pages(build) == pages(kept)
        corpus = domain.get(build.app.env).corpus
        assert all(str(cache) in layer.kept_in_memory for layer in corpus.layers)
    assert second.read() == second.written() == []
