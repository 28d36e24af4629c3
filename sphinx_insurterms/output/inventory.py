"""How does another project find our terms?  In ``objects.inv``, by every name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """List the names when a build begins; they are written at its end."""
    app.connect("builder-inited", list_designations)


def list_designations(app: Sphinx) -> None:
    """Let the inventory list every designation as a ``std:term``.

    Plain Sphinx and intersphinx then reach our terms. The names are added to what the
    standard domain *lists* only: among what it *knows*, they would answer ``:term:``
    before intersphinx does.
    """
    standard = app.env.get_domain("std")
    known = standard.get_objects
    ours = domain.get(app.env)

    def get_objects() -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield Sphinx's objects, and our names that none of them has."""
        taken = set()
        for item in known():
            if item[2] == "term":
                taken.add(item[0].casefold())
            yield item
        for name, docname, anchor in ours.designations():
            if name.casefold() not in taken:
                taken.add(name.casefold())
                yield name, name, "term", docname, anchor, -1

    standard.get_objects = get_objects  # type: ignore[method-assign]
