"""What does the general index hold, and how?  Shown terms, in the reader's alphabet."""

from __future__ import annotations

from functools import cache
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
    order = cache(letters.sort_key)
    grouped, keyed = [], []
    for heading, group in context["genindexentries"]:
        # A classifier that the writer gave (`index:: … ; key`) is kept as the heading.
        own = str(group[0][1][2] or "")
        if own or (len(heading) == 1 and heading.isalpha()):
            keyed += [(own or order(name)[2], name, content) for name, content in group]
        else:
            grouped.append((heading, group))  # signs and digits stand first already
    keyed.sort(key=lambda item: (order(item[0]), order(item[1])))
    grouped += [
        (letter, [(name, content) for _, name, content in group])
        for letter, group in groupby(keyed, key=lambda item: item[0])
    ]
    context["genindexentries"] = grouped
    context["genindexcounts"] = [
        sum(1 + len(content[1]) for _, content in group) for _, group in grouped
    ]
