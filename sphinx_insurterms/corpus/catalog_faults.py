"""Which translations of an entry are not shown, and why?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.problems import Problem
from sphinx_insurterms.corpus.texts import message_id, messages, translated_messages
from sphinx_insurterms.corpus.translated import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.layers import Corpus
    from sphinx_insurterms.corpus.model import Term
    from sphinx_insurterms.corpus.translated import Texts


def catalog_faults(corpus: Corpus, term: Term, *, body: bool) -> Iterator[Problem]:
    """Yield a problem for each translation in a catalog that readers do not see.

    :param body: look at those of the body too.
    """
    for texts in corpus.catalogs.values():
        if texts.locale != term.source.locale == term.source_locale:
            own = term.entries.get(texts.locale)
            if own is None or own.source_entry is not None:
                yield from _refused(term, texts, body=body)
            else:
                said, _ = translated_messages(term.source, own, body=body)
                yield from _shadowed(term, texts, said, body=body)


def _refused(term: Term, texts: Texts, *, body: bool) -> Iterator[Problem]:
    for text, _ in messages(term.source, body=body):
        why = fault(text, texts.by_id.get(text, text))
        if why:
            fact = f"the translation of {_short(text)} is not shown: {why}; mend it"
            yield Problem(name="catalog", message=fact, origin=texts.place(text))


def _shadowed(
    term: Term, texts: Texts, said: dict[str, str], *, body: bool
) -> Iterator[Problem]:
    for text, _ in messages(term.source, body=body):
        translation = texts.by_id.get(text)
        if translation and message_id(translation) != said.get(text, translation):
            fact = (
                f"the translation of {_short(text)} is not shown, since the entry "
                f"'{term.id}' in {texts.locale} says something else; take one of them"
            )
            yield Problem(name="shadowed", message=fact, origin=texts.place(text))


_SHORT = 40


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHORT else f"{text[:_SHORT]}…")
