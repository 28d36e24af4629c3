"""Builds that are killed, and builds at once, leave what a clean build would."""

from __future__ import annotations

import difflib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinx_insurterms
from tests.builds.conftest import BUNDLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builds.conftest import Project

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are stopped and told their cache here"
)

PACKAGE = Path(sphinx_insurterms.__file__).parents[1]

KILLS = 50
RUNS = 5
"""Each of some killed builds in a row, so that several cores share them."""


class Place:
    """A project with its output and its cache, which other processes build."""

    def __init__(self, project: Project, name: str) -> None:
        self.project = project
        self.docs = project.docs
        self.out = project.root / f"html-{name}"
        self.cache = project.root / f"cache-{name}"
        self._trees = project.root / f"trees-{name}"

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin to run Python in a group of processes of its own."""
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *arguments],
            env=_untraced() | {"XDG_CACHE_HOME": str(self.cache)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def begin(self, *options: str) -> subprocess.Popen[str]:
        """Begin a build."""
        places = (str(self.docs), str(self.out))
        return self.run(
            *("-m", "sphinx", "-q", "-b", "html", "-d", str(self._trees)),
            *(*options, *places),
        )

    def build(self, *options: str) -> None:
        """Build without disturbance."""
        end_well(self.begin(*options))

    def clean(self, name: str) -> Place:
        """Return what a clean build of the same sources leaves, elsewhere."""
        shutil.rmtree(self.project.root / name, ignore_errors=True)
        other = Place(self.project.beside(name), "clean")
        shutil.rmtree(other.docs)
        shutil.copytree(self.docs, other.docs, ignore=shutil.ignore_patterns("all"))
        other.build()
        assert "What you pay" in other.pages()["use-1.html"]
        return other

    def pages(self) -> dict[str, str]:
        """Return every page, and the sources of generated ones.

        Sphinx leaves the pages of documents that are gone.
        """
        generated = {
            path.name: path.read_text("utf-8") for path in self.docs.glob("all/*")
        }
        pages = {
            path.relative_to(self.out).as_posix(): path.read_text("utf-8")
            for path in self.out.rglob("*.html")
        }
        for name in list(pages):
            if not (self.docs / name).with_suffix(".rst").exists():
                del pages[name]
        return generated | pages

    @property
    def index(self) -> Path:
        """The index of the project's corpus, beside that of the bundled terms."""
        found = self.cache.rglob("*.sqlite")
        ours = (path for path in found if b"en/risk-0.md" in path.read_bytes())
        return max(ours, key=lambda path: path.stat().st_mtime)

    def indexed(self) -> list[tuple[str, ...]]:
        """Return what the index of the project's corpus says, which must be sound."""
        connection = sqlite3.connect(self.index)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = connection.execute(
            "SELECT path, digest, locale, term_id, record, is_shadowed, problems "
            "FROM file WHERE until > (SELECT max(number) FROM state) ORDER BY path"
        ).fetchall()
        names = connection.execute(
            "SELECT path, key, loose, status, text FROM name JOIN file ON file = id "
            "WHERE until > (SELECT max(number) FROM state) ORDER BY path, name.rowid"
        ).fetchall()
        connection.close()
        return [*found, *names]


