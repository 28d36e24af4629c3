"""How is a corpus written as TBX?  With data categories as attributes, a term at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.corpus.names import Kind, Status
from sphinx_insurterms.exchange.held import held_of
from sphinx_insurterms.exchange.tbx import (
    LANG,
    NAMESPACE,
    STATUS_ENDING,
    SUPERSEDED,
    XML,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import BinaryIO

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.exchange.chosen import Concept

NOT_HELD = ("formerly", "forms", "sort", "effective", "translates", "extra")
"""What TBX-Basic has no place for."""

_STATUS = {
    Status.PREFERRED: "preferredTerm",
    Status.ADMITTED: "admittedTerm",
    Status.DEPRECATED: "deprecatedTerm",
}
_TYPES = {
    Kind.FULL_FORM: "fullForm",
    Kind.ABBREVIATION: "abbreviation",
    Kind.VARIANT: "variant",
}


def write(
    concepts: Iterable[Concept], ids: Collection[str], language: str, out: BinaryIO
) -> None:
    """Write terms, each with what TBX-Basic has a place for.

    :param ids: of all terms that are written; a reference can lead to these only.
    :param language: the source locale, in which the file says what it is.
    """
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        root = {"type": "TBX-Basic", "style": "dca", LANG: language_tag(language)}
        with file.element(_tag("tbx"), root, nsmap={None: NAMESPACE, "xml": XML}):
            file.write("\n", _header(), "\n")
            with file.element(_tag("text")), file.element(_tag("body")):
                for identifier, entries in concepts:
                    file.write("\n", _concept(identifier, entries, ids))
                file.write("\n")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _header() -> etree._Element:
    header = etree.Element(_tag("tbxHeader"), nsmap={None: NAMESPACE})
    source = _below(_below(header, "fileDesc"), "sourceDesc")
    _below(source, "p", "Written by sphinx-insurterms from a corpus of Markdown files.")
    return header


def _below(
    parent: etree._Element, name: str, text: str = "", **attributes: str
) -> etree._Element:
    element: etree._Element = etree.SubElement(parent, _tag(name), attributes)
    element.text = text or None
    return element


def _concept(
    identifier: str, entries: Mapping[str, Entry], ids: Collection[str]
) -> etree._Element:
    concept = etree.Element(
        _tag("conceptEntry"), {"id": _xml_id(identifier)}, nsmap={None: NAMESPACE}
    )
    _add_subjects(concept, entries)
    related = (term_id(one) for entry in entries.values() for one in entry.related)
    for one in dict.fromkeys(related):
        if one in ids:
            _below(concept, "ref", one, type="crossReference", target=_xml_id(one))
    for locale, entry in entries.items():
        _add_language(concept, locale, entry)
    return concept


def _xml_id(identifier: str) -> str:
    """Return an id as XML wants it, which begins with no digit.

    When it is read again, the sign in front goes as every such sign in front of an id.
    """
    return identifier if identifier[:1].isalpha() else f"_{identifier}"


def _add_subjects(concept: etree._Element, entries: Mapping[str, Entry]) -> None:
    """Add the categories; by language, unless all languages have the same."""
    first, *others = (entry.keywords for entry in entries.values())
    if all(keywords == first for keywords in others):
        for keyword in first:
            _below(concept, "descrip", keyword, type="subjectField")
        return
    for locale, entry in entries.items():
        for keyword in entry.keywords:
            descrip = _below(concept, "descrip", keyword, type="subjectField")
            descrip.set(LANG, language_tag(locale))


def _add_language(concept: etree._Element, locale: str, entry: Entry) -> None:
    held = held_of(entry)
    language = etree.SubElement(concept, _tag("langSec"), {LANG: language_tag(locale)})
    if entry.definition:
        group = _below(language, "descripGrp")
        _below(group, "descrip", entry.definition, type="definition")
        if entry.source:
            _below(group, "admin", entry.source, type="source")
    elif entry.source:
        _below(language, "admin", entry.source, type="source")
    if held.body:
        _below(language, "note", held.body)
    for designation in entry.designations:
        if designation.status is Status.FORM:
            continue
        section = _below(language, "termSec")
        _below(section, "term", designation.text)
        is_title = designation.status is Status.PREFERRED
        status = _STATUS[designation.status]
        if is_title and entry.status == SUPERSEDED:
            status = "supersededTerm"
        _below(section, "termNote", status + STATUS_ENDING, type="administrativeStatus")
        _below(section, "termNote", _TYPES[designation.kind], type="termType")
        for place in entry.jurisdiction if is_title else ():
            _below(section, "termNote", place, type="geographicalUsage")
