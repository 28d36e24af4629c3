"""How does a page's ``.. glossary::`` become entries?  As Sphinx reads it, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.exchange.beginnings import id_of_title
from sphinx_insurterms.exchange.glossary.nodes_as_markdown import MarkdownWriter
from sphinx_insurterms.exchange.glossary.pages import items_of
from sphinx_insurterms.exchange.held import Held, Lost, Unread

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from sphinx_insurterms.exchange.glossary.pages import Item


def read(path: Path, locale: str) -> Generator[Held | Lost | Unread, None, None]:
    """Yield the entries that the glossaries of a page hold, and what is lost of them.

    The first term above a definition is the title, and the others are aliases; the first
    paragraph is the definition, and the rest the body.

    :param path: of a page in reST or MyST.
    :param locale: that it is written in.
    :raises FormError: if Sphinx cannot read it, or there is no glossary on it.
    """
    items, told = items_of(path)
    for one in told:
        place, _, fact = one.partition(": ")
        yield Lost(place, fact)
    owners: dict[str, str] = {}
    for item in items:
        for name in _names(item):
            owners.setdefault(fold(name), id_of_title(_names(item)[0]))
    seen: dict[str, str] = {}
    for item in items:
        yield from _entry(item, locale, owners, seen)


def _entry(
    item: Item, locale: str, owners: dict[str, str], seen: dict[str, str]
) -> Iterator[Held | Lost | Unread]:
    place = f"line {item.line}"
    title, *aliases = _names(item)
    identifier = id_of_title(title)
    if not identifier:
        yield Unread(place, f"no id can be made of {title!r}; write the entry yourself")
        return
    if identifier in seen:
        fact = (
            f"{title!r} and {seen[identifier]!r} have one id, {identifier}; rename one"
        )
        yield Unread(place, fact)
        return
    seen[identifier] = title
    writer = MarkdownWriter(lambda target: owners.get(fold(target)))
    for name in item.names:
        if any(not isinstance(part, nodes.Text) for part in _shown(name)):
            yield Lost(place, f"the markup of the name {name.astext()!r}")
    definition, body = "", list(item.definition.children)
    if body and isinstance(body[0], nodes.paragraph):
        definition = writer.inline(body.pop(0).children)
    held = Held(
        term_id=identifier,
        locale=locale,
        values={"title": title, "description": definition, "aliases": tuple(aliases)},
        body=writer.blocks(body),
        place=place,
    )
    yield from (Lost(place, f"{title}: {one}") for one in writer.lost)
    yield held


def _names(item: Item) -> list[str]:
    return [" ".join(name.astext().split()) for name in item.names]


def _shown(name: nodes.term) -> list[nodes.Node]:
    return [part for part in name.children if part.astext()]
