"""How does an entry look, as doctree?"""

from __future__ import annotations

import datetime as dt
import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from babel import UnknownLocaleError
from docutils import nodes
from sphinx import addnodes

from sphinx_insurterms.addresses import (
    heading_ids,
    index_entry,
    kept_anchors,
    term_link,
)
from sphinx_insurterms.corpus.alphabets import alphabet
from sphinx_insurterms.corpus.broken_links import broken_links
from sphinx_insurterms.corpus.catalog_faults import catalog_faults
from sphinx_insurterms.corpus.locales import direction, language_tag
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.markdown import render_body, render_inline
from sphinx_insurterms.messages import _
from sphinx_insurterms.nodes import (
    ANCHOR,
    DEFINITION,
    ENTRY,
    GLOSSARY,
    KEPT_ANCHORS,
    entry_list,
    foreign,
    isolated,
    untranslatable,
)
from sphinx_insurterms.notes import Place, Reliance
from sphinx_insurterms.notices import (
    are_foreign,
    in_its_language,
    in_our_language,
    is_marked,
    notices,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docutils.nodes import Node

    from sphinx_insurterms.config import Settings
    from sphinx_insurterms.corpus.layers import Corpus
    from sphinx_insurterms.corpus.model import Entry, Summary, Term
    from sphinx_insurterms.rendered import Rendered


@dataclass(frozen=True, kw_only=True)
class Renderer:
    """Renders entries for one page, and gathers what their authors should be told."""

    corpus: Corpus
    settings: Settings
    problems: list[Problem] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Ids of the terms that the rendered texts lead to."""

    relies_on: Reliance = field(default_factory=Reliance)

    def section(self, term: Term) -> nodes.section:
        """Return a term's page: its title, definition and body, as sections."""
        entry = term.entry(self.settings.locale)
        self.problems.extend(catalog_faults(self.corpus, term, body=True))
        title = nodes.title("", "", *self._label(entry))
        title += addnodes.index(entries=[index_entry(entry, "", main=True)])
        section = nodes.section("", title, classes=["insurterm-page"])
        self._count(term, entry.title_locale, title)
        section[ENTRY], section[ANCHOR] = term.id, int(Place.PAGE)
        parts: list[Node] = []
        if not entry.is_defined_in_body:
            parts += self._definition(term, entry)
        parts += self._facts(term, entry)
        flow, sections = self._body(term, entry, section_ids=heading_ids(term, entry))
        section += self._told(term, entry, body=True)
        section += self._in_its_language(entry, [*parts, *flow])
        section += self._sections(entry, sections)
        return untranslatable(section)

    def glossary(
        self, terms: Iterable[Summary], place: Place | None, *, body: bool, link: bool
    ) -> entry_list:
        """Return the alphabetical list of *terms*, with letter headings.

        :param place: what the entries are as targets; None if they are none.
        :param link: whether the names lead to the terms' own pages.
        """
        with _collection_paused():
            return untranslatable(self._glossary(terms, place, body=body, link=link))

    def _glossary(
        self, terms: Iterable[Summary], place: Place | None, *, body: bool, link: bool
    ) -> entry_list:
        letters = alphabet(self.settings.locale)
        made = entry_list(sorted=False, classes=[GLOSSARY])
        for letter, group in groupby(
            self.in_order(terms), key=lambda term: letters.letter(term.sorted_by)
        ):
            made += nodes.rubric(letter, letter, classes=["insurterm-letter"])
            found = self.corpus.each([summary.term_id for summary in group])
            items = [self._item(term, place, body=body, link=link) for term in found]
            made += nodes.definition_list("", *items, classes=["glossary"])
        return made

    def single(
        self, term: Term, place: Place | None, *, body: bool, locale: str = ""
    ) -> entry_list:
        """Return one entry, in *locale* or the build's, as a list of one."""
        item = self._item(
            term, place, body=body, link=bool(self.settings.pages), locale=locale
        )
        entries = nodes.definition_list("", item, classes=["glossary"])
        made = entry_list("", entries, sorted=False, classes=["insurterm"])
        return untranslatable(made)

    def in_order(self, terms: Iterable[Summary]) -> list[Summary]:
        """Return *terms* in the order of the reader's alphabet, then of their ids."""
        key = alphabet(self.settings.locale).sort_key
        return sorted(terms, key=lambda term: (key(term.sorted_by), term.term_id))

    def _item(
        self,
        term: Term,
        place: Place | None,
        *,
        body: bool,
        link: bool,
        locale: str = "",
    ) -> nodes.definition_list_item:
        entry = term.entry(locale or self.settings.locale)
        self.problems.extend(catalog_faults(self.corpus, term, body=body))
        label = self._label(entry)
        if link:
            label = [term_link(term.id, label, entry.locale, plain=True)]
        name = nodes.term("", "", *label)
        self._count(term, entry.title_locale, name)
        if place is not None:
            # Where there is a page of the term, the index leads there first.
            main = not self.settings.pages
            name += addnodes.index(entries=[index_entry(entry, "", main=main)])
            name[ENTRY], name[ANCHOR] = term.id, int(place)
            name[KEPT_ANCHORS] = kept_anchors(term)
        parts: list[Node] = []
        if not (body and entry.is_defined_in_body):
            parts += self._definition(term, entry)
        parts += self._facts(term, entry)
        if body:
            parts += self._body(term, entry, section_ids=None)[0]
        content = self._told(term, entry, asked=locale, body=body) if parts else []
        content += self._in_its_language(entry, parts)
        return nodes.definition_list_item(
            "", name, nodes.definition("", *(content or [nodes.paragraph()]))
        )

    def _label(self, entry: Entry) -> list[Node]:
        return [self._said(entry.title, entry.title_locale)]

    def _said(self, text: str, locale: str) -> Node:
        """Return a few words of an entry, to stand among words of the page."""
        if not self.settings.is_foreign(locale):
            return nodes.Text(text)
        return isolated("", text, lang=language_tag(locale))

    def _definition(self, term: Term, entry: Entry) -> list[Node]:
        rendered = self._noted(
            entry,
            render_inline(
                entry.definition,
                link_target=lambda target: self._target(entry, target),
            ),
            entry.definition_line or 1,
        )
        if not rendered.children:
            return []
        classes = [DEFINITION]
        said = in_its_language(rendered.children, entry, entry.definition_locale)
        definition = nodes.paragraph("", "", *said, classes=classes)
        self._count(term, entry.definition_locale, definition)
        return [definition]

    def _body(
        self, term: Term, entry: Entry, *, section_ids: Sequence[str] | None
    ) -> tuple[list[Node], list[nodes.section]]:
        """Return what stands before the first section, and the sections."""
        rendered = self._noted(
            entry,
            render_body(
                entry,
                link_target=lambda target: self._target(entry, target),
                section_ids=section_ids,
            ),
            entry.body_line or 1,
        )
        self._count(term, entry.locale, *rendered.children)
        self.problems.extend(broken_links(self.corpus, entry, body=True))
        flow = [n for n in rendered.children if not isinstance(n, nodes.section)]
        return flow, [n for n in rendered.children if isinstance(n, nodes.section)]

    def _count(self, term: Term, locale: str, *shown: Node) -> None:
        """Mark blocks as translated or not, for Sphinx to tell how far translators are.

        Where the source's language is asked for, there is nothing to translate.
        """
        if not self.settings.is_foreign(term.source_locale):
            return
        is_ours = not self.settings.is_foreign(locale)
        for root in shown:
            for block in root.findall(nodes.TextElement):
                if not isinstance(block, nodes.Inline):
                    block["translated"] = is_ours and not is_marked(block)

    def _target(self, entry: Entry, target: str) -> str | None:
        """Return the id that a link leads to, if to a term, and to another one."""
        identifier = self.corpus.link_target(entry, target)
        self.relies_on.targets[entry.term_id, target] = identifier
        return None if identifier == entry.term_id else identifier

    def _noted(self, entry: Entry, rendered: Rendered, line: int) -> Rendered:
        self.links.extend(rendered.links)
        for complaint in rendered.complaints:
            origin = Origin(path=Path(entry.path), line=line + complaint.line)
            self.problems.append(
                Problem(name=complaint.name, message=complaint.message, origin=origin)
            )
        return rendered

    def _facts(self, term: Term, entry: Entry) -> list[Node]:
        """Return what else is known of the term: a field for each fact there is."""
        self.problems.extend(broken_links(self.corpus, entry, body=False))
        fields: list[tuple[str, list[Node]]] = []
        if related := self._related(entry):
            fields.append((_("See also"), related))
        for name, text in (
            (_("Source"), entry.source),
            (_("Jurisdiction"), ", ".join(entry.jurisdiction)),
        ):
            if text:
                source = entry.source_entry or entry
                fields.append((name, [self._said(text, source.locale)]))
        if date := self._date(entry.effective):
            fields.append((_("In force since"), [nodes.Text(date)]))
        if entry.status == "superseded":
            fields.append((_("Status"), [nodes.Text(_("superseded"))]))
        if not fields:
            return []
        items = [
            nodes.field(
                "",
                nodes.field_name("", name),
                nodes.field_body("", nodes.paragraph("", "", *content)),
            )
            for name, content in fields
        ]
        return [nodes.field_list("", *items, classes=["insurterm-facts"])]

    def _related(self, entry: Entry) -> list[Node]:
        targets = (self._target(entry, target) for target in entry.related)
        related = [identifier for identifier in dict.fromkeys(targets) if identifier]
        self.links.extend(related)
        found: list[Node] = []
        for identifier in related:
            other = self.corpus.terms[identifier].entry(self.settings.locale)
            self.relies_on.labels[identifier] = other.title, other.locale
            separator = [nodes.Text(_(", "))] if found else []
            found += [
                *separator,
                term_link(identifier, self._label(other), other.locale),
            ]
        return found

    def _date(self, effective: str) -> str:
        """Return a date as readers write it, or what the author wrote for one."""
        if not effective:
            return ""
        from babel.dates import format_date

        try:
            date = dt.date.fromisoformat(effective)
            return format_date(date, format="long", locale=self.settings.locale)
        except (ValueError, UnknownLocaleError):
            return effective

    def _in_its_language(self, entry: Entry, parts: list[Node]) -> list[Node]:
        """Return *parts*, marked where their language is not the build's."""
        if not self.settings.is_foreign(entry.locale):
            return parts
        marked: list[Node] = []
        # The facts are named in the language of the page.
        for are_facts, some in groupby(
            parts, key=lambda part: isinstance(part, nodes.field_list)
        ):
            run = list(some)
            marked += run if are_facts else [_foreign(entry, run)]
        return marked

    def _sections(self, entry: Entry, sections: list[nodes.section]) -> list[Node]:
        """Return *sections*, their content marked where it is in another language.

        A section stays a section, so that it is in the page's contents.
        """
        if self.settings.is_foreign(entry.locale):
            for section in (s for top in sections for s in top.findall(nodes.section)):
                title, *rest = section.children
                flow = [node for node in rest if not isinstance(node, nodes.section)]
                below = [node for node in rest if isinstance(node, nodes.section)]
                tag = language_tag(entry.locale)
                named = cast("nodes.title", title).copy()
                named += isolated("", "", *title.children, lang=tag)
                section.children = []
                section += [named, *([_foreign(entry, flow)] if flow else []), *below]
        return list(sections)

    def _told(
        self, term: Term, entry: Entry, *, body: bool, asked: str = ""
    ) -> list[Node]:
        """Return what readers should know before they read the entry."""
        told: list[Node] = []
        for text in notices(term, entry, self.settings, asked=asked, body=body):
            words: Node = nodes.Text(text)
            if are_foreign(self.settings):
                words = in_our_language(text, self.settings)
            told.append(nodes.paragraph("", "", words, classes=["insurterm-notice"]))
        return told


def _foreign(entry: Entry, parts: list[Node]) -> foreign:
    tag, way = language_tag(entry.locale), direction(entry.locale)
    return foreign("", *parts, lang=tag, dir=way)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Make many nodes without a search for unreachable ones among them.

    There are none, and Python looks through all of them whenever they have grown by a
    quarter: for 5,000 terms that takes as long as to make them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
