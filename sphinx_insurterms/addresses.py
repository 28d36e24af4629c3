"""How are entries and their sections addressed?  Alike in every language."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_id

from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.nodes import LINK, anchor_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils.nodes import Element, Node

    from sphinx_insurterms.corpus.blocks import Block
    from sphinx_insurterms.corpus.model import Entry, Term


IndexEntry = tuple[str, str, str, str, str | None]
"""As Sphinx keeps it: kind, name, anchor, ``main`` or nothing, heading."""


def index_entry(entry: Entry, anchor: str, *, main: bool) -> IndexEntry:
    """Return what the general index says of an entry; main ones come first there."""
    # Sphinx splits an index entry at semicolons.
    name = entry.title.replace(";", ",")
    return ("single", name, anchor, "main" if main else "", None)


def term_link(
    term_id: str, content: list[Node], locale: str, *, plain: bool = False
) -> Element:
    """Return a link to a term that is resolved when all pages are known.

    :param locale: of the entry that it leads to.
    :param plain: without a tooltip, because the definition stands beside it.
    """
    # Plain text marks what has the class `xref`; the name of an entry is no reference.
    classes = [LINK] if plain else ["xref", LINK]
    return addnodes.pending_xref(
        "",
        nodes.inline("", "", *content, classes=classes),
        refdomain="insurterms",
        reftype="term",
        reftarget=term_id,
        refexplicit=True,
        refwarn=False,
        insurterm_plain=plain,
        insurterm_locale=locale,
    )


def kept_anchors(term: Term) -> list[str]:
    """Return the anchors that a term may have had, where links from elsewhere lead.

    Of the ids that it had before, and of its names in a ``.. glossary::``, which has
    those of the source in every language.
    """
    formers = (old for entry in term.entries.values() for old in entry.formerly)
    names = (one.text for one in term.source.designations if one.status < Status.FORM)
    anchors = [*map(anchor_of, map(term_id, formers)), *map(_glossary_anchor, names)]
    return [one for one in dict.fromkeys(anchors) if one]


class _Nothing:
    """Stands for a page without anchors, which can number none."""

    ids: Mapping[str, object] = MappingProxyType({})

    def new_serialno(self, category: str = "") -> int:
        raise LookupError


def _glossary_anchor(name: str) -> str:
    """Return the anchor that Sphinx gives a name in a glossary; empty if it is a number."""
    page: Any = _Nothing()
    try:
        return make_id(page, page, "term", name)
    except LookupError:  # no letter of it can stand in an anchor
        return ""


def heading_ids(term: Term, entry: Entry) -> list[str]:
    """Return an id for each heading of *entry*, the same in every language.

    They are made of the source entry's headings at the same place, so that a link to
    a section holds in every language; headings that only a translation has are counted.
    """
    names = [fold(block.text) for block in _headings(term.source)]
    # A first heading that only one of the two words otherwise than its title has no
    # counterpart: the other one's was not printed twice.
    if _is_titled_twice(term.source) and not _is_titled_twice(entry):
        names = names[1:]
    elif _is_titled_twice(entry) and not _is_titled_twice(term.source):
        names = ["section", *names]
    count = len(_headings(entry))
    names += ["section"] * (count - len(names))
    taken = [anchor_of(term.id)]
    for name in names[:count]:
        # XML, and so EPUB, has no id that begins with a digit.
        wanted = name if name[:1].isalpha() else f"section-{name}".strip("-")
        number = 1
        while (candidate := wanted if number == 1 else f"{wanted}-{number}") in taken:
            number += 1
        taken.append(candidate)
    return taken[1:]


def _is_titled_twice(entry: Entry) -> bool:
    """Tell whether the body begins with a title in other words than the entry's."""
    return bool(entry.blocks) and entry.blocks[0].level == 1


def _headings(entry: Entry) -> list[Block]:
    return [b for b in entry.blocks if b.kind == "heading" and not b.is_nested]
