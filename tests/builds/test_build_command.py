"""One command builds every language, and each stays whole whatever befalls another."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import sphinx_insurterms
from sphinx_insurterms.building.languages import languages_of
from sphinx_insurterms.building.placing import Place
from sphinx_insurterms.building.running import Built, LanguageBuild, Order, Step
from sphinx_insurterms.cli import main
from sphinx_insurterms.cli.build_display import display
from tests.cli.conftest import INTERRUPTIBLE

if TYPE_CHECKING:
    from click.testing import Result

    from tests.builds.conftest import Project

LIST = re.compile(
    rb'<nav class="insurterms-languages".*?</nav>\n'
    rb'| *<link [^>]*href="[^"]*insurterms-languages\.css[^>]*>\n'
    rb'| *<script [^>]*src="[^"]*insurterms-languages\.js[^>]*></script>\n'
    rb"|\n(<link data-insurterms-language[^>]*>\n)+",
    re.DOTALL,
)
"""The links to the same page in other languages, and what they are shown by."""

PACKAGE = str(Path(sphinx_insurterms.__file__).parents[1])


@pytest.fixture
def docs(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Write a project in English and Norwegian, whose Arabic lacks a term."""
    for name in [name for name in os.environ if name.startswith("COV")]:
        monkeypatch.delenv(name)  # the builds are not measured
    monkeypatch.setenv("PYTHONPATH", PACKAGE)
    monkeypatch.chdir(project.root)
    project.entry("en/fee", "fee", "What you pay.")
    project.entry("nb/fee", "gebyr", "Det du betaler.")
    project.entry("en/risk", "risk", "What may happen.")
    project.start("A :term:`fee` and a :term:`risk`.")
    return project


def run(*options: str, languages: str = "en nb") -> Result:
    chosen = [word for one in languages.split() for word in ("-l", one)]
    return CliRunner().invoke(main, ["build", "docs", "out", *chosen, *options])


def summary(done: Result) -> list[str]:
    return [line for line in done.stderr.splitlines() if "pages" in line]


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_each_language_is_byte_for_byte_what_sphinx_makes(
    docs: Project, builder: str
) -> None:
    done = run("-b", builder)
    assert done.exit_code == 0, done.stderr
    for language in ("en", "nb"):
        alone = docs.root / f"alone-{language}"
        command = ["-b", builder, "-d", f"{alone}-trees", "-D", f"language={language}"]
        subprocess.run(  # noqa: S603 - Sphinx
            [sys.executable, "-m", "sphinx", "-q", *command, "docs", str(alone)],
            check=True,
        )
        ours = docs.root / "out" / language
        assert files(ours) == files(alone)
        for name in files(ours):
            content = (ours / name).read_bytes()
            if name.endswith(".html"):
                content = LIST.sub(b"", content)
            # It has a hash of the settings, for Sphinx only.
            if name != ".buildinfo":
                assert content == (alone / name).read_bytes(), name


def test_it_is_said_what_came_of_each(docs: Project) -> None:
    docs.write(
        "index.rst", "Start\n=====\n\nA :term:`fee`, a :term:`risk`, :doc:`no`.\n"
    )
    done = run()
    assert done.exit_code == 0
    assert [line.rpartition(",")[0] for line in summary(done)] == [
        "en: 3 pages, 1 warnings, 0 terms not translated",
        "nb: 3 pages, 1 warnings, 1 terms not translated",
    ]
    assert "nb: reading sources" in done.stderr.splitlines()
    assert "unknown document: 'no'" in done.stderr
    folders = sorted(path.name for path in Path("out").iterdir() if path.is_dir())
    assert folders == ["en", "nb"]


def test_a_project_that_knows_nothing_of_terms_is_built_too(docs: Project) -> None:
    docs.write("conf.py", "")
    docs.write("index.rst", "Start\n=====\n")
    (line,) = summary(run(languages="en"))
    assert line.startswith("en: 3 pages, 0 warnings, – terms not translated, ")


def test_what_is_given_reaches_sphinx(docs: Project) -> None:
    text = ".. only:: extra\n\n   |release|\n"
    docs.write("index.rst", f"Start\n=====\n\n{text}")
    done = run("-t", "extra", "-D", "release=9", "-n", "-j", "2", languages="en")
    assert done.exit_code == 0
    assert "<p>9</p>" in (docs.root / "out/en/index.html").read_text("utf-8")


def test_a_language_that_fails_keeps_what_it_had_and_the_others_are_built(
    docs: Project,
) -> None:
    docs.start(".. insurterm:: fee")
    assert run().exit_code == 0
    before = (docs.root / "out/nb/index.html").read_bytes()
    docs.entry("en/fee", "fee", "Changed.")
    docs.entry("nb/fee", "gebyr", "Endret, [se](/nowhere).")
    done = run("-W")
    assert done.exit_code == 1
    assert "nb: Sphinx ended with 1" in done.stderr.splitlines()
    assert (docs.root / "out/nb/index.html").read_bytes() == before
    assert b"Changed." in (docs.root / "out/en/index.html").read_bytes()
    docs.entry("nb/fee", "gebyr", "Endret.")
    assert run("-W").exit_code == 0
    assert b"Endret." in (docs.root / "out/nb/index.html").read_bytes()


def test_what_sphinx_says_is_passed_on(docs: Project) -> None:
    docs.write("conf.py", "raise ValueError('no')\n")
    done = run()
    assert done.exit_code == 1
    assert "en: Configuration error" in done.stderr
    assert "nb: Configuration error" in done.stderr
    assert "nb: Sphinx ended with 2" in done.stderr.splitlines()
    assert not Path("out").exists()


