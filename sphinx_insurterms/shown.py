"""What does a directive show, and is it still what the corpus says?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_insurterms.answers import remarks
from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.notes import Reliance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_insurterms.answers import Answers
    from sphinx_insurterms.corpus.model import Summary, Term
    from sphinx_insurterms.notes import Request


def requested(answers: Answers, request: Request) -> list[Summary]:
    """Return the terms of a list, in the order of their ids."""
    found = answers.corpus.summaries(answers.locale)
    if request.keywords:
        wanted = answers.corpus.in_categories(request.keywords)
        found = (summary for summary in found if summary.term_id in wanted)
    return sorted(found)


def terms_of(answers: Answers, request: Request) -> list[str]:
    """Return the ids of the terms that a directive shows, as far as they are there."""
    if request.term_id:
        return [request.term_id] if request.term_id in answers.corpus.terms else []
    if request.name:
        answer = answers.any(request.name)
        return [answer.term_id] if answer else []
    return [summary.term_id for summary in requested(answers, request)]


def digest(answers: Answers, request: Request) -> str:
    """Return what stands for the entries that a directive shows.

    Not for what their links lead to: see :class:`Reliance`.
    """
    if request.term_id:
        term = answers.corpus.terms.get(request.term_id)
        summaries = [term.summary(answers.locale)] if term else []
        return digest_of_list(answers, request, summaries) if term else ""
    if not request.name:
        return digest_of_list(answers, request, requested(answers, request))
    answer = answers.any(request.name)
    if answer is None:
        return ""
    term = answers.corpus.terms[answer.term_id]
    summary = term.summary(request.locale or answers.locale)
    said = [_said(summary), list(remarks(request.name, answer))]
    return digest_value([*said, *_bodies(answers, request, [summary])])


def digest_of_list(
    answers: Answers, request: Request, summaries: Iterable[Summary]
) -> str:
    """Return what stands for all that a list of terms shows, as *request* asked for."""
    terms = list(summaries)
    return digest_value(
        [*(_said(summary) for summary in terms), *_bodies(answers, request, terms)]
    )


def _bodies(
    answers: Answers, request: Request, summaries: Iterable[Summary]
) -> list[str]:
    """Return what stands for the bodies that catalogs translate, if they are shown."""
    if not (request.body and answers.corpus.catalogs):
        return []
    locale = request.locale or answers.locale
    terms = (answers.corpus.terms[summary.term_id] for summary in summaries)
    return [term.entry(locale).body_digest for term in terms]


def list_digest(summaries: Iterable[Summary]) -> str:
    """Return what stands for all that a list of terms shows, without bodies."""
    return digest_value([_said(summary) for summary in summaries])


def _said(summary: Summary) -> tuple[str, ...]:
    return (summary.term_id, summary.locale, *summary.digests)


def digest_value(value: Any) -> str:
    """Return a short text that is the same for the same *value* only.

    :param value: anything that JSON can hold.
    """
    return digest_of(json.dumps(value, ensure_ascii=False).encode())


def relied_on(answers: Answers, term: Term, request: Request) -> Reliance:
    """Return what a term's entry says of other terms, where it is shown."""
    entry = term.entry(request.locale or answers.locale)
    texts = [*blocks(entry.definition, ""), *(entry.blocks if request.body else ())]
    links = [link.target for block in texts for link in block.links]
    reliance = Reliance()
    for target in (*links, *entry.related):
        found = answers.corpus.link_target(entry, target)
        reliance.targets[entry.term_id, target] = found
    for target in entry.related:
        if found := answers.corpus.link_target(entry, target):
            reliance.labels[found] = label_of(answers, found)
    return reliance


def is_still_so(answers: Answers, reliance: Reliance, *, same_ids: bool) -> bool:
    """Tell whether what entries said of other terms would be said again.

    :param same_ids: whether links lead where they led before.
    """
    corpus = answers.corpus
    return (
        same_ids
        or all(
            corpus.target_of(*place) == found
            for place, found in reliance.targets.items()
        )
    ) and all(
        found in corpus.terms and label_of(answers, found) == label
        for found, label in reliance.labels.items()
    )


def label_of(answers: Answers, term_id: str) -> tuple[str, str]:
    """Return what a term is called for the readers of this build, and its locale."""
    entry = answers.corpus.terms[term_id].entry(answers.locale)
    return entry.title, entry.locale
