"""How is a file written?  At once, so that nobody ever reads half of it."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOR_ALL = 0o644


def replace_file(path: Path, content: bytes) -> bool:
    """Let *path* hold *content*, and return whether it held something else.

    A file that is there keeps its permissions; a new one may be read by all.

    :raises OSError: if it cannot be written; then it is as it was.
    """
    with suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return False
    with replacing(path) as file:
        file.write(content)
    return True


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing, which takes the place of *path* when all is written.

    :raises OSError: if it cannot be written; then *path* is as it was.
    """
    mode = _FOR_ALL
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=".insurterms-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        # What is made so is for one user only.
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:  # Ctrl-C too
        Path(name).unlink(missing_ok=True)
        raise


def create_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, with the folders that it stands in.

    :raises OSError: if it cannot be written, or is there already: then nothing is new.
    """
    missing = [folder for folder in path.parents if not folder.exists()]
    is_ours = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()
        is_ours = True  # nobody else writes it from here on
        replace_file(path, content)
    except BaseException:
        if is_ours:
            path.unlink(missing_ok=True)
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise
