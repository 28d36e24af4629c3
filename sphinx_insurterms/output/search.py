"""How does the search find a term?  By its label, which readers know and not its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms import domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """List the labels for as long as the search index is made."""
    app.connect("builder-inited", list_labels)


def list_labels(app: Sphinx) -> None:
    """Let the search index know our terms by what it shows of them.

    The index leaves out an anchor that is made of an object's name, and the script of
    the search page makes it again (8.2, 9.0): of the name that is shown, which is the
    label. With ids for names, `Own share` would lead to `#term-Own share`.
    """
    theirs = getattr(app.builder, "dump_search_index", None)
    if theirs is None:
        return
    ours = domain.get(app.env)

    def get_labels() -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield our terms by label."""
        for _, label, kind, docname, anchor, rank in by_id():
            yield label, label, kind, docname, anchor, rank

    def dump_search_index() -> None:
        """Write the search index."""
        ours.get_objects = get_labels  # type: ignore[method-assign]
        try:
            theirs()
        finally:
            ours.get_objects = by_id  # type: ignore[method-assign]

    by_id = ours.get_objects
    app.builder.dump_search_index = dump_search_index  # type: ignore[attr-defined]