def _untraced() -> dict[str, str]:
    """Return the environment without what measures coverage: many builds are made."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    return kept | {"PYTHONPATH": str(PACKAGE)}


def differences(one: Place, other: Place) -> dict[str, list[str]]:
    """Return the pages that are not the same, and what is not the same there."""
    pages, others = one.pages(), other.pages()
    return {
        name: [
            line
            for line in difflib.ndiff(
                pages.get(name, "").splitlines(), others.get(name, "").splitlines()
            )
            if line[0] in "+-"
        ]
        for name in sorted(pages.keys() | others.keys())
        if pages.get(name) != others.get(name)
    }


def end_well(process: subprocess.Popen[str]) -> None:
    """Wait for a process that is to have nothing to say."""
    output, _ = process.communicate()
    assert not output, output
    assert process.returncode == 0


@pytest.fixture
def place(project: Project) -> Iterator[Place]:
    """Write a project whose pages take much from its corpus."""
    place = Place(project, "first")
    # A small corpus in place of all the terms that come with the package.
    corpora = f'insurterms_corpora = ["terms", {str(BUNDLE)!r}]\n'
    project.conf(f'{corpora}insurterms_pages = "all"\n')
    project.start(".. toctree::\n   :glob:\n\n   use-*\n   list\n   all/index\n")
    project.write("list.rst", "List\n====\n\n.. insurterm-glossary::\n   :used:\n")
    for number in range(4):
        title = f"Use {number}"
        names = f"A :term:`premium`, a :term:`risk {number}`, a :term:`risk {number}`."
        project.write(f"use-{number}.rst", f"{title}\n{'=' * len(title)}\n\n{names}\n")
    project.entry("en/premium", "Premium", "What you pay at first.", "[A](/risk-0).\n")
    for number in range(8):
        link = f"See [the next](/risk-{(number + 1) % 8}).\n"
        project.entry(f"en/risk-{number}", f"Risk {number}", "What may happen.", link)
    yield place
    for name in ("terms", "html-first"):
        shutil.rmtree(project.root / name, ignore_errors=True)


def change(project: Project, number: int) -> None:
    """Do what a writer does between two builds; *number* says what."""
    link = f"See [the next](/risk-{number % 8}).\n"
    what = f"What may happen, as of {number}."
    project.entry("en/premium", "Premium", f"What you pay in {number}.", link)
    name = f"risk-{number % 4}"
    project.entry(f"en/{name}", name.title().replace("-", " "), what, link)
    if number % 3 == 0:  # a page comes or goes, and neighbours with it
        path = project.docs / "terms/en/rate.md"
        if path.exists():
            path.unlink()
        else:
            project.entry("en/rate", f"Rate {number}", "A price.", "[It](/premium).\n")
    if number % 5 == 0:
        project.entry("nb/premium", f"Premie {number}", "Det du betaler.")


def kill(process: subprocess.Popen[str], after: float) -> bool:
    """End a build and all its processes at once; tell whether it was still running."""
    time.sleep(after)
    was_running = process.poll() is None
    if was_running:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return was_running


@pytest.mark.parametrize("run", range(RUNS))
def test_after_fifty_killed_builds_all_is_as_a_clean_build_has_it(
    place: Place, run: int
) -> None:
    chance = random.Random(run)  # noqa: S311
    place.build()
    change(place.project, 0)
    begin = time.monotonic()
    place.build()
    duration = time.monotonic() - begin
    # All runs together reach each fiftieth of a build.
    delays = [duration * (number + 0.5) / KILLS for number in range(run, KILLS, RUNS)]
    chance.shuffle(delays)
    for number, delay in enumerate(delays, 1):
        change(place.project, number)
        while not kill(place.begin(), delay):  # it was faster than the one measured
            delay *= 0.9  # noqa: PLW2901
            change(place.project, number)
    place.build()
    clean = place.clean("clean")
    assert differences(place, clean) == {}
    assert place.indexed() == clean.indexed()


KILLED_AT_THE_END = """
import os, signal
def setup(app):
    if (app.confdir / "kill").exists():
        app.connect("build-finished", lambda *_: os.kill(os.getpid(), 9), priority=0)
"""


@pytest.mark.parametrize("what", ["a tooltip", "a neighbour"])
def test_what_a_killed_build_wrote_is_written_again_when_it_is_taken_back(
    place: Place, what: str
) -> None:
    project = place.project
    project.write(
        "conf.py", (project.docs / "conf.py").read_text("utf-8") + KILLED_AT_THE_END
    )
    place.build()
    path = project.docs / "terms/en/premium.md"
    before = path.read_bytes()
    if what == "a tooltip":
        project.entry("en/premium", "Premium", "A mistake.")
    else:
        path = project.entry("en/rate", "Rate", "A mistake.")
    project.write("kill", "")
    killed = place.begin()
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    (project.docs / "kill").unlink()
    if what == "a tooltip":
        path.write_bytes(before)
    else:
        path.unlink()
    place.build()
    assert differences(place, place.clean("clean")) == {}


LOAD = """\
import sys
from pathlib import Path
from sphinx_insurterms.corpus.loading import CorpusFolder, load
for _ in range(15):
    layer, problems = load(CorpusFolder(path=Path(sys.argv[1])))
    assert problems == []
    assert layer.kept_in_memory == "", layer.kept_in_memory
    assert len(list(layer.terms.values())) == int(sys.argv[2])
    assert all(term.source.title for term in layer.terms.values())
"""

MANY = 300


@pytest.mark.parametrize("changes", [False, True], ids=["at rest", "that changes"])
def test_builds_and_others_that_read_one_corpus_at_once_do_not_harm_it(
    place: Place, changes: bool
) -> None:
    project = place.project
    for number in range(MANY):
        project.entry(f"nb/other-{number}", f"Other {number}", "Something else.")
    project.conf()  # two builds may not write generated pages in one folder
    project.start(".. toctree::\n   :glob:\n\n   use-*\n   list\n")
    second = Place(project, "second")
    second.cache = place.cache
    load = ("-c", LOAD, str(place.docs / "terms"), str(MANY + 9))
    processes = [place.begin(), second.begin("-j", "2"), place.run(*load)]
    number = 0
    while any(process.poll() is None for process in processes):
        time.sleep(0.01)
        if changes:
            number += 1
            replace_entry(project, number)
    for process in processes:
        end_well(process)
    if changes:
        assert number > 10
        place.build()
        second.build()
    clean = place.clean("clean")
    assert differences(place, clean) == differences(second, clean) == {}
    assert place.indexed() == clean.indexed()


def replace_entry(project: Project, number: int) -> None:
    """Replace a file at once, as editors do: it is never half written."""
    path = project.docs / "terms/_new.md"
    text = f"---\ntitle: Risk {number % 8}\ndescription: As of {number}.\n---\n"
    path.write_text(text, "utf-8")
    path.replace(project.docs / f"terms/en/risk-{number % 8}.md")
