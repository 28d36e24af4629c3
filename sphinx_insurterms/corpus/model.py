"""What is an entry, and what is a term?  The values that all the rest passes around."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_insurterms.corpus.blocks import Block, blocks, link_opposite
from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.locales import fallback_chain
from sphinx_insurterms.corpus.names import Designation, Kind, Status
from sphinx_insurterms.corpus.problems import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_PARENTHESES = re.compile(r"^(?P<full>.*\S)\s*\((?P<short>[^()]+)\)$")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One term, defined in one locale: the content of one corpus file."""

    term_id: str
    """Shared by all locales of a term; stable, because anchors are made of it."""

    locale: str
    """Its language, as Sphinx spells it: ``nb``, ``pt_BR``."""

    title: str
    """The preferred designation, plain text, as the author spells it."""

    definition: str
    """One or two sentences of inline CommonMark; may be empty."""

    read_body: Callable[..., str] = field(default=str, repr=False, compare=False)
    """Returns the body; most bodies of a corpus are never asked for. Who has the content
    of the file already gives it, else it is read."""

    path: str
    """The path of the file, as a text."""

    body_line: int | None
    """Where the body starts, counted from 1; warnings about it count from here."""

    definition_line: int | None
    """Where the definition stands, counted from 1."""

    keywords: tuple[str, ...] = ()
    """Categories."""

    formerly: tuple[str, ...] = ()
    """Ids that the term had before."""

    abbreviation: tuple[str, ...] = ()
    """Short forms that the front matter lists."""

    aliases: tuple[str, ...] = ()
    """Other names."""

    forms: tuple[str, ...] = ()
    """Inflected forms, which are found and not shown as names."""

    deprecated: tuple[str, ...] = ()
    """Names that writers should not use any more."""

    sort: str = ""
    """What the term is sorted by, if not by its title."""

    related: tuple[str, ...] = ()
    """Links under "See also", as the author wrote them."""

    source: str = ""
    """What the entry cites."""

    jurisdiction: tuple[str, ...] = ()
    """Where it holds."""

    effective: str = ""
    """A date as ISO 8601 has it, or what the author wrote for one."""

    status: str = "approved"
    """``approved``, ``superseded``, or another word of the author's."""

    translates: str = ""
    """The ``text_digest`` that the source entry had when this was translated."""

    text_digest: str = ""
    """Stands for title, definition and body, however their lines are broken."""

    digest: str
    """Two entries with one digest are shown alike, but for what a catalog has of the
    body (:attr:`body_digest`); of the file's bytes, where it has one."""

    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """All other keys of the front matter, with values as JSON has them."""

    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Front matter key → its line, counted from 1."""

    source_entry: Entry | None = field(default=None, repr=False, compare=False)
    """What catalogs translate, where they make this entry; else it has a file."""

    translate: Callable[[str], str | None] = field(
        default=str, repr=False, compare=False
    )
    """Returns what stands for a block of the body, or None for want of a translation."""

    said: Callable[[str], str] = field(default=str, repr=False, compare=False)
    """Returns what catalogs say for a block, though it may not be fit to be shown."""

    @property
    def title_locale(self) -> str:
        """The language that the title is in, for want of a translation the source's."""
        return self._locale_of(self.title, lambda source: source.title)

    @property
    def definition_locale(self) -> str:
        """The language that the definition is in."""
        return self._locale_of(self.definition, lambda source: source.definition)

    def _locale_of(self, text: str, said: Callable[[Entry], str]) -> str:
        source = self.source_entry
        if source is None or self.translate(said(source)) is not None:
            return self.locale
        return source.locale

    @property
    def body_digest(self) -> str:
        """What stands for what catalogs say of the body; the rest is in the file's."""
        if self.source_entry is None:
            return ""
        said = "\0".join(self.said(block.text) for block in self.blocks)
        return digest_of(said.encode())

    def is_partly_translated(self, *, body: bool) -> bool:
        """Tell whether some of what is shown is in the source's language."""
        source = self.source_entry
        if source is None:
            return False
        texts = [source.definition] if source.definition else []
        texts += [block.text for block in source.blocks if body and block.text]
        return any(self.translate(text) is None for text in texts)

    @property
    def origin(self) -> Origin:
        """Where the body starts."""
        return Origin(path=Path(self.path), line=self.body_line)

    @property
    def definition_origin(self) -> Origin:
        """Where the definition stands."""
        return Origin(path=Path(self.path), line=self.definition_line)

    def place(self, *keys: str) -> Origin:
        """Return where the first of *keys* stands, or the file if it has none."""
        found = (self.lines[key] for key in keys if key in self.lines)
        return Origin(path=Path(self.path), line=next(found, None))

    @cached_property
    def body(self) -> str:
        """CommonMark with tables, without front matter; may be empty."""
        return self.read_body()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the body, without a heading that repeats the title."""
        source = self.source_entry
        return blocks(self.body, source.title if source else self.title)

    @property
    def is_defined_in_body(self) -> bool:
        """Whether the definition is a paragraph of the body, for want of another."""
        return bool(self.definition) and (
            (self.definition_line or 0) >= (self.body_line or 1)
        )

    @cached_property
    def designations(self) -> tuple[Designation, ...]:
        """Every name and form, the preferred one first, each spelling once."""
        by_text: dict[str, Designation] = {}
        for designation in self._designations():
            by_text.setdefault(designation.text, designation)
        return tuple(by_text.values())

    @cached_property
    def names_digest(self) -> str:
        """What stands for all that the entry calls its term."""
        names = [designation.text for designation in self.designations]
        return digest_of("\n".join(names).encode())

    def abbreviations_as(self, title: str) -> tuple[str, ...]:
        """Return the abbreviations in another language, where the term is called *title*.

        One in parentheses stays what it is in translation, whose initials it is not.
        """
        _, short = split_title(self.title, self.abbreviation)
        _, kept = split_title(title, (*self.abbreviation, short))
        return tuple(dict.fromkeys((*self.abbreviation, *([kept] if kept else []))))

    def _designations(self) -> Iterator[Designation]:
        yield Designation(self.title, Status.PREFERRED)
        full, short = split_title(self.title, self.abbreviation)
        for text in (*self.abbreviation, *([short] if short else [])):
            yield Designation(text, Status.ADMITTED, Kind.ABBREVIATION)
        if short:
            yield Designation(full, Status.ADMITTED)
        for text in self.aliases:
            yield Designation(text, Status.ADMITTED, Kind.VARIANT)
        for text in self.deprecated:
            yield Designation(text, Status.DEPRECATED, Kind.VARIANT)
        for text in self.forms:
            yield Designation(text, Status.FORM)


def split_title(title: str, known: Collection[str] = ()) -> tuple[str, str]:
    """Return the full form and the abbreviation that *title* ends in, if it does.

    :param known: what the entry itself calls an abbreviation: a translated title keeps
        that of the source, whose initials it does not have.

    >>> split_title("Health Maintenance Organization (HMO)")
    ('Health Maintenance Organization', 'HMO')
    >>> split_title("Formulary (Drugs)")
    ('Formulary (Drugs)', '')
    """
    match = _PARENTHESES.match(title)
    if match is None:
        return title, ""
    capitals = [c for c in match["short"] if c.isupper()]
    initials = iter(word[0].upper() for word in re.findall(r"\w+", match["full"]))
    is_initials = len(capitals) > 1 and all(c in initials for c in capitals)
    if is_initials or match["short"] in known:
        return match["full"], match["short"]
    return title, ""


class Summary(NamedTuple):
    """What lists say of a term to the readers of one locale."""

    term_id: str
    locale: str
    """Of the entry that they are shown."""

    title: str
    sorted_by: str
    source_title: str
    digests: tuple[str, ...]
    """Of that entry, of the source's, and of what the term is called in each locale."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """A concept, the same in all languages."""

    id: str
    """What the term is addressed by, in all languages; it is safe as a file's name."""

    entries: Mapping[str, Entry]
    """Locale → entry; never empty."""

    source_locale: str
    """The locale that the authors of its corpus write first."""

    bundled: bool = False
    """Whether it comes with the package, and so answers only when nobody else does."""

    def entry(self, locale: str) -> Entry:
        """Return the entry that a reader of *locale* is shown: own, or by fallback."""
        for candidate in fallback_chain(locale, self.source_locale):
            if candidate in self.entries:
                return self.entries[candidate]
        return self.entries[min(self.entries)]

    def summary(self, locale: str) -> Summary:
        """Return what lists say of the term to readers of *locale*."""
        entry = self.entry(locale)
        return Summary(
            term_id=self.id,
            locale=entry.locale,
            title=entry.title,
            sorted_by=entry.sort or entry.title,
            source_title=self.source.title,
            digests=(
                entry.digest,
                self.source.digest,
                *(self.entries[key].names_digest for key in sorted(self.entries)),
            ),
        )

    @property
    def source(self) -> Entry:
        """The entry in the source locale, or what stands for it."""
        return self.entry(self.source_locale)

    def is_outdated(self, entry: Entry) -> bool:
        """Tell whether the source has changed since *entry* was translated from it.

        Only a translation that says what it translates can be known to be.
        """
        return (
            bool(entry.translates)
            and entry.locale != self.source.locale == self.source_locale
            and entry.translates != self.source.text_digest
        )

    def designations(self, locale: str) -> Iterator[tuple[str, Designation]]:
        """Yield locale and name, in *locale* first, then the source, then the rest."""
        first = [*fallback_chain(locale, self.source_locale), *sorted(self.entries)]
        for candidate in dict.fromkeys(first):
            if candidate in self.entries:
                for designation in self.entries[candidate].designations:
                    yield candidate, designation

    def printed(self, written: str, locale: str) -> str:
        """Return what is printed where a writer called the term *written*.

        A name that somebody gave it stays as written, but for the case of the first
        letter; one that only folds to a name becomes that name in *locale*; and an
        inflected name stays, since the sentence needs its ending.
        """
        if _same_but_first_case(written, self.entry(locale).title):
            return written  # as nearly always, and the other names need not be made
        names = self.designations(locale)
        if any(_same_but_first_case(written, name.text) for _, name in names):
            return written
        folded = fold(written)
        for found_in, name in self.designations(locale):
            if fold(name.text) == folded:
                return self._counterpart(found_in, name, locale)
        return self.entry(locale).title if self.is_called(written) else written

    def is_called(self, written: str) -> bool:
        """Tell whether *written* is the id, or one that the term had before."""
        former = {old for entry in self.entries.values() for old in entry.formerly}
        return term_id(written) in {self.id, *map(term_id, former)}

    def _counterpart(self, found_in: str, name: Designation, locale: str) -> str:
        entry = self.entry(locale)
        if entry.locale == found_in:
            return name.text
        if name.kind is Kind.ABBREVIATION:
            for own in entry.designations:
                if own.kind is Kind.ABBREVIATION:
                    return own.text
        return entry.title

    def siblings_link(self, entry: Entry, place: tuple[int, int]) -> dict[str, str]:
        """Return locale → target of the links that stand at *place* elsewhere."""
        links = {}
        for locale, sibling in sorted(self.entries.items()):
            link = link_opposite(place, entry.blocks, sibling.blocks)
            if sibling is not entry and link is not None:
                links[locale] = link.target
        return links


def _same_but_first_case(one: str, other: str) -> bool:
    return one[1:] == other[1:] and one[:1].casefold() == other[:1].casefold()
