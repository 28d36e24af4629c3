"""What is the entry that a catalog holds in pieces?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_insurterms.corpus.texts import message_id, messages
from sphinx_insurterms.exchange.markdown import entry_file, translated_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_insurterms.corpus.model import Entry


def missing(source: Entry, texts: Mapping[str, str]) -> tuple[int, int]:
    """Return how many of an entry's messages *texts* do not translate, and of how many."""
    found = {text for text, _ in messages(source, body=True)}
    return len(found - texts.keys()), len(found)


def translated(
    source: Entry,
    texts: Mapping[str, str],
    *,
    there: Entry | None = None,
    fields: Mapping[str, str],
    identifier: str = "",
) -> bytes:
    """Return the file of an entry whose messages are all translated.

    :param texts: message → translation.
    :param there: the entry that the file holds now; what no message says is kept of it.
    :param fields: our front matter key → the corpus's.
    :param identifier: to be written, where the file's name does not give it.
    :raises UnplaceableError: if a translation does not fit into the source's Markdown.
    """
    title = texts[source.title]
    body = translated_body(source, title, lambda text: texts[message_id(text)])
    definition = texts[message_id(source.definition)] if source.definition else ""
    front: dict[str, Any] = {
        "title": title,
        "description": "" if source.is_defined_in_body else definition,
        "id": identifier,
        "keywords": (there and there.keywords) or source.keywords,
        "abbreviation": (there and there.abbreviation)
        or source.abbreviations_as(title),
        "aliases": there and there.aliases,
        "forms": there and there.forms,
        "deprecated": there and there.deprecated,
        "sort": there and there.sort,
        "related": source.related,
        "source": source.source,
        "jurisdiction": source.jurisdiction,
        "effective": source.effective,
        "status": "" if source.status == "approved" else source.status,
        "translates": source.text_digest,
    }
    theirs = {fields.get(key, key): value for key, value in front.items()}
    return entry_file({**theirs, **(there.extra if there else {})}, body)
