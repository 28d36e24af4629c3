"""What do machines read of the terms?  What schema.org calls a set of defined terms."""

from __future__ import annotations

import json
import posixpath
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.markdown import render_inline
from sphinx_insurterms.messages import _
from sphinx_insurterms.nodes import ANCHOR, DEFINITION, ENTRY, foreign, isolated
from sphinx_insurterms.notes import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


class Words(NamedTuple):
    """Plain text, and its language where that is not the page's."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What machines are told of a term; empty is what they are not told."""

    term_id: str
    name: Words
    definition: Words
    others: tuple[Words, ...]
    """What else it is called."""

    url: str


def register(app: Sphinx) -> None:
    """Describe the terms in the head of the pages that show them."""
    app.connect("html-page-context", describe_terms)


# what is said


def defined_term(term: Described) -> dict[str, Any]:
    """Return a ``DefinedTerm``."""
    return _without_empty(
        {
            "@type": "DefinedTerm",
            "name": _value(term.name),
            "termCode": term.term_id,
            "alternateName": [_value(other) for other in term.others],
            "description": _value(term.definition),
            "url": term.url,
        }
    )


def defined_term_set(
    name: str, language: str, *, url: str, terms: Iterable[Described] = ()
) -> dict[str, Any]:
    """Return a ``DefinedTermSet``, which has the language: a term cannot have one.

    What is in another is marked as JSON-LD marks texts.
    """
    return _without_empty(
        {
            "@type": "DefinedTermSet",
            "name": name,
            "inLanguage": language,
            "url": url,
            "hasDefinedTerm": [defined_term(term) for term in terms],
        }
    )


def _value(words: Words) -> Any:
    if not words.language:
        return words.text
    return {"@language": words.language, "@value": words.text}


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


_MARKUP = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end the element, or be read otherwise in HTML than in XHTML. JSON has these
only in its texts, where an escape is the same."""


def data_block(data: dict[str, Any]) -> str:
    """Return an element that holds *data*, which no browser runs."""
    about = {"@context": "https://schema.org", **data}
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _MARKUP.items():
        text = text.replace(character, escape)
    return f'<script type="application/ld+json">{text}</script>'


# where it is found


def describe_terms(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put a term's data on its page, and that of all terms of a list on the list's."""
    ours = domain.get(app.env)
    if doctree is None or not ours.shows_entries(pagename) or not _is_site(app.builder):
        return
    site = _Site(app, ours)
    data = site.term_page(pagename, doctree) or site.list_page(pagename, doctree)
    if data:
        context["metatags"] = context.get("metatags", "") + data_block(data)


def _is_site(builder: Builder) -> bool:
    """Tell whether each page has an address of its own, unlike in books and help files."""
    return not getattr(builder, "embedded", True) and builder.name != "singlehtml"


_Found = dict[str, tuple["Element", "Iterable[Node]"]]
"""Id → where a page has the term's name, and what it says of the term."""

_NOTHING = Words("")

_MOST_DEFINED = 500
"""How many terms a list may have, to be told with their definitions and other names."""


