"""What do the commands take, and how is it checked?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.corpus.locales import parse_locale

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.layers import Layer


def corpus_in(ctx: click.Context, param: click.Parameter, folder: Path) -> Layer:
    """Open the corpus in *folder*; what is wrong with its files is for others to tell.

    :raises click.BadParameter: if there is none.
    """
    layer, problems = load(CorpusFolder(path=folder.absolute()))
    if not layer.terms:
        facts = [problem.message for problem in problems if problem.name == "corpus"]
        raise click.BadParameter("; ".join(facts), ctx, param)
    return layer


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def locales_of(
    ctx: click.Context, param: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return locales as a corpus spells them, however its folders do.

    :raises click.BadParameter: if one is none.
    """
    found = {text: parse_locale(text) for text in written}
    if wrong := [text for text, locale in found.items() if locale is None]:
        names = ", ".join(map(repr, wrong))
        fact = f"{names} is no locale; write a language tag, such as nb"
        raise click.BadParameter(fact, ctx, param)
    return tuple(locale for locale in found.values() if locale)
