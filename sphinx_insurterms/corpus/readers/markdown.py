"""What does a Markdown file with front matter say about a term?"""

from __future__ import annotations

import datetime as dt
import html
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.digests import digest_of, digest_of_text
from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.model import Entry
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.corpus.readers.front_matter import FrontMatter, split
from sphinx_insurterms.corpus.readers.source import (
    Reading,
    Source,
    decode,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_DEFINITION = 1000
"""Characters; what is longer no reader takes in at a glance, and so is complained of."""

LONGEST_ID = 200
"""Bytes; file systems end at 255, and an ending and a locale may be added."""

_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\s_-]+")
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
NOTHING = frozenset({"", "undefined", "null", "none"})
"""What a template leaves where nobody wrote a text."""


def read(source: Source) -> Reading:
    """Read one file; whatever is wrong with it, the rest of the corpus is unharmed."""
    try:
        text = decode(source.content, source.path)
        front, body, body_line = split(text, source.path)
    except CorpusError as error:
        return Reading(None, (error.problem,))
    front = front.renamed(source.fields)
    if _is_draft(front):
        return Reading(None, tuple(front.problems))
    entry = _entry(source, front, body, body_line)
    return Reading(entry, tuple(front.problems), body_offset=len(text) - len(body))


def _is_draft(front: FrontMatter) -> bool:
    return (
        front.text("draft").casefold() in _TRUE
        or front.text("published").casefold() in _FALSE
        or front.text("status").casefold() == "draft"
    )


def _entry(
    source: Source, front: FrontMatter, body: str, body_line: int
) -> Entry | None:
    identifier = _id(source, front)
    if not identifier:
        front.complain("id", "no id can be made of the file's name; write `id: …`")
        return None
    if (size := len(identifier.encode())) > LONGEST_ID:
        fact = (
            f"the id {identifier[:20]!r}… has {size} bytes, and no more than "
            f"{LONGEST_ID} fit into a file's name; write a shorter `id: …`"
        )
        front.complain("id", fact)
        return None
    title = _title(source, front, body, identifier)
    definition, line = _definition(front, body, body_line, title)
    return Entry(
        term_id=identifier,
        locale=source.locale,
        title=title,
        definition=definition,
        read_body=lambda _=None: body,
        path=str(source.path),
        body_line=body_line,
        definition_line=line,
        keywords=_split_commas(front.texts("keywords")),
        formerly=front.texts("formerly"),
        abbreviation=_clean_all(front.texts("abbreviation")),
        aliases=_clean_all(front.texts("aliases")),
        forms=_clean_all(front.texts("forms")),
        deprecated=_clean_all(front.texts("deprecated")),
        sort=_clean(front.text("sort")),
        related=front.texts("related"),
        source=_clean(front.text("source")),
        jurisdiction=_clean_all(front.texts("jurisdiction")),
        effective=_effective(front),
        status=front.text("status").casefold() or "approved",
        translates=front.text("translates"),
        text_digest=digest_of_text(title, definition, body),
        digest=digest_of(source.content),
        extra=MappingProxyType(front.extra()),
        lines=MappingProxyType(front.lines()),
    )


def _id(source: Source, front: FrontMatter) -> str:
    written = front.text("id")
    made = term_id(written) or source.term_id
    if written and ("/" in written or not term_id(written)):
        fact = (
            f"the id {written!r} is no name, and read as {made!r}; write `id: {made}`"
        )
        front.complain("id", fact)
    return made


def _title(source: Source, front: FrontMatter, body: str, identifier: str) -> str:
    """Return the title; without one the first heading, else the file's words."""
    title = _text(front, "title")
    if fold(title):
        if front.was_boolean("title"):
            front.complain(
                "title",
                f"YAML reads the title {title!r} as true or false; write it "
                f'in quotes: title: "{title}"',
            )
        return title
    from sphinx_insurterms.corpus.parser import first_heading

    heading = _clean(first_heading(body))
    stand_in = heading if fold(heading) else _words(source) or identifier
    front.complain(
        "title",
        f"there is no title; {stand_in!r} stands in for it, write `title: …`, "
        "or begin its name with _ if it is no entry",
    )
    return stand_in


def _words(source: Source) -> str:
    """Return the words of what the entry's id is made of, a file or its folder."""
    folder = source.path.parent.name
    named = folder if term_id(folder) == source.term_id else source.path.stem
    words = _clean(_SEPARATORS.sub(" ", named))
    return words if fold(words) else ""


def _definition(
    front: FrontMatter, body: str, body_line: int, title: str
) -> tuple[str, int]:
    """Return the definition and its line: the description, or a first paragraph."""
    definition = _text(front, "description")
    line = front.line("description")
    if not definition:
        for block in blocks(body, title):
            if block.kind == "paragraph":
                definition = _SPACES.sub(" ", block.text)
                line = body_line + block.line
                break
    if len(definition) > LONGEST_DEFINITION:
        front.complain(
            "definition",
            f"the definition has {len(definition)} characters; keep it below "
            f"{LONGEST_DEFINITION} and move the rest to the body",
            line=line,
        )
    return definition, line


def _effective(front: FrontMatter) -> str:
    effective = front.text("effective")
    try:
        return dt.date.fromisoformat(effective).isoformat()
    except ValueError:
        if effective:
            fact = f"{effective!r} is no date; write year-month-day, as 2019-11-29"
            front.complain("date", fact, key="effective")
        return effective


def _text(front: FrontMatter, key: str) -> str:
    text = _clean(front.text(key))
    return "" if text.casefold() in NOTHING else text


def _clean(text: str) -> str:
    return one_line(html.unescape(text))


def _clean_all(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = map(_clean, texts)
    return tuple(dict.fromkeys(text for text in cleaned if fold(text)))


def _split_commas(texts: Iterable[str]) -> tuple[str, ...]:
    parts = (_clean(part) for text in texts for part in html.unescape(text).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
