"""One line in conf.py, and what a reader then sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.builds.conftest import Project


def test_one_line_in_conf_gives_links_and_definitions(project: Project) -> None:
    project.write("index.rst", "Start\n=====\n\nSee :term:`hipaa`.\n")
    built = project.build()
    assert built.warnings == []
    link = built.page("index").select_one("a.insurterm")
    assert link is not None
    assert link["href"] == "#insurterm-tip-hipaa"
    assert link.text == "HIPAA"
