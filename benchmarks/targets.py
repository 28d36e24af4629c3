"""What did we promise, and was it kept?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.runs import Build, Row, Run
from benchmarks.variants import LARGE_CORPUS, SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number that must not be larger than a limit."""

    what: str
    scale: str
    value: Callable[[Run], float | None]
    """``None`` for what was not run."""

    limit: float | None = None
    """``None`` for what is only told."""

    unit: str = "×"


def _cpu(row: Row) -> float:
    return row.cpu


def _peak(row: Row) -> float:
    return row.peak_mb


def _wall(row: Row) -> float:
    return row.wall


def _ratio(
    scale: str, step: str, ours: str, theirs: str, of: Callable[[Row], float] = _cpu
) -> Callable[[Run], float | None]:
    builds = (Build(scale, ours, step), Build(scale, theirs, step))
    return lambda run: run.median_of(builds, lambda a, b: of(a) / of(b))


def _beside_floor(
    scale: str, step: str, ours: str, of: Callable[[Row], float]
) -> Callable[[Run], float | None]:
    builds = (Build(scale, ours, step), Build(scale, "floor", step))
    return lambda run: run.median_of(builds, lambda a, b: of(a) - of(b))


def _ratios() -> Iterator[Target]:
    """Yield what is compared at each size, though not promised at each."""
    limits: list[tuple[str, str, str, str, dict[str, float]]] = [
        ("cold", "ours", "stock", "CPU", {"small": 1.1, "large": 1.0}),
        ("cold", "ours-nb", "stock-nb", "CPU", {"large": 0.5}),
        ("cold", "ours-po", "ours", "CPU", {"medium": 1.5}),
        ("noop", "ours", "floor", "CPU", {"large": 1.2}),
        ("definition", "ours", "stock", "CPU", {"large": 0.9}),
        ("definition", "ours-pages", "stock", "CPU", {"large": 0.3}),
        ("cold", "ours-pages", "myst", "CPU", {"medium": 0.7, "large": 0.4}),
        ("cold", "ours-pages", "myst", "peak memory", {"large": 0.6}),
    ]
    for step, ours, theirs, of, limit in limits:
        for scale in ("small", "medium", "large"):
            yield Target(
                what=f"{step}: `{ours}` / `{theirs}`, {of}",
                scale=scale,
                value=_ratio(scale, step, ours, theirs, _cpu if of == "CPU" else _peak),
                limit=limit.get(scale),
            )


def _term_page_cost(run: Run) -> float | None:
    """Return how many times more a term's page costs in the largest corpus."""
    few, many = SIZES["pages"].scales
    builds = tuple(
        Build(scale.name, variant, "cold")
        for scale in (few, many)
        for variant in ("ours-pages", "floor")
    )
    return run.median_of(
        builds,
        lambda few_ours, few_floor, many_ours, many_floor: (
            ((many_ours.cpu - many_floor.cpu) / many.terms)
            / ((few_ours.cpu - few_floor.cpu) / few.terms)
        ),
    )


def _corpus() -> Iterator[Target]:
    for step, words, limit in (
        ("cold", "index from nothing", 12.0),
        ("indexed", "index is there", 0.6),
    ):
        for of, name in ((_cpu, "CPU"), (_wall, "wall")):
            yield Target(
                what=f"{words}: `ours-unused` beyond `floor`, {name}",
                scale="corpus",
                value=_beside_floor("corpus", step, "ours-unused", of),
                limit=limit,
                unit=" s",
            )
        yield Target(
            what=f"{words}: `ours-unused` beyond `floor`, peak memory",
            scale="corpus",
            value=_beside_floor("corpus", step, "ours-unused", _peak),
            limit=40,
            unit=" MB",
        )


def _check() -> Iterator[Target]:
    """Yield what the command line promises in seconds, on two cores of their time."""
    build = Build("corpus", "ours-unused", "check")
    for of, name, limit, unit in (
        (_wall, "wall", 30, " s"),
        (_peak, "memory", 600, " MB"),
    ):
        yield Target(
            what=f"`insurterms check`, index from nothing, {name}",
            scale="corpus",
            value=partial(Run.median, build=build, of=of),
            limit=limit,
            unit=unit,
        )


def _gain(ours_2: Row, ours: Row, stock_2: Row, stock: Row) -> float:
    """Return how much less a second worker helps us than it helps Sphinx."""
    return ours_2.wall / ours.wall - stock_2.wall / stock.wall


def _second_worker(scale: str, variant: str) -> Callable[[Run], float | None]:
    builds = tuple(
        Build(scale, name, step)
        for name in (variant, "stock")
        for step in ("j2", "cold")
    )
    return lambda run: run.median_of(builds, _gain)


def _differing(scale: str, variant: str) -> Callable[[Run], float | None]:
    """Return what counts files that differ with workers, and not in Sphinx too."""

    def count(run: Run) -> float | None:
        rows = run.select(Build(scale, variant, "j2")).values()
        stock = run.select(Build(scale, "stock", "j2")).values()
        theirs = {name for row in stock for name in row.differing or ()}
        ours = [row.differing for row in rows if row.differing is not None]
        return max((len(set(names) - theirs) for names in ours), default=None)

    return count


def _workers() -> Iterator[Target]:
    for scale in ("small", "medium", "large"):
        for ours in ("ours", "ours-pages", "ours-nb"):
            yield Target(
                what=f"wall of `-j 2` / `-j 1`: `{ours}` beyond `stock`",
                scale=scale,
                value=_second_worker(scale, ours),
                limit=0.05 if ours == "ours" else None,
                unit="",
            )
            yield Target(
                what=f"files that `-j 2` writes otherwise: `{ours}`",
                scale=scale,
                value=_differing(scale, ours),
                limit=0,
                unit=" files",
            )


TARGETS = (
    *_ratios(),
    Target(
        what=f"cost of a term's page: at {LARGE_CORPUS:,} / at 1,000 terms, CPU",
        scale="pages",
        value=_term_page_cost,
        limit=1.3,
    ),
    *_corpus(),
    *_check(),
    *_workers(),
)
"""Every promise. Adding one is adding a row."""
