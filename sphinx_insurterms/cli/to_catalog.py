"""How does what a corpus says in a language get into a message catalog?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from babel.messages.plurals import get_plural

from sphinx_insurterms.cli.arguments import catalog_in, unusable
from sphinx_insurterms.corpus.texts import messages, translated_messages
from sphinx_insurterms.corpus.writing import replace_file
from sphinx_insurterms.exchange import po

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.model import Entry


def fill_catalog(layer: Layer, locale: str, catalogs: Path) -> None:
    """Fill a catalog; what it has already stays as it is.

    :param catalogs: one of Sphinx's ``locale_dirs``.
    :raises click.ClickException: if the catalog cannot be read or written.
    """
    path = po.catalog_file(catalogs, locale)
    try:
        catalog = catalog_in(path)
    except FileNotFoundError:
        catalog = po.Catalog.made(_head(locale), "The terms of a corpus.", fuzzy=False)
    filled, locales = 0, set[str]()
    for term_id in layer.terms:
        term = layer.terms[term_id]
        other = term.entries.get(locale)
        locales |= set(term.entries)
        is_source = locale == term.source.locale
        if other is None or is_source or term.source.locale != term.source_locale:
            continue
        filled += _fill(catalog, term.source, other, layer.root)
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
