"""What does a page load?  One stylesheet and one script, where there are terms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.fileutil import copy_asset

from sphinx_insurterms import domain
from sphinx_insurterms.nodes import TIPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_FOLDER = Path(__file__).parent.parent / "static"


def register(app: Sphinx) -> None:
    """Offer the files, and name them on the pages that need them."""
    app.connect("builder-inited", add_direction)
    app.connect("write-started", copy_files)
    app.connect("html-page-context", add_files)


def _has_assets(builder: Builder) -> bool:
    return builder.format == "html" and builder.name != "epub"


def add_direction(app: Sphinx) -> None:
    """Lay every page out from right to left, where the language is written so."""
    if _has_assets(app.builder) and domain.get(app.env).settings.rtl:
        app.add_css_file("insurterms-rtl.css")


def copy_files(app: Sphinx, builder: Builder) -> None:
    """Copy our files before Sphinx copies the project's, which may replace them.

    Not by way of `html_static_path`: Sphinx would take it for a changed setting.
    """
    if _has_assets(builder):
        copy_asset(_FOLDER, Path(app.outdir) / "_static", force=True)


def add_files(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Name the stylesheet where entries are shown, and the script where tooltips are."""
    if doctree is None or not _has_assets(app.builder):
        return
    ours = domain.get(app.env)
    has_tips = TIPS in doctree
    if has_tips or any(ours.shows_entries(name) for name in _documents(app, pagename)):
        app.add_css_file("insurterms.css")
    if has_tips and ours.settings.tooltips:
        app.add_js_file("insurterms.js", loading_method="defer")


def _documents(app: Sphinx, pagename: str) -> Iterable[str]:
    """Return the documents that one page of output holds."""
    return app.env.found_docs if app.builder.name == "singlehtml" else [pagename]
