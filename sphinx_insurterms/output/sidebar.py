"""Where does a reader of a term's page stand?  In the glossary, as the sidebar shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.environment.adapters.toctree import global_toctree_for_doc

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def register(app: Sphinx) -> None:
    """Draw the sidebar of each term's page."""
    app.connect("html-page-context", mark_glossary_as_current, priority=400)


_DRAWN: WeakKeyDictionary[Builder, dict[tuple[tuple[str, Any], ...], str]]
_DRAWN = WeakKeyDictionary()
"""The sidebars of term pages, by their options: they stand in one folder, and so
see the rest of the project alike. A sidebar of N entries costs as much as a page."""


class _SeenFrom:
    """A builder that writes the links of one page as seen from another."""

    def __init__(self, builder: Builder, docname: str) -> None:
        self._builder = builder
        self._docname = docname

    def __getattr__(self, name: str) -> Any:
        """Be the builder in all other things."""
        return getattr(self._builder, name)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the way from our page, whatever page is said."""
        return self._builder.get_relative_uri(self._docname, to, typ)


def mark_glossary_as_current(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a term's page the sidebar of the glossary, which is the current entry.

    Term pages are not in the sidebars themselves (see :mod:`.pages`), and without
    this a reader would see no place marked.
    """
    chosen = domain.get(app.env).settings
    if doctree is None or not chosen.is_term_page(pagename):
        return
    if app.builder.name in {"singlehtml", "epub"} or "toctree" not in context:
        return

    html_builder: Any = app.builder
    seen: Any = _SeenFrom(app.builder, pagename)
    drawn = _DRAWN.setdefault(app.builder, {})

    def toctree(**options: Any) -> str:
        """Render the sidebar, as ``toctree()`` in a template asks for it."""
        options.setdefault("collapse", True)
        # Themes hand on what stands in their settings, and that is text.
        if options.get("maxdepth") == "":
            options.pop("maxdepth")
        if isinstance(hidden := options.get("includehidden"), str):
            options["includehidden"] = hidden.lower() == "true"
        key = tuple(sorted(options.items()))
        if key not in drawn:
            tree = global_toctree_for_doc(
                app.env, chosen.index_page, seen, **_tags(app), **options
            )
            drawn[key] = str(html_builder.render_partial(tree)["fragment"])
        return drawn[key]

    context["toctree"] = toctree


def _tags(app: Sphinx) -> dict[str, Any]:
    """Return what Sphinx 9 asks for, and Sphinx 8.1 does not know."""
    parameters = global_toctree_for_doc.__kwdefaults__ or {}
    return {"tags": app.tags} if "tags" in parameters else {}
