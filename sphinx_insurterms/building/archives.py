"""How does a folder travel?  As one archive."""

from __future__ import annotations

import io
import tarfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_LEFT_OUT = frozenset({".git", ".hg", ".svn", "__pycache__"})
"""Folders that no build needs, and that may be larger than all others."""


def pack(folder: Path, without: Collection[Path] = ()) -> bytes:
    """Return all files of a folder as an archive, with the times of their changes.

    A link that leads out of the folder becomes what it leads to.

    :param folder: without links in its own path.
    :param without: paths in it that are left out.
    """
    stream = io.BytesIO()
    # Whoever waits for it waits for the building, not for the way.
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as archive:
        for path, name in _members(folder, PurePosixPath(), folder, without):
            archive.add(path, str(name), recursive=False)
    return stream.getvalue()


def _members(
    folder: Path, name: PurePosixPath, root: Path, without: Collection[Path]
) -> Iterator[tuple[Path, PurePosixPath]]:
    """Yield what is in a folder, and what it is called in the archive."""
    for path in sorted(folder.iterdir()):
        if path.name in _LEFT_OUT or path in without:
            continue
        there = path
        if path.is_symlink() and not _stays_inside(path, root):
            there = path.resolve()
            if not there.exists() or root.is_relative_to(there):
                continue  # it leads nowhere, or round in a circle
        yield there, name / path.name
        if there.is_dir() and not there.is_symlink():
            yield from _members(there, name / path.name, root, without)


def _stays_inside(link: Path, root: Path) -> bool:
    return not link.readlink().is_absolute() and link.resolve().is_relative_to(root)


def unpack(content: bytes, folder: Path) -> None:
    """Write the files of an archive into a folder, and nowhere else.

    :raises tarfile.TarError: if it is none, or names a place outside of the folder.
    :raises OSError: if a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")
