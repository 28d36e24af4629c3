"""Languages are built by the workers of a scheduler as they are built here."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sphinx_insurterms.building.archives import pack, unpack
from sphinx_insurterms.building.remote import Sources
from sphinx_insurterms.cli import main
from tests.cli.conftest import INTERRUPTIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from tests.builds.conftest import Project

PROGRAM = f"{INTERRUPTIBLE}from sphinx_insurterms.cli import main; main()"
WAIT = 60
"""Seconds in which what must happen has to have happened."""


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path) -> None:
        """Start a scheduler, which tells its address in a file."""
        self.folder = folder
        self._file = folder / "scheduler.json"
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        until(lambda: self._file.exists() and self._file.read_text("utf-8")[-1:] == "}")
        self.address: str = json.loads(self._file.read_text("utf-8"))["address"]

    def add_worker(self) -> Path:
        """Start a worker, and return its log."""
        name = f"worker-{len(self._processes)}"
        local = ("--local-directory", str(self.folder / name))
        log = self._start(
            "worker",
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            *local,
            name=name,
        )
        until(lambda: "established connection" in log.read_text("utf-8"))
        return log

    def _start(self, what: str, *options: str, name: str = "scheduler") -> Path:
        log = self.folder / f"{name}.log"
        program = [sys.executable, "-m", f"distributed.cli.dask_{what}"]
        with log.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603 - Dask
                [*program, "--scheduler-file", str(self._file), *options],
                stdout=stream,
                stderr=stream,
            )
        self._processes[process.pid] = process
        return log

    def kill(self, worker: int) -> None:
        """Let a worker be lost, as when a machine loses its power."""
        self._processes[worker].kill()
        self._processes[worker].wait()

    def close(self) -> None:
        """End all processes, the scheduler last: workers take their leave of it."""
        for process in reversed(self._processes.values()):
            process.terminate()
            try:
                process.wait(WAIT / 4)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(happened: object) -> None:
    """Wait for what has to happen."""
    assert callable(happened)
    end = time.monotonic() + WAIT
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def a_cluster(folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start a scheduler and two workers, which outlive all tests but one."""
    with a_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        cluster.add_worker()
        cluster.add_worker()
        yield cluster


@pytest.fixture
def docs(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Write a project whose corpus stands beside its documents."""
    monkeypatch.chdir(project.root)
    project.conf('insurterms_corpora = ["../words"]\n')
    for locale, title in (("en", "fee"), ("nb", "gebyr")):
        path = project.root / "words" / locale / "fee.md"
        path.parent.mkdir(parents=True)
        path.write_text(f"---\ntitle: {title}\ndescription: Paid.\n---\n", "utf-8")
    project.start("A :term:`fee`.")
    return project


def command(*options: str, languages: str = "en nb") -> list[str]:
    chosen = [word for one in languages.split() for word in ("-l", one)]
    return ["build", "docs", "out", *chosen, *options]


def run(*options: str, languages: str = "en nb") -> Result:
    return CliRunner().invoke(main, command(*options, languages=languages))


def there(cluster: Cluster) -> list[str]:
    return ["--executor", cluster.address, "--sources", "."]


def files(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder, but for what Sphinx notes of its settings' paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in paths
        if path.name != ".buildinfo"
    }


def test_what_workers_build_is_what_is_built_here(
    docs: Project, cluster: Cluster
) -> None:
    assert run("--work", "here").exit_code == 0
    expected = files(Path("out"))
    Path("out").rename("before")
    done = run(*there(cluster), "-n")
    assert done.exit_code == 0, done.output
    assert files(Path("out")) == expected
    assert "nb: writing output" in done.stderr.splitlines()
    assert "nb: 3 pages, 0 warnings, 0 terms not translated, " in done.stderr


def test_the_sources_travel_to_each_worker_once(docs: Project, tmp_path: Path) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with a_cluster(folder) as cluster:
        log = cluster.add_worker()
        docs.write("conf.py", "extensions = ['sphinx_insurterms']\n")
        docs.write("index.rst", "Start\n=====\n\n:doc:`no`\n")
        done = run("--executor", cluster.address, languages="en nb ar")
        assert done.exit_code == 0
        assert done.stderr.count("unknown document: 'no'") == 3
        assert log.read_text("utf-8").count("Starting Worker plugin insurterms-") == 1
        until(lambda: not list((folder / "worker-1").rglob("insurterms-*")))


def test_a_language_that_fails_there_keeps_what_it_had(
    docs: Project, cluster: Cluster
) -> None:
    assert run(*there(cluster)).exit_code == 0
    before = files(Path("out/nb"))
    docs.conf("import nothing_of_that_name\n")
    done = run(*there(cluster), languages="nb")
    assert done.exit_code == 1
    assert "nb: Sphinx ended with 2" in done.stderr.splitlines()
    assert "No module named 'nothing_of_that_name'" in done.stderr
    assert files(Path("out/nb")) == before


SLOW = """
import os, pathlib, time
def setup(app):
    began = pathlib.Path({root!r}, f"began-{{app.config.language}}")
    if not began.exists():
        began.write_text(f"{{os.getppid()}} {{os.getpid()}}")
        time.sleep(60)
"""
"""Sphinx, which takes its time; but once only."""


def begin(docs: Project, cluster: Cluster) -> tuple[subprocess.Popen[str], list[int]]:
    """Begin two builds; return the command's process, and the worker's and Sphinx's."""
    conf = (docs.docs / "conf.py").read_text("utf-8")
    docs.write("conf.py", conf + SLOW.format(root=str(docs.root)))
    process = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", PROGRAM, *command(*there(cluster))],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    began = [Path("began-en"), Path("began-nb")]
    until(lambda: all(one.exists() and one.read_text("utf-8") for one in began))
    return process, [int(pid) for pid in began[1].read_text("utf-8").split()]


@pytest.mark.skipif(sys.platform != "linux", reason="sends signals")
def test_the_language_of_a_worker_that_is_lost_is_built_by_another(
    docs: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with a_cluster(folder) as cluster:
        cluster.add_worker()
        other = cluster.add_worker()
        process, (worker, sphinx) = begin(docs, cluster)
        sleeping = int(Path("began-en").read_text("utf-8").split()[1])
        cluster.kill(worker)
        os.kill(sphinx, signal.SIGKILL)
        os.kill(sleeping, signal.SIGKILL)
        _, said = process.communicate(timeout=WAIT)
    assert "en: Sphinx ended with -9" in said.splitlines()
    assert "nb: 3 pages, 0 warnings, 0 terms not translated, " in said
    assert (Path("out/nb/index.html")).is_file()
    assert not Path("out/en").exists()
    assert other.read_text("utf-8").count("Starting Worker plugin insurterms-") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="sends signals, and looks in /proc")
def test_ctrl_c_ends_what_workers_do(docs: Project, cluster: Cluster) -> None:
    process, (_, sphinx) = begin(docs, cluster)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=WAIT)
    assert process.returncode == 1
    assert said.rstrip().endswith("Aborted!")
    until(lambda: not Path("/proc", str(sphinx)).exists())
    assert not Path("out").exists()


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:9"])
def test_where_no_scheduler_is_it_is_said(
    docs: Project, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    # In a process of its own: a client that never was connected ends with it.
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", PROGRAM, *command("--executor", address)],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=WAIT,
        check=False,
    )
    assert done.returncode == 2
    assert f"no Dask scheduler answers at '{address}'" in done.stderr


