"""Where does a link in a body lead?  To a term, to the outside, or nowhere we allow."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# A comma is the sign of a link that was never closed: what follows is the sentence.
# Possessive, or a long run of spaces would be tried from each of them.
_SPACED = re.compile(r"\(\s*+(/[^()<>,;\n]*+)\s*+\)")
_ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class Destination(Enum):
    """What a link's target is."""

    TERM = "term"
    OUTSIDE = "outside"
    FRAGMENT = "fragment"
    REFUSED = "refused"


def destination(target: str) -> Destination:
    """Tell what *target* is; everything without a scheme names a term.

    >>> destination("/liability_insurance"), destination("javascript:alert(1)")
    (<Destination.TERM: 'term'>, <Destination.REFUSED: 'refused'>)
    """
    # Browsers skip control characters inside a scheme, and spaces too in front of it.
    visible = "".join(filter(str.isprintable, target)).lstrip()
    if scheme := _SCHEME.match(visible):
        allowed = scheme[1].lower() in _ALLOWED_SCHEMES
        return Destination.OUTSIDE if allowed else Destination.REFUSED
    return Destination.FRAGMENT if visible.startswith("#") else Destination.TERM


def read_spaced_links(md: MarkdownIt) -> None:
    """Let *md* see ``[policy](/far reaching insurance)``, which CommonMark does not.

    Real corpora are full of such links. Only targets that begin with a slash are
    read so, and only where CommonMark's own rule found no link.
    """
    md.inline.ruler.after("link", "spaced_link", _spaced_link)


def _spaced_link(state: StateInline, silent: bool) -> bool:
    """Push the tokens of one link whose target holds spaces, if there is one here."""
    start = state.pos
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
    match = _SPACED.match(state.src, end + 1) if end >= 0 else None
    if match is None or normalizeReference(state.src[start + 1 : end]) == "":
        return False
    if not silent:
        state.pos, maximum = start + 1, state.posMax
        state.posMax = end
        state.push("link_open", "a", 1).attrs = {"href": match[1].rstrip()}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = maximum
    state.pos = match.end()
    return True
