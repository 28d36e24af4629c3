"""Is what a user wrote fit for an entry?  On the command line, and where they are asked."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from sphinx_insurterms.corpus.ids import fold, term_id
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.readers.markdown import (
    LONGEST_DEFINITION,
    LONGEST_ID,
    NOTHING,
)
from sphinx_insurterms.corpus.readers.source import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_insurterms.corpus.layers import Layer

_T = TypeVar("_T")

_MOST = 20
"""How many categories are listed."""


def text_of(written: str) -> str:
    """Return a text as readers will have it.

    :raises click.BadParameter: if it holds what no file may.
    """
    try:
        written.encode()
    except UnicodeEncodeError:
        fact = f"{written!a} holds bytes that are no UTF-8; write it in UTF-8"
        raise click.BadParameter(fact) from None
    return one_line(written)


def title_of(written: str) -> str:
    """Return a title.

    :raises click.BadParameter: if it is none.
    """
    title = text_of(written)
    if not fold(title):
        fact = f"{title!r} has neither letter nor digit; write what the term is called"
        raise click.BadParameter(fact)
    if title.casefold() in NOTHING:
        fact = f"{title!r} is what templates leave where there is no title; add a word"
        raise click.BadParameter(fact)
    return title


def definition_of(written: str) -> str:
    """Return a definition; one that says nothing is empty.

    :raises click.BadParameter: if it is too long.
    """
    definition = text_of(written)
    if (size := len(definition)) > LONGEST_DEFINITION:
        fact = (
            f"the definition has {size} characters; keep it below "
            f"{LONGEST_DEFINITION} and write the rest into the file, as its body"
        )
        raise click.BadParameter(fact)
    return "" if definition.casefold() in NOTHING else definition


def id_of(written: str) -> str:
    """Return an id, in the one spelling that all others stand for.

    :raises click.BadParameter: if it is none.
    """
    identifier = term_id(text_of(written))
    if not identifier or "/" in written:
        fact = f"{written!r} is no id; write a name, such as liability-insurance"
        raise click.BadParameter(fact)
    if (size := len(identifier.encode())) > LONGEST_ID:
        fact = (
            f"the id {identifier[:20]!r}… has {size} bytes, and no more than "
            f"{LONGEST_ID} fit into a file's name; give a shorter one by --id"
        )
        raise click.BadParameter(fact)
    return identifier


def checked(
    check: Callable[[str], str],
) -> Callable[[click.Context, click.Parameter, str | None], str]:
    """Return what checks the value of an option; one that is not given is empty."""

    def callback(
        ctx: click.Context, param: click.Parameter, written: str | None
    ) -> str:
        return "" if written is None else check(written)

    return callback


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories that entries of a corpus may be in."""

    names: tuple[str, ...]
    """As they are written in entries, those that the manifest lists first."""

    _by_name: Mapping[str, str]
    _are_listed: bool

    @classmethod
    def of(cls, layer: Layer) -> Categories:
        """Return those that the manifest lists and those that entries are in."""
        listed = layer.manifest.categories
        in_use = Corpus([layer]).categories
        by_name = {
            fold(name): category
            for category, names in listed.items()
            for name in (*names.values(), category)
        }
        by_name = in_use | by_name
        names = dict.fromkeys((*listed, *map(by_name.__getitem__, in_use)))
        return cls(tuple(names), by_name, bool(listed))

    def __str__(self) -> str:
        """Return some of the names, as a question may list them."""
        some = ", ".join(self.names[:_MOST])
        return f"{some}, …" if len(self.names) > _MOST else some

    def named(self, written: str) -> tuple[str, ...]:
        """Return the categories that a text with commas names, in any spelling.

        :raises click.BadParameter: if there is no such category where a manifest lists
            them; else everybody may use a new one.
        """
        found: dict[str, None] = {}
        for part in filter(None, map(str.strip, text_of(written).split(","))):
            category = self._by_name.get(fold(part))
            if category is None and self._are_listed:
                fact = f"{part!r} is no category of the corpus; there are {self}"
                raise click.BadParameter(fact, param_hint="--category")
            found[category or part] = None
        return tuple(found)


def is_terminal() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(question: str, check: Callable[[str], _T]) -> _T:
    """Return the answer to a question, asked until *check* takes it; Enter is empty."""
    answer: _T = click.prompt(
        question, default="", show_default=False, value_proc=check
    )
    return answer
