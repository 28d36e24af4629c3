"""What differs in an EPUB?  Tooltips are pop-up footnotes, and terms are chapters.

What an element may say it is, EPUB 3 Structural Semantics and ARIA in HTML tell:
``doc-glossary`` is for a ``section``, and for no ``dl``; ``doc-glossref`` for a link.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_insurterms import domain
from sphinx_insurterms.nodes import (
    TIP_LINKS,
    entry_list,
    is_tip,
    listed_definition,
    listed_name,
    term_reference,
)

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_insurterms.nodes import tooltip

NOTE = {"epub:type": "footnote", "role": "doc-footnote"}
"""What makes an element a note: EPUB readers show it where it is referred to."""


GLOSSARY = {"epub:type": "glossary", "role": "doc-glossary"}
"""What makes a section a list of terms."""


def link_attributes(href: str, tip: str) -> dict[str, str]:
    """Return the attributes of a link to a term, or to a note that explains it.

    A note is shown where its reference stands, and no reader sees it elsewhere: some
    programs hide what could be referred to so, even if nothing does.

    :param tip: the id of the note, if there is one.
    """
    if not tip and is_tip(href.removeprefix("#")):
        tip = href.removeprefix("#")
    if tip:
        return {"href": f"#{tip}", "epub:type": "noteref", "role": "doc-noteref"}
    return {"href": href, "role": "doc-glossref"}


def register(app: Sphinx) -> None:
    """Put the terms' pages into the book, and say what terms and lists are."""
    app.connect("builder-inited", list_term_pages)
    app.add_node(listed_name, html=(visit_listed_name, depart_listed_name))
    app.add_node(
        listed_definition, html=(visit_listed_definition, depart_listed_definition)
    )
    app.add_post_transform(MarkLists)
    app.add_post_transform(LinkNotes)


class MarkLists(SphinxPostTransform):
    """Let the lists of terms say which names and definitions are theirs."""

    default_priority = 250
    builders = ("epub",)

    def run(self, **_kwargs: Any) -> None:
        """Replace the names and definitions by those that say so."""
        for glossary in self.document.findall(entry_list):
            lists = glossary.children if glossary.is_glossary else []
            for part in lists:
                if isinstance(part, nodes.definition_list):
                    for item in part.children:
                        _mark(cast("Element", item))


def _mark(item: Element) -> None:
    name, definition = cast("list[Element]", item.children)
    name.replace_self(listed_name("", "", *name.children, **name.attributes))
    definition.replace_self(
        listed_definition("", *definition.children, **definition.attributes)
    )


class LinkNotes(SphinxPostTransform):
    """Let notes lead to the entries, since what refers to them shows them instead."""

    default_priority = 260
    builders = ("epub",)

    def run(self, **_kwargs: Any) -> None:
        """Keep where each reference would lead, without its note."""
        found: dict[str, str] = {}
        for reference in self.document.findall(term_reference):
            refid = reference.get("refid", "")
            if "tip" in reference and not is_tip(refid):
                found.setdefault(reference["tip"], reference.get("refuri", f"#{refid}"))
        if found:
            self.document[TIP_LINKS] = found


def linked(tip: tooltip, address: str) -> tooltip:
    """Return *tip* with its name as a link to the entry."""
    if address:
        name = cast("Element", tip[0])
        name[0] = term_reference("", "", name[0], internal=True, refuri=address)
    return tip


def visit_listed_name(self: HTML5Translator, node: listed_name) -> None:
    """Open a name as Sphinx does, and say what it is."""
    self.visit_term(node)
    self.body[-1] = self.body[-1].replace("<dt", '<dt epub:type="glossterm"', 1)


def depart_listed_name(self: HTML5Translator, node: listed_name) -> None:
    """Close it."""
    self.depart_term(node)


def visit_listed_definition(self: HTML5Translator, node: listed_definition) -> None:
    """Open a definition as Sphinx does, and say what it is."""
    self.visit_definition(node)
    self.body[-1] = self.body[-1].replace("<dd", '<dd epub:type="glossdef"', 1)


def depart_listed_definition(self: HTML5Translator, node: listed_definition) -> None:
    """Close it."""
    self.depart_definition(node)


def list_term_pages(app: Sphinx) -> None:
    """Let the book's contents, and so its order of reading, hold the terms' pages.

    Sphinx takes them from the sidebar's tree, where term pages are not (see `pages`):
    they would come after the index, and be left out when a reader turns pages.
    """
    builder: Any = app.builder
    chosen = domain.get(app.env).settings
    if builder.name != "epub" or not chosen.pages:
        return
    theirs = builder.get_toc

    def get_toc() -> None:
        """Gather the contents, and add our pages below the glossary."""
        theirs()
        uri = builder.get_target_uri(chosen.index_page)
        for place, node in enumerate(builder.refnodes):
            if node["refuri"] == html.escape(uri):
                below = [
                    {**page, "level": node["level"] + 1}
                    for page in _contents(app.env, builder, chosen.index_page)
                ]
                builder.refnodes[place + 1 : place + 1] = below
                break

    builder.get_toc = get_toc


def _contents(
    env: BuildEnvironment, builder: Any, glossary: str
) -> list[dict[str, str]]:
    return [
        {
            "refuri": html.escape(builder.get_target_uri(docname)),
            "text": html.escape(env.titles[docname].astext()),
        }
        for docname in env.toctree_includes.get(glossary, ())
    ]
