from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.builds.conftest import Project


def test_a_list_of_used_terms_may_be_of_some_categories(project: Project) -> None:
    project.entry("en/premium", "premium", "One.", keywords="pricing")
    project.entry("en/claim", "claim", "Two.", keywords="claims")
    project.start(
        "A :term:`premium` and a :term:`claim`.\n\n"
        ".. insurterm-glossary::\n   :used:\n   :keywords: claims"
    )
    terms = [dt.get_text() for dt in project.build().all("index", "dl.glossary dt")]
    assert len(terms) == 1
    assert terms[0].startswith("claim")


def test_a_used_term_may_be_related_to_nothing(project: Project) -> None:
    project.entry("en/premium", "premium", "One.", related="[gone, claim]")
    project.entry("en/claim", "claim", "Two.")
    project.start("A :term:`premium`.\n\n.. insurterm-glossary::\n   :used:")
    built = project.build()
    assert len(built.warnings) == 1
    assert "'gone' leads to no term" in built.warnings[0]
    assert "See also" in built.body("index")
    assert project.build().written() in ([], ["index"])


def test_who_has_switched_collection_off_finds_it_off(project: Project) -> None:
    project.entry("en/premium", "premium", "One.")
    project.start(".. insurterm-glossary::")
    gc.disable()
    try:
        project.build()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_page_that_another_build_takes_away_is_made_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.conf('insurterms_pages = "pages"\ninsurterms_corpora = ["terms"]\n')
    project.entry("en/premium", "premium", "One.")
    project.start(".. toctree::\n\n   pages/index")
    project.build()
    page = project.docs / "pages" / "premium.rst"
    looked_for = type(page).read_bytes

    def take_away(path: Path) -> bytes:
        if path == page and page.exists():
            page.unlink()
        return looked_for(path)

    monkeypatch.setattr(type(page), "read_bytes", take_away)
    project.build()
    monkeypatch.undo()
    assert "insurterm-page:: premium" in page.read_text("utf-8")
