"""What do the commands take, and how is it checked?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.corpus.locales import parse_locale

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.layers import Layer


@dataclass(frozen=True, slots=True)
class OpenCorpus:
    """A corpus, and the path by which the user named it."""

    layer: Layer
    path: Path
    """Absolute; may hold ``{locale}``."""


def corpus_at(ctx: click.Context, param: click.Parameter, written: Path) -> OpenCorpus:
    """Open a corpus; what is wrong with its files is for others to tell.

    :raises click.BadParameter: if there is none.
    """
    path = written.absolute()
    layer, problems = load(CorpusFolder(path=path))
    if not layer.terms:
        facts = [problem.message for problem in problems if problem.name == "corpus"]
        raise click.BadParameter("; ".join(facts), ctx, param)
    return OpenCorpus(layer, path)


def locale_of(ctx: click.Context, param: click.Parameter, written: str) -> str:
    """Return a locale as a corpus spells it, however its folders do.

    :raises click.BadParameter: if it is none.
    """
    locale = parse_locale(written)
    if locale is None:
        fact = f"{written!r} is no locale; write a language tag, such as nb"
        raise click.BadParameter(fact, ctx, param)
    return locale


def locales_of(
    ctx: click.Context, param: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return several locales, as :func:`locale_of` does."""
    return tuple(locale_of(ctx, param, one) for one in written)


CORPUS = click.argument("corpus", type=click.Path(path_type=Path), callback=corpus_at)
"""The folder of a corpus; as in ``conf.py``, it may hold ``{locale}``."""

CATALOGS = click.argument(
    "catalogs", metavar="LOCALE_DIR", type=click.Path(file_okay=False, path_type=Path)
)
"""The folder that Sphinx knows as one of its ``locale_dirs``."""

LOCALE = click.option(
    "--locale",
    metavar="LOCALE",
    required=True,
    callback=locale_of,
    help="The language.",
)

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["po"]),
    required=True,
    help="po: the message catalog that gettext, Sphinx and translation platforms use.",
)
