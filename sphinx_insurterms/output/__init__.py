"""How does it look?  What differs from what Sphinx does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.output import (
    assets,
    epub,
    general_index,
    gettext,
    html,
    inventory,
    languages,
    manual,
    norwegian,
    sidebar,
    sources,
    structured,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Connect all that has to do with looks; a format or a habit is a module here."""
    html.register(app)
    epub.register(app)
    assets.register(app)
    sidebar.register(app)
    languages.register(app)
    sources.register(app)
    structured.register(app)
    general_index.register(app)
    inventory.register(app)
    manual.register(app)
    gettext.register(app)
    norwegian.register(app)
