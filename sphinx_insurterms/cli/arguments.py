"""What do the commands take, and how is it checked?"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sphinx_insurterms.corpus.files import corpus_root
from sphinx_insurterms.corpus.loading import STARTER, STARTER_FOLDER, CorpusFolder, load
from sphinx_insurterms.corpus.locales import parse_locale
from sphinx_insurterms.corpus.manifest import FILE_NAME
from sphinx_insurterms.corpus.problems import CorpusError
from sphinx_insurterms.exchange.po import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_insurterms.corpus.layers import Layer

_CommandT = TypeVar("_CommandT", bound="Callable[..., object] | click.Command")


@dataclass(frozen=True, slots=True)
class OpenCorpus:
    """A corpus, and the path by which the user named it."""

    layer: Layer
    path: Path
    """Absolute; may hold ``{locale}``."""


def folder_at(written: Path) -> CorpusFolder:
    """Return where a corpus is, whatever is in it.

    :raises click.BadParameter: if there is no such folder.
    :raises click.ClickException: if nobody may look.
    """
    folder = CorpusFolder(path=written.absolute())
    try:
        is_there, is_file = folder.root.is_dir(), folder.root.is_file()
    except OSError as error:
        raise unusable(written, error) from None
    if is_file:
        fact = f"{str(written)!r} is a file; name a folder that holds a corpus"
        raise click.BadParameter(fact)
    if not is_there:
        fact = f"there is no folder {str(written)!r}; name one that holds a corpus"
        raise click.BadParameter(fact)
    return folder


def folder_or_starter(written: Path) -> CorpusFolder:
    """Return where a corpus is that is only read, as :func:`folder_at` does."""
    return folder_at(STARTER_FOLDER if _is_starter(written) else written)


def corpus_at(ctx: click.Context, param: click.Parameter, written: Path) -> OpenCorpus:
    """Open a corpus; what is wrong with its files is for others to tell.

    :raises click.BadParameter: if there is none.
    """
    folder = folder_at(written)
    layer, problems = load(folder)
    if not layer.terms:
        facts = [problem.message for problem in problems if problem.name == "corpus"]
        raise click.BadParameter("; ".join(facts), ctx, param)
    return OpenCorpus(layer, folder.path)


def corpus_to_begin(
    ctx: click.Context, param: click.Parameter, written: Path
) -> OpenCorpus:
    """Open a corpus that may be empty, or not be there until its first entry is.

    :raises click.BadParameter: if it cannot be there.
    :raises click.ClickException: if it cannot be read, or what it says of itself: nobody
        knows then how its files are to be written.
    """
    folder = CorpusFolder(path=written.absolute())
    root = folder.root
    if _is_starter(written):
        fact = f"{STARTER!r} comes with the package, for all; name a folder of your own"
        raise click.BadParameter(fact, ctx, param)
    try:
        if not root.is_dir() and root.exists():
            fact = f"{str(written)!r} is a file; name a folder"
            raise click.BadParameter(fact, ctx, param)
        if not root.parent.is_dir():
            above = str(corpus_root(written).parent)
            fact = f"there is no folder {above!r} for it; make that first"
            raise click.BadParameter(fact, ctx, param)
        layer, problems = load(folder)
    except OSError as error:
        raise unusable(written, error) from None
    if facts := [str(problem) for problem in problems if problem.name == "manifest"]:
        raise click.ClickException("; ".join(facts))
    return OpenCorpus(layer, folder.path)


def default_corpus() -> Path:
    """Return the corpus that is meant where none is named: this folder, or one in it."""
    return Path() if Path(FILE_NAME).is_file() else Path("terms")


def corpus_or_starter(
    ctx: click.Context, param: click.Parameter, written: Path
) -> OpenCorpus:
    """Open a corpus, as :func:`corpus_at` does, or the one that nobody may change."""
    return corpus_at(ctx, param, STARTER_FOLDER if _is_starter(written) else written)


def _is_starter(written: Path) -> bool:
    return str(written) == STARTER and not written.exists()


def catalog_in(path: Path) -> Catalog:
    """Read a catalog.

    :raises FileNotFoundError: if there is none.
    :raises click.ClickException: if it cannot be read.
    """
    try:
        return Catalog.read(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unusable(path, error) from None
    except CorpusError as error:
        raise click.ClickException(str(error)) from None


def unusable(path: Path, error: OSError) -> click.ClickException:
    """Return what ends a command that cannot do without a file or folder."""
    return click.ClickException(f"{path}: {error.strerror}")


def examples(*commands: str) -> str:
    """Return what the help of a command ends with."""
    # The sign keeps click from making one paragraph of the lines.
    return "\n".join(["\b", "For example:", *(f"  {one}" for one in commands)])


def locale_of(ctx: click.Context, param: click.Parameter, written: str) -> str:
    """Return a locale as a corpus spells it, however its folders do.

    :raises click.BadParameter: if it is none.
    """
    locale = parse_locale(written)
    if locale is None:
        fact = f"{written!r} is no locale; write a language tag, such as nb"
        raise click.BadParameter(fact, ctx, param)
    return locale


def locale_if_any(
    ctx: click.Context, param: click.Parameter, written: str | None
) -> str | None:
    """Return a locale, as :func:`locale_of` does, where one is given."""
    return None if written is None else locale_of(ctx, param, written)


def locales_of(
    ctx: click.Context, param: click.Parameter, written: tuple[str, ...]
) -> tuple[str, ...]:
    """Return several locales, as :func:`locale_of` does."""
    return tuple(locale_of(ctx, param, one) for one in written)


class Argument(click.Argument):
    """An argument that says what it is, as click's own do from 8.5 on.

    :param help: what it is.
    """

    def __init__(
        self,
        param_decls: Sequence[str],
        *,
        help: str,  # noqa: A002 - as options call it
        **attributes: Any,
    ) -> None:
        super().__init__(param_decls, **attributes)
        self.help: str = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return what ``--help`` says of it: before 8.5, among the options."""
        (metavar,) = self.get_usage_pieces(ctx)
        return metavar, self.help


