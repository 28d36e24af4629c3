"""By what may a stylesheet or a script of a project know our parts of a page?

These names are public: they change in a major version only. Nothing here is read in a
build; the reference is made of it, and tests hold it to what we write.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Hook:
    """A public name of a part of a page, or of a value that it is drawn with."""

    name: str
    """As a stylesheet writes it; ``<id>`` stands for the id of a term."""

    meaning: str
    by_script: bool = False
    """Whether it is there in a browser only, where the script has run."""


CLASSES = (
    # Names
    Hook("a.insurterm", "A name that has a tooltip."),
    Hook("a.insurterm-open", "The same, while its tooltip is open.", by_script=True),
    Hook(".insurterms-term", "The text of a link from one entry to another."),
    # Entries
    Hook("div.insurterm", "An entry that the directive `insurterm` shows."),
    Hook(
        "div.insurterm-glossary",
        "A list of terms: by the directive `insurterm-glossary`, or on the page of all "
        "terms.",
    ),
    Hook("section.insurterm-page", "The page of a term."),
    Hook(".insurterm-letter", "The letter above a part of a list."),
    Hook(".insurterm-definition", "The definition in an entry."),
    Hook(
        ".insurterm-facts",
        "What else an entry says: see also, source, jurisdiction, date and status.",
    ),
    Hook(
        ".insurterm-notice",
        "Tells readers that an entry is not translated yet, or is outdated.",
    ),
    Hook(
        "div.insurterm-foreign",
        "Text in another language than the page. It has `lang` and `dir`.",
    ),
    # Tooltips
    Hook(
        "aside.insurterm-tips",
        "All definitions of a page, at its end: the list, or where tooltips come from.",
    ),
    Hook(".insurterm-tips-title", "The title of that list."),
    Hook(
        "div.insurterm-tip",
        "One definition in it. While it is open as a tooltip, "
        "`.insurterm-tip:popover-open` finds it.",
    ),
    Hook(
        ".insurterm-tip-source",
        "The name in the source language, with {confval}`insurterms_bilingual`.",
    ),
    Hook(
        ".insurterm-tip-note",
        "Tells readers that a definition is not translated yet, or is outdated.",
    ),
    Hook(
        ".insurterm-switch",
        "The checkbox by which readers choose between tooltips and the list, with its label.",
        by_script=True,
    ),
    Hook(
        "html.insurterm-js",
        "The page, while it shows tooltips and no list.",
        by_script=True,
    ),
    # Languages
    Hook(
        "nav.insurterms-languages",
        "The links to the page in other languages, with {confval}`insurterms_languages`.",
    ),
)
"""Classes, in the order of the reference."""

ANCHORS = (
    Hook(
        "#term-<id>",
        "Where a term is explained: on its page, in a list, or by `insurterm`.",
    ),
    Hook(
        "#insurterm-tip-<id>",
        "The definition of a term at the end of a page. An address that ends so opens "
        "the tooltip.",
    ),
)
"""Anchors, which links from elsewhere may lead to as well."""

PROPERTIES = (
    Hook("--insurterm-tip-background", "The background of a tooltip."),
    Hook("--insurterm-tip-color", "Its text."),
    Hook("--insurterm-tip-border", "The line around it."),
)
"""Custom properties. What a project does not set, the theme's colours stand for."""

INTERNAL: Mapping[str, str] = MappingProxyType(
    {
        "insurterms": "the domain, which Sphinx writes beside `xref`; it finds no more "
        "than `insurterms-term` does",
        "insurterm-tip-anchored": "tells the stylesheet that the browser places a tooltip",
        "--insurterm": "the anchor that a tooltip is placed beside",
        "--insurterm-below": "a place of a tooltip that the browser may try",
        "--insurterm-above": "a place of a tooltip that the browser may try",
        "data-switch": "words of the switch, for the script that makes it",
        "data-insurterms-language": "tells `insurterms join` which language a line is for",
    }
)
"""Names by which our own parts talk to each other, and why nobody else needs them."""
