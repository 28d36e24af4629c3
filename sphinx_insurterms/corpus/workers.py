"""How is much of the same done at once?  By a process for each core; any may die."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

Task = tuple[Any, ...]
"""The arguments of one call."""

DoneT = TypeVar("DoneT")

_LEFT_ALONE = 100_000
"""Objects made before a process looks for those that hold each other; entries do not,
and to look for each 700th takes a tenth of the time."""

BATCH = 50
"""Tasks that a process does before it sends what came of them."""


def each(
    do: Callable[..., DoneT],
    tasks: Sequence[Task],
    most: int,
) -> Iterator[DoneT]:
    """Yield what *do* makes of *tasks*, in any order.

    :param most: how many processes it pays to start; fewer where there are fewer cores.
    """
    workers = min(cores(), most)
    if workers > 1 and _may_fork():
        yield from in_parallel(do, tasks, workers)
    else:
        yield from (do(*task) for task in tasks)


def cores() -> int:
    """Return how many processes the system runs at once for us."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _may_fork() -> bool:
    """Tell whether a copy of this process would be whole.

    One that is started afresh would run the script that called us again, unless its
    author has thought of that.
    """
    can = "fork" in multiprocessing.get_all_start_methods()
    return can and sys.platform != "darwin" and threading.active_count() == 1


def in_parallel(
    do: Callable[..., DoneT],
    tasks: Sequence[Task],
    workers: int,
) -> Iterator[DoneT]:
    """Yield what *workers* processes do; of one that dies, do the rest here.

    Each has its share from the start, and a pipe that closes when either side ends:
    where this process is killed, none of them stays behind.
    """
    context = multiprocessing.get_context("fork")
    shares = {}
    processes = []
    for number in range(workers):
        share = tasks[number::workers]
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(do, share, theirs, ours))
        process.start()
        theirs.close()
        processes.append(process)
        shares[ours] = iter(share)
    try:
        yield from _received(do, shares)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _send(
    do: Callable[..., DoneT],
    share: Sequence[Task],
    out: Connection,
    other_end: Connection,
) -> None:
    """Do a share of the tasks, and send what came of them in batches."""
    other_end.close()
    gc.freeze()  # what was there before the fork is not ours to look through
    gc.set_threshold(_LEFT_ALONE)
    try:
        for begin in range(0, len(share), BATCH):
            out.send([do(*task) for task in share[begin : begin + BATCH]])
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # who asked is gone


def _received(
    do: Callable[..., DoneT],
    shares: dict[Connection, Iterator[Task]],
) -> Iterator[DoneT]:
    waiting = dict(shares)
    while waiting:
        for end in connection.wait(list(waiting)):
            ready = cast("Connection", end)
            try:
                batch = ready.recv()
            except (EOFError, OSError):
                rest = waiting.pop(ready)
                yield from (do(*task) for task in rest)
                continue
            for done, _ in zip(batch, waiting[ready], strict=False):
                yield done
