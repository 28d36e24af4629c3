"""How do entries get from one file into a corpus?"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli.arguments import needs_extra, unusable
from sphinx_insurterms.cli.entry_writer import FAILED, EntryWriter
from sphinx_insurterms.exchange import csv
from sphinx_insurterms.exchange.held import FormError, Held, Lost, Unread, content_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from sphinx_insurterms.cli.arguments import OpenCorpus
    from sphinx_insurterms.corpus.model import Entry


def write_held(
    form: str,
    path: Path,
    corpus: OpenCorpus,
    locales: Sequence[str],
    writer: EntryWriter,
) -> None:
    """Write the entries that a file holds; say what of it makes none.

    :param locales: those that count; all if there are none.
    :raises click.ClickException: if it cannot be read, or is in another form.
    """
    manifest = corpus.layer.manifest
    is_page = form == "glossary" and locales
    locale = locales[0] if is_page else manifest.source_locale
    try:
        # The reader ends before its stream does, whatever ends the writing.
        with (
            path.open("rb") as stream,
            closing(_read(form, path, stream, locale)) as found,
        ):
            for held in _entries(found, path, locales, writer):
                make = partial(_content, held, manifest.fields)
                writer.write(held.term_id, held.locale, make)
    except OSError as error:
        raise unusable(path, error) from None
    except FormError as error:
        raise click.ClickException(f"{path}: {error}") from None


def _entries(
    found: Iterable[Held | Lost | Unread],
    path: Path,
    locales: Sequence[str],
    writer: EntryWriter,
) -> Iterator[Held]:
    """Yield the entries in some languages, each once, and say what else there is."""
    seen: set[tuple[str, str]] = set()
    for one in found:
        if not isinstance(one, Held):
            click.echo(f"{path}: {one}", err=True)
            writer.counts[FAILED] += isinstance(one, Unread)
        elif (one.term_id, one.locale) in seen:
            fact = f"{one.term_id!r} in {one.locale} stands there twice; leave one"
            click.echo(f"{path}: {Unread(one.place, fact)}", err=True)
            writer.counts[FAILED] += 1
        elif not locales or one.locale in locales:
            seen.add((one.term_id, one.locale))
            yield one


def _read(
    form: str, path: Path, stream: BinaryIO, locale: str
) -> Generator[Held | Lost | Unread, None, None]:
    """Yield what a file holds.

    :param locale: the source locale; of a page, the language that it is in.
    """
    if form == "csv":
        return csv.read(stream)
    if form == "glossary":
        with needs_extra(form):
            from sphinx_insurterms.exchange import glossary
        return glossary.read(path.absolute(), locale)
    with needs_extra(form):
        from sphinx_insurterms.exchange.tbx import reading
    return reading.read(stream, locale)


def _content(
    held: Held, fields: Mapping[str, str], there: Entry | None, names_id: bool
) -> bytes:
    return content_of(held, there, fields, names_id=names_id)
