"""What does a command cost?"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RSS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024
"""Linux counts the peak in KiB, macOS in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one process and its children took."""

    code: int
    """As a shell would see it; negative for a signal."""

    cpu: float
    """Seconds, in user and system mode, of all its processes together."""

    wall: float
    peak_mb: float
    """Of its largest single process, which with workers is not the sum."""

    other: float
    """How many cores something else kept busy meanwhile: how noisy the row is."""

    timed_out: bool


def _busy() -> float:
    """Return the CPU seconds of the whole machine, or 0 where nobody counts them."""
    try:
        first, *_ = Path("/proc/stat").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    ticks = [int(number) for number in first.split()[1:9]]
    idle, waiting = ticks[3:5]
    return float(sum(ticks) - idle - waiting) / os.sysconf("SC_CLK_TCK")


def measure(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    log: Path,
    timeout: float,
) -> Usage:
    """Run *command* to its end, with all that it prints in *log*.

    :param timeout: seconds after which it and its workers are killed.
    """
    late = threading.Event()
    busy = _busy()
    start = time.monotonic()
    with log.open("wb") as file:
        # A session of its own, so that workers end with it.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
        )

    def kill() -> None:
        late.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(timeout, kill)
    timer.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:
        kill()
        raise
    finally:
        timer.cancel()
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    return Usage(
        code=process.returncode,
        cpu=cpu,
        wall=wall,
        peak_mb=used.ru_maxrss / _RSS_PER_MB,
        other=max(0.0, _busy() - busy - cpu) / wall,
        timed_out=late.is_set(),
    )
