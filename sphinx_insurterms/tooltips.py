"""What does a tooltip say?  A name and its definition, without links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_insurterms.corpus.locales import direction, language_tag
from sphinx_insurterms.markdown import render_inline
from sphinx_insurterms.nodes import isolated, tip_id, tooltip
from sphinx_insurterms.notices import in_its_language, in_our_language, notices

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from sphinx_insurterms.config import Settings
    from sphinx_insurterms.corpus.model import Term


def term_tooltip(term: Term, settings: Settings) -> tooltip:
    """Return the tooltip of a term of the corpora."""
    entry = term.entry(settings.locale)
    tag = language_tag(entry.locale)
    label: Node = nodes.Text(entry.title)
    if settings.is_foreign(entry.title_locale):
        label = isolated("", entry.title, lang=language_tag(entry.title_locale))
    name = _name(label)
    if settings.bilingual and term.source.title != entry.title:
        source = isolated(
            "",
            term.source.title,
            lang=language_tag(term.source.locale),
            classes=["insurterm-tip-source"],
        )
        name += [nodes.Text(" "), source]
    rendered = render_inline(entry.definition, link_target=lambda _target: None)
    said = in_its_language(rendered.children, entry, entry.definition_locale)
    definition = nodes.paragraph("", "", *said)
    for reference in list(definition.findall(nodes.reference)):
        reference.replace_self(reference.children)
    parts = [name, *([definition] if definition.children else [])]
    made = tooltip("", *parts, tip=tip_id(term.id))
    if settings.is_foreign(entry.locale):
        made["lang"], made["dir"] = tag, direction(entry.locale)
    for words in notices(term, entry, settings):
        told = in_our_language(words, settings)
        made += nodes.paragraph("", "", told, classes=["insurterm-tip-note"])
    return made


def own_tooltip(name: str, label: str, definition: Element) -> tooltip:
    """Return the tooltip of a term in the project's own ``.. glossary::``.

    :param name: the tooltip's id.
    """
    said = nodes.paragraph("", "", *_simplified(definition))
    return tooltip("", _name(nodes.Text(label)), said, tip=name)


_INLINE = (
    nodes.emphasis,
    nodes.strong,
    nodes.literal,
    nodes.subscript,
    nodes.superscript,
)


def _simplified(element: Node) -> list[Node]:
    """Return what a tooltip shows of *element*: its text, with the simplest markup."""
    found: list[Node] = []
    for child in element.children:
        if isinstance(child, nodes.Text):
            found.append(nodes.Text(child.astext()))
        elif isinstance(child, _INLINE):
            found.append(type(child)("", "", *_simplified(child)))
        else:
            found += _simplified(child)
    return found


def _name(label: Node) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.strong("", "", label))
