"""What was measured, where, and how is it kept?"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_PACKAGES = (
    "sphinx",
    "docutils",
    "sphinx-insurterms",
    "myst-parser",
    "markdown-it-py",
    "python-frontmatter",
    "pyyaml",
    "snowballstemmer",
    "pystemmer",  # much faster than the one above, where it is there
    "platformdirs",
    "sphinx-tippy",
    "sphinx-riddle-whisper",
)
"""Whose versions decide about the numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where a run took place, as far as others need to know."""

    system: str
    cores: int
    python: str
    packages: Mapping[str, str]

    def __str__(self) -> str:
        """Return one line."""
        packages = ", ".join(f"{k} {v}" for k, v in self.packages.items())
        return f"{self.system}, {self.cores} cores, Python {self.python}; {packages}"


def this_machine() -> Machine:
    """Return what runs the builds: this machine, and this Python."""
    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "none"
    return Machine(
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count() or 1,
        python=platform.python_version(),
        packages=versions,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One build."""

    scale: str
    variant: str
    step: str
    repetition: int
    cpu: float
    wall: float
    peak_mb: float
    other: float
    warnings: int
    pages_written: int
    html_written: int
    differing: list[str] | None
    """Files that `-j 2` wrote otherwise than `-j 1`; ``None`` if nobody looked."""

    failure: str


class Build(NamedTuple):
    """What is compared: the same build in all repetitions."""

    scale: str
    variant: str
    step: str


@dataclass(slots=True)
class Run:
    """Rows that may be compared, since one machine and one program made them."""

    machine: Machine
    rows: list[Row] = field(default_factory=list)

    def select(self, build: Build) -> dict[int, Row]:
        """Return the rows of a build that went well, by repetition."""
        return {
            row.repetition: row
            for row in self.rows
            if (row.scale, row.variant, row.step) == build and not row.failure
        }

    def median(self, build: Build, of: Callable[[Row], float]) -> float | None:
        """Return the median over all repetitions, if there is one."""
        values = [of(row) for row in self.select(build).values()]
        return statistics.median(values) if values else None

    def median_of(
        self, builds: tuple[Build, ...], of: Callable[..., float]
    ) -> float | None:
        """Return the median of what *of* makes of rows of the same repetition.

        A machine's speed drifts by a third between minutes, so that ratios of medians
        say less than medians of ratios.
        """
        first, *rest = [self.select(build) for build in builds]
        common = set(first).intersection(*rest)
        rows = [[found[number] for found in (first, *rest)] for number in common]
        return statistics.median(of(*row) for row in rows) if rows else None


class RunFile:
    """The rows of a run as JSON lines, after a first line about the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Run:
        """Return what was measured so far.

        :raises SystemExit: if there is no such run.
        """
        if not self.path.exists():
            raise SystemExit(f"there is no run {self.path.stem}")
        first, *lines = self.path.read_text("utf-8").splitlines()
        rows = [Row(**json.loads(line)) for line in lines]
        return Run(Machine(**json.loads(first)), rows)

    def begin(self, machine: Machine) -> Run:
        """Return the run that is in the file, or a new one.

        :raises SystemExit: if another machine made it, or other versions.
        """
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._append(asdict(machine))
            return Run(machine)
        run = self.read()
        if run.machine != machine:
            raise SystemExit(f"{self.path.stem} is of another machine: {run.machine}")
        return run

    def add(self, row: Row) -> None:
        """Keep a row, whatever happens next."""
        self._append(asdict(row))

    def _append(self, values: Mapping[str, object]) -> None:
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(values) + "\n")
