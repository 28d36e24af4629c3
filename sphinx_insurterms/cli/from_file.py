"""How do entries get from one file into a corpus?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli.arguments import needs_extra, unusable
from sphinx_insurterms.cli.entry_writer import FAILED, EntryWriter
from sphinx_insurterms.exchange import csv
from sphinx_insurterms.exchange.held import FormError, Held, Lost, Unread, content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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
    locale = manifest.source_locale
    if form == "glossary" and locales:
        locale = locales[0]
    seen: set[tuple[str, str]] = set()
    try:
        with path.open("rb") as stream:
            for one in _read(form, path, stream, locale):
                if isinstance(one, Lost):
                    click.echo(f"{path}: {one}", err=True)
                    continue
                if isinstance(one, Unread):
                    click.echo(f"{path}: {one}", err=True)
                    writer.counts[FAILED] += 1
                    continue
                address = one.term_id, one.locale
                if locales and one.locale not in locales:
                    continue
                if address in seen:
                    fact = f"{one.term_id!r} in {one.locale} stands there twice"
                    click.echo(f"{path}: {one.place}: {fact}; leave one", err=True)
                    writer.counts[FAILED] += 1
                    continue
                seen.add(address)
                writer.write(*address, partial(_content, one, manifest.fields))
    except OSError as error:
        raise unusable(path, error) from None
    except FormError as error:
        raise click.ClickException(f"{path}: {error}") from None


def _read(
    form: str, path: Path, stream: BinaryIO, locale: str
) -> Iterable[Held | Lost | Unread]:
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
