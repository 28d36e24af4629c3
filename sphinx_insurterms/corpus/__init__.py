"""What are the terms?

Everything here works without Sphinx, so that a terminologist's tools, a test and a
documentation build all read one corpus in one way.

What programs of others may use is offered here; where it stands may change.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx_insurterms.corpus.blocks import Block, Link
    from sphinx_insurterms.corpus.layers import Corpus, Layer
    from sphinx_insurterms.corpus.loading import CorpusFolder, load
    from sphinx_insurterms.corpus.manifest import Manifest
    from sphinx_insurterms.corpus.model import Entry, Term
    from sphinx_insurterms.corpus.names import Designation, Found, Kind, Status
    from sphinx_insurterms.corpus.problems import Origin, Problem

__all__ = [
    "STARTER_FOLDER",
    "Block",
    "Corpus",
    "CorpusFolder",
    "Designation",
    "Entry",
    "Found",
    "Kind",
    "Layer",
    "Link",
    "Manifest",
    "Origin",
    "Problem",
    "Status",
    "Term",
    "load",
]

STARTER_FOLDER: Path
"""Where the corpus is that comes with the package."""

_HOMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("Block", "Link"), "blocks"),
        **dict.fromkeys(("Corpus", "Layer"), "layers"),
        **dict.fromkeys(("STARTER_FOLDER", "CorpusFolder", "load"), "loading"),
        **dict.fromkeys(("Manifest",), "manifest"),
        **dict.fromkeys(("Entry", "Term"), "model"),
        **dict.fromkeys(("Designation", "Found", "Kind", "Status"), "names"),
        **dict.fromkeys(("Origin", "Problem"), "problems"),
    }
)
"""What is offered → the module that has it, imported when somebody asks."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
