"""How are the benchmarks run?  ``python -m benchmarks --help`` says it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import tables
from benchmarks.projects import Project
from benchmarks.runs import Row, RunFile, this_machine
from benchmarks.variants import SIZES, STEPS, VARIANTS, WARM_UP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.projects import Outcome
    from benchmarks.runs import Run
    from benchmarks.variants import Scale, Size, Step, Variant

_HERE = Path(__file__).parent
_README = _HERE / "README.md"
_LAST_RUN = ("<!-- last run: begin -->\n", "<!-- last run: end -->\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--size", action="append", choices=SIZES, help="again for more; default small")
    add("--variant", action="append", choices=VARIANTS, help="only this one; as above")
    add("--step", action="append", choices=STEPS, help="only this one; as above")
    add("--repeat", type=int, default=5, help="repetitions; default 5")
    add("--slow-repeat", type=int, default=2, help="of what is slow; default 2")
    add("--timeout", type=float, default=3600, help="seconds for a build")
    add("--work", type=Path, default=_HERE / ".work", help="where all is written")
    add("--run", default="", help="the run to go on with, or to report")
    add("--report-only", action="store_true", help="of --run, or of the last one")
    add("--into-readme", action="store_true", help="replace the last run in README.md")
    return parser.parse_args()


def main() -> int:
    """Build what is asked for, and print what it cost."""
    arguments = _arguments()
    work: Path = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    (work / ".gitignore").write_text("*\n", "utf-8")
    run_file = _run_file(work / "runs", arguments.run, is_new=not arguments.report_only)
    if not arguments.report_only:
        _Runner(arguments, work, run_file).run()
    run = run_file.read()
    document = tables.document(run)
    sys.stdout.write(document)
    if arguments.into_readme:
        _write_last_run(document)
    return any(row.failure for row in run.rows)


def _run_file(folder: Path, name: str, *, is_new: bool) -> RunFile:
    if not name and is_new:
        name = time.strftime("%Y%m%d-%H%M%S")
    last = max(folder.glob("*.jsonl"), default=folder / "none.jsonl")
    return RunFile(folder / f"{name}.jsonl" if name else last)


def _write_last_run(document: str) -> None:
    text = _README.read_text("utf-8")
    begin, end = _LAST_RUN
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    _README.write_text(f"{head}{begin}\n{document}\n{end}{tail}", "utf-8")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


class _Runner:
    """Takes the steps of the chosen sizes and variants, and keeps a row of each."""

    def __init__(
        self, arguments: argparse.Namespace, work: Path, run_file: RunFile
    ) -> None:
        self.arguments = arguments
        self.work = work
        self.run_file = run_file
        self.before: Run = run_file.begin(this_machine())

    def run(self) -> None:
        sizes = [SIZES[name] for name in self.arguments.size or ["small"]]
        chosen = self.arguments.variant or VARIANTS
        wanted = {name for size in sizes for name in size.variants if name in chosen}
        there = [name for name in VARIANTS if name in wanted and self._warm_up(name)]
        for size in sizes:
            self._run_size(size, [VARIANTS[n] for n in size.variants if n in there])

    def _warm_up(self, name: str) -> bool:
        """Tell whether a variant can be built at all, after a small build of it.

        :raises SystemExit: if it must be.
        """
        variant = VARIANTS[name]
        outcome = self._project(variant, WARM_UP).take(STEPS["cold"])
        if not outcome.failure:
            return True
        if variant.optional:
            _say(f"{name} is left out: {outcome.failure}")
            return False
        raise SystemExit(f"{name} cannot be built: {outcome.failure}")

    def _project(self, variant: Variant, scale: Scale, suffix: str = "") -> Project:
        project = Project(
            folder=self.work / scale.name / f"{variant.name}{suffix}",
            variant=variant,
            scale=scale,
            timeout=self.arguments.timeout,
        )
        project.prepare()
        return project

    def _run_size(self, size: Size, variants: list[Variant]) -> None:
        scales = {scale.name for scale in size.scales}
        done = [row.repetition for row in self.before.rows if row.scale in scales]
        first = max(done, default=-1) + 1
        steps = [STEPS[name] for name in size.steps if name in self._steps]
        _say(f"{size.name}: writing the projects")
        projects = [self._project(v, s) for s in size.scales for v in variants]
        for repetition in range(self.arguments.repeat):
            # Turned round, so that nobody always has the warmer machine.
            order = projects if repetition % 2 == 0 else projects[::-1]
            slow = size.slow and repetition >= self.arguments.slow_repeat
            for step in steps:
                for project in order:
                    variant = project.variant
                    if step.name in variant.without or (variant.slow and slow):
                        continue
                    self._take(project, step, first + repetition)

    @property
    def _steps(self) -> list[str]:
        return self.arguments.step or list(STEPS)

    def _take(self, project: Project, step: Step, repetition: int) -> None:
        differing = None
        if step.jobs > 1:
            twin = self._project(project.variant, project.scale, f"-{step.name}")
            outcome = twin.take(step)
            if project.is_built and twin.is_built:
                differing = project.differing(twin)
        else:
            outcome = project.take(step)
        if step.edits and (failure := project.settle().failure):
            _say(f"cannot be built any more: {failure}")
        row = _row(project, step, repetition, outcome, differing)
        self.run_file.add(row)
        for line in _progress(row):
            _say(line)


def _row(
    project: Project,
    step: Step,
    repetition: int,
    outcome: Outcome,
    differing: list[str] | None,
) -> Row:
    usage = outcome.usage
    return Row(
        scale=project.scale.name,
        variant=project.variant.name,
        step=step.name,
        repetition=repetition,
        cpu=usage.cpu,
        wall=usage.wall,
        peak_mb=usage.peak_mb,
        other=usage.other,
        warnings=outcome.warnings,
        pages_written=outcome.pages_written,
        html_written=outcome.html_written,
        differing=differing,
        failure=outcome.failure,
    )


def _progress(row: Row) -> Iterator[str]:
    where = f"{row.scale} {row.repetition + 1} {row.step:10} {row.variant:11}"
    cost = f"{row.cpu:7.2f} s CPU {row.wall:7.2f} s {row.peak_mb:5.0f} MB"
    written = f"{row.pages_written} pages, {row.html_written} HTML written"
    yield f"{where} {cost}  {written}, {row.warnings} warnings"
    if row.differing:
        yield f"  {len(row.differing)} files otherwise: {row.differing[:5]}"
    if row.failure:
        yield f"  FAILED: {row.failure.splitlines()[0]}"


if __name__ == "__main__":
    sys.exit(main())
