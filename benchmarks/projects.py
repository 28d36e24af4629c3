"""How is one variant at one scale built, and did it do what it was asked?"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.measure import Usage, measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.variants import Scale, Step, Variant

_CHANGED = "Zmark"
"""Begins the changed definition: no language and no theme has this word."""

_LOG_LINES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One build, measured and checked."""

    usage: Usage
    warnings: int
    pages_written: int
    """Of the project's own pages: not of its glossary, terms and lists."""

    html_written: int
    failure: str = ""
    """What went wrong, with the tail of the log; empty if nothing did."""


@dataclass(slots=True, kw_only=True)
class Project:
    """A variant at a scale, in a folder that holds all it reads and writes."""

    folder: Path
    variant: Variant
    scale: Scale
    timeout: float
    is_built: bool = field(default=False)
    """Whether the last build left what an incremental one may start from."""

    @property
    def source(self) -> Path:
        """The source folder, which is also where the build is started."""
        return self.folder / "source"

    @property
    def output(self) -> Path:
        """Where the HTML is."""
        return self.folder / "html"

    def prepare(self) -> None:
        """Write the project, unless an earlier run has written the same."""
        mark = generate.fingerprint(self.variant, self.scale)
        if self._stamp.is_file() and self._stamp.read_text("utf-8") == mark:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        generate.write_project(self.source, self.variant, self.scale)
        self._stamp.write_text(mark, "utf-8")

    def take(self, step: Step) -> Outcome:
        """Take one step, after what it needs to start from.

        A build that fails, or shows something else than it was made for, is told so.
        """
        if not self.is_built and (step.keeps_index or not step.fresh):
            self._clear(keep_index=False)
            self.settle()
        if step.fresh:
            self._clear(keep_index=step.keeps_index)
        if not step.edits:
            return self._build(step)
        definition = generate.first_definition(self.variant, self.scale)
        path = self.source / definition.path
        # A run that is killed in between leaves no project that seems complete.
        stamp = self._stamp.rename(self._stamp.with_suffix(".edited"))
        with _replaced(path, definition.text, f"{_CHANGED} {definition.text}"):
            outcome = self._build(step)
        stamp.rename(self._stamp)
        if not outcome.failure and _CHANGED not in self._html(definition.html):
            return self._failed(outcome, f"{definition.html} has the old definition")
        return outcome

    def settle(self) -> Outcome:
        """Bring the output up to date, whatever was built last, and record nothing."""
        return self._build(None)

    def differing(self, twin: Project) -> list[str]:
        """Return the files that the output of *twin* has not, or has otherwise."""
        here, there = _files(self.output), _files(twin.output)
        _, unequal, unreadable = filecmp.cmpfiles(
            self.output, twin.output, sorted(here & there), shallow=False
        )
        return sorted({*(here ^ there), *unequal, *unreadable})

    def _clear(self, *, keep_index: bool) -> None:
        """Remove all that builds have left, also in the source folder."""
        self.is_built = False
        gone = [self.output, self._doctrees]
        if self.variant.pages_folder:
            gone.append(self.source / self.variant.pages_folder)
        if not keep_index:
            gone.append(self._cache)
        for folder in gone:
            shutil.rmtree(folder, ignore_errors=True)
        for compiled in self.source.glob("locale/*/LC_MESSAGES/*.mo"):
            compiled.unlink()

    @property
    def _stamp(self) -> Path:
        return self.folder / "complete"

    @property
    def _doctrees(self) -> Path:
        return self.folder / "doctrees"

    @property
    def _cache(self) -> Path:
        return self.folder / "cache"

    def _build(self, step: Step | None) -> Outcome:
        jobs = step.jobs if step else 1
        checks = step is not None and step.checks
        log = self.folder / f"{step.name if step else 'settle'}.log"
        before = self._times()
        usage = measure(
            _CHECK if checks else self._command(jobs),
            env=self._environment(),
            cwd=self.source,
            log=log,
            timeout=self.timeout,
        )
        after = self._times()
        written = {name for name, time in after.items() if before.get(name) != time}
        text = log.read_text("utf-8", errors="replace")
        outcome = Outcome(
            usage=usage,
            warnings=text.count("WARNING: "),
            pages_written=sum(generate.is_page(name) for name in written),
            html_written=len(written),
        )
        self.is_built = usage.code == 0 and not checks
        if usage.timed_out:
            return self._failed(outcome, f"not ready after {self.timeout:.0f} s", text)
        if usage.code:
            return self._failed(outcome, f"ended with code {usage.code}", text)
        if checks:
            terms = f"{self.scale.terms} terms: "
            is_whole = terms in text
            return outcome if is_whole else self._failed(outcome, f"no {terms!r}", text)
        # Peers lose their tooltips with workers: that is theirs, and no failure.
        page = self._html(f"{generate.page_name(0)}.html")
        absent = [proof for proof in self.variant.proof if proof not in page]
        if jobs == 1 and self.scale.refs and absent:
            return self._failed(outcome, f"the first page has no {absent}", text)
        return outcome

    def _command(self, jobs: int) -> list[str]:
        language = ["-D", f"language={self.variant.language}"]
        return [
            *(sys.executable, "-m", "sphinx", "-b", "html", "-j", str(jobs)),
            *([] if self.variant.language == "en" else language),
            *("-d", str(self._doctrees), str(self.source), str(self.output)),
        ]

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            # The index of the corpus: everybody's own, so that "cold" can remove it.
            "XDG_CACHE_HOME": str(self._cache),
            # Nothing is written elsewhere, and no build compiles what another has.
            "TMPDIR": str(self.folder),
            "PYTHONPYCACHEPREFIX": str(self.folder.parents[1] / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONUTF8": "1",
        }

    def _times(self) -> dict[str, int]:
        """Return when each HTML file was written, by its name in the output."""
        return {
            path.relative_to(self.output).as_posix(): path.stat().st_mtime_ns
            for path in self.output.rglob("*.html")
        }

    def _html(self, name: str) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self.output / name).read_text("utf-8")
        return ""

    def _failed(self, outcome: Outcome, why: str, log: str = "") -> Outcome:
        tail = log.splitlines()[-_LOG_LINES:]
        return Outcome(
            usage=outcome.usage,
            warnings=outcome.warnings,
            pages_written=outcome.pages_written,
            html_written=outcome.html_written,
            failure="\n".join([why, *tail]),
        )


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }


_CHECK = [
    *(sys.executable, "-c", "from sphinx_insurterms.cli import main; main()"),
    *("check", "terms", "--fail-on", "never"),
]
"""By its function: the script may be another environment's."""


@contextlib.contextmanager
def _replaced(path: Path, old: str, new: str) -> Iterator[None]:
    """Have *new* in a file instead of the first *old*, for a while.

    :raises ValueError: if it is not in there.
    """
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path.name} has no {old!r}")
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")
    try:
        yield
    finally:
        path.write_text(text, "utf-8", newline="\n")
