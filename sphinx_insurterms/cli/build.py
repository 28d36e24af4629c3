"""How does somebody build every language of a documentation with one command?"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sphinx_insurterms.building.languages import languages_of
from sphinx_insurterms.building.placing import Place, folder_beside
from sphinx_insurterms.building.running import Built, Order
from sphinx_insurterms.building.versions import BUILDERS
from sphinx_insurterms.cli.arguments import Argument, examples, locales_of
from sphinx_insurterms.cli.build_display import display
from sphinx_insurterms.cli.consoles import show_table
from sphinx_insurterms.cli.executors import PROCESSES, MakeBuild, executor_at
from sphinx_insurterms.cli.join import languages_in, put_together, servers_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    epilog=examples(
        "insurterms build docs public",
        "insurterms build docs public -l en -l nb -l ar -W -n",
        "insurterms build docs public -b dirhtml -D html_theme=furo --jobs 4",
    )
)
@click.argument(
    "docs",
    cls=Argument,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the documents and of conf.py.",
)
@click.argument(
    "out",
    cls=Argument,
    type=_FOLDER,
    help="Where OUT/LOCALE will hold what is built in a language.",
)
@click.option(
    "-l",
    "--language",
    "languages",
    metavar="LOCALE",
    multiple=True,
    callback=locales_of,
    help="A language; may be given several times. Without it, those of DOCS/locale or "
    "DOCS/locales, and of the corpus in DOCS/terms.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many languages are built at once; without it, as many as there are cores.",
)
@click.option(
    "--executor",
    metavar="processes|ADDRESS",
    default=PROCESSES,
    show_default=True,
    help="Who builds: processes of this machine, or the workers of the Dask scheduler at "
    "an address, such as tcp://10.0.0.1:8786. They have the same packages installed.",
)
@click.option(
    "--sources",
    metavar="PATH",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="What is sent to a scheduler's workers: DOCS, or a folder around it with all "
    "that the build reads, such as the corpus.",
)
@click.option(
    "--work",
    metavar="PATH",
    type=_FOLDER,
    help="Where builds keep what makes the next one quick. Without it, in .OUT-work "
    "beside OUT.",
)
@click.option(
    "-b",
    "builder",
    metavar="BUILDER",
    default="html",
    show_default=True,
    help="A builder of Sphinx.",
)
@click.option("-W", "fails", is_flag=True, help="A warning is an error.")
@click.option("-n", "nitpicky", is_flag=True, help="Tell of all missing references.")
@click.option("-j", "processes", metavar="N", help="Processes for each language.")
@click.option(
    "-D",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    help="A setting of conf.py; may be given several times.",
)
@click.option(
    "-t",
    "tags",
    metavar="TAG",
    multiple=True,
    help="A tag for `only` blocks; may be given several times.",
)
@servers_option
@click.pass_context
def build(
    ctx: click.Context,
    docs: Path,
    out: Path,
    languages: tuple[str, ...],
    jobs: int | None,
    executor: str,
    sources: Path | None,
    work: Path | None,
    builder: str,
    fails: bool,
    nitpicky: bool,
    processes: str | None,
    settings: tuple[str, ...],
    tags: tuple[str, ...],
    servers: tuple[str, ...],
) -> None:
    """Build every language of a documentation, each by Sphinx's own program.

    What is built in a language is put into OUT/LOCALE when it is whole: a language that
    fails leaves there what was there, and the others are built all the same. -b, -W, -n,
    -j, -D and -t are Sphinx's.

    Each page of HTML leads to itself in the other languages, and OUT/index.html leads
    readers to theirs.
    """
    options = [
        *("-b", builder),
        *(["-W"] if fails else []),
        *(["-n"] if nitpicky else []),
        *(["-j", processes] if processes else []),
        *(word for setting in settings for word in ("-D", setting)),
        *(word for tag in tags for word in ("-t", tag)),
    ]
    folder = (work or folder_beside(out.absolute())).absolute()
    found = dict.fromkeys(languages or languages_of(docs))
    places = [Place(out.absolute(), folder, one) for one in found]
    everywhere = _published(out, found)
    order = Order(languages=everywhere, options=options)
    if executor != PROCESSES:  # whose workers know how many they can build at once
        jobs = len(places)
    sent = _containing(sources or docs, docs)
    with executor_at(
        executor, sent, docs.absolute(), order, {out.absolute(), folder}
    ) as make:
        built = _build_all(make, places, jobs or os.cpu_count() or 1)
    _summarise([built[one] for one in found])
    if builder in BUILDERS:
        fresh = {one for one in found if built[one].is_whole}
        put_together(out, everywhere, fresh, servers)
    if not all(one.is_whole for one in built.values()):
        ctx.exit(1)


def _containing(folder: Path, docs: Path) -> Path:
    if not docs.resolve().is_relative_to(folder.resolve()):
        fact = f"{str(folder)!r} does not contain {str(docs)!r}"
        raise click.BadParameter(fact, param_hint="'--sources'")
    return folder.resolve()


def _published(out: Path, chosen: Iterable[str]) -> list[str]:
    """Return all languages in *out* when those that are chosen are built.

    Those that are there keep their order, or all pages would change with it.
    """
    before = [one for one in languages_in(out) if (out / one).is_dir()]
    is_all = set(before) <= set(chosen)
    return list(dict.fromkeys([*([] if is_all else before), *chosen]))


_HEADS = ("", "pages", "warnings", "terms not translated", "seconds", "")


def _summarise(all_built: Sequence[Built]) -> None:
    """Show what came of all languages: as a table on a terminal, else in words."""
    rows = [
        (
            *(one.language, one.pages, one.warnings),
            "–" if one.untranslated is None else one.untranslated,
            *(round(one.seconds), one.fault),
        )
        for one in all_built
    ]
    if sys.stderr.isatty():
        show_table("Languages", _HEADS, rows)
        return
    for language, *numbers, fault in rows:
        said = (f"{n} {head}" for n, head in zip(numbers, _HEADS[1:], strict=False))
        click.echo(f"{language}: {fault or ', '.join(said)}", err=True)


def _build_all(make: MakeBuild, places: Sequence[Place], jobs: int) -> dict[str, Built]:
    """Build languages side by side; where somebody stops it, end them all."""
    with (
        display([place.language for place in places]) as shown,
        ThreadPoolExecutor(jobs) as pool,
    ):
        builds = [make(place, shown) for place in places]
        done = {}
        try:
            for future in as_completed([pool.submit(one.run) for one in builds]):
                built = future.result()
                shown.done(built)
                done[built.language] = built
        except BaseException:  # Ctrl-C
            for one in builds:
                one.stop()
            raise
    return done
