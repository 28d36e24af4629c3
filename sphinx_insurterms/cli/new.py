"""How does an author begin an entry, and a translator a translation?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from sphinx_insurterms.cli.arguments import (
    CORPUS_TO_BEGIN,
    Argument,
    OpenCorpus,
    examples,
    locale_if_any,
    unusable,
)
from sphinx_insurterms.cli.places import Places, id_given_by, shown
from sphinx_insurterms.cli.texts import (
    Categories,
    asked,
    checked,
    definition_of,
    id_of,
    is_terminal,
    title_of,
)
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.model import split_title
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.corpus.writing import create_file
from sphinx_insurterms.exchange.beginnings import (
    id_of_title,
    new_entry,
    new_translation,
)

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.model import Entry, Term


class Beginning(NamedTuple):
    """A file that is to be written, and what there is to do then."""

    path: Path
    content: bytes
    next_step: str


@click.command(
    epilog=examples(
        'insurterms new "waiting period"',
        'insurterms new excess --definition "The part of a loss that you pay."',
        "insurterms new karenstid --locale nb --id waiting-period --corpus docs/terms",
        "insurterms new premium --from en --locale ar --corpus docs/terms",
    )
)
@click.argument(
    "name",
    cls=Argument,
    metavar="TERM",
    callback=checked(title_of),
    help="The title; with --from, the id or a name of a term that is there.",
)
@click.option(
    "--locale",
    metavar="LOCALE",
    callback=locale_if_any,
    help="The language of the entry; without it, the source locale.",
)
@click.option(
    "--from",
    "origin",
    metavar="LOCALE",
    callback=locale_if_any,
    help="Begin a translation, of the entry that there is in this language.",
)
@click.option(
    "--title",
    metavar="TEXT",
    callback=checked(title_of),
    help="What the term is called in the translation.",
)
@click.option(
    "--id",
    "identifier",
    metavar="ID",
    callback=checked(id_of),
    help="By what the term is addressed, in every language.",
)
@click.option(
    "--definition",
    metavar="TEXT",
    callback=checked(definition_of),
    help="What the term is, in one or two sentences.",
)
@click.option(
    "--category",
    "categories",
    metavar="NAME",
    multiple=True,
    help="A category that it is in; may be given several times.",
)
@CORPUS_TO_BEGIN
def new(
    name: str,
    locale: str | None,
    origin: str | None,
    title: str,
    identifier: str,
    definition: str,
    categories: tuple[str, ...],
    corpus: OpenCorpus,
) -> None:
    """Begin the entry of a term.

    The id is made of the title; in another language than the source locale, it has to
    be given. With --from, the entry begins as a copy that a translator writes over.

    What is missing is asked for on a terminal. An entry without a definition, and a
    translation, are drafts, which readers do not see. No file that is there is changed.
    """
    beginner = _Beginner(corpus, locale or corpus.layer.manifest.source_locale)
    if origin is None:
        if title:
            raise click.UsageError("--title goes with --from; TERM is the title here")
        begun = beginner.entry(name, identifier, definition, categories)
    else:
        if identifier or categories:
            raise click.UsageError("with --from, id and categories are the source's")
        begun = beginner.translation(name, origin, title, definition)
    try:
        create_file(begun.path, begun.content)
    except FileExistsError as error:
        raise _there_already(Path(error.filename)) from None
    except OSError as error:
        raise unusable(Path(shown(begun.path)), error) from None
    click.echo(f"{shown(begun.path)}: written")
    click.echo(f"next: {begun.next_step}")


class _Beginner:
    """Finds out what the files of one locale are to hold, and asks if it may."""

    def __init__(self, corpus: OpenCorpus, locale: str) -> None:
        self._layer = corpus.layer
        self._terms = Corpus([corpus.layer])
        self._locale = locale
        self._source_locale = corpus.layer.manifest.source_locale
        self._fields = corpus.layer.manifest.fields
        self._places = Places(corpus, locale)

    def entry(
        self, title: str, identifier: str, definition: str, written: tuple[str, ...]
    ) -> Beginning:
        """Return an entry that translates none."""
        categories = Categories.of(self._layer)
        keywords = categories.named(",".join(written))
        identifier = identifier or self._id(title)
        self._leave_entry(identifier)
        self._leave_names(title)
        path = self._places.new(identifier)
        self._leave_file(identifier, path)
        if is_terminal():
            definition = definition or asked(_DEFINITION, definition_of)
            if categories.names and not keywords:
                question = f"Category, of {categories} (Enter: none)"
                keywords = asked(question, categories.named)
        content = new_entry(
            title, definition=definition, keywords=keywords, fields=self._fields
        )
        is_draft = not definition
        return Beginning(path, content, _DEFINE if is_draft else _GO_ON)

    def _id(self, title: str) -> str:
        """Return the id of a term that has none yet; in translation somebody says it."""
        if self._locale == self._source_locale:
            return id_of(id_of_title(title))
        if found := self._terms.find(title, self._locale):
            self._point_to(self._layer.terms[found.term_id], title)
        if is_terminal():
            return asked(f"Id, of the name in {self._source_locale}", id_of)
        fact = (
            f"{title!r} is in {self._locale}, and ids are not made of translations; "
            f"give one by --id, of the name in {self._source_locale}"
        )
        raise click.UsageError(fact)

    def _point_to(self, term: Term, name: str) -> NoReturn:
        """Say where a term is that somebody is about to write again."""
        entry = term.entries.get(self._locale)
        if entry is not None:
            raise _is_there(entry, name)
        source = term.source
        fact = (
            f"{shown(Path(source.path))}: {name!r} is a name of {term.id!r}, which has "
            f"no entry in {self._locale}; translate it with --from {source.locale}, or "
            "give the id of another term by --id"
        )
        raise click.ClickException(fact)

    def translation(
        self, name: str, origin: str, title: str, definition: str
    ) -> Beginning:
        """Return a translation that says in another language what it is to say."""
        if origin == self._locale:
            fact = f"--from is {origin} too; say by --locale what to translate into"
            raise click.UsageError(fact)
        term = self._found(name, origin)
        other = term.entries.get(origin)
        if other is None:
            there = ", ".join(sorted(term.entries))
            fact = f"{term.id!r} has no entry in {origin}; choose one of {there}"
            raise click.BadParameter(fact, param_hint="--from")
        self._leave_entry(term.id)
        path = self._places.opposite(other)
        self._leave_file(term.id, path)
        if not title and is_terminal():
            question = f"Title in {self._locale} (Enter: {other.title}, for now)"
            title = asked(question, lambda said: said.strip() and title_of(said))
        if title:
            self._leave_names(title)
        content = new_translation(
            other,
            title or other.title,
            identifier="" if id_given_by(path) == term.id else term.id,
            definition=definition,
            digest=self._digest(other),
            fields=self._fields,
        )
        return Beginning(path, content, _TRANSLATE)

    def _found(self, name: str, origin: str) -> Term:
        """Return the term that somebody wants to translate."""
        found = self._terms.find(name, origin)
        if found is None:
            near = ", ".join(self._terms.nearest(name, origin))
            way_out = f"did you mean {near}?" if near else "give its id"
            fact = f"no term is called {name!r}; {way_out}"
            raise click.BadParameter(fact, param_hint="TERM")
        if found.rivals:
            ids = ", ".join((found.term_id, *found.rivals))
            fact = f"{name!r} is a name of several terms; choose one of {ids}"
            raise click.BadParameter(fact, param_hint="TERM")
        return self._layer.terms[found.term_id]

    def _digest(self, other: Entry) -> str:
        """Return what says which version of the source is translated.

        A translation of a translation is as old as what it is made of.
        """
        if self._locale == self._source_locale:
            return ""
        is_source = other.locale == self._source_locale
        return other.text_digest if is_source else other.translates

    def _leave_entry(self, identifier: str) -> None:
        """End here if the entry is written already, or the id leads elsewhere."""
        if term := self._layer.terms.get(identifier):
            if entry := term.entries.get(self._locale):
                raise _is_there(entry, identifier)
        elif self._layer.index:
            for former in self._layer.index.formers(identifier):
                entry = self._layer.terms[former].source
                fact = (
                    f"{shown(Path(entry.path))}: {identifier!r} was the id of "
                    f"{former!r}, and leads there; give another by --id"
                )
                raise click.ClickException(fact)

    def _leave_file(self, identifier: str, path: Path) -> None:
        """End here if a file is in the place of the entry, or the place is not ours."""
        if file := self._places.file_with({identifier, id_given_by(path)}):
            raise _there_already(file)
        if not self._places.is_ours(path):
            fact = f"{shown(path.parent)}: this leads out of the corpus; copy it there"
            raise click.ClickException(fact)

    def _leave_names(self, title: str) -> None:
        """End here if readers of the locale know a term, so another, by the name."""
        index = self._layer.index
        full, short = split_title(title)
        for name in (title, full, short):
            for claim in index.claims(fold(name)) if index else ():
                # Two terms may be abbreviated alike, if it is the title of neither.
                is_taken = name != short or claim.status == Status.PREFERRED
                if claim.locale == self._locale and is_taken:
                    owner = self._layer.terms[claim.term_id]
                    raise _is_there(owner.entries[self._locale], name)


_DEFINITION = "Definition, in one or two sentences (Enter: write it later)"
_DEFINE = "write the definition there, and take out the line that says draft"
_TRANSLATE = "translate what is there, and take out the line that says draft"
_GO_ON = "write below the front matter what else there is to say"


def _is_there(entry: Entry, name: str) -> click.ClickException:
    """Return what is said where a term has its entry already."""
    fact = (
        f"{shown(Path(entry.path))}: this is the entry of {name!r} in {entry.locale}; "
        "change it there, or choose another name"
    )
    return click.ClickException(fact)


def _there_already(path: Path) -> click.ClickException:
    """Return what is said where a file stands that is no entry, such as a draft."""
    fact = "this is there already, and stays as it is; go on with it, or move it away"
    return click.ClickException(f"{shown(path)}: {fact}")
