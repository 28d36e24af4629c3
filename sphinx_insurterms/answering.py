"""What do we answer to a name that Sphinx asks about?

Handlers of ``missing-reference`` only propose: all are asked before the first answer is
taken, so what was given must be left alone, and nothing be told or counted yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.errors import NoUri

from sphinx_insurterms import domain
from sphinx_insurterms.answers import remarks
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.nodes import WRITTEN, isolated, term_reference, tip_id

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_insurterms.answers import Answer
    from sphinx_insurterms.corpus.problems import WarningName

ANSWER = "insurterm_answer"
"""Attribute of what we answer with: a :class:`Given`, until it is told and counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is to be told and counted of an answer, if it is the one that is taken."""

    term_id: str
    locale: str
    """Of the entry that readers are shown."""

    written: str = ""

    by_bundled: bool = False
    """Whether a name was found in the bundled corpora only."""

    remarks: tuple[tuple[WarningName, str], ...] = ()
    """Name and message of what the writer should know."""


PRIORITY = 400
"""Where the project's own corpora are asked, before intersphinx (500)."""


def is_asked_first(env: BuildEnvironment) -> bool:
    """Tell whether no other extension may answer a name before our corpora."""
    listeners = env.events.listeners["missing-reference"]
    return not any(
        listener.priority <= PRIORITY and listener.handler is not answer_from_corpora
        for listener in listeners
    )


def answer_at_once(env: BuildEnvironment, node: pending_xref) -> Element | None:
    """Answer what Sphinx would ask us about, when it had found nothing itself."""
    is_name = WRITTEN in node and "intersphinx" not in node
    if is_name and domain.get(env).own_glossary(node["reftarget"]):
        return None
    if is_name or node.get("refdomain") == domain.NAME:
        return _from_corpora(env, node, cast("Element", node.children[0]))
    return None


def answer_from_corpora(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Answer what the project's own glossary did not, before intersphinx does."""
    return _from_corpora(env, node, contnode.deepcopy())


def _from_corpora(
    env: BuildEnvironment, node: pending_xref, content: Element
) -> Element | None:
    """Return what *node* becomes, with *content* in it."""
    target = node["reftarget"]
    if node.get("refdomain") == domain.NAME:
        # A page that links to what is gone was read again, and does so no more.
        locale = node.get("insurterm_locale") or _locale_of(env, target)
        given = Given(term_id=target, locale=locale)
        return _marked(env, node, content, given)
    if not _is_term(node):
        return None
    return _answered(env, node, content, domain.get(env).answers.own(target))


def _locale_of(env: BuildEnvironment, term_id: str) -> str:
    ours = domain.get(env)
    return ours.corpus.terms[term_id].entry(ours.settings.locale).locale


def answer_last(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """Answer by the bundled corpora, and ``:any:``, when intersphinx did not."""
    ours = domain.get(env)
    target = node["reftarget"]
    if node.get("reftype") == "any":
        answer = ours.answers.own(target) or ours.bundled_answer(target)
        return _answered(env, node, contnode.deepcopy(), answer)
    if not _is_term(node):
        return None
    return _answered(env, node, contnode.deepcopy(), ours.bundled_answer(target))


def _is_term(node: pending_xref) -> bool:
    return bool(node.get("refdomain") == "std" and node.get("reftype") == "term")


def _answered(
    env: BuildEnvironment, node: pending_xref, content: Element, answer: Answer | None
) -> Element | None:
    """Return the reference that an answer makes, printed as the reader expects."""
    if answer is None:
        return None
    ours = domain.get(env)
    written = node["reftarget"]
    if not node["refexplicit"]:
        printed: nodes.Node | None = None
        if answer.printed == answer.title and ours.settings.is_foreign(answer.locale):
            printed = isolated("", answer.title, lang=language_tag(answer.locale))
        elif answer.printed != written:
            printed = nodes.Text(answer.printed)
        # What stays as written has the quotes that Sphinx gave it.
        if printed is not None:
            content.children = []
            content += printed
    given = Given(
        term_id=answer.term_id,
        locale=answer.locale,
        written=written,
        by_bundled=answer.bundled,
        remarks=tuple(remarks(written, answer)),
    )
    return _marked(env, node, content, given)


def _marked(
    env: BuildEnvironment, node: pending_xref, content: Element, given: Given
) -> Element:
    """Return what *content* becomes, with what is to be told where *node* stands."""
    made = _reference(env, node, content, given.term_id)
    made[ANSWER] = given
    made.source, made.line = node.source, node.line
    return made


def _reference(
    env: BuildEnvironment, node: pending_xref, content: Element, term_id: str
) -> Element:
    """Return a link to where the term is shown, or to its tooltip, or plain text."""
    ours = domain.get(env)
    builder = ours.builder
    docname = node.get("refdoc", env.docname)
    place = ours.target(term_id)
    where: dict[str, Any] = {}
    if place is None:
        if builder.format != "html":
            return content
        where["refid"] = tip_id(term_id)
    elif place[0] == docname or builder.name == "singlehtml":
        # In one file, Sphinx would write `#document-page#anchor` (8.2, 9.0), which
        # leads nowhere.
        where["refid"] = place[1]
    else:
        try:
            page = builder.get_relative_uri(docname, place[0])
        except NoUri:  # the place is not part of this output
            return content
        where["refuri"] = f"{page}#{place[1]}"
    if node.get("insurterm_plain"):
        return nodes.reference("", "", content, internal=True, **where)
    return term_reference("", "", content, internal=True, insurterm=term_id, **where)
