"""How do entries get from other forms into a corpus?"""

from __future__ import annotations

from pathlib import Path

import click

from sphinx_insurterms.cli.arguments import (
    ONLY_LOCALES,
    Argument,
    corpus_at,
    corpus_to_begin,
    examples,
    form_option,
    one_locale,
)
from sphinx_insurterms.cli.entry_writer import FAILED, EntryWriter
from sphinx_insurterms.cli.from_catalog import write_translated
from sphinx_insurterms.cli.from_file import write_held


@click.command(
    "import",
    epilog=examples(
        "insurterms import --format tbx --dry-run terms.tbx docs/terms",
        "insurterms import --format csv --overwrite terms.csv docs/terms",
        "insurterms import --format glossary docs/glossary.rst docs/terms",
        "insurterms import --format po --locale nb docs/locales docs/terms",
    ),
)
@form_option("tbx", "csv", "glossary", "po")
@ONLY_LOCALES
@click.option("--overwrite", is_flag=True, help="Replace entries that are there.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be.")
@click.argument(
    "source",
    cls=Argument,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What is read; for po, the folder of the catalogs.",
)
@click.argument(
    "corpus",
    cls=Argument,
    type=click.Path(path_type=Path),
    help="The folder of the corpus that is written into. But for po, it may be empty, or "
    "not be there yet.",
)
@click.pass_context
def import_(
    ctx: click.Context,
    form: str,
    locales: tuple[str, ...],
    overwrite: bool,
    dry_run: bool,
    source: Path,
    corpus: Path,
) -> None:
    """Write entries into a corpus.

    \b
    tbx   TBX 3, data categories as attributes or as tags, or TBX 2
    csv   a table with the columns id, locale, title, and those that you have of what
          `insurterms export --format csv` writes
    glossary
          a page with a `.. glossary::`, in reST or MyST; --locale says which language
          it is in, if that is not the source locale
    po    the entries that are all translated in the catalog
          FILE/LOCALE/LC_MESSAGES/insurterms.po; fuzzy translations do not count

    A term is known by its id, whatever it is called. What a form has no place for is
    kept of an entry that is replaced. What makes no entry is listed.
    """  # noqa: D301 - click reads this sign
    parameter = next(one for one in ctx.command.params if one.name == "corpus")
    opened = (corpus_at if form == "po" else corpus_to_begin)(ctx, parameter, corpus)
    writer = EntryWriter(opened, overwrites=overwrite, is_rehearsal=dry_run)
    if form == "po":
        locale = one_locale(ctx, locales)
        if source.is_file():
            fact = f"{str(source)!r} is a file; name the folder of the catalogs"
            raise click.BadParameter(fact, ctx, param_hint="FILE")
        write_translated(opened, locale, source, writer, overwrites=overwrite)
    else:
        write_held(form, source, opened, locales, writer)
    click.echo(writer.told() or f"{source}: nothing to write")
    if writer.counts[FAILED]:
        ctx.exit(1)
