"""How do languages that were built each by itself become one documentation?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.building.joining import join as join_pages
from sphinx_insurterms.building.starting import SERVERS, begin
from sphinx_insurterms.building.versions import listed
from sphinx_insurterms.cli.arguments import Argument, examples, unusable
from sphinx_insurterms.corpus.locales import parse_locale

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

servers_option = click.option(
    "--server",
    "servers",
    type=click.Choice(list(SERVERS)),
    multiple=True,
    help="Let this server lead readers to their language, by a file that it reads; may "
    "be given several times.",
)


@click.command(
    epilog=examples("insurterms join public", "insurterms join public --server apache")
)
@click.argument(
    "out",
    cls=Argument,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that has a folder of HTML for each language, built with "
    "`insurterms_languages` set to all of them.",
)
@servers_option
def join(out: Path, servers: tuple[str, ...]) -> None:
    """Put together languages that were built elsewhere, each for itself.

    As `insurterms build` does for those that it builds, this hides links to pages that a
    language has not, and writes the page where readers begin.
    """
    languages = languages_in(out)
    if not any((out / one).is_dir() for one in languages):
        fact = (
            f"{out}: no page here leads to other languages; build each of them with "
            "-D insurterms_languages=…, which names them all"
        )
        raise click.ClickException(fact)
    put_together(out, languages, (), servers)


def languages_in(out: Path) -> tuple[str, ...]:
    """Return the languages that pages in *out* lead to, in their order."""
    starts = sorted(out.glob("*/index.html"))
    pages = (path.read_text("utf-8", "surrogateescape") for path in starts)
    found = next(filter(None, map(listed, pages)), ())
    # What a page says is a name, and no path.
    return tuple(one for one in found if parse_locale(one) == one)


def put_together(
    out: Path, languages: Sequence[str], fresh: Collection[str], servers: Sequence[str]
) -> None:
    """Let all languages in *out* know of each other, as far as they are there.

    :param fresh: those whose pages are as Sphinx left them.
    """
    there = [one for one in languages if (out / one / "index.html").is_file()]
    if not there:
        return
    try:
        join_pages(out, languages, fresh)
        others = begin(out, there, servers)
    except OSError as error:
        raise unusable(out, error) from None
    for path in others:
        fact = "was not written by `insurterms build`, and is left as it is"
        click.echo(f"{path}: {fact}", err=True)
