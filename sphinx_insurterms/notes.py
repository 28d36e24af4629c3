"""What does a page have to do with terms?  What it noted while it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_insurterms.nodes import ANCHOR, ENTRY, WRITTEN

if TYPE_CHECKING:
    from docutils.nodes import Node

    from sphinx_insurterms.addresses import IndexEntry
    from sphinx_insurterms.corpus.problems import Problem


class Place(IntEnum):
    """Where a term is shown; a link goes to the first of these that there is."""

    PAGE = 0
    GLOSSARY = 1
    ENTRY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a directive was asked to show; the answer changes with the corpus."""

    name: str = ""
    """The written name of one term; empty for a list."""

    term_id: str = ""
    """Instead of a name, where there is nothing to find: on a term's own page."""

    keywords: tuple[str, ...] = ()
    """The categories of a list; empty for all."""

    locale: str = ""
    body: bool = False


@dataclass(slots=True)
class PageNotes:
    """All that is kept of one page; values that pickle small."""

    names: tuple[str, ...] = ()
    """Written names in `:term:`, whoever answers them."""

    any_names: tuple[str, ...] = ()
    """Written names in `:any:`, few of which are terms."""

    links: tuple[str, ...] = ()
    """Ids of the terms that the shown texts lead to."""

    shown: dict[Request, str] = field(default_factory=dict)
    """What was shown, and the digest of the corpus's answer."""

    used_lists: tuple[Request, ...] = ()
    """Lists of the terms in use, which are only known when all pages are read."""

    anchors: frozenset[str] = frozenset()
    """The page's own anchors, where it has such lists, which must not repeat one."""

    indexed: tuple[IndexEntry, ...] = ()
    """What the general index has of such lists."""

    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Id → place and anchor."""

    glossary: dict[str, list[Node]] = field(default_factory=dict)
    """The page's own ``.. glossary::``: anchor → the definition's first paragraph."""

    problems: tuple[Problem, ...] = ()
    """What the authors of the shown entries should be told."""


def collect_names(document: nodes.document) -> tuple[str, ...]:
    """Return the names that a page's `:term:` references were written with.

    Not those in `:external:term:`, which nobody here is asked about.
    """
    found = document.findall(addnodes.pending_xref)
    ours = (node for node in found if WRITTEN in node and "intersphinx" not in node)
    return tuple(sorted({node[WRITTEN] for node in ours}))


def collect_any_names(document: nodes.document) -> tuple[str, ...]:
    """Return the names that a page's `:any:` references were written with."""
    found = document.findall(addnodes.pending_xref)
    ours = (node for node in found if node.get("reftype") == "any")
    return tuple(sorted({node["reftarget"] for node in ours}))


def collect_places(document: nodes.document) -> dict[str, tuple[int, str]]:
    """Return the terms that a page shows, and where: the best place of each."""
    places: dict[str, tuple[int, str]] = {}
    for node in document.findall(nodes.Element):
        if ENTRY not in node or not node["ids"]:
            continue
        claim = (node[ANCHOR], node["ids"][0])
        places[node[ENTRY]] = min(claim, places.get(node[ENTRY], claim))
    return places


def collect_glossary(document: nodes.document) -> dict[str, list[Node]]:
    """Return anchor → definition of the terms in a page's own ``.. glossary::``."""
    found: dict[str, list[Node]] = {}
    for glossary in document.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            paragraph = next(iter(item.findall(nodes.paragraph)), None)
            for term in item.findall(nodes.term):
                if paragraph is not None and ENTRY not in term:
                    content = simplified(paragraph)
                    found.update(dict.fromkeys(term["ids"], content))
    return found


_INLINE = (
    nodes.emphasis,
    nodes.strong,
    nodes.literal,
    nodes.subscript,
    nodes.superscript,
)


def simplified(element: nodes.Element) -> list[Node]:
    """Return what a tooltip shows of *element*: its text, with the simplest markup."""
    found: list[Node] = []
    for child in element.children:
        if isinstance(child, nodes.Text):
            found.append(nodes.Text(child.astext()))
        elif isinstance(child, _INLINE):
            found.append(type(child)("", "", *simplified(child)))
        elif isinstance(child, nodes.Element):
            found += simplified(child)
    return found
