"""How is a file read?  One module for each format, and the table that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.readers import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_insurterms.corpus.readers.source import Reading, Source

READERS: dict[str, Callable[[Source], Reading]] = {".md": markdown.read}
"""File ending → the function that reads such a file."""
