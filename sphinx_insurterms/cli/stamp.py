"""How does a translator say that a translation is up to date?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.cli.arguments import (
    CORPUS,
    ONLY_LOCALES,
    Argument,
    OpenCorpus,
    examples,
)
from sphinx_insurterms.corpus.readers.source import Source
from sphinx_insurterms.corpus.stamps import UnstampableError, stamped
from sphinx_insurterms.corpus.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.model import Entry, Term


class Outcome(Enum):
    """What became of a translation, in the words of the last line."""

    STAMPED = "stamped"
    CURRENT = "up to date"
    OUTDATED = "outdated"
    FAILED = "not stamped"


@dataclass(frozen=True, slots=True)
class Translation:
    """An entry, and the term that has the source of it."""

    term: Term
    entry: Entry
    place: Path
    """Of its file, in the corpus."""

    @property
    def outcome(self) -> Outcome:
        """What is to become of it, where nobody says that it is up to date."""
        if not self.entry.translates:
            return Outcome.STAMPED
        is_outdated = self.term.is_outdated(self.entry)
        return Outcome.OUTDATED if is_outdated else Outcome.CURRENT


def translations(layer: Layer, locales: Collection[str]) -> Iterator[Translation]:
    """Yield the translations of a corpus, by id and locale.

    :param locales: only these, if there are any.
    """
    for term_id in layer.terms:
        term = layer.terms[term_id]
        for locale, entry in sorted(term.entries.items()):
            is_wanted = not locales or locale in locales
            if is_wanted and locale != term.source_locale == term.source.locale:
                yield Translation(term, entry, Path(entry.path).relative_to(layer.root))


@click.command(
    epilog=examples(
        "insurterms stamp docs/terms",
        "insurterms stamp docs/terms --locale nb",
        "insurterms stamp docs/terms premium claim",
    )
)
@CORPUS
@click.argument(
    "ids",
    cls=Argument,
    metavar="[ID]...",
    nargs=-1,
    help="A term whose translations are up to date.",
)
@ONLY_LOCALES
@click.pass_context
def stamp(
    ctx: click.Context,
    corpus: OpenCorpus,
    ids: tuple[str, ...],
    locales: tuple[str, ...],
) -> None:
    """Note in translations which version of the source they translate.

    Without an ID, in all that do not say so yet. Those whose source has changed since
    are listed and left alone: look them over, and give the ID of each that is up to
    date again.
    """
    layer = corpus.layer
    if unknown := [one for one in ids if one not in layer.terms]:
        fact = f"no term has the id {', '.join(map(repr, unknown))}"
        raise click.BadParameter(fact, ctx, param_hint="ID")
    counts: Counter[Outcome] = Counter()
    for one in translations(layer, locales):
        if not ids:
            outcome = one.outcome
        elif one.term.id in ids:
            outcome = Outcome.STAMPED
        else:
            continue
        if outcome is Outcome.STAMPED:
            outcome = _stamp(one, layer)
        elif outcome is Outcome.OUTDATED:
            click.echo(f"{one.place}: the source has changed since")
        counts[outcome] += 1
    told = [
        f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome]
    ]
    click.echo(", ".join(told) or "there are no such translations")
    if counts[Outcome.FAILED]:
        ctx.exit(1)


def _stamp(one: Translation, layer: Layer) -> Outcome:
    """Write the stamp, and tell what became of the file."""
    path = Path(one.entry.path)
    try:
        source = Source(
            path=path,
            content=path.read_bytes(),
            locale=one.entry.locale,
            term_id=one.term.id,
            fields=layer.manifest.fields,
        )
        content = stamped(source, one.term.source.text_digest)
        if not replace_file(path, content):
            return Outcome.CURRENT
    except (OSError, UnstampableError) as error:
        fact = error.strerror if isinstance(error, OSError) else error
        click.echo(f"{one.place}: {fact}", err=True)
        return Outcome.FAILED
    click.echo(f"{one.place}: stamped")
    return Outcome.STAMPED