class _Site:
    """Finds what is said of terms on the pages of a site, in their doctrees.

    These have it as readers see it; to load thousands of entries again would take as
    long as to write them.
    """

    def __init__(self, app: Sphinx, ours: domain.InsurtermDomain) -> None:
        self._ours = ours
        self._builder = app.builder
        self._base: str = app.config.html_baseurl
        self._language = language_tag(ours.settings.locale)

    def term_page(self, docname: str, doctree: nodes.document) -> dict[str, Any]:
        """Return what the page of a term says, if this is one."""
        sections = (c for c in doctree.children if isinstance(c, nodes.section))
        section = next(sections, None)
        if section is None or ENTRY not in section:
            return {}
        title, *content = cast("list[Element]", section.children)
        (term,) = self._described({section[ENTRY]: (title, content)})
        index = self._url(self._ours.settings.index_page)
        its_set = defined_term_set(str(_("Glossary")), self._language, url=index)
        return defined_term(term) | {"inDefinedTermSet": its_set}

    def list_page(self, docname: str, doctree: nodes.document) -> dict[str, Any]:
        """Return what a page with lists of terms says, each term once.

        Only their names, where each has a page that says the rest, or where the list is
        a long one: it would be twice as long to load, for what stands there already.
        """
        found: _Found = {}
        for item in _items(doctree):
            name, definition = cast("list[Element]", item.children)
            found.setdefault(name[ENTRY], (name, definition.children))
        if not found:
            return {}
        briefly = bool(self._ours.settings.pages) or len(found) > _MOST_DEFINED
        terms = self._described(found, briefly=briefly)
        title, url = _title(doctree), self._url(docname)
        return defined_term_set(title, self._language, url=url, terms=terms)

    def _described(
        self, found: _Found, *, briefly: bool = False
    ) -> Iterator[Described]:
        names = {} if briefly else self._other_names(list(found))
        for term_id, (name, content) in found.items():
            yield Described(
                term_id=term_id,
                name=_words(name),
                definition=_NOTHING if briefly else self._definition(term_id, content),
                others=tuple(names.get(term_id, ())),
                url=self._address(term_id),
            )

    def _definition(self, term_id: str, content: Iterable[Node]) -> Words:
        for node in content:
            if isinstance(node, foreign):
                said = self._definition(term_id, node.children)
                return Words(said.text, said.language or node["lang"])
            if isinstance(node, nodes.paragraph) and DEFINITION in node["classes"]:
                return _words(node)
        # A paragraph of the body, which may stand anywhere in it; or there is none.
        entry = self._ours.corpus.terms[term_id].entry(self._ours.settings.locale)
        rendered = render_inline(entry.definition, link_target=lambda _target: None)
        text = "".join(node.astext() for node in rendered.children)
        return Words(text, self._tag(entry.definition_locale))

    def _tag(self, locale: str) -> str:
        """Return the language of a text, where it is not that of the build."""
        return language_tag(locale) if self._ours.settings.is_foreign(locale) else ""

    def _other_names(self, term_ids: Sequence[str]) -> Mapping[str, list[Words]]:
        """Return what else terms are called, in the language of what readers see."""
        corpus, settings = self._ours.corpus, self._ours.settings
        shown = {
            s.term_id: s.locale for s in corpus.summaries(settings.locale, term_ids)
        }
        names: dict[str, list[Words]] = defaultdict(list)
        for term_id, locale, status, text in corpus.designations(term_ids):
            if status == Status.ADMITTED and locale == shown[term_id]:
                names[term_id].append(Words(text, self._tag(locale)))
        return names

    def _address(self, term_id: str) -> str:
        """Return where a term is: on its own page, or where links lead instead."""
        if self._ours.settings.pages:
            return self._url(self._ours.settings.page(term_id))
        place = self._ours.target(term_id)
        return self._url(*place) if place else ""

    def _url(self, docname: str, anchor: str = "") -> str:
        """Return a public address, where the project says what it begins with."""
        if not self._base:
            return ""
        page = posixpath.join(self._base, self._builder.get_target_uri(docname))
        return f"{page}#{anchor}" if anchor else page


def _items(node: Element) -> Iterator[Element]:
    """Yield the entries of all lists, without a look into what else is in them."""
    for child in node.children:
        if not isinstance(child, nodes.Element):
            continue
        if _is_listed(child):
            yield child
        else:
            yield from _items(child)


def _is_listed(node: Element) -> bool:
    if not isinstance(node, nodes.definition_list_item):
        return False
    return bool(cast("Element", node[0]).get(ANCHOR) == Place.GLOSSARY)


def _words(node: Element) -> Words:
    """Return the text of a name or a definition, which is in one language as a whole."""
    first: Node | None = node
    while isinstance(first, nodes.Element) and not isinstance(first, isolated):
        first = next(iter(first.children), None)
    return Words(node.astext(), first["lang"] if isinstance(first, isolated) else "")


def _title(doctree: nodes.document) -> str:
    """Return what a page is called, or what a list of terms is where it has no title."""
    section = next(iter(doctree.findall(nodes.section)), None)
    title = section.next_node(nodes.title) if section else None
    return title.astext() if title else str(_("Glossary"))
