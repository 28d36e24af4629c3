"""The words of our doctrees: nodes that extend the standard node of like meaning.

Every output format renders them by their base class; only HTML says more.
"""

from __future__ import annotations

from typing import TypeVar

from docutils import nodes
from sphinx import addnodes

ElementT = TypeVar("ElementT", bound=nodes.Element)

WRITTEN = "insurterm_written"
"""Attribute of a reference and of its content: the name that the writer wrote."""

ENTRY = "insurterm_entry"
"""Attribute of a node that shows a term, and becomes its anchor: the id."""

ANCHOR = "insurterm_anchor"
"""Attribute of such a node: what sort of place it is, a number of ``notes.Place``."""

KEPT_ANCHORS = "insurterm_kept"
"""Attribute of such a node: anchors that links from elsewhere may still lead to."""

GLOSSARY = "insurterm-glossary"
"""Class of a list of terms."""

LINK = "insurterms"
"""Class of the content of links between entries."""

DEFINITION = "insurterm-definition"
"""Class of the paragraph that is an entry's definition."""

OWN_TOCTREE = "insurterm_toctree"
"""Attribute of the toctree of term pages, which sidebars must not lay out."""

TIPS = "insurterm_tips"
"""Attribute of a resolved document: its tooltips, in the order of first mention, each
by its id and what makes it."""

TIP_LINKS = "insurterm_tip_links"
"""Attribute of such a document: tooltip's id → the address of the entry, where the
tooltip must lead there, because what it explains does not (EPUB)."""


class term_reference(nodes.reference):
    """A link to a term that has a tooltip.

    ``tip`` is the tooltip's id; without one there is a link only.
    """


class isolated(nodes.inline):
    """A name in another language than the text around it, kept from its direction.

    ``lang`` is its BCP 47 tag.
    """


class foreign(nodes.container):
    """A block in another language than its page: ``lang`` and ``dir`` say which."""


class entry_list(addnodes.glossary):
    """Shown entries, one or many; its classes are what style sheets know it by."""

    @property
    def is_glossary(self) -> bool:
        """Whether it lists terms by their letters; else it shows one only."""
        return GLOSSARY in self["classes"]


class listed_name(nodes.term):
    """A name in a list of terms, where a format says that this is one (EPUB)."""


class listed_definition(nodes.definition):
    """What stands below such a name."""


class tooltip(nodes.container):
    """One tooltip: ``tip`` is its id; ``lang`` and ``dir`` are of its text."""


class used_list(nodes.General, nodes.Element):
    """Stands where the terms in use are listed, until all pages are read.

    ``request`` is the number of the page's list, counted from 0; ``docname`` is the
    page, which formats of one document only (LaTeX) merge into another.
    """


def anchor_of(term_id: str) -> str:
    """Return the anchor of a term, the same on every page and in every language."""
    return f"term-{term_id}"


def tip_id(term_id: str) -> str:
    """Return the id of a term's tooltip."""
    return f"insurterm-tip-{term_id}"


def is_tip(node_id: str) -> bool:
    """Tell whether an id is that of a tooltip, of a corpus's term or any other."""
    return node_id.startswith(tip_id(""))


def untranslatable(node: ElementT) -> ElementT:
    """Keep *node* and all in it from Sphinx's translation of pages.

    That would parse corpus text again, in the markup of the page that shows it.
    """
    for element in node.findall(nodes.TextElement):
        # Inline nodes are not translated by themselves; and of those that say so, Sphinx
        # keeps only the text (`RemoveTranslatableInline`).
        if not isinstance(element, nodes.Inline):
            element["translatable"] = False
        if isinstance(element, nodes.literal_block):
            # `gettext_additional_targets` may make them translatable again (9.0), but not
            # what has no source, and so is nobody's text.
            element.source = ""
    return node
