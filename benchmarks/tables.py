"""How are the numbers told?  As one Markdown document."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.runs import Build, Row, Run
from benchmarks.targets import TARGETS, Target
from benchmarks.variants import SIZES, STEPS, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.variants import Scale

_NONE = "–"
_HEADINGS = {
    "cold": "cold: nothing is there",
    "j2": "j2: cold, with `-j 2`",
    "indexed": "indexed: cold, but the corpus's index is there",
    "noop": "noop: nothing changed",
    "definition": "definition: that of one term changed",
    "check": "check: `insurterms check`, the corpus's index is not there",
}
_BASES = ("floor", "stock")


def document(run: Run) -> str:
    """Return all that a run says."""
    blocks = [f"Machine: {run.machine}.", _about(run)]
    for size in SIZES.values():
        for scale in size.scales:
            blocks += _scale(run, scale)
    blocks += ["### Targets", _table(_TARGET_COLUMNS, _targets(run))]
    if failures := list(_failures(run)):
        blocks += ["### Failures", *failures]
    return "\n\n".join(blocks) + "\n"


def _about(run: Run) -> str:
    others = [row.other for row in run.rows] or [0.0]
    counts: dict[Build, int] = {}
    for row in run.rows:
        build = Build(row.scale, row.variant, row.step)
        counts[build] = counts.get(build, 0) + 1
    built = {row.variant for row in run.rows}
    absent = [f"`{v.name}`" for v in VARIANTS.values() if v.name not in built]
    most, least = max(counts.values(), default=0), min(counts.values(), default=0)
    return (
        f"Repetitions: {least} to {most}. Cores that something else kept busy: "
        f"median {statistics.median(others):.2f}, at most {max(others):.2f}. "
        f"Not run: {', '.join(absent) or 'nothing'}."
    )


def _table(columns: tuple[str, ...], rows: Iterator[list[str]]) -> str:
    lines = [columns, ["---"] + ["--:"] * (len(columns) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_BUILD_COLUMNS = (
    "variant",
    *(f"CPU / {base}" for base in _BASES),
    "CPU s",
    "wall s (min–max)",
    "peak MB",
    "pages written",
    "HTML written",
    "warnings",
)


def _scale(run: Run, scale: Scale) -> Iterator[str]:
    if not any(row.scale == scale.name for row in run.rows):
        return
    used = f" ({scale.used} of them named)" if scale.used else ""
    yield (
        f"### {scale.name}: {scale.terms:,} terms{used}, {scale.pages} pages, "
        f"{scale.refs} references on each"
    )
    for step in STEPS:
        builds = [Build(scale.name, variant, step) for variant in VARIANTS]
        built = [build for build in builds if run.select(build)]
        if built:
            yield f"**{_HEADINGS[step]}**"
            extra = ("wall / `-j 1`", "files otherwise") if step == "j2" else ()
            rows = (_build(run, build) for build in built)
            yield _table((*_BUILD_COLUMNS, *extra), rows)


def _build(run: Run, build: Build) -> list[str]:
    rows = list(run.select(build).values())
    walls = [row.wall for row in rows]
    cells = [
        f"`{build.variant}`",
        *(
            _number(run.median_of((build, build._replace(variant=base)), _cpu_ratio))
            for base in _BASES
        ),
        _number(run.median(build, lambda row: row.cpu)),
        f"{statistics.median(walls):.2f} ({min(walls):.2f}–{max(walls):.2f})",
        _number(run.median(build, lambda row: row.peak_mb), 0),
        _span(rows, lambda row: row.pages_written),
        _span(rows, lambda row: row.html_written),
        _span(rows, lambda row: row.warnings),
    ]
    if build.step == "j2":
        cold = build._replace(step="cold")
        cells.append(_number(run.median_of((build, cold), _wall_ratio)))
        compared = [row for row in rows if row.differing is not None]
        cells.append(_span(compared, lambda row: len(row.differing or ())))
    return cells


def _cpu_ratio(one: Row, other: Row) -> float:
    return one.cpu / other.cpu


def _wall_ratio(one: Row, other: Row) -> float:
    return one.wall / other.wall


def _number(value: float | None, digits: int = 2) -> str:
    return _NONE if value is None else f"{value:.{digits}f}"


def _span(rows: list[Row], of: Callable[[Row], int]) -> str:
    """Return what should be the same in each repetition, and show it if it is not."""
    found = sorted({of(row) for row in rows})
    return "–".join(map(str, (found[:1] + found[1:][-1:]))) or _NONE


_TARGET_COLUMNS = ("what", "at", "target", "measured", "kept")


def _targets(run: Run) -> Iterator[list[str]]:
    ran = {row.scale for row in run.rows}
    ran |= {size.name for size in SIZES.values() if {s.name for s in size.scales} & ran}
    for target in TARGETS:
        if target.scale in ran:
            yield _target(target, target.value(run))


def _target(target: Target, value: float | None) -> list[str]:
    digits = 0 if target.unit == " files" else 2
    limit, kept = _NONE, ""
    if target.limit is not None:
        limit = f"≤ {target.limit:g}{target.unit}"
        kept = "not run" if value is None else "no"
        if value is not None and value <= target.limit:
            kept = "yes"
    measured = _number(value, digits) + ("" if value is None else target.unit)
    return [target.what, target.scale, limit, measured, kept]


def _failures(run: Run) -> Iterator[str]:
    told = set()
    for row in run.rows:
        build = Build(row.scale, row.variant, row.step)
        if row.failure and build not in told:
            told.add(build)  # the others will say the same
            name = f"{row.scale}, {row.variant}, {row.step}, {row.repetition + 1}"
            yield f"{name}:\n\n```text\n{row.failure}\n```"
