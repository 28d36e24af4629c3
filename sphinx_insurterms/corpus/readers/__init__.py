"""How is a file read?  One module for each format, and the table that names them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx_insurterms.corpus.readers.source import Reading, Source

READERS = {".md": "markdown"}
"""File ending → the module whose ``read`` reads such a file.

By name, as most builds find nothing changed, and YAML takes time to import."""


def reader_of(path: Path) -> Callable[[Source], Reading]:
    """Return the function that reads the file at *path*, which has such an ending."""
    module = import_module(f"{__name__}.{READERS[path.suffix.lower()]}")
    read: Callable[[Source], Reading] = module.read
    return read
