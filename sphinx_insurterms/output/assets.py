"""What does a page load?  One stylesheet and one script, where there are terms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain
from sphinx_insurterms.nodes import TIPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx

_FOLDER = Path(__file__).parent.parent / "static"


def register(app: Sphinx) -> None:
    """Offer the files, and name them on the pages that need them."""
    app.connect("builder-inited", add_folder)
    app.connect("html-page-context", add_files)


def add_folder(app: Sphinx) -> None:
    """Let Sphinx copy our files, below those of the project, which may replace them."""
    if app.builder.format == "html" and app.builder.name != "epub":
        app.config.html_static_path = [str(_FOLDER), *app.config.html_static_path]
        if domain.get(app.env).settings.rtl:
            app.add_css_file("insurterms-rtl.css")


def add_files(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Name the stylesheet where entries are shown, and the script where tooltips are."""
    if doctree is None or app.builder.name == "epub":
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
