"""How do translations get from a message catalog into a corpus?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli.arguments import OpenCorpus, catalog_in, unusable
from sphinx_insurterms.cli.entry_writer import PARTLY, THERE, EntryWriter
from sphinx_insurterms.exchange import po
from sphinx_insurterms.exchange.entries import missing, translated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx_insurterms.corpus.model import Entry, Term


def write_translated(
    corpus: OpenCorpus,
    locale: str,
    catalogs: Path,
    writer: EntryWriter,
    *,
    overwrites: bool,
) -> None:
    """Write the entries whose texts a catalog has all translated; list the others.

    :param catalogs: one of Sphinx's ``locale_dirs``.
    :raises click.ClickException: if the catalog cannot be read.
    """
    path = po.catalog_file(catalogs, locale)
    try:
        texts = catalog_in(path).texts()
    except FileNotFoundError as error:
        raise unusable(path, error) from None
    for term_id in corpus.layer.terms:
        term = corpus.layer.terms[term_id]
        source = term.source
        if source.locale != term.source_locale or locale == source.locale:
            continue
        lacks, count = missing(source, texts)
        if lacks == count:
            continue
        if lacks and (overwrites or writer.entry(term_id, locale) is None):
            click.echo(f"{term.id}: {lacks} of {count} texts are not translated")
            writer.counts[PARTLY] += 1
        elif lacks:
            writer.counts[THERE] += 1
        else:
            make = partial(_content, term, texts, corpus.layer.manifest.fields)
            writer.write(term_id, locale, make)


def _content(
    term: Term,
    texts: Mapping[str, str],
    fields: Mapping[str, str],
    there: Entry | None,
    names_id: bool,
) -> bytes:
    return translated(
        term.source,
        texts,
        there=there,
        fields=fields,
        identifier=term.id if names_id else "",
    )