def test_what_cannot_be_put_into_place_leaves_what_is_there(
    docs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(languages="en").exit_code == 0
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(28, "No space left on device", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    for language in ("en", "nb"):
        done = run(languages=language)
        assert done.exit_code == 1
        assert f"out/{language}: No space left on device" in done.stderr
    assert (docs.root / "out/en/index.html").is_file()
    assert not (docs.root / "out/nb").exists()


def test_the_languages_are_those_of_catalogs_and_corpus(project: Project) -> None:
    assert languages_of(project.docs) == ["en"]
    (project.docs / "locale/pt_BR/LC_MESSAGES").mkdir(parents=True)
    (project.docs / "locale/nothing/LC_MESSAGES").mkdir(parents=True)
    (project.docs / "locales/en/LC_MESSAGES").mkdir(parents=True)
    assert languages_of(project.docs) == ["en", "pt_BR"]
    project.write(
        "terms/insurterms.toml", 'source_locale = "nb"\nlocales = ["nb", "se"]\n'
    )
    project.entry("nb/fee", "gebyr")
    project.entry("ar/fee", "رسم")
    assert languages_of(project.docs) == ["nb", "ar", "se", "pt_BR", "en"]


SLOW = """
import pathlib, time
def setup(app):
    pathlib.Path(app.confdir, "..", f"began-{app.config.language}").touch()
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="sends signals, and looks in /proc")
def test_ctrl_c_ends_all_languages_at_once_and_leaves_no_half_output(
    docs: Project,
) -> None:
    assert run().exit_code == 0
    before = files(Path("out"))
    docs.write("conf.py", (docs.docs / "conf.py").read_text("utf-8") + SLOW)
    code = f"{INTERRUPTIBLE}from sphinx_insurterms.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "build",
        "docs",
        "out",
        "-l",
        "en",
        "-l",
        "nb",
    ]
    process = subprocess.Popen(  # noqa: S603 - our own
        [*command, "--jobs", "2"], stderr=subprocess.PIPE, encoding="utf-8"
    )
    while not all(Path(f"began-{one}").exists() for one in ("en", "nb")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.rstrip().endswith("Aborted!")
    assert files(Path("out")) == before
    running = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert not [one for one in running if str(docs.root).encode() in one]


def test_what_stops_one_language_ends_the_others(
    docs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs.write("conf.py", (docs.docs / "conf.py").read_text("utf-8") + SLOW)
    build = LanguageBuild.run

    def stop(self: LanguageBuild) -> Built:
        if self.place.language == "nb":
            return build(self)
        while not Path("began-nb").exists():
            time.sleep(0.05)
        raise KeyboardInterrupt

    monkeypatch.setattr(LanguageBuild, "run", stop)
    began = time.monotonic()
    done = run("--jobs", "2")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "Aborted!")
    assert time.monotonic() - began < 50  # it would have slept for longer
    assert not Path("out").exists()


def test_nothing_is_ended_that_has_ended(docs: Project) -> None:
    steps: list[str] = []
    build = LanguageBuild(
        docs=docs.docs,
        place=Place(docs.root / "out", docs.root / "work", "en"),
        order=Order(languages=("en",), options=()),
        on_step=lambda language, step: steps.append(f"{language}: {step.what}"),
        on_line=lambda *_: None,
    )
    assert build.run().is_whole
    build.stop()
    assert steps[0] == "en: reading sources"


def test_without_a_terminal_each_step_is_said_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with display(["en"]) as shown:
        for percent in (50, 100):
            shown.step("en", Step("reading sources", percent))
    assert capsys.readouterr().err == "en: reading sources\n"


def test_a_build_that_is_stopped_before_it_begins_never_does(
    docs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(docs.root / "out", docs.root / "work", "en")
    build = LanguageBuild(
        docs=docs.docs,
        place=place,
        order=Order(languages=("en",), options=()),
        on_step=lambda *_: None,
        on_line=lambda *_: None,
    )
    build.stop()
    assert build.run().fault == "stopped"
    assert not place.published.exists()
    # Where there are no groups of processes, the process itself is ended.
    build = LanguageBuild(
        docs=docs.docs,
        place=place,
        order=Order(languages=("en",), options=()),
        on_step=lambda *_: build.stop(),
        on_line=lambda *_: None,
    )
    monkeypatch.delattr(os, "killpg")
    assert build.run().fault == "stopped"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes")
def test_a_build_that_ends_just_as_it_is_stopped_is_no_fault(
    docs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    build = LanguageBuild(
        docs=docs.docs,
        place=Place(docs.root / "out", docs.root / "work", "en"),
        order=Order(languages=("en",), options=()),
        on_step=lambda *_: begun.set(),
        on_line=lambda *_: None,
    )
    kill = os.killpg

    def kill_until_nothing_is_left(group: int, number: int) -> None:
        while True:
            kill(group, number)

    monkeypatch.setattr(os, "killpg", kill_until_nothing_is_left)
    with ThreadPoolExecutor() as pool:
        future = pool.submit(build.run)
        assert begun.wait(60)
        build.stop()
    assert future.result().fault == "stopped"


def test_on_a_terminal_each_language_has_a_bar(
    docs: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    docs.write("index.rst", "Start\n=====\n\n:doc:`no [bold]`\n")
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        patch.setenv("TERM", "xterm")
        main(["build", "docs", "out", "-l", "en"], standalone_mode=False)
    said = capsys.readouterr().err
    assert "━" in said
    assert "100 % \x1b" in said or "100 % done" in said
    assert "no [bold]" in said
    assert "terms not translated" in said
