"""In which order does the general index stand?  In that of the reader's alphabet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.alphabets import alphabet

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Sort the page that Sphinx makes of the index."""
    app.connect("html-page-context", sort_by_alphabet)


def sort_by_alphabet(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Sort and group the entries: Sphinx puts Å under A, and every Arabic ال under ا.

    An index that is split into pages keeps Sphinx's order, which names the pages.
    """
    if pagename != "genindex" or context.get("split_index"):
        return
    letters = alphabet(domain.get(app.env).settings.locale)
    entries = [entry for _, group in context["genindexentries"] for entry in group]
    own_key = {
        name: key for key, group in context["genindexentries"] for name, _ in group
    }
    # A classifier that the writer gave (`index:: … ; key`) is kept as the heading.
    keyed = [
        (str(content[2] or letters.letter(name)), name, content)
        for name, content in entries
    ]
    symbols = [item for item in keyed if item[0] in {"#", "0–9"}]
    rest = sorted(
        (item for item in keyed if item not in symbols),
        key=lambda item: (letters.sort_key(item[0]), letters.sort_key(item[1])),
    )
    grouped = [
        (letter, [(name, content) for _, name, content in group])
        for letter, group in groupby(rest, key=lambda item: item[0])
    ]
    if symbols:
        symbols.sort(key=lambda item: letters.sort_key(item[1]))
        named = own_key[symbols[0][1]]
        grouped.insert(0, (named, [(name, content) for _, name, content in symbols]))
    context["genindexentries"] = grouped
    context["genindexcounts"] = [
        sum(1 + len(content[1]) for _, content in group) for _, group in grouped
    ]
