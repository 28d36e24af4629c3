"""How does a corpus become one file, and what of it has no place there?"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

import click

from sphinx_insurterms.cli.arguments import needs_extra, unusable
from sphinx_insurterms.corpus.writing import replacing
from sphinx_insurterms.exchange import csv
from sphinx_insurterms.exchange.chosen import Chosen

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.corpus.layers import Layer


def base_of(ctx: click.Context, param: click.Parameter, written: str | None) -> str:
    """Return what stands before each id in an IRI; empty if nothing was given.

    :raises click.BadParameter: if no id can stand behind it.
    """
    if written is None:
        return ""
    parts = urlsplit(written)
    is_whole = parts.scheme in {"http", "https"} and parts.netloc
    if not (is_whole and written.isascii() and written.endswith(("/", "#"))):
        fact = (
            f"{written!r} is no address that ids can stand behind; begin with https:// "
            "and end with / or #"
        )
        raise click.BadParameter(fact, ctx, param)
    return written


@dataclass(frozen=True, slots=True)
class Target:
    """A file that is written, and in which form."""

    form: str
    path: Path | None
    """None for standard output."""

    base: str = ""
    """What stands before each id in an IRI."""

    def write(self, layer: Layer, locales: tuple[str, ...]) -> None:
        """Write the terms of a corpus, or those in some languages, and say what is lost.

        :raises click.ClickException: if the file cannot be written.
        """
        chosen = Chosen(layer, locales)
        if not chosen.ids:
            raise click.ClickException(f"no term is in {', '.join(locales)}")
        lost: Counter[str] = Counter()
        if self.path is None:
            out = sys.stdout.buffer
            self._write(chosen, layer.manifest.source_locale, out, lost)
        else:
            try:
                with replacing(self.path) as file:
                    self._write(chosen, layer.manifest.source_locale, file, lost)
            except OSError as error:
                raise unusable(self.path, error) from None
            count = len(chosen.ids)
            told = f"{count} terms" if count > 1 else "1 term"
            click.echo(f"{self.path}: {told} written", err=True)
        for what, count in sorted((+lost).items()):
            click.echo(f"{self.form} has no place for {what} ({count})", err=True)

    def _write(
        self, chosen: Chosen, language: str, out: BinaryIO, lost: Counter[str]
    ) -> None:
        if self.form == "csv":
            csv.write(chosen, out)
        elif self.form == "tbx":
            with needs_extra(self.form):
                from sphinx_insurterms.exchange.tbx import writing
            watched = chosen.watched(writing.NOT_HELD, lost)
            writing.write(watched, chosen.ids, language, out)
        else:
            with needs_extra(self.form):
                from sphinx_insurterms.exchange import skos
            watched = chosen.watched(skos.NOT_HELD, lost)
            graph = skos.graph(watched, chosen.ids, self.base)
            is_json = self.path is not None and self.path.suffix in _JSON
            form = "json-ld" if is_json else "turtle"
            graph.serialize(out, format=form, encoding="utf-8")


_JSON = frozenset({".json", ".jsonld"})
