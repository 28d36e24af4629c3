"""What is a reader told of a text?  That it is in another language, or an old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.locales import direction, fallback_chain, language_tag
from sphinx_insurterms.messages import _, spoken
from sphinx_insurterms.nodes import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Element, Node

    from sphinx_insurterms.config import Settings
    from sphinx_insurterms.corpus.model import Entry, Term


def notices(
    term: Term,
    entry: Entry,
    settings: Settings,
    *,
    body: bool = False,
    asked: str = "",
) -> Iterator[str]:
    """Yield what readers of this build are to be told of an entry of *term*.

    :param body: whether its body is shown too.
    :param asked: the locale that the writer chose; who gets it needs no words for it.
    """
    if settings.marks_outdated and term.is_outdated(entry):
        yield _("The original has changed since this was translated")
    is_chosen = entry.locale in fallback_chain(asked)
    if not settings.marks_fallback or is_chosen:
        return
    if settings.is_foreign(entry.locale):
        yield _("Not translated yet")
    elif entry.is_partly_translated(body=body):
        yield _("Not fully translated yet")


def in_our_language(words: str, settings: Settings) -> isolated:
    """Return words of ours, in the language in which we have them for this build."""
    return isolated("", words, lang=language_tag(spoken(settings.locale)))


def are_foreign(settings: Settings) -> bool:
    """Tell whether our words are in another language than the build."""
    return settings.is_foreign(spoken(settings.locale))


def in_its_language(children: list[Node], entry: Entry, locale: str) -> list[Node]:
    """Return inline *children*, marked where *locale* is not that of their *entry*."""
    if locale == entry.locale:
        return children
    return [
        isolated("", "", *children, lang=language_tag(locale), dir=direction(locale))
    ]


def is_marked(block: Element) -> bool:
    """Tell whether a block is marked as a whole, since it is in another language."""
    first = next(iter(block.children), None)
    return isinstance(first, isolated) and "dir" in first
