"""What differs in an EPUB?  Tooltips are pop-up footnotes, and terms are chapters."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

NOTE = {"epub:type": "footnote", "role": "doc-footnote"}
"""What makes an element a note: EPUB readers show it where it is referred to."""


def note_reference(note_id: str) -> dict[str, str]:
    """Return the attributes of a link that shows a note instead of leaving the page."""
    return {"href": f"#{note_id}", "epub:type": "noteref", "role": "doc-noteref"}


def register(app: Sphinx) -> None:
    """Put the terms' pages into the book."""
    app.connect("builder-inited", list_term_pages)


def list_term_pages(app: Sphinx) -> None:
    """Let the book's contents, and so its order of reading, hold the terms' pages.

    Sphinx takes them from the sidebar's tree, where term pages are not (see `pages`):
    they would come after the index, and be left out when a reader turns pages.
    """
    builder: Any = app.builder
    chosen = domain.get(app.env).settings
    if builder.name != "epub" or not chosen.pages:
        return
    theirs = builder.get_toc

    def get_toc() -> None:
        """Gather the contents, and add our pages below the glossary."""
        theirs()
        uri = builder.get_target_uri(chosen.index_page)
        for place, node in enumerate(builder.refnodes):
            if node["refuri"] == html.escape(uri):
                below = [
                    {**page, "level": node["level"] + 1}
                    for page in _contents(app.env, builder, chosen.index_page)
                ]
                builder.refnodes[place + 1 : place + 1] = below
                break

    builder.get_toc = get_toc


def _contents(
    env: BuildEnvironment, builder: Any, glossary: str
) -> list[dict[str, str]]:
    return [
        {
            "refuri": html.escape(builder.get_target_uri(docname)),
            "text": html.escape(env.titles[docname].astext()),
        }
        for docname in env.toctree_includes.get(glossary, ())
    ]
