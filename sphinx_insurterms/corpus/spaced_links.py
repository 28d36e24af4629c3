"""Is this a link?  CommonMark wants no space in its target, and authors write some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# A comma is the sign of a link that was never closed: what follows is the sentence.
# Possessive, or a long run of spaces would be tried from each of them.
_SPACED = re.compile(r"\(\s*+(/[^()<>,;\n]*+)\s*+\)")


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
