"""Do the links of an entry lead where its author means, in every language?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_insurterms.checking.case import is_to_term
from sphinx_insurterms.checking.document import without_code
from sphinx_insurterms.corpus.blocks import items, link_opposite
from sphinx_insurterms.corpus.broken_links import listed, siblings_say, why_broken
from sphinx_insurterms.corpus.links import Destination, destination

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.checking.case import Case
    from sphinx_insurterms.checking.document import Document, FoundLink
    from sphinx_insurterms.checking.findings import Remark
    from sphinx_insurterms.corpus.blocks import Link


def leads_nowhere(case: Case) -> Iterator[Remark]:
    """Tell of links, and ids under `related`, that lead to no term."""
    for found in case.document.links:
        target = found.link.target
        if is_to_term(target) and case.leads_to(target) is None:
            message = _fact(case, target, found)
            agreed = _agreed(case, found)
            if agreed:
                yield _mended(case.document, found, message, agreed)
            else:
                yield case.document.about_link(message, found)
    for related in case.entry.related:
        if is_to_term(related) and case.leads_to(related) is None:
            line = case.document.value("related").line
            yield case.document.remark(_fact(case, related), line, related)


def _fact(case: Case, target: str, found: FoundLink | None = None) -> str:
    siblings = ""
    if found is not None and found.place is not None:
        siblings = siblings_say(case.term, case.entry, found.place, target)
    return why_broken(case.context.corpus, case.entry, target, siblings)


def _agreed(case: Case, found: FoundLink) -> str:
    """Return the target that all other locales have there, if it is an existing term."""
    if found.place is None or len(case.others) < _AGREEING:
        return ""
    mine = case.entry.blocks
    opposite = [
        link_opposite(found.place, mine, other.entry.blocks)
        for other in case.others.values()
    ]
    targets = [link.target for link in opposite if link is not None]
    ids = set(map(case.leads_to, targets))
    is_agreed = len(targets) == len(opposite) and len(ids) == 1 and None not in ids
    return targets[0] if is_agreed else ""


_AGREEING = 2
"""Locales; what one says alone may be about something else."""


def _mended(document: Document, found: FoundLink, message: str, target: str) -> Remark:
    edit = document.edit(found.line, f"({found.link.target}", f"({target}")
    return replace(document.about_link(message, found), edit=edit)


def is_malformed(case: Case) -> Iterator[Remark]:
    """Tell of links that other tools do not read."""
    document = case.document
    for found in document.links:
        target = found.link.target
        identifier = case.leads_to(target) if _SPACE.search(target) else None
        if identifier:
            fact = f"the target {target!r} holds a space; write /{identifier}"
            yield _mended(document, found, fact, f"/{identifier}")
    for block in case.entry.blocks:
        if "[" not in block.text:
            continue
        text = without_code(block.text)
        targets = [link.target for link in block.links]
        for match in _LIKE_A_LINK.finditer(text):
            words, gap, target, end = match.groups()
            is_link = any(one.startswith(target.strip()) for one in targets)
            if gap or not (end or is_link):
                why = "a space stands before its target" if gap else "it is not closed"
                fact = (
                    f"[{words}]{gap}({target}{end} is no link, since {why}; "
                    f"write [{words}]({target.split(',')[0].strip()})"
                )
                line = document.line_in(block, match.start())
                yield document.remark(fact, line, f"]{gap}({target}")
        for match in _WRONG_BRACKET.finditer(text):
            fact = f"{match[0]!r} begins no link; write ] before the parenthesis"
            line = document.line_in(block, match.start())
            yield document.remark(fact, line, match[0])


_SPACE = re.compile(r"\s|%20")
_WRONG_BRACKET = re.compile(r"\[[^\[\]()\s]+\[\((?=\w+:|/)")
_LIKE_A_LINK = re.compile(r"\[([^\[\]]+)\]( *)\((\s*/[^()\n]*)(\)?)")


def leads_to_itself(case: Case) -> Iterator[Remark]:
    """Tell of links to the entry that they stand in."""
    for found in case.document.links:
        target = found.link.target
        if case.leads_to(target) == case.term.id:
            fact = f"the link to {target!r} leads to its own entry; take it out"
            yield case.document.about_link(fact, found)


def holds_the_full_stop(case: Case) -> Iterator[Remark]:
    """Tell of links whose text ends with the full stop of the sentence."""
    for found in case.document.links:
        if _STOPPED.search(found.link.text) and "." not in found.link.text[:-1]:
            fact = (
                f"the full stop stands inside the link {found.link.text!r}; "
                "move it behind the link"
            )
            yield case.document.about_link(fact, found)


_STOPPED = re.compile(r"[^\W\d_]{4}[.]$")


def is_split(case: Case) -> Iterator[Remark]:
    """Tell of two links side by side that lead to one term."""
    for block in case.entry.blocks:
        text = without_code(block.text) if len(block.links) > 1 else ""
        for match in _SPLIT.finditer(text):
            line = case.document.line_in(block, match.start())
            fact = f"two links to {match[1]!r} stand side by side; make one of them"
            yield case.document.remark(fact, line, match[0].partition("\n")[0])


_SPLIT = re.compile(r"\]\((/[^()\s]+)\)\s*\[[^\[\]]*\]\(\1\)")


def is_refused(case: Case) -> Iterator[Remark]:
    """Tell of links whose scheme is not let through."""
    for found in case.document.links:
        if destination(found.link.target) is Destination.REFUSED:
            fact = (
                f"the link to {found.link.target!r} is shown as text; write one that "
                "begins with https, http, mailto or tel"
            )
            yield case.document.about_link(fact, found)


def is_missing_here(case: Case) -> Iterator[Remark]:
    """Tell of places where all other languages have a link, and this one none."""
    document, others = case.document, case.others
    if not others or any(one.shape != document.shape for one in others.values()):
        return
    theirs = zip(*(other.items for other in others.values()), strict=True)
    pairs = zip(document.items, theirs, strict=True)
    for number, (own, opposite) in enumerate(pairs):
        if len(own) >= min(map(len, opposite)):
            continue  # as nearly everywhere
        mine = set(_ids(case, own))
        each = [_ids(case, links) for links in opposite]
        shared = set.intersection(*map(set, each)) - mine
        for identifier in sorted(shared) if len(own) < min(map(len, each)) else ():
            locales = listed(sorted(others), quote="")
            fact = (
                f"{locales} {'link' if len(others) > 1 else 'links'} to {identifier!r} "
                "in this paragraph; link to it here too"
            )
            block = items(case.entry.blocks)[number]
            yield document.remark(fact, document.block_line(block))


def _ids(case: Case, links: tuple[Link, ...]) -> list[str]:
    """Return the terms that links lead to, without the one that they stand in."""
    ids = (case.leads_to(link.target) for link in links)
    return [one for one in ids if one and one != case.term.id]
