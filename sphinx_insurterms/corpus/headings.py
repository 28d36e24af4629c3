"""Is this line a heading?  CommonMark wants a space after ``##``, and authors forget it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

# One `#` alone may begin a number or a hashtag.
_UNSPACED = re.compile(r"(#{2,6})([^\s#].*)")


def read_unspaced_headings(md: MarkdownIt) -> None:
    """Let *md* see ``##Heading``, which CommonMark takes for text."""
    md.block.ruler.after(
        "heading",
        "unspaced_heading",
        _unspaced_heading,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )


def _unspaced_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Push the tokens of one such heading, if there is one on the line *start*."""
    first = state.bMarks[start] + state.tShift[start]
    match = _UNSPACED.fullmatch(state.src, first, state.eMarks[start])
    if match is None or state.is_code_block(start):
        return False
    if not silent:
        state.line = start + 1
        tag = f"h{len(match[1])}"
        opening = state.push("heading_open", tag, 1)
        text = state.push("inline", "", 0)
        closing = state.push("heading_close", tag, -1)
        opening.markup = closing.markup = match[1]
        opening.map = text.map = [start, state.line]
        text.content, text.children = _without_closing(match[2]), []
    return True


def _without_closing(text: str) -> str:
    """Return *text* without the spaces and the ``##`` that may end a heading.

    Not by a pattern: it would try every space of a long line with all that follow.
    """
    text = text.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else text
