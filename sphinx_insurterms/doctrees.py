"""Is each doctree whole?  A build that was killed while it read may have cut one off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MARK = "insurterms-reading"
"""A file that is there while doctrees are written, and stays if that is not ended."""

_STOP = b"."
"""What every pickle ends with."""


def find_cut_off(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Return the documents to read again because a killed build left half a doctree.

    Sphinx writes over the doctree that it has (8.2, 9.0), and by its own record reads the
    document again only if something about that has changed. Pages of terms come and go,
    and with them what is read again.
    """
    folder = Path(app.doctreedir)
    if not (folder / _MARK).exists():
        return []
    kept = env.found_docs - added - changed - removed
    return sorted(name for name in kept if not _is_whole(folder / f"{name}.doctree"))


def mark_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Note that doctrees are about to be written."""
    if docnames:
        (Path(app.doctreedir) / _MARK).touch()


def unmark_reading(app: Sphinx, env: BuildEnvironment) -> None:
    """Note that all of them are written."""
    (Path(app.doctreedir) / _MARK).unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(_STOP), os.SEEK_END)
            return file.read() == _STOP
    except OSError:  # nothing in it, or gone
        return False