def test_where_dask_is_missing_it_is_said_how_to_install_it(
    docs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "sphinx_insurterms.building.remote", raising=False)
    done = run("--executor", "tcp://127.0.0.1:9")
    assert done.exit_code == 1
    assert done.stderr == (
        "Error: a Dask scheduler needs distributed, which is not installed; install "
        "sphinx-insurterms[dask]\n"
    )


def test_what_is_sent_has_the_documents_in_it(docs: Project) -> None:
    done = run("--sources", "words")
    assert done.exit_code == 2
    assert run("--sources", "words/..", languages="en").exit_code == 0
    assert "'words' does not contain 'docs'" in done.stderr


def test_what_no_build_needs_stays_at_home(tmp_path: Path) -> None:
    for name in ("docs/a.rst", "docs/.git/b", "docs/out/c", "docs/x/__pycache__/d"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    docs = tmp_path / "docs"
    content = pack(docs, {docs / "out"})
    unpack(content, tmp_path / "there")
    assert list(files(tmp_path / "there")) == ["a.rst"]


def test_links_that_lead_elsewhere_become_what_they_lead_to(tmp_path: Path) -> None:
    docs, words = tmp_path / "docs", tmp_path / "words"
    for name in ("docs/a.rst", "words/en/b.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name, "utf-8")
    (docs / "words").symlink_to(words)
    (docs / "same.rst").symlink_to("a.rst")
    (docs / "nowhere").symlink_to("missing")
    (docs / "far").symlink_to("/missing")
    (docs / "round").symlink_to("..")
    there = tmp_path / "there"
    unpack(pack(docs), there)
    assert files(there) == {
        "a.rst": b"docs/a.rst",
        "same.rst": b"docs/a.rst",
        "words/en/b.md": b"words/en/b.md",
    }
    assert (there / "same.rst").is_symlink()


def test_an_archive_writes_nothing_elsewhere(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../elsewhere"))
    with pytest.raises(tarfile.TarError):
        unpack(stream.getvalue(), tmp_path / "there")
    assert not (tmp_path / "elsewhere").exists()


def test_workers_that_cannot_take_the_sources_are_told_of(
    docs: Project, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_insurterms.building.remote.pack", lambda *_: b"none")
    done = run(*there(cluster))
    assert done.exit_code == 1
    assert "Error: a worker cannot take the sources: ReadError" in done.stderr
    monkeypatch.undo()
    monkeypatch.chdir(docs.root)
    assert run(*there(cluster)).exit_code == 0


def test_no_build_is_passed_over_where_each_leaves_as_it_is_stopped() -> None:
    sources = Sources("name", b"")

    class Build:
        is_stopped = False

        def stop(self) -> None:
            self.is_stopped = True
            sources.running.remove(self)  # type: ignore[arg-type]

    builds = [Build(), Build(), Build()]
    sources.running.extend(builds)  # type: ignore[arg-type]
    sources.stop()
    assert [build.is_stopped for build in builds] == [True, True, True]
