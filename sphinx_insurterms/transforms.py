"""What becomes of a name when all pages are known?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinx_insurterms import domain
from sphinx_insurterms.answers import remarks
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.entries import Renderer
from sphinx_insurterms.log import TYPE, logger
from sphinx_insurterms.nodes import (
    ENTRY,
    TIPS,
    WRITTEN,
    anchor_of,
    isolated,
    term_reference,
    tip_id,
    tooltip,
    tooltips,
    used_list,
)
from sphinx_insurterms.notes import Place
from sphinx_insurterms.tooltips import own_tooltip, term_tooltip

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_insurterms.answers import Answer
    from sphinx_insurterms.corpus.model import Term


class AnchorEntries(SphinxTransform):
    """Give shown entries their anchors, when the rest of the page has its own.

    Late, because an anchor that a page's own ``.. glossary::`` wants is the
    glossary's; but before Sphinx gathers index entries (850), which name it.
    """

    default_priority = 820

    def apply(self, **_kwargs: Any) -> None:
        """Set the ids, and the targets of index entries; of two, the first is one."""
        anchor_entries(self.document, self.document.ids)


def anchor_entries(root: Element, taken: dict[str, Any]) -> None:
    """Give each entry below *root* its anchor, unless that is *taken*."""
    for node in list(root.findall(nodes.Element)):
        if ENTRY in node and anchor_of(node[ENTRY]) not in taken:
            anchor = anchor_of(node[ENTRY])
            taken[anchor] = node
            node["ids"].append(anchor)
            # A section's index entry stands in its title, as docutils wants it.
            holder = node[0] if isinstance(node, nodes.section) else node
            for index in holder.findall(addnodes.index):
                index["entries"] = [
                    (kind, name, anchor, main, key)
                    for kind, name, _, main, key in index["entries"]
                ]
        elif ENTRY in node:
            for index in list(node.findall(addnodes.index)):
                index.parent.remove(index)


class ListUsedTerms(SphinxPostTransform):
    """Put the list of the terms in use where it was asked for."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Render the lists; what their authors should know is told here."""
        ours = domain.get(self.env)
        taken: dict[str, dict[str, Any]] = {}
        for node in list(self.document.findall(used_list)):
            noted = ours.pages[node["docname"]]
            request = noted.used_lists[node["request"]]
            renderer = Renderer(corpus=ours.corpus, settings=ours.settings)
            glossary = renderer.glossary(
                ours.in_use(request),
                Place.GLOSSARY,
                body=request.body,
                link=bool(ours.settings.pages),
            )
            glossary["classes"] += node["classes"]
            anchors = taken.setdefault(node["docname"], dict.fromkeys(noted.anchors))
            anchor_entries(glossary, anchors)
            ours.tell(renderer.problems)
            node.replace_self(glossary)


class KeepBestAnchors(SphinxPostTransform):
    """Where all documents are one HTML file, leave a term the anchor that links want."""

    default_priority = 6
    builders = ("singlehtml",)

    def run(self, **_kwargs: Any) -> None:
        """Take the anchors off the other places that show the term."""
        ours = domain.get(self.env)
        for node in self.document.findall(nodes.Element):
            if ENTRY in node and node["ids"]:
                place = self._docname(node), node["ids"][0]
                if place != ours.target(node[ENTRY]):
                    node["ids"] = []

    def _docname(self, node: Element) -> str:
        """Return the document that *node* comes from: its sections say so."""
        while node.parent is not None and "docname" not in node:
            node = node.parent
        return str(node.get("docname", self.env.docname))


class RestoreWrittenNames(SphinxPostTransform):
    """Take the ids out of the references again, before anybody resolves them.

    Intersphinx's resolver has priority 9 and Sphinx's 10: each sees what was written.
    """

    default_priority = 8

    def run(self, **_kwargs: Any) -> None:
        """Restore the targets, and mark the contents, which outlive the references."""
        for node in self.document.findall(addnodes.pending_xref):
            if WRITTEN in node:
                node["reftarget"] = node[WRITTEN]
                for content in node.children:
                    if isinstance(content, nodes.Element):
                        content[WRITTEN] = node[WRITTEN]


