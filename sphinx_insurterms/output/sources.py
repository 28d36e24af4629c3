"""Where is the text of a term's page?  In the corpus, and not in the generated page."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinx_insurterms.corpus.model import Entry


def register(app: Sphinx) -> None:
    """Lead "Show source" and "Edit this page" to the entries."""
    app.connect("html-page-context", lead_to_entry)
    app.connect("build-finished", copy_entries)


def lead_to_entry(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Name the entry's file in the variables that themes make such links of."""
    entry = _entry_of(app, pagename) if doctree is not None else None
    if entry is None:
        return
    path = entry.origin.path
    if context.get("sourcename"):
        context["sourcename"] = _source_name(app, pagename, entry)
    folder = Path(app.srcdir)
    if path.is_relative_to(folder):
        # Themes append this to the page's name, and browsers resolve the way back.
        name = path.relative_to(folder).as_posix()
        context["page_source_suffix"] = "/" + posixpath.relpath(name, pagename)
    else:
        # A link to a file that the project's repository does not hold helps nobody.
        context["page_source_suffix"] = ""


def copy_entries(app: Sphinx, exception: Exception | None) -> None:
    """Put the entries where Sphinx copied the generated pages for "Show source"."""
    if exception is not None or not getattr(app.builder, "copysource", False):
        return
    for docname in sorted(domain.get(app.env).written_now):
        entry = _entry_of(app, docname)
        if entry is not None:
            folder = Path(app.outdir) / "_sources"
            copy = folder / _source_name(app, docname, entry)
            if copy.is_file():
                copy.write_bytes(entry.origin.path.read_bytes())


def _entry_of(app: Sphinx, docname: str) -> Entry | None:
    """Return what a generated page shows, if *docname* is one."""
    ours = domain.get(app.env)
    folder, _, name = docname.rpartition("/")
    if not ours.settings.pages or folder != ours.settings.pages:
        return None
    term = ours.corpus.terms.get("index" if name == "index_" else name)
    noted = ours.pages.get(docname)
    if term is None or noted is None or docname == ours.settings.index_page:
        return None
    return term.entry(ours.settings.locale)


def _source_name(app: Sphinx, docname: str, entry: Entry) -> str:
    suffix = app.config.html_sourcelink_suffix
    return f"{docname}{entry.origin.path.suffix}{suffix}"
