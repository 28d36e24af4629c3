"""What is shown on a terminal only?  How far it is, and tables."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ThingT = TypeVar("ThingT")

_BETWEEN = 0.1
"""Seconds from one picture of how far it is to the next."""


@contextmanager
def progress(
    what: str,
) -> Iterator[Callable[[Iterable[ThingT], int], Iterable[ThingT]]]:
    """Yield what passes things on, and shows on a terminal how many of them it has.

    On the standard error, where it stands in the way of no report.
    """
    if not sys.stderr.isatty():
        yield lambda things, _count: things
        return
    from rich.console import Console  # noqa: PLC0415 - it takes time to import
    from rich.progress import Progress  # noqa: PLC0415

    # No thread of its own: a process that has one may not be forked.
    shown = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)

    def pass_on(things: Iterable[ThingT], count: int) -> Iterator[ThingT]:
        task = shown.add_task(what, total=count)
        told = monotonic()
        for thing in things:
            yield thing
            shown.advance(task)
            # To draw it takes as long as to read a file or two.
            if (now := monotonic()) - told >= _BETWEEN:
                told = now
                shown.refresh()

    with shown:
        yield pass_on


def show_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Show rows on the standard error: as a table on a terminal, else line by line.

    :param heads: of the columns; numbers stand at the right.
    """
    if not rows:
        return
    if not sys.stderr.isatty():
        sys.stderr.write(f"{title}:\n")
        for row in rows:
            sys.stderr.write("  " + "  ".join(map(str, row)) + "\n")
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=title, title_justify="left")
    for number, head in enumerate(heads):
        is_number = isinstance(rows[0][number], int)
        table.add_column(head, justify="right" if is_number else "left")
    for row in rows:
        # Names may hold what rich takes for markup.
        table.add_row(*(str(cell).replace("[", r"\[") for cell in row))
    Console(stderr=True).print(table)
