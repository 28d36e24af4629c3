"""Where is the index of a corpus?  In the user's cache folder, if that can be."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.storage import DamagedError, Storage

if TYPE_CHECKING:
    from collections.abc import Callable

_SUFFIX = ".sqlite"

_UNUSED = 30 * 24 * 60 * 60
"""Seconds after which an index that nobody opens is taken for one that nobody needs."""


def open_storage(corpus: str, refill: Callable[[Storage], None]) -> tuple[Storage, str]:
    """Return the storage of a corpus, filled, and why it is memory only, if it is.

    :param corpus: stands for the corpus, and all that is said of it from outside.
    """
    try:
        path = index_path(corpus)
        is_new = not path.exists()
        storage = _open_file(path, refill)
        if is_new:
            _remove_unused(path.parent)
    except (OSError, sqlite3.Error) as error:
        storage, reason = Storage(None), str(error)
        storage.see()
        refill(storage)
        return storage, reason
    return storage, ""


def index_path(corpus: str) -> Path:
    """Return the file of the index, in a folder that is there.

    Its name also stands for our code: a process that runs another version of it, and
    keeps other things, has an index of its own.

    :raises OSError: if there is no place for it.
    """
    folder = Path(platformdirs.user_cache_dir("sphinx-insurterms", appauthor=False))
    if not folder.is_absolute():
        raise OSError("the user has no home folder")
    folder.mkdir(parents=True, exist_ok=True)
    # The name of a folder may be no text at all.
    name = f"{corpus}\n{_code()}".encode("utf-8", "surrogateescape")
    return folder / (digest_of(name) + _SUFFIX)


def _code() -> str:
    """Return what stands for the code that reads a corpus."""
    here = Path(__file__).parent
    sources = sorted(here.rglob("*.py"))
    return digest_of(b"".join(path.read_bytes() for path in sources))


def _open_file(path: Path, refill: Callable[[Storage], None]) -> Storage:
    storage = Storage(path)
    try:
        _fill(storage, refill)
    except DamagedError:
        storage.discard()
        try:
            _fill(storage, refill)
        except DamagedError as error:
            raise OSError("the disk does not keep it whole") from error
    os.utime(path)
    return storage


def _fill(storage: Storage, refill: Callable[[Storage], None]) -> None:
    try:
        storage.see()
        refill(storage)
    except ValueError as error:  # a record that is none
        storage.close()
        raise DamagedError(str(error)) from error
    except BaseException:
        storage.close()
        raise


def _remove_unused(folder: Path) -> None:
    """Remove the indexes of corpora and versions that are long gone."""
    before = time.time() - _UNUSED
    for path in folder.glob(f"*{_SUFFIX}"):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
