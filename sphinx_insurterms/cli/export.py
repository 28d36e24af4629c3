"""How does a corpus get to those who work in other forms?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from babel.messages.plurals import get_plural

from sphinx_insurterms.cli.arguments import (
    CATALOGS,
    CORPUS_TO_READ,
    FORMAT,
    LOCALE,
    OpenCorpus,
    catalog_in,
    examples,
    unusable,
)
from sphinx_insurterms.corpus.texts import messages, translated_messages
from sphinx_insurterms.corpus.writing import replace_file
from sphinx_insurterms.exchange import po

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.corpus.model import Entry


@click.command(
    "export",
    epilog=examples(
        "insurterms export --format po --locale nb docs/terms docs/locales",
        "insurterms export --format po --locale nb starter docs/locales",
    ),
)
@FORMAT
@LOCALE
@CORPUS_TO_READ
@CATALOGS
def export(form: str, locale: str, corpus: OpenCorpus, catalogs: Path) -> None:
    """Fill a catalog with what the corpus says in a language.

    The catalog is LOCALE_DIR/LOCALE/LC_MESSAGES/insurterms.po. What it has already
    stays as it is, and no file of the corpus is changed. CORPUS is a folder, or the
    word starter for the corpus that comes with the package.
    """
    path = po.catalog_file(catalogs, locale)
    try:
        catalog = catalog_in(path)
    except FileNotFoundError:
        catalog = po.Catalog.made(_head(locale), "The terms of a corpus.", fuzzy=False)
    filled, locales = 0, set[str]()
    for term_id in corpus.layer.terms:
        term = corpus.layer.terms[term_id]
        other = term.entries.get(locale)
        locales |= set(term.entries)
        is_source = locale == term.source.locale
        if other is None or is_source or term.source.locale != term.source_locale:
            continue
        filled += _fill(catalog, term.source, other, corpus.layer.root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, str(catalog).encode())
    except OSError as error:
        raise unusable(path, error) from None
    if locale not in locales:
        click.echo(f"the corpus has no {locale}, only {', '.join(sorted(locales))}")
    click.echo(f"{path}: {filled} messages filled")


def _head(locale: str) -> dict[str, str]:
    plural = get_plural(locale)
    return {
        "Project-Id-Version": "",
        "Language": locale,
        "Plural-Forms": f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    }


def _fill(catalog: po.Catalog, source: Entry, other: Entry, root: Path) -> int:
    """Add what an entry says to a catalog, and return how much that is."""
    said, lines_up = translated_messages(source, other)
    if not lines_up:
        click.echo(
            f"{source.term_id}: the bodies do not line up; only the title and the "
            "definition are taken"
        )
    path = po.path_of(source, root)
    return sum(
        catalog.fill(message, path, said[message.text])
        for message in messages(source, body=True)
        if message.text in said
    )
