"""What do we answer to a name that Sphinx asks about?

Handlers of ``missing-reference`` only propose: all are asked before the first answer is
taken, so what was given must be left alone, and nothing be told or counted yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from sphinx_insurterms import domain
from sphinx_insurterms.answers import remarks
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.nodes import isolated, term_reference, tip_id

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_insurterms.answers import Answer

ANSWER = "insurterm_answer"
"""Attribute of what we answer with: a :class:`Given`, until it is told and counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is to be told and counted of an answer, if it is the one that is taken."""

    term_id: str
    written: str = ""

    by_bundled: bool = False
    """Whether a name was found in the bundled corpora only."""

    remarks: tuple[tuple[str, str], ...] = ()
    """Name and message of what the writer should know."""


def answer_from_corpora(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Answer what the project's own glossary did not, before intersphinx does."""
    ours = domain.get(env)
    target = node["reftarget"]
    if node.get("refdomain") == domain.NAME:
        # A page that links to what is gone was read again, and does so no more.
        return _marked(app, node, contnode.deepcopy(), Given(term_id=target))
    if not _is_term(node):
        return None
    return _answered(app, node, contnode, ours.answers.own(target))


def answer_last(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Answer by the bundled corpora, and ``:any:``, when intersphinx did not."""
    ours = domain.get(env)
    target = node["reftarget"]
    if node.get("reftype") == "any":
        answer = ours.answers.own(target) or ours.bundled_answer(target)
        return _answered(app, node, contnode, answer)
    if not _is_term(node):
        return None
    return _answered(app, node, contnode, ours.bundled_answer(target))


def _is_term(node: pending_xref) -> bool:
    return bool(node.get("refdomain") == "std" and node.get("reftype") == "term")


def _answered(
    app: Sphinx, node: pending_xref, contnode: Element, answer: Answer | None
) -> Element | None:
    """Return the reference that an answer makes, printed as the reader expects."""
    if answer is None:
        return None
    ours = domain.get(app.env)
    written = node["reftarget"]
    content = contnode.deepcopy()
    if not node["refexplicit"]:
        entry = answer.term.entry(ours.settings.locale)
        printed: nodes.Node | None = None
        if answer.printed == entry.title and ours.settings.is_foreign(entry.locale):
            printed = isolated("", entry.title, lang=language_tag(entry.locale))
        elif answer.printed != written:
            printed = nodes.Text(answer.printed)
        # What stays as written has the quotes that Sphinx gave it.
        if printed is not None:
            content.children = []
            content += printed
    given = Given(
        term_id=answer.term.id,
        written=written,
        by_bundled=ours.corpus.layer(answer.term.id).bundled,
        remarks=tuple(remarks(written, answer)),
    )
    return _marked(app, node, content, given)


def _marked(app: Sphinx, node: pending_xref, content: Element, given: Given) -> Element:
    """Return what *content* becomes, with what is to be told where *node* stands."""
    made = _reference(app, node, content, given.term_id)
    made[ANSWER] = given
    made.source, made.line = node.source, node.line
    return made


def _reference(
    app: Sphinx, node: pending_xref, content: Element, term_id: str
) -> Element:
    """Return a link to where the term is shown, or to its tooltip, or plain text."""
    docname = node.get("refdoc", app.env.docname)
    place = domain.get(app.env).target(term_id)
    if place is None:
        if app.builder.format != "html":
            return content
        reference = nodes.reference("", "", content, refid=tip_id(term_id))
    elif app.builder.name == "singlehtml":
        # Sphinx would write `#document-page#anchor`, which leads nowhere (8.2, 9.0).
        reference = nodes.reference("", "", content, refid=place[1], internal=True)
    else:
        try:
            reference = make_refnode(app.builder, docname, *place, content)
        except NoUri:  # the place is not part of this output
            return content
    if node.get("insurterm_plain"):
        return reference
    made = term_reference("", "", *reference.children, **reference.attributes)
    made["internal"], made["insurterm"] = True, term_id
    return made
