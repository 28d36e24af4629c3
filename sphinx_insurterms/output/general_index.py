"""What does the general index hold, and how?  Shown terms, in the reader's alphabet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sphinx_insurterms import domain
from sphinx_insurterms.addresses import index_entry
from sphinx_insurterms.corpus.alphabets import alphabet
from sphinx_insurterms.nodes import anchor_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def register(app: Sphinx) -> None:
    """Complete what Sphinx gathered for the index, and sort the page it makes of it."""
    app.connect("env-updated", add_used_terms)
    app.connect("html-page-context", sort_by_alphabet)


def add_used_terms(app: Sphinx, env: BuildEnvironment) -> None:
    """Add the terms of the lists that are only known when all pages are read.

    Sphinx gathers the index while it reads; such a list has no entries then.
    """
    ours = domain.get(env)
    index = env.get_domain("index").data["entries"]
    for docname, noted in ours.pages.items():
        if not (noted.used_lists or noted.indexed):
            continue
        used = {t.id: t for request in noted.used_lists for t in ours.in_use(request)}
        anchors = {anchor_of(term_id): term for term_id, term in sorted(used.items())}
        found = tuple(
            index_entry(
                term.entry(ours.settings.locale), anchor, main=not ours.settings.pages
            )
            for anchor, term in anchors.items()
            if anchor not in noted.anchors
        )
        gathered = index.get(docname, [])
        kept = [entry for entry in gathered if entry not in noted.indexed]
        index[docname] = [*kept, *found]
        noted.indexed = found


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
