"""What does a new entry begin with?  A title, or all that another locale's entry says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.model import split_title
from sphinx_insurterms.exchange.markdown import Noted, entry_file, retitled_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_insurterms.corpus.model import Entry

_DRAFT = Noted("draft", "readers see the entry when this line is taken out")
_DEFINITION = Noted("", "what it is, in one or two sentences")


def id_of_title(title: str) -> str:
    """Return the id of a term that is called *title* in the source locale.

    An abbreviation at its end is another name, and no part of the id; and a title is no
    path, whatever signs are in it.

    >>> id_of_title("Health Maintenance Organization (HMO)"), id_of_title("and/or #1")
    ('health-maintenance-organization', 'and-or-1')
    """
    full, _ = split_title(title)
    return term_id(fold(full.replace("/", " ")))


def new_entry(
    title: str,
    *,
    definition: str = "",
    keywords: Sequence[str] = (),
    fields: Mapping[str, str],
) -> bytes:
    """Return the file of an entry; without a definition it is a draft.

    :param fields: our front matter key → the corpus's.
    """
    front = {
        "title": title,
        "description": definition or _DEFINITION,
        "keywords": tuple(keywords),
        "status": "" if definition else _DRAFT,
    }
    return entry_file(_named(front, fields), "")


def new_translation(
    other: Entry,
    title: str,
    *,
    identifier: str = "",
    definition: str = "",
    digest: str,
    fields: Mapping[str, str],
) -> bytes:
    """Return the file of a draft that says what *other* says, for a translator.

    :param title: that of the translation, or of *other*.
    :param identifier: to be written, where the file's name does not give it.
    :param definition: that of the translation, if it is there.
    :param digest: of what is translated; empty if that is not known.
    :param fields: our front matter key → the corpus's.
    """
    said = "" if other.is_defined_in_body else other.definition
    is_approved = other.status == "approved"
    front: dict[str, Any] = {
        "title": title,
        "description": definition or said,
        "id": identifier,
        "keywords": other.keywords,
        "abbreviation": other.abbreviations_as(title),
        "related": other.related,
        "source": other.source,
        "jurisdiction": other.jurisdiction,
        "effective": other.effective,
        "status": _DRAFT if is_approved else other.status,
        "draft": "" if is_approved else Noted(value=True, comment=_DRAFT.comment),
        "translates": digest,
    }
    return entry_file(_named(front, fields), retitled_body(other, title))


def _named(front: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    return {fields.get(key, key): value for key, value in front.items()}
