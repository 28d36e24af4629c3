"""Is the body Markdown that reads well, here and elsewhere?"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx_insurterms.checking.findings import Edit, Remark
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.locales import direction
from sphinx_insurterms.corpus.parser import body_tokens, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.checking.case import Case


def has_html(case: Case) -> Iterator[Remark]:
    """Tell of raw HTML, which readers see as text."""
    entry, document = case.entry, case.document
    if "<" in entry.definition and not entry.is_defined_in_body:
        (inline,) = markdown().parseInline(entry.definition)
        for token in inline.children or ():
            if token.type == "html_inline":
                line = entry.definition_line
                yield document.remark(_html(token.content), line, token.content)
    if "<" not in entry.body:
        return
    for token in body_tokens(entry.body, entry.title):
        first = document.body_line + (token.map or [0])[0]
        if token.type == "html_block":
            shown = token.content.strip().partition("\n")[0]
            yield document.remark(_html(shown), first, shown)
        line = first
        for child in token.children or ():
            if child.type == "html_inline":
                yield document.remark(_html(child.content), line, child.content)
            line += child.type in {"softbreak", "hardbreak"}
            line += child.content.count("\n")


def _html(shown: str) -> str:
    shown = shown if len(shown) <= _LONG else f"{shown[:_LONG]}…"
    if shown.startswith("<!--"):
        return f"the comment {shown!r} is shown as text; take it out"
    return f"the HTML {shown!r} is shown as text; write Markdown"


_LONG = 40


def has_shortcodes(case: Case) -> Iterator[Remark]:
    """Tell of shortcodes and templates of other tools."""
    for first, text in case.document.texts if "{" in case.document.text else ():
        for number, line in enumerate(text.split("\n"), first):
            match = _SHORTCODE.search(line)
            if match:
                fact = f"{match[0]!r} is of another tool, and shown as text; write Markdown"
                yield case.document.remark(fact, number, match[0])


_SHORTCODE = re.compile(r"\{\{[<%]?[^{}]{0,80}[>%]?\}\}|\{%[^{}]{0,80}%\}")


def has_unspaced_headings(case: Case) -> Iterator[Remark]:
    """Tell of headings without a space behind their signs."""
    document = case.document
    for block in case.entry.blocks:
        line = document.block_line(block)
        written = document.lines[line - 1] if line <= len(document.lines) else ""
        match = _UNSPACED.match(written) if block.kind == "heading" else None
        if match:
            place = len(match[0])
            edit = Edit(line=line, start=place, old="", new=" ")
            fact = "a heading wants a space behind its signs; write `## Heading`"
            yield Remark(message=fact, line=line, column=place + 1, edit=edit)


_UNSPACED = re.compile(r"[ >]*#{2,6}(?=[^\s#])")


def skips_levels(case: Case) -> Iterator[Remark]:
    """Tell of headings two levels or more below the one before."""
    level = 1
    for block in case.entry.blocks:
        if block.kind != "heading" or block.is_nested:
            continue
        if block.level > level + 1:
            fact = (
                f"this heading is of level {block.level}, below one of level {level}; "
                f"write {'#' * (level + 1)}"
            )
            yield case.document.remark(
                fact, case.document.block_line(block), block.text
            )
        level = block.level


def repeats_headings(case: Case) -> Iterator[Remark]:
    """Tell of headings that are the same."""
    seen: dict[str, int] = {}
    for block in case.entry.blocks:
        key = fold(block.text) if block.kind == "heading" else ""
        line = case.document.block_line(block)
        if key and key in seen:
            fact = f"this is the heading of line {seen[key]} again; name what differs"
            yield case.document.remark(fact, line, block.text)
        elif key:
            seen[key] = line


def has_bullets_that_are_none(case: Case) -> Iterator[Remark]:
    """Tell of signs that look like bullets, and make no list."""
    for block in case.entry.blocks:
        lines = block.text.split("\n")
        found = [
            (n, match[1])
            for n, text in enumerate(lines)
            if (match := _BULLET.match(text))
        ]
        if [sign for _, sign in found] == [_DASH]:
            continue  # that of a sentence, or before what somebody says
        for number, sign in found:
            fact = f"{sign!r} makes no list; write `- `"
            line = case.document.block_line(block) + number
            yield case.document.remark(fact, line, sign)


_DASH = "–"
_BULLET = re.compile(r"^\s*([–•·▪◦‣●○])\s")


def is_not_composed(case: Case) -> Iterator[Remark]:
    """Tell of text that is not in Unicode's form NFC."""
    text = case.document.text
    if unicodedata.is_normalized("NFC", text):
        return
    lines = enumerate(case.document.lines, 1)
    first = next(n for n, line in lines if not unicodedata.is_normalized("NFC", line))
    fact = "from here on there is text that is not in the form NFC; convert the file"
    yield Remark(message=fact, line=first)


def has_invisible_characters(case: Case) -> Iterator[Remark]:
    """Tell of characters that nobody sees."""
    is_rtl = direction(case.entry.locale) == "rtl"
    pattern = _INVISIBLE_RTL if is_rtl else _INVISIBLE
    if not pattern.search(case.document.text):
        return
    for number, line in enumerate(case.document.lines, 1):
        match = pattern.search(line)
        if match:
            name = unicodedata.name(match[0], f"U+{ord(match[0]):04X}")
            fact = f"here is a character that nobody sees, {name}; take it out"
            yield Remark(message=fact, line=number, column=match.start() + 1)


_ALWAYS = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u2064\ufeff"
_INVISIBLE = re.compile(f"[{_ALWAYS}\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE_RTL = re.compile(f"[{_ALWAYS}]")
