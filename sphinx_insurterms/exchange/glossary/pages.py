"""What does Sphinx see in the glossaries of a page?  Names, and what stands below them."""

from __future__ import annotations

import glob
import io
import re
import tempfile
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_insurterms.exchange.held import FormError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MYST = ("colon_fence", "deflist", "fieldlist", "substitution")
"""What pages are likely to use; what else there is stays text."""


@dataclass(frozen=True, slots=True)
class Item:
    """A definition, and the terms above it."""

    names: tuple[nodes.term, ...]
    definition: nodes.definition
    line: int
    """Of the first term, counted from 1."""


def items_of(path: Path) -> tuple[list[Item], list[str]]:
    """Return what the glossaries of a page hold, and what Sphinx says of the page.

    No ``conf.py`` is run: roles and directives that an extension adds are complained of.

    :param path: of a page in reST or MyST.
    :raises FormError: if Sphinx cannot read it, or there is no glossary on it.
    """
    warnings = io.StringIO()
    try:
        doctree = _read(path, warnings)
    except FormError:
        raise
    except (SphinxError, OSError, ValueError) as error:
        raise FormError(f"Sphinx cannot read this page: {error}") from None
    lines = _Lines(path.read_text("utf-8", "replace"))
    found = [
        Item(names, definition, lines.after_last(names[0].rawsource))
        for glossary in doctree.findall(addnodes.glossary)
        for names, definition in _items(glossary)
    ]
    if not found:
        raise FormError("there is no glossary on this page")
    return found, _told(warnings.getvalue(), path)


def _read(path: Path, warnings: io.StringIO) -> nodes.document:
    with (
        tempfile.TemporaryDirectory() as out,
        redirect_stderr(warnings),
        patch_docutils(),
        docutils_namespace(),
    ):
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
                "exclude_patterns": _others(path),
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


def _others(path: Path) -> list[str]:
    """Return the files that Sphinx could take for this page, patterns of their names.

    A page is called by its name without a suffix, and of two Sphinx reads one.
    """
    found = path.parent.glob(f"{glob.escape(path.stem)}.*")
    # What has a meaning in patterns may be any sign.
    return [re.sub(r"[*?\[]", "?", one.name) for one in found if one.name != path.name]


class _Lines:
    """The lines of a page; where a term stands, Sphinx says only nearly."""

    def __init__(self, text: str) -> None:
        self._lines = [line.strip() for line in text.splitlines()]
        self._last = 0

    def after_last(self, written: str) -> int:
        """Return the number of the next line that is *written*."""
        with suppress(ValueError):  # it may come from another file
            self._last = self._lines.index(written.strip(), self._last) + 1
        return self._last


def _items(
    glossary: addnodes.glossary,
) -> Iterator[tuple[tuple[nodes.term, ...], nodes.definition]]:
    for one in glossary.findall(nodes.definition_list_item):
        if one.parent.parent is not glossary:
            continue  # of a definition list in a definition
        names = tuple(child for child in one if isinstance(child, nodes.term))
        definition = next(c for c in one if isinstance(c, nodes.definition))
        yield names, definition


_PLACE = re.compile(r"^.*?:(\d+): ")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def _told(warnings: str, path: Path) -> list[str]:
    """Return what Sphinx complained of, each with its line."""
    lines = _COLOUR.sub("", warnings).splitlines()
    about = (line for line in lines if line.startswith(str(path)))
    return list(dict.fromkeys(_PLACE.sub(r"line \1: ", line) for line in about))