def answer_from_corpora(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Answer what the project's own glossary did not, before intersphinx does."""
    ours = domain.get(env)
    if node.get("refdomain") == domain.NAME:
        term = ours.corpus.terms.get(node["reftarget"])
        return _refer(app, node, contnode, term) if term else contnode
    if not _is_term(node):
        return None
    return _answered(app, node, contnode, ours.answers.own(node["reftarget"]))


def answer_last(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Answer by the bundled corpora, and ``:any:``, when intersphinx did not."""
    ours = domain.get(env)
    written = node["reftarget"]
    if node.get("reftype") == "any":
        answer = ours.answers.any(written)
        return _answered(app, node, contnode, answer)
    if not _is_term(node):
        return None
    answer = ours.answers.bundled(written)
    if answer is not None:
        ours.answered_by_bundled.add(written)
    return _answered(app, node, contnode, answer)


def _is_term(node: pending_xref) -> bool:
    return bool(node.get("refdomain") == "std" and node.get("reftype") == "term")


def _answered(
    app: Sphinx, node: pending_xref, contnode: Element, answer: Answer | None
) -> Element | None:
    """Return the reference that an answer makes, printed as the reader expects."""
    if answer is None:
        return None
    ours = domain.get(app.env)
    for name, message in remarks(node["reftarget"], answer):
        logger.warning(message, location=node, type=TYPE, subtype=name)
    if not node["refexplicit"]:
        entry = answer.term.entry(ours.settings.locale)
        printed: nodes.Node | None = None
        if answer.printed == entry.title and ours.settings.is_foreign(entry.locale):
            printed = isolated("", entry.title, lang=language_tag(entry.locale))
        elif answer.printed != node["reftarget"]:
            printed = nodes.Text(answer.printed)
        # What stays as written has the quotes that Sphinx gave it.
        if printed is not None:
            contnode.children = []
            contnode += printed
    return _refer(app, node, contnode, answer.term)


def _refer(app: Sphinx, node: pending_xref, contnode: Element, term: Term) -> Element:
    """Return a link to where the term is shown, or to its tooltip, or plain text."""
    ours = domain.get(app.env)
    ours.explained.add(term.id)
    docname = node.get("refdoc", app.env.docname)
    place = ours.target(term.id)
    if place is None:
        if app.builder.format != "html":
            return contnode
        reference = nodes.reference("", "", contnode, refid=tip_id(term.id))
    elif app.builder.name == "singlehtml":
        # Sphinx would write `#document-page#anchor`, which leads nowhere (8.2, 9.0).
        reference = nodes.reference("", "", contnode, refid=place[1], internal=True)
    else:
        try:
            reference = make_refnode(app.builder, docname, *place, contnode)
        except NoUri:  # the place is not part of this output
            return contnode
    if node.get("insurterm_plain"):
        return reference
    made = term_reference("", "", *reference.children, **reference.attributes)
    made["internal"], made["insurterm"] = True, term.id
    return made


class CollectTips(SphinxPostTransform):
    """Gather the tooltips of a page, when its references are links."""

    default_priority = 250
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Put one tooltip a term into the document, in the order of first mention."""
        ours = domain.get(self.env)
        found: dict[str, tooltip] = {}
        for reference in list(self.document.findall(nodes.reference)):
            if isinstance(reference, term_reference):
                self._explain(reference, ours, found)
            elif ours.settings.tooltips and reference.get("internal"):
                self._explain_own(reference, ours, found)
        if found:
            self.document[TIPS] = tooltips("", *found.values())

    def _explain(
        self,
        reference: term_reference,
        ours: domain.InsurtermDomain,
        found: dict[str, tooltip],
    ) -> None:
        term = ours.corpus.terms[reference["insurterm"]]
        name = tip_id(term.id)
        is_target = reference.get("refid") == name
        if name not in found and (ours.settings.tooltips or is_target):
            found[name] = term_tooltip(term, ours.settings)
        if ours.settings.tooltips:
            reference["tip"] = name

    def _explain_own(
        self,
        reference: nodes.reference,
        ours: domain.InsurtermDomain,
        found: dict[str, tooltip],
    ) -> None:
        """Give a reference to the project's own glossary a tooltip too."""
        content = reference.children[0] if reference.children else None
        written = content.get(WRITTEN) if isinstance(content, nodes.Element) else None
        place = ours.own_glossary(written) if written else None
        definition = ours.own_definition(place) if place else []
        if not written or not place or not definition:
            return
        name = f"insurterm-tip-own-{place[0].replace('/', '-')}-{place[1]}"
        if name not in found:
            found[name] = own_tooltip(name, written, definition)
        made = term_reference("", "", *reference.children, **reference.attributes)
        made["tip"] = name
        reference.replace_self(made)
