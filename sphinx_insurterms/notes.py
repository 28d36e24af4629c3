"""What does a page have to do with terms?  What it noted while it was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_insurterms.nodes import ANCHOR, ENTRY, WRITTEN, entry_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docutils.nodes import Element, Node

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
class Reliance:
    """What shown entries say of other terms: a page is stale if that changes."""

    targets: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """The id of an entry and a link's target in it → the id that it leads to."""

    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id of a related term → its title, and the locale of that."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one output folder holds."""

    seal: str = ""
    """Stands for all that was looked at, when each page was as it should be."""

    pages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Document → what stood for all that it took from elsewhere."""


@dataclass(slots=True)
class PageNotes:
    """All that is kept of one page; values that pickle small."""

    names: dict[str, int] = field(default_factory=dict)
    """Written name → how many `:term:` have it, whoever answers; by the names.

    0 is of a name in a substitution only that the page does not use.
    """

    any_names: tuple[str, ...] = ()
    """Written names in `:any:`, few of which are terms."""

    links: tuple[str, ...] = ()
    """Ids of the terms that the shown texts lead to."""

    shown: dict[Request, str] = field(default_factory=dict)
    """What was shown, and the digest of the corpus's answer."""

    entries: dict[str, int] = field(default_factory=dict)
    """Id → how many `insurterm` show the term."""

    relies_on: Reliance = field(default_factory=Reliance)

    used_lists: tuple[Request, ...] = ()
    """Lists of the terms in use, which are only known when all pages are read."""

    anchors: frozenset[str] = frozenset()
    """The page's own anchors, where it has such lists, which must not repeat one."""

    indexed: tuple[IndexEntry, ...] = ()
    """What the general index has of such lists."""

    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Id → place and anchor."""

    glossary: dict[str, list[Element]] = field(default_factory=dict)
    """The page's own ``.. glossary::``: anchor → first term and first paragraph."""

    problems: tuple[Problem, ...] = ()
    """What the authors of the shown entries should be told."""


def collect_names(
    document: nodes.document,
) -> tuple[Counter[str], set[str], list[addnodes.glossary]]:
    """Return what a page names by `:term:` and by `:any:`, and its own glossaries.

    Each `:term:` counts, but for those in the definition of a substitution, which count
    where it is used; not `:external:term:`, which nobody here is asked about. In one
    walk, as this is done for every page of a project.
    """
    names: Counter[str] = Counter()
    any_names, glossaries = set(), []
    for node in document.findall(nodes.Element):
        if isinstance(node, addnodes.pending_xref):
            if _is_name(node):
                names[node[WRITTEN]] += 1
            elif node.get("reftype") == "any":
                any_names.add(node["reftarget"])
        elif isinstance(node, addnodes.glossary) and not isinstance(node, entry_list):
            glossaries.append(node)
        elif isinstance(node, nodes.substitution_definition):
            # It is still there, and the walk is about to count what it holds.
            held = node.findall(addnodes.pending_xref)
            names.subtract(one[WRITTEN] for one in held if _is_name(one))
    return names, any_names, glossaries


def _is_name(node: addnodes.pending_xref) -> bool:
    return WRITTEN in node and "intersphinx" not in node


def collect_places(document: nodes.document) -> dict[str, tuple[int, str]]:
    """Return the terms that a page shows, and where: the best place of each."""
    places: dict[str, tuple[int, str]] = {}
    for node in document.findall(nodes.Element):
        if ENTRY not in node or not node["ids"]:
            continue
        claim = (node[ANCHOR], node["ids"][0])
        places[node[ENTRY]] = min(claim, places.get(node[ENTRY], claim))
    return places


_ITEM = nodes.definition_list_item


def collect_glossary(
    glossaries: Iterable[addnodes.glossary],
) -> dict[str, list[Element]]:
    """Return what tooltips say of the terms in a page's own ``.. glossary::``.

    Without what a reader may not see: when a page is read, ``only`` and the like are
    still in it, and only the blocks that are sure to be printed are looked into.
    """
    found: dict[str, list[Element]] = {}
    items = (item for glossary in glossaries for item in glossary.findall(_ITEM))
    for item in items:
        paragraph = _first_paragraph(item) if _is_in_glossary(item) else None
        if paragraph is None:
            continue
        terms = [child for child in item.children if isinstance(child, nodes.term)]
        label = nodes.term("", terms[0].astext(), ids=terms[0]["ids"][:1])
        said: list[Element] = [label, _portable(paragraph)]
        found.update({anchor: said for term in terms for anchor in term["ids"]})
    return found


_SURELY_SHOWN = (
    *(nodes.section, nodes.container, nodes.compound, nodes.block_quote),
    *(addnodes.glossary, nodes.definition_list),
)
"""Exactly these: what extensions hide is often a node that extends one of them."""


def _is_in_glossary(item: Node) -> bool:
    """Tell whether a project's glossary has *item*, and shows it in every build."""
    above: list[type[Node]] = []
    while not isinstance(item := item.parent, nodes.document):
        above.append(type(item))
    return addnodes.glossary in above and all(kind in _SURELY_SHOWN for kind in above)


def _first_paragraph(item: Element) -> nodes.paragraph | None:
    """Return what a definition begins with, but for pictures, if it is a paragraph."""
    blocks = [
        child
        for child in item.children[-1].children
        if not isinstance(child, _PASSED_OVER)
    ]
    return blocks[0] if blocks and isinstance(blocks[0], nodes.paragraph) else None


_PASSED_OVER = (nodes.Invisible, nodes.image, nodes.figure)
"""What may stand before it."""

_LEFT_OUT = (nodes.raw, nodes.footnote_reference, nodes.citation_reference)


def _portable(paragraph: nodes.paragraph) -> nodes.paragraph:
    """Return a copy without what only its page can show; it pickles without the page."""
    copy = paragraph.deepcopy()
    for node in list(copy.findall()):
        node.document = None  # type: ignore[assignment]
        if isinstance(node, _LEFT_OUT) or (
            isinstance(node, addnodes.pending_xref)
            and node.get("refdomain") == "citation"
        ):
            _take_out(node)
    return copy


def _take_out(node: Node) -> None:
    """Remove *node*, and the space that kept it from the word before it."""
    parent = node.parent
    place = parent.index(node)
    before = parent[place - 1] if place else None
    if isinstance(before, nodes.Text):
        parent[place - 1] = nodes.Text(before.astext().rstrip())
    parent.remove(node)