CORPUS = click.argument(
    "corpus",
    cls=Argument,
    type=click.Path(path_type=Path),
    callback=corpus_at,
    help="The folder of a corpus; the path may hold {locale}, as in conf.py.",
)
"""The folder of a corpus; as in ``conf.py``, it may hold ``{locale}``."""

CORPUS_TO_READ = click.argument(
    "corpus",
    cls=Argument,
    type=click.Path(path_type=Path),
    callback=corpus_or_starter,
    help="The folder of a corpus, or `starter` for the one that comes with the package. "
    "No file of it is changed.",
)
"""The same, where it is only read."""

CORPUS_TO_BEGIN = click.option(
    "--corpus",
    metavar="PATH",
    type=click.Path(path_type=Path),
    default=default_corpus,
    show_default=f"./terms, or this folder if it holds {FILE_NAME}",
    callback=corpus_to_begin,
    help="The folder of the corpus; it may be empty, or not be there yet.",
)
"""The same, where its first entry may be written."""

ONLY_LOCALES = click.option(
    "--locale",
    "locales",
    metavar="LOCALE",
    callback=locales_of,
    multiple=True,
    help="Only entries in this language; may be given several times.",
)


def form_option(*forms: str) -> Callable[[_CommandT], _CommandT]:
    """Return the option by which a form is chosen."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        required=True,
        help="The form, as above.",
    )


def one_locale(ctx: click.Context, locales: tuple[str, ...]) -> str:
    """Return the only locale that was given.

    :raises click.UsageError: if there was none, or several.
    """
    if len(locales) != 1:
        raise click.UsageError("a catalog is in one language; give one --locale", ctx)
    return locales[0]


@contextmanager
def needs_extra(what: str, extra: str = "exchange") -> Iterator[None]:
    """Say how a library that something needs is installed, where it is not.

    :raises click.ClickException: if something cannot be imported.
    """
    try:
        yield
    except ImportError as error:
        library = (error.name or "a library").partition(".")[0]
        fact = (
            f"{what} needs {library}, which is not installed; install "
            f"sphinx-insurterms[{extra}]"
        )
        raise click.ClickException(fact) from None
