"""How do translations get from other forms into a corpus?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli.arguments import (
    CATALOGS,
    CORPUS,
    FORMAT,
    LOCALE,
    OpenCorpus,
    catalog_in,
    examples,
    unusable,
)
from sphinx_insurterms.cli.places import Places, id_given_by
from sphinx_insurterms.corpus.writing import replace_file
from sphinx_insurterms.exchange import po
from sphinx_insurterms.exchange.entries import missing, translated
from sphinx_insurterms.exchange.markdown import UnplaceableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_insurterms.corpus.model import Term


@click.command(
    "import",
    epilog=examples(
        "insurterms import --format po --locale nb docs/locales docs/terms",
        "insurterms import --format po --locale nb --overwrite docs/locales docs/terms",
    ),
)
@FORMAT
@LOCALE
@CATALOGS
@CORPUS
@click.option("--overwrite", is_flag=True, help="Replace entries that are there.")
@click.pass_context
def import_(
    ctx: click.Context,
    form: str,
    locale: str,
    catalogs: Path,
    corpus: OpenCorpus,
    overwrite: bool,
) -> None:
    """Write the entries whose texts a catalog has all translated.

    The catalog is LOCALE_DIR/LOCALE/LC_MESSAGES/insurterms.po; fuzzy translations do
    not count. Each entry says which version of its source it translates. Those that are
    not translated in whole are listed.
    """
    path = po.catalog_file(catalogs, locale)
    try:
        catalog = catalog_in(path)
    except FileNotFoundError as error:
        raise unusable(path, error) from None
    writer = _Writer(corpus, locale, catalog.texts(), overwrites=overwrite)
    counts = Counter(
        writer.write(corpus.layer.terms[one]) for one in corpus.layer.terms
    )
    told = [f"{counts[what]} {what}" for what in _OUTCOMES if counts[what]]
    click.echo(", ".join(told) or "the catalog translates none of the terms")
    if counts[_FAILED]:
        ctx.exit(1)


_OUTCOMES = (
    _WRITTEN := "written",
    _CURRENT := "as they were",
    _THERE := "there already",
    _PARTLY := "not translated in whole",
    _FAILED := "not written",
)
_NONE = ""


class _Writer:
    """Writes the entries of one locale."""

    def __init__(
        self,
        corpus: OpenCorpus,
        locale: str,
        texts: Mapping[str, str],
        *,
        overwrites: bool,
    ) -> None:
        self._layer = corpus.layer
        self._locale = locale
        self._texts = texts
        self._overwrites = overwrites
        self._places = Places(corpus, locale)

    def write(self, term: Term) -> str:
        """Write the entry of a term, if it is to be, and return what became of it."""
        source, there = term.source, term.entries.get(self._locale)
        if source.locale != term.source_locale or self._locale == source.locale:
            return _NONE
        lacks, count = missing(source, self._texts)
        if lacks == count:
            return _NONE
        if there is not None and not self._overwrites:
            return _THERE
        if lacks:
            click.echo(f"{term.id}: {lacks} of {count} texts are not translated")
            return _PARTLY
        path = Path(there.path) if there else self._places.opposite(source)
        place = path.relative_to(self._layer.root)
        try:
            content = translated(
                source,
                self._texts,
                there=there,
                fields=self._layer.manifest.fields,
                identifier="" if id_given_by(path) == term.id else term.id,
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            is_new = replace_file(path, content)
        except (OSError, UnplaceableError) as error:
            fact = error.strerror if isinstance(error, OSError) else error
            click.echo(f"{place}: {fact}", err=True)
            return _FAILED
        if is_new:
            click.echo(f"{place}: written")
        return _WRITTEN if is_new else _CURRENT
