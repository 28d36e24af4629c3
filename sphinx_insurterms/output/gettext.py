"""When do the entries reach translators?  With the pages, by the builder ``gettext``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util.i18n import docname_to_domain

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Join in when the catalogs are written."""
    app.connect("builder-inited", join_in)


def join_in(app: Sphinx) -> None:
    """Write our template when Sphinx begins to write the others.

    Later is too late for those who take them up at the end of the build, and no event
    tells of it.
    """
    if app.builder.name != "gettext":
        return
    # Babel's catalogs take time to import, and no other build needs them.
    from sphinx_insurterms.output.template import write_template

    builder: Any = app.builder
    finish = builder.finish

    def finish_with_entries() -> None:
        _leave_out_generated(app, builder)
        write_template(app)
        finish()

    builder.finish = finish_with_entries


def _leave_out_generated(app: Sphinx, builder: Any) -> None:
    """Take out the catalogs of generated pages, which have no text of their own."""
    chosen = domain.get(app.env).settings
    for docname in app.env.found_docs:
        if docname == chosen.index_page or chosen.is_term_page(docname):
            name = docname_to_domain(docname, app.config.gettext_compact)
            if name in builder.catalogs and not builder.catalogs[name].messages:
                del builder.catalogs[name]
