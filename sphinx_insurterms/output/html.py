"""How do terms look in HTML, and in what is made of it?"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils.utils import new_document

from sphinx_insurterms import domain
from sphinx_insurterms.messages import _
from sphinx_insurterms.nodes import (
    TIP_LINKS,
    TIPS,
    entry_list,
    foreign,
    isolated,
    term_reference,
    tooltip,
)
from sphinx_insurterms.output import epub

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def register(app: Sphinx) -> None:
    """Register the nodes, and put each page's tooltips at the end of its body.

    Only under ``html``, which EPUB falls back to: a handler of our own for ``epub``
    would keep Sphinx from finding the ``html`` handlers of everybody else's nodes.
    """
    app.add_node(term_reference, html=(visit_term_reference, depart_term_reference))
    app.add_node(isolated, html=(visit_isolated, depart_isolated))
    app.add_node(entry_list, html=(visit_entry_list, depart_entry_list))
    app.add_node(foreign, html=(visit_foreign, depart_division))
    app.add_node(tooltip, html=(visit_tooltip, depart_tooltip))
    app.connect("html-page-context", _Tooltips().add)


def visit_term_reference(self: HTML5Translator, node: term_reference) -> None:
    """Open the link and name its tooltip, which stands at the end of the page.

    Without the script it is still a link to the entry: nothing is lost.
    """
    href = node["refuri"] if "refuri" in node else f"#{node['refid']}"
    attributes: dict[str, Any] = {"href": href}
    if "tip" in node:
        attributes["aria-describedby"] = node["tip"]
    if self.builder.name == "epub":
        attributes = epub.link_attributes(href, node.get("tip", ""))
    classes = "reference internal" + (" insurterm" if "tip" in node else "")
    self.body.append(self.starttag(node, "a", "", CLASS=classes, **attributes))


def depart_term_reference(self: HTML5Translator, node: term_reference) -> None:
    """Close the link."""
    self.body.append("</a>")


def visit_isolated(self: HTML5Translator, node: isolated) -> None:
    """Open a name that keeps its own direction."""
    own = {key: node[key] for key in ("lang", "dir") if key in node}
    self.body.append(self.starttag(node, "bdi", "", **own))


def depart_isolated(self: HTML5Translator, node: isolated) -> None:
    """Close it."""
    self.body.append("</bdi>")


def visit_entry_list(self: HTML5Translator, node: entry_list) -> None:
    """Open a list of entries, of which Sphinx would drop the classes."""
    if self.builder.name == "epub" and node.is_glossary:
        own: dict[str, Any] = {"aria-label": str(_("Glossary")), **epub.GLOSSARY}
        self.body.append(self.starttag(node, "section", **own))
        return
    self.body.append(self.starttag(node, "div"))


def depart_entry_list(self: HTML5Translator, node: entry_list) -> None:
    """Close it."""
    is_section = self.builder.name == "epub" and node.is_glossary
    self.body.append("</section>\n" if is_section else "</div>\n")


def visit_foreign(self: HTML5Translator, node: foreign) -> None:
    """Open a block in another language."""
    self.body.append(
        self.starttag(
            node, "div", lang=node["lang"], dir=node["dir"], CLASS="insurterm-foreign"
        )
    )


def depart_division(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a block."""
    self.body.append("</div>\n")


def visit_tooltip(self: HTML5Translator, node: tooltip) -> None:
    """Open one tooltip; its language is the page's unless it says another."""
    own: dict[str, Any] = {key: node[key] for key in ("lang", "dir") if key in node}
    if self.builder.name == "epub":
        attributes = {"ids": [node["tip"]], **epub.NOTE, **own}
        self.body.append(self.starttag(node, "aside", **attributes))
        return
    self.body.append(
        self.starttag(
            node,
            "div",
            "",
            CLASS="insurterm-tip",
            ids=[node["tip"]],
            role="tooltip",
            **own,
        )
    )


def depart_tooltip(self: HTML5Translator, node: tooltip) -> None:
    """Close it."""
    self.body.append("</aside>\n" if self.builder.name == "epub" else "</div>\n")


class _Tooltips:
    """Writes the tooltips of one build, each once, as the builder writes its pages.

    Many pages have the same ones; and to make what writes them takes longer than
    to write those of a page.
    """

    def __init__(self) -> None:
        self._translator: Any = None
        self._drawn: dict[tuple[str, str], str] = {}

    def add(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Put the tooltips that the page's references need after its text.

        Here and not in the doctree, so that no page is found by words of its tooltips.
        """
        if doctree is not None and TIPS in doctree and "body" in context:
            links: dict[str, str] = doctree.get(TIP_LINKS, {})
            tips = []
            for name, make in doctree[TIPS].items():
                key = name, links.get(name, "")
                if key not in self._drawn:
                    tip = epub.linked(make(), key[1])
                    self._drawn[key] = self._draw(app.builder, tip)
                tips.append(self._drawn[key])
            for_epub = app.builder.name == "epub"
            has_script = domain.get(app.env).settings.tooltips and not for_epub
            context["body"] += _block(tips, for_epub=for_epub, has_switch=has_script)

    def _draw(self, builder: Any, tip: tooltip) -> str:
        if self._translator is None:
            document = new_document("tooltips", builder.docsettings)
            self._translator = builder.create_translator(document, builder)
        # Writers look at a node's document, and at its neighbours.
        self._translator.document.children = []
        self._translator.document += tip
        self._translator.body.clear()
        tip.walkabout(self._translator)
        # Docutils ends paragraphs with a line break; between two, it parts their words.
        return "".join(self._translator.body).replace("</p>\n</div>", "</p></div>")


def _block(tips: list[str], *, for_epub: bool, has_switch: bool) -> str:
    """Return the block of tooltips, a readable list where the script does not run.

    :param has_switch: whether readers may choose between tooltips and the list. The
        script makes the switch, but it has no words of its own.
    """
    title = escape(_("Terms on this page"))
    element = "section" if for_epub else "aside"
    head = f'<p class="insurterm-tips-title">{title}</p>\n'
    words = escape(_("Show definitions in the text"))
    switch = f' data-switch="{words}"' * has_switch
    start = f'<{element} aria-label="{title}" class="insurterm-tips"{switch}>\n'
    return "".join([start, head, *tips, f"</{element}>\n"])
