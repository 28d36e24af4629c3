"""What does a TBX file say of each term?  One concept after the other, in any style."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.locales import parse_locale
from sphinx_insurterms.corpus.model import split_title
from sphinx_insurterms.exchange.held import (
    APPROVED,
    FormError,
    Held,
    Lost,
    Unread,
    address,
)
from sphinx_insurterms.exchange.tbx import LANG, STATUS_ENDING, SUPERSEDED

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from typing import BinaryIO

_SHORT = frozenset({"abbreviation", "acronym", "initialism", "shortForm"})
_CONCEPTS = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"termSec", "tig", "ntig"})
"""What TBX 3 and what its second edition call them."""


class _Name(NamedTuple):
    """A term in a language section, and what is said of it."""

    text: str
    status: str
    kind: str
    jurisdiction: tuple[str, ...]


def read(
    stream: BinaryIO, source_locale: str
) -> Generator[Held | Lost | Unread, None, None]:
    """Yield what each language section holds, with one concept at a time in memory.

    At the end, yield what is said of terms that no entry can hold.

    TBX 3 in both styles, of data categories as attributes and as tags, and TBX 2.

    :param source_locale: of whose terms ids are made where a concept has none.
    :raises FormError: if it is no XML that may be read, or no TBX.
    """
    found = etree.iterparse(
        stream,
        events=("start", "end"),
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
    )
    is_tbx, root = False, None
    lost: Counter[str] = Counter()
    try:
        for event, element in found:
            if root is None:
                root = element
                _refuse_words_of_its_own(root)
            if _name(element) not in _CONCEPTS:
                continue
            is_tbx = True
            if event == "end":
                yield from _read_concept(element, source_locale)
                lost.update(_left_out(element))
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise FormError(f"this is no XML: {error.msg}") from None
    if not is_tbx:
        raise FormError("there is no conceptEntry; this is no TBX, or an empty one")
    for category, count in sorted(lost.items()):
        yield Lost("", f"{category} ({count})")


def _refuse_words_of_its_own(root: etree._Element) -> None:
    """Refuse XML that declares entities, which grow without end, or lead elsewhere."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        fact = "this declares entities of its own, and TBX needs none; take them out"
        raise FormError(fact)


_TAKEN = frozenset(
    {
        *("subjectField", "definition", "source", "crossReference", "relatedConcept"),
        *("administrativeStatus", "termType", "geographicalUsage"),
    }
)
_MARKS = frozenset({"hi", "foreign", "sc", "ec", "ph"})
"""What stands in texts, which are taken over without it."""


def _left_out(concept: etree._Element) -> Iterator[str]:
    """Yield the data category of all that is said and not taken over."""
    for element in concept.iterdescendants():
        name, category = _name(element), _category(element)
        is_tag = name and etree.QName(element).namespace != _namespace(concept)
        is_note = name == "note" and _name(element.getparent()) not in _LANGUAGES
        is_said = (element.get("type") or is_tag) and category not in _TAKEN
        if is_note or (is_said and name not in _MARKS):
            yield "note of a concept or a term" if is_note else category


def _namespace(element: etree._Element) -> str | None:
    return etree.QName(element).namespace


def _forget(element: etree._Element) -> None:
    """Take an element, and what stood before it, out of memory."""
    parent = element.getparent()
    element.clear(keep_tail=False)
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name(element: etree._Element | None) -> str:
    tag = element.tag if element is not None else ""  # of a comment it is no text
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _category(element: etree._Element) -> str:
    """Return the data category of an element, in either style."""
    return element.get("type") or _name(element)


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _all(parent: etree._Element, category: str) -> Iterator[etree._Element]:
    """Yield what is said of *parent* in a category, alone or in a group."""
    for child in parent:
        if _category(child) == category:
            yield child
        elif _name(child).endswith("Grp"):
            yield from _all(child, category)


def _texts(parent: etree._Element, category: str) -> tuple[str, ...]:
    texts = (" ".join(_text(element).split()) for element in _all(parent, category))
    return tuple(dict.fromkeys(filter(None, texts)))


def _first(parent: etree._Element, category: str) -> str:
    return next(iter(_texts(parent, category)), "")


