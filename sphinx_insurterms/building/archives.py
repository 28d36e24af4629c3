"""How does a folder travel?  As one archive."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_LEFT_OUT = frozenset({".git", ".hg", ".svn", "__pycache__"})
"""Folders that no build needs, and that may be larger than all others."""


def pack(folder: Path, without: Collection[Path] = ()) -> bytes:
    """Return all files of a folder as an archive, with the times of their changes.

    :param without: paths in it that are left out.
    """

    def chosen(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        path = folder / member.name
        return None if path.name in _LEFT_OUT or path in without else member

    stream = io.BytesIO()
    # Whoever waits for it waits for the building, not for the way.
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as archive:
        for path in sorted(folder.iterdir()):
            archive.add(path, path.name, filter=chosen)
    return stream.getvalue()


def unpack(content: bytes, folder: Path) -> None:
    """Write the files of an archive into a folder, and nowhere else.

    :raises tarfile.TarError: if it is none, or names a place outside of the folder.
    :raises OSError: if a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")
