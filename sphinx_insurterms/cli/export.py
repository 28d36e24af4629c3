"""How does a corpus get to those who work in other forms?"""

from __future__ import annotations

from pathlib import Path

import click

from sphinx_insurterms.cli.arguments import (
    CORPUS_TO_READ,
    ONLY_LOCALES,
    Argument,
    OpenCorpus,
    examples,
    form_option,
    one_locale,
)
from sphinx_insurterms.cli.to_catalog import fill_catalog
from sphinx_insurterms.cli.to_file import Target, base_of


@click.command(
    "export",
    epilog=examples(
        "insurterms export --format tbx docs/terms -o terms.tbx",
        "insurterms export --format csv starter -o starter.csv --locale nb",
        "insurterms export --format skos --base https://example.org/terms/ starter"
        " -o terms.ttl",
        "insurterms export --format po --locale nb docs/terms docs/locales",
    ),
)
@form_option("tbx", "skos", "csv", "po")
@ONLY_LOCALES
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What is written; without it, or with -, standard output.",
)
@click.option(
    "--base",
    metavar="IRI",
    callback=base_of,
    help="For skos: what stands before each id in the IRI of its concept.",
)
@CORPUS_TO_READ
@click.argument(
    "catalogs",
    cls=Argument,
    metavar="[LOCALE_DIR]",
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    help="For po: the folder of the catalogs, as locale_dirs in conf.py names it.",
)
@click.pass_context
def export(
    ctx: click.Context,
    form: str,
    locales: tuple[str, ...],
    output: Path | None,
    base: str,
    corpus: OpenCorpus,
    catalogs: Path | None,
) -> None:
    """Write the terms of a corpus in another form.

    \b
    tbx   ISO 30042:2019, dialect TBX-Basic, data categories as attributes
    skos  a concept scheme: Turtle, or JSON-LD where FILE ends with .jsonld or .json
    csv   a table in UTF-8 with a row for each entry
    po    the message catalog LOCALE_DIR/LOCALE/LC_MESSAGES/insurterms.po; what it
          has already stays as it is

    What a form has no place for is said.
    """  # noqa: D301 - click reads this sign
    if form == "po":
        if catalogs is None or output is not None:
            fact = "a catalog is written below LOCALE_DIR; give that, and no -o"
            raise click.UsageError(fact, ctx)
        fill_catalog(corpus.layer, one_locale(ctx, locales), catalogs)
        return
    if catalogs is not None:
        fact = f"{form} is written to a file; give it by -o, and no LOCALE_DIR"
        raise click.UsageError(fact, ctx)
    if (form == "skos") != bool(base):
        fact = (
            "skos names each concept by an IRI; give what stands before the ids, such as "
            "--base https://example.org/terms/"
        )
        raise click.UsageError(fact if form == "skos" else "--base goes with skos", ctx)
    to_stdout = output is None or str(output) == "-"
    target = Target(form, None if to_stdout else output, base)
    target.write(corpus.layer, locales)
