"""Which links of an entry lead to no term, and where did the author mean them to?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.blocks import blocks, is_plain
from sphinx_insurterms.corpus.ids import split_path, term_id
from sphinx_insurterms.corpus.links import Destination, destination
from sphinx_insurterms.corpus.manifest import FILE_NAME
from sphinx_insurterms.corpus.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.blocks import Block
    from sphinx_insurterms.corpus.layers import Corpus
    from sphinx_insurterms.corpus.model import Entry, Term
    from sphinx_insurterms.corpus.problems import Origin, WarningName

NAME: WarningName = "link"


def broken_links(corpus: Corpus, entry: Entry, *, body: bool) -> Iterator[Problem]:
    """Yield a problem for each link, and each see-also, that leads to no term.

    :param body: look into the body too, not only at what is always shown.
    """
    if not (entry.is_defined_in_body or is_plain(entry.definition)):
        for block in blocks(entry.definition, ""):
            for link in block.links:
                yield from _broken(corpus, entry, link.target, entry.definition_origin)
    for related in entry.related:
        yield from _broken(corpus, entry, related, entry.place("related"))
    shown = entry.blocks if body or entry.is_defined_in_body else ()
    for number, block in enumerate(shown):
        if body or _is_definition(entry, block):
            for position, link in enumerate(block.links):
                origin = entry.origin.at(link.line)
                term = corpus.terms[entry.term_id]
                place = (number, position)
                siblings = siblings_say(term, entry, place, link.target)
                yield from _broken(corpus, entry, link.target, origin, siblings)


def _is_definition(entry: Entry, block: Block) -> bool:
    line = (entry.body_line or 1) + block.line
    return entry.is_defined_in_body and line == entry.definition_line


def _broken(
    corpus: Corpus, entry: Entry, target: str, origin: Origin, siblings: str = ""
) -> Iterator[Problem]:
    is_term = destination(target) is Destination.TERM
    if is_term and corpus.link_target(entry, target) is None:
        fact = why_broken(corpus, entry, target, siblings)
        yield Problem(name=NAME, message=fact, origin=origin)


def why_broken(corpus: Corpus, entry: Entry, target: str, siblings: str = "") -> str:
    """Return what is told of a link that leads to no term.

    :param siblings: what the other locales link to there, as :func:`siblings_say` says.
    """
    nearest = corpus.nearest(target, entry.locale)
    near = f"nearest: {listed(nearest)}" if nearest else "no id is near it"
    hints = [
        _prefix(corpus, entry, target) or near,
        *([siblings] if siblings else []),
        "correct the link, or write the entry",
    ]
    return f"the link to {target!r} leads to no term; {'; '.join(hints)}"


def _prefix(corpus: Corpus, entry: Entry, target: str) -> str:
    """Say which prefix would make the link to *target* lead to a term, if one would."""
    prefix, last = split_path(target)
    if not prefix or (term := corpus.link_target(entry, last)) is None:
        return ""
    return (
        f"'{term}' is a term: if what is below {prefix} are terms, write "
        f'link_prefixes = ["{prefix}"] in {FILE_NAME}'
    )


def siblings_say(term: Term, entry: Entry, place: tuple[int, int], target: str) -> str:
    """Say what the other locales link to at *place*, where they differ from *target*."""
    by_target: dict[str, list[str]] = {}
    for locale, other in term.siblings_link(entry, place).items():
        if term_id(other) != term_id(target):
            by_target.setdefault(other, []).append(locale)
    return "; ".join(
        f"{listed(locales, quote='')} {'link' if len(locales) > 1 else 'links'} to "
        f"{other!r} here"
        for other, locales in by_target.items()
    )


def listed(words: list[str], quote: str = "'") -> str:
    """Return words as a sentence lists them."""
    *first, last = (f"{quote}{word}{quote}" for word in words)
    return f"{', '.join(first)} and {last}" if first else last
