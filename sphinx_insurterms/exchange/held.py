"""What is an entry outside of its file?  What a form holds of it, key by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.locales import parse_locale
from sphinx_insurterms.exchange.beginnings import id_of_title
from sphinx_insurterms.exchange.markdown import entry_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_insurterms.corpus.model import Entry

TEXTS = ("title", "description", "sort", "source", "effective", "status", "translates")
"""The front matter that is one text, by our names."""

LISTS = (
    *("keywords", "formerly", "abbreviation", "aliases", "forms", "deprecated"),
    *("related", "jurisdiction"),
)
"""The front matter that is several texts."""

_ORDER = (
    *("title", "description", "id", "keywords", "formerly", "abbreviation", "aliases"),
    *("forms", "deprecated", "sort", "related", "source", "jurisdiction", "effective"),
    *("status", "translates"),
)

APPROVED = "approved"
"""The status of an entry that does not say one."""


class FormError(ValueError):
    """A file that cannot be read in the form that it is said to have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a form holds of one entry."""

    term_id: str
    locale: str
    values: Mapping[str, str | tuple[str, ...]]
    """By :data:`TEXTS` and :data:`LISTS`; a key that is not there, the form cannot hold,
    or somebody left out."""

    body: str | None = None
    """CommonMark; None where it is not held."""

    extra: Mapping[str, Any] | None = None
    """Front matter that we have no use for; None where it is not held."""

    place: str = field(default="", compare=False)
    """Where in the file it stands, for messages."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a file that makes no entry."""

    place: str
    fact: str
    """What is wrong, and what to do."""

    def __str__(self) -> str:
        return f"{self.place}: {self.fact}"


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that a file says, and an entry cannot hold."""

    place: str
    """Empty where it is the same all over the file."""

    fact: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}not taken over: {self.fact}"


def held_of(entry: Entry) -> Held:
    """Return all that there is to hold of an entry."""
    said = "" if entry.is_defined_in_body else entry.definition
    values = {key: getattr(entry, key) for key in (*TEXTS, *LISTS) if key != _SAID}
    return Held(
        term_id=entry.term_id,
        locale=entry.locale,
        values={**values, _SAID: said},
        body=entry.body.strip("\n"),
        extra=dict(entry.extra),
    )


_SAID = "description"


def address(
    written: str, title: str, locale: str, place: str
) -> tuple[str, str] | Unread:
    """Return the id and the locale that a file means.

    :param written: the id, in any spelling; without one it is made of the title.
    :param title: that of the source language, for a file that has no ids.
    """
    identifier = term_id(written) or id_of_title(title)
    if not identifier:
        return Unread(place, "there is neither an id nor a title; write them")
    found = parse_locale(locale)
    if found is None:
        return Unread(
            place, f"{locale!r} is no locale; write a language tag, such as nb"
        )
    return identifier, found


def content_of(
    held: Held, there: Entry | None, fields: Mapping[str, str], *, names_id: bool
) -> bytes:
    """Return the file of an entry.

    :param there: the entry that the file holds now; what the form cannot hold is kept.
    :param fields: our front matter key → the corpus's.
    :param names_id: whether the id is to be written, as the file's name does not give it.
    """
    kept = held_of(there) if there is not None else None
    values = {**(kept.values if kept else {}), **held.values}
    values["id"] = held.term_id if names_id else ""
    if values.get("status") == APPROVED:
        del values["status"]
    front = {fields.get(key, key): values.get(key) for key in _ORDER}
    extra = held.extra if held.extra is not None else (kept and kept.extra) or {}
    body = held.body if held.body is not None else kept.body if kept else ""
    return entry_file({**front, **extra}, body or "")
