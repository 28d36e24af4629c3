"""Who writes sees a change of an entry at once, and one build of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.builds.conftest import Project

WAIT = 60
QUIET = 4
"""Seconds in which a loop would have built again, and again."""

COUNT = """
insurterms_corpora = ["../words"]
insurterms_pages = "glossary"
def count(app, error):
    with open(str(app.confdir) + "/../builds", "a", encoding="utf-8") as file:
        file.write("x")
def setup(app):
    app.connect("build-finished", count)
"""


@pytest.fixture
def watched(project: Project) -> Iterator[Project]:
    """Let somebody write, whose corpus lies outside of the documents."""
    project.conf(COUNT)
    project.start(".. toctree::\n\n   glossary/index\n\nA :term:`fee`.")
    for locale, title in (("en", "fee"), ("nb", "gebyr")):
        write(project, f"{locale}/fee", title, "First.")
    command = [sys.executable, "-m", "sphinx_autobuild", "docs", "out", "--port", "0"]
    environment = {name: os.environ[name] for name in os.environ if name[:3] != "COV"}
    log = project.root / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - what writers use
            [*command, "--watch", "words", "-D", "language=nb"],
            cwd=project.root,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=stream,
            stderr=stream,
        )
    try:
        # It watches from the moment in which it serves.
        until(lambda: "Serving on" in log.read_text("utf-8"))
        time.sleep(1)
        yield project
    finally:
        process.terminate()
        process.wait(WAIT)


def write(project: Project, name: str, title: str, description: str) -> Path:
    path = project.root / "words" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    front = f"---\ntitle: {title}\ndescription: {description}\n---\n"
    path.write_text(front, "utf-8")
    return path


def builds(project: Project) -> int:
    return len((project.root / "builds").read_text("utf-8"))


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)


def is_quiet(project: Project) -> bool:
    """Tell whether no build ends in the time that one takes, on a busy machine too."""
    settled = builds(project)
    time.sleep(2 * QUIET)
    return builds(project) == settled


def shown(project: Project, text: str) -> bool:
    return text in (project.root / "out/glossary/fee.html").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_a_change_of_an_entry_outside_of_the_documents_is_built_once(
    watched: Project,
) -> None:
    before = builds(watched)
    assert shown(watched, "First.")
    write(watched, "nb/fee", "gebyr", "Endret.")
    until(lambda: shown(watched, "Endret.") and builds(watched) > before)
    time.sleep(QUIET)
    assert builds(watched) == before + 1
    # A term that is new has a page, which is a new file among the documents.
    write(watched, "nb/risk", "risiko", "Fare.")
    until((watched.root / "out/glossary/risk.html").is_file)
    until(lambda: is_quiet(watched))
    assert builds(watched) <= before + 3
