"""What becomes of a name when all pages are known?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import AddTranslationClasses
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform
from sphinx.util.logging import suppress_logging

from sphinx_insurterms import domain
from sphinx_insurterms.answering import ANSWER, answer_at_once, is_asked_first
from sphinx_insurterms.entries import Renderer
from sphinx_insurterms.log import TYPE, logger
from sphinx_insurterms.nodes import (
    ENTRY,
    KEPT_ANCHORS,
    TIPS,
    WRITTEN,
    anchor_of,
    term_reference,
    tip_id,
    tooltip,
    used_list,
)
from sphinx_insurterms.notes import Place
from sphinx_insurterms.tooltips import own_tooltip, term_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element

    from sphinx_insurterms.answering import Given


class AnchorEntries(SphinxTransform):
    """Give shown entries their anchors, when the rest of the page has its own.

    Late, because an anchor that a page's own ``.. glossary::`` wants is the
    glossary's; but before Sphinx gathers index entries (850), which name it.
    """

    default_priority = 820

    def apply(self, **_kwargs: Any) -> None:
        """Set the ids, and the targets of index entries; of two, the first is one."""
        if self.env.docname in domain.get(self.env).pages:
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
    for node in root.findall(nodes.term):
        for anchor in node.get(KEPT_ANCHORS, ()) if node["ids"] else ():
            if anchor not in taken:
                taken[anchor] = node
                node["ids"].append(anchor)


class ListUsedTerms(SphinxPostTransform):
    """Put the list of the terms in use where it was asked for."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Render the lists; what their authors should know is told here."""
        ours = domain.get(self.env)
        if not ours.has_used_lists():
            return
        taken: dict[str, dict[str, Any]] = {}
        for node in list(self.document.findall(used_list)):
            noted = ours.pages[node["docname"]]
            request = noted.used_lists[node["request"]]
            renderer = Renderer(corpus=ours.corpus, settings=ours.settings)
            glossary = renderer.glossary(
                [term.summary(ours.settings.locale) for term in ours.in_use(request)],
                Place.GLOSSARY,
                body=request.body,
                link=bool(ours.settings.pages),
            )
            glossary["classes"] += node["classes"]
            anchors = taken.setdefault(node["docname"], dict.fromkeys(noted.anchors))
            anchor_entries(glossary, anchors)
            ours.tell(renderer.problems)
            self._tell_progress(glossary)
            node.replace_self(glossary)

    def _tell_progress(self, glossary: nodes.Element) -> None:
        """Give blocks the classes that Sphinx has given to those that were read."""
        document = nodes.document(self.document.settings, self.document.reporter)
        document += glossary
        AddTranslationClasses(document).apply()


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
            elif node.get("reftype") != "any":
                continue
            contents = [c for c in node.children if isinstance(c, nodes.Element)]
            for content in contents:
                content[WRITTEN] = node["reftarget"]


class AnswerNames(SphinxPostTransform):
    """Answer the names that nobody could answer before us.

    As the events would, where no other extension comes first there (see
    :func:`answering.is_asked_first`): Sphinx spells out for its log whatever it asks
    everybody about, and that takes longer than the answer.
    """

    default_priority = 8

    def run(self, **_kwargs: Any) -> None:
        """Replace the references that our corpora answer; the rest is asked about."""
        if not is_asked_first(self.env):
            return
        for node in list(self.document.findall(addnodes.pending_xref)):
            found = answer_at_once(self.env, node)
            if found is not None:
                node.replace_self(found)


class NoteAnswers(SphinxPostTransform):
    """Tell and count what we answered, where it stands when all have been asked.

    Sphinx asks everybody and then takes the first answer: what a handler of
    ``missing-reference`` returns may never be seen.
    """

    default_priority = 12

    def run(self, **_kwargs: Any) -> None:
        """Take the marks off the answers, and say what their writers should know."""
        ours = domain.get(self.env)
        for node in self.document.findall(nodes.Element):
            given: Given | None = node.attributes.pop(ANSWER, None)
            if given is None:
                continue
            ours.explained[given.term_id] = given.locale
            if given.by_bundled:
                ours.answered_by_bundled.add(given.written)
            for name, message in given.remarks:
                logger.warning(message, location=node, type=TYPE, subtype=name)


class CollectTips(SphinxPostTransform):
    """Gather the tooltips of a page, when its references are links."""

    default_priority = 250
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Put one tooltip a term into the document, in the order of first mention."""
        ours = domain.get(self.env)
        found: dict[str, Callable[[], tooltip]] = {}
        for reference in list(self.document.findall(nodes.reference)):
            if isinstance(reference, term_reference):
                self._explain(reference, ours, found)
            elif ours.settings.tooltips and reference.get("internal"):
                self._explain_own(reference, ours, found)
        if found:
            self.document[TIPS] = found

    def _explain(
        self,
        reference: term_reference,
        ours: domain.InsurtermDomain,
        found: dict[str, Callable[[], tooltip]],
    ) -> None:
        term_id = reference["insurterm"]
        name = tip_id(term_id)
        is_target = reference.get("refid") == name
        if name not in found and (ours.settings.tooltips or is_target):
            found[name] = partial(_tooltip_of, ours, term_id)
        if ours.settings.tooltips:
            reference["tip"] = name

    def _explain_own(
        self,
        reference: nodes.reference,
        ours: domain.InsurtermDomain,
        found: dict[str, Callable[[], tooltip]],
    ) -> None:
        """Give a reference to the project's own glossary a tooltip too."""
        content = reference.children[0] if reference.children else None
        if not isinstance(content, nodes.Element) or _TERM not in content["classes"]:
            return  # `:any:` may have found something else of that name
        written = content.get(WRITTEN)
        place = ours.own_glossary(written) if written else None
        definition = ours.own_definition(place) if place else []
        if not place or not definition:
            return
        term, said = definition
        name = f"insurterm-tip-own-{place[0].replace('/', '-')}-{term['ids'][0]}"
        if name not in found:
            if name not in ours.own_tips:
                tip = own_tooltip(name, term.astext(), self._resolved(said))
                ours.own_tips[name] = tip
            found[name] = ours.own_tips[name].deepcopy
        made = term_reference("", "", *reference.children, **reference.attributes)
        made["tip"] = name
        reference.replace_self(made)

    def _resolved(self, paragraph: Element) -> Element:
        """Return a copy of *paragraph* with the texts that its references print.

        Not by all post-transforms, which would gather tooltips for this one in turn;
        and silent, since the page of the glossary gives the warnings.
        """
        document = nodes.document(self.document.settings, self.document.reporter)
        document += paragraph.deepcopy()
        with suppress_logging():
            for transform in _resolvers(document):
                transform(document).run()
        return document


_TERM = "std-term"
"""Class that Sphinx gives to the content of what leads to its glossary."""


def _resolvers(document: nodes.document) -> list[type[SphinxPostTransform]]:
    """Return what makes links of the references in a document."""
    found: list[type[SphinxPostTransform]] = [RestoreWrittenNames, ReferencesResolver]
    references = document.findall(addnodes.pending_xref)
    if any(node["reftype"] == "myst" for node in references):
        from myst_parser.sphinx_ext.myst_refs import MystReferenceResolver

        found.insert(1, MystReferenceResolver)
    return found


def _tooltip_of(ours: domain.InsurtermDomain, term_id: str) -> tooltip:
    return term_tooltip(ours.corpus.terms[term_id], ours.settings)
