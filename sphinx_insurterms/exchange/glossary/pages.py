"""What does Sphinx see in the glossaries of a page?  Names, and what stands below them."""

from __future__ import annotations

import io
import re
import tempfile
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from sphinx_insurterms.exchange.held import FormError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MYST = ("colon_fence", "deflist", "fieldlist", "strikethrough", "substitution")
"""What pages are likely to use; what else there is stays text."""


@dataclass(frozen=True, slots=True)
class Item:
    """A definition, and the terms above it."""

    names: tuple[nodes.term, ...]
    definition: nodes.definition
    line: int


def items_of(path: Path) -> tuple[list[Item], list[str]]:
    """Return what the glossaries of a page hold, and what Sphinx says of the page.

    No ``conf.py`` is run: roles and directives that an extension adds are complained of.

    :param path: of a page in reST or MyST.
    :raises FormError: if Sphinx cannot read it, or there is no glossary on it.
    """
    warnings = io.StringIO()
    try:
        doctree = _read(path, warnings)
    except (SphinxError, OSError, ValueError) as error:
        raise FormError(f"Sphinx cannot read this page: {error}") from None
    found = [item for one in doctree.findall(addnodes.glossary) for item in _items(one)]
    if not found:
        raise FormError("there is no glossary on this page")
    return found, _told(warnings.getvalue(), path)


def _read(path: Path, warnings: io.StringIO) -> nodes.document:
    with tempfile.TemporaryDirectory() as out, redirect_stderr(warnings):
        app = Sphinx(
            srcdir=path.parent,
            confdir=None,
            outdir=out,
            doctreedir=Path(out) / "doctrees",
            buildername="dummy",
            status=None,
            warning=warnings,
            confoverrides={
                "extensions": ["myst_parser"],
                "myst_enable_extensions": _MYST,
                "smartquotes": False,  # quotes stay as they are written
            },
        )
        app.env.settings["raw_enabled"] = False  # `.. raw:: :url:` fetches
        docname = app.env.path2doc(path)
        if docname is None:
            raise FormError("this is no page; name a file that ends with .rst or .md")
        app.env.find_files(app.config, app.builder)
        app.builder.read_doc(docname)
        return app.env.get_doctree(docname)


def _items(glossary: addnodes.glossary) -> Iterator[Item]:
    for one in glossary.findall(nodes.definition_list_item):
        if one.parent.parent is not glossary:
            continue  # of a definition list in a definition
        names = tuple(child for child in one if isinstance(child, nodes.term))
        definition = next(c for c in one if isinstance(c, nodes.definition))
        yield Item(names, definition, names[0].line or 0)


_PLACE = re.compile(r"^.*?:(\d+): ")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def _told(warnings: str, path: Path) -> list[str]:
    """Return what Sphinx complained of, each with its line."""
    lines = _COLOUR.sub("", warnings).splitlines()
    return [
        _PLACE.sub(r"line \1: ", line)
        for line in lines
        if line.startswith(str(path)) and "document isn't included" not in line
    ]
