"""What does a directive show, and is it still what the corpus says?"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.answers import remarks
from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.ids import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_insurterms.answers import Answers
    from sphinx_insurterms.corpus.layers import Corpus
    from sphinx_insurterms.corpus.model import Term
    from sphinx_insurterms.notes import Request


def requested(corpus: Corpus, request: Request) -> list[Term]:
    """Return the terms of a list, in the order of their ids."""
    wanted = {fold(keyword) for keyword in request.keywords}
    return [
        term
        for term in corpus
        if not wanted or wanted & set(map(fold, term.source.keywords))
    ]


def digest(answers: Answers, request: Request) -> str:
    """Return what stands for all that a directive shows: it changes when that does."""
    if request.term_id:
        term = answers.corpus.terms.get(request.term_id)
        return digest_of(answers, [term], request) if term else ""
    if not request.name:
        return digest_of(answers, requested(answers.corpus, request), request)
    answer = answers.any(request.name)
    if answer is None:
        return ""
    said = list(remarks(request.name, answer))
    return digest_value([_shown(answers, answer.term, request), said])


def digest_of(answers: Answers, terms: Iterable[Term], request: Request) -> str:
    """Return what stands for all that a list of *terms* shows."""
    return digest_value([_shown(answers, term, request) for term in terms])


def digest_value(value: Any) -> str:
    """Return a short text that is the same for the same *value* only.

    :param value: anything that JSON can hold.
    """
    text = json.dumps(value, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def links_of(answers: Answers, term: Term, request: Request) -> list[str | None]:
    """Return the ids that the shown texts lead to; None where there is no term."""
    entry = term.entry(request.locale or answers.locale)
    texts = [*blocks(entry.definition, ""), *(entry.blocks if request.body else ())]
    links = [link.target for block in texts for link in block.links]
    targets = (*links, *entry.related)
    return [answers.corpus.link_target(entry, target) for target in targets]


def _shown(answers: Answers, term: Term, request: Request) -> list[Any]:
    entry = term.entry(request.locale or answers.locale)
    related = [answers.corpus.link_target(entry, target) for target in entry.related]
    return [
        term.id,
        entry.digest,
        entry.locale,
        term.source.digest,
        # The inventory lists them all, and is written with the pages.
        [name.text for _, name in term.designations(answers.locale)],
        links_of(answers, term, request),
        [other and _label(answers, other) for other in related],
    ]


def _label(answers: Answers, term_id: str) -> list[str]:
    entry = answers.corpus.terms[term_id].entry(answers.locale)
    return [entry.title, entry.locale]