def _read_concept(
    concept: etree._Element, source_locale: str
) -> Iterator[Held | Unread]:
    place = f"line {concept.sourceline}"
    languages = [child for child in concept if _name(child) in _LANGUAGES]
    if not languages:
        yield Unread(place, "this concept has no language section, and no names")
    title = next(
        (
            _title(_names(one)).text
            for one in sorted(languages, key=lambda one: _locale(one) != source_locale)
        ),
        "",
    )
    for language in languages:
        found = address(concept.get("id", ""), title, language.get(LANG, ""), place)
        if isinstance(found, Unread):
            yield found
        elif not (names := _names(language)):
            yield Unread(place, f"{found[0]!r} has no term in {found[1]}")
        else:
            body = _body(language)
            yield Held(
                term_id=found[0],
                locale=found[1],
                values={
                    **_named(names),
                    **_described(concept, language, body, names),
                    "keywords": _subjects(concept, found[1]),
                    "related": _related(concept),
                },
                body=body,
                place=place,
            )


def _locale(element: etree._Element) -> str | None:
    return parse_locale(element.get(LANG, ""))


def _names(language: etree._Element) -> list[_Name]:
    return [
        _Name(
            text=text,
            status=_first(section, "administrativeStatus"),
            kind=_first(section, "termType"),
            jurisdiction=_texts(section, "geographicalUsage"),
        )
        for section in language
        if _name(section) in _TERMS and (text := _first(section, "term"))
    ]


_NO_NAME = _Name("", "", "", ())


def _title(names: Sequence[_Name]) -> _Name:
    """Return the preferred one; else the first that may be used, or might once."""

    def rank(name: _Name) -> int:
        status = _status(name)
        return 0 if status == _PREFERRED else 1 + (status in _DISCOURAGED)

    return min(names, key=rank, default=_NO_NAME)


def _status(name: _Name) -> str:
    """Return the status without what the dialects write around it."""
    return name.status.removesuffix(STATUS_ENDING).removesuffix("Term")


def _named(names: Sequence[_Name]) -> dict[str, str | tuple[str, ...]]:
    """Return the front matter that says what an entry calls its term."""
    title = _title(names)
    shorts = [name.text for name in names if name.kind in _SHORT]
    derived = {
        title.text,
        split_title(title.text, shorts)[0],
        split_title(title.text)[1],
    }
    by_key: dict[str, list[str]] = {"abbreviation": [], "aliases": [], "deprecated": []}
    for name in names:
        if name is title:
            continue
        if _status(name) in {SUPERSEDED, *_DISCOURAGED}:
            by_key["deprecated"].append(name.text)
        elif name.text not in derived:
            key = "abbreviation" if name.kind in _SHORT else "aliases"
            by_key[key].append(name.text)
    return {
        "title": title.text,
        "jurisdiction": title.jurisdiction,
        "status": SUPERSEDED if _status(title) == SUPERSEDED else APPROVED,
        **{key: tuple(dict.fromkeys(texts)) for key, texts in by_key.items()},
    }


_PREFERRED = "preferred"
_DISCOURAGED = frozenset({"deprecated", "obsolete", "notRecommended"})


def _described(
    concept: etree._Element,
    language: etree._Element,
    body: str,
    names: Sequence[_Name],
) -> dict[str, str]:
    definition = _first(language, "definition") or _first(concept, "definition")
    paragraphs = (one for one in blocks(body, _title(names).text))
    first = next((one for one in paragraphs if one.kind == "paragraph"), None)
    if first is not None and " ".join(first.text.split()) == definition:
        definition = ""  # an entry without a description is defined by it
    source = _first(language, "source") or _first(concept, "source")
    return {"description": definition, "source": source}


def _body(language: etree._Element) -> str:
    """Return the notes, with the lines that they have, a paragraph each."""
    notes = (_note(child) for child in language if _name(child) == "note")
    return "\n\n".join(filter(str.strip, notes))


def _note(element: etree._Element) -> str:
    text = "".join(element.itertext())
    is_laid_out = text.startswith("\n")  # with the indents of the XML around it
    return textwrap.dedent(text).strip() if is_laid_out else text


def _subjects(concept: etree._Element, locale: str) -> tuple[str, ...]:
    texts = (
        " ".join(_text(element).split())
        for element in _all(concept, "subjectField")
        if element.get(LANG) is None or _locale(element) == locale
    )
    return tuple(dict.fromkeys(filter(None, texts)))


def _related(concept: etree._Element) -> tuple[str, ...]:
    targets = (
        element.get("target") or _text(element)
        for category in ("crossReference", "relatedConcept")
        for element in _all(concept, category)
    )
    return tuple(dict.fromkeys(filter(None, map(term_id, targets))))
