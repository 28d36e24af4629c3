"""How far is each language?  Bars on a terminal, else a line for each step."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_insurterms.building.running import Built, Step


class Display(Protocol):
    """Shows what happens, from several threads."""

    def step(self, language: str, step: Step) -> None:
        """Show how far a language is."""

    def line(self, language: str, text: str) -> None:
        """Show what Sphinx says of a language."""

    def done(self, built: Built) -> None:
        """Show that a language is done."""


@contextmanager
def display(languages: Sequence[str]) -> Iterator[Display]:
    """Yield what shows the builds of some languages, on the standard error."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console  # noqa: PLC0415 - it takes time to import
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.fields[language]}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} % {task.description}"),
    )
    shown = Progress(*columns, console=Console(stderr=True))
    tasks = {
        language: shown.add_task("waits", total=100, language=language)
        for language in languages
    }

    class Bars:
        def step(self, language: str, step: Step) -> None:
            task = tasks[language]
            shown.update(task, completed=step.percent, description=step.what)

        def line(self, language: str, text: str) -> None:
            shown.console.print(f"{language}: {text}", markup=False, highlight=False)

        def done(self, built: Built) -> None:
            task = tasks[built.language]
            shown.update(
                task, completed=100, description="done" if built.is_whole else "failed"
            )

    with shown:
        yield Bars()


class _Lines:
    """Says each step of a language once."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def step(self, language: str, step: Step) -> None:
        if self._last.get(language) != step.what:
            self._last[language] = step.what
            self.line(language, step.what)

    def line(self, language: str, text: str) -> None:
        sys.stderr.write(f"{language}: {text}\n")

    def done(self, built: Built) -> None:
        self.line(built.language, "done" if built.is_whole else "failed")
