"""Does the front matter say what its author meant, and to other tools as well?"""

from __future__ import annotations

import difflib
import html
import re
from typing import TYPE_CHECKING

from sphinx_insurterms.checking.document import without_code
from sphinx_insurterms.checking.findings import Edit, Remark
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.readers.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.checking.case import Case
    from sphinx_insurterms.corpus.model import Entry

_PLACEHOLDER = re.compile(
    r"(?:to ?do\b.{0,60}|tbd|tba|fix ?me\b.{0,60}|x{3,}|lorem ipsum\b.*|[.…?\-–]+|"
    r"placeholder|undefined|null|a new post|enter text (?:in|here)\b.*)[.!:]?",
    re.IGNORECASE | re.DOTALL,
)
_BLANK_TO_FILL = re.compile(r"\[[^\W\d_a-z]{3,}\](?![(\[:])")


def is_placeholder(text: str) -> bool:
    """Tell whether a text is what stands where nobody has written one yet."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def has_placeholder(case: Case) -> Iterator[Remark]:
    """Tell of texts that stand where nobody has written one yet."""
    entry = case.entry
    for key, text in (("title", entry.title), ("description", entry.definition)):
        if text and is_placeholder(text) and not _is_in_body(entry, key):
            fact = f"{text!r} is a placeholder; write the {_WORDS[key]}"
            yield case.document.remark(fact, case.document.value(key).line, text)
    for block in entry.blocks:
        line = case.document.block_line(block)
        blank = _BLANK_TO_FILL.search(without_code(block.text))
        if is_placeholder(block.text):
            shown = block.text.partition("\n")[0]
            fact = f"{shown!r} is a placeholder; write the text, or take it out"
            yield case.document.remark(fact, line, shown)
        elif blank is not None and blank[0] == blank[0].upper():
            fact = f"{blank[0]} is a blank that nobody has filled; fill it"
            line = case.document.line_in(block, blank.start())
            yield case.document.remark(fact, line, blank[0])


_WORDS = {"title": "title", "description": "definition"}


def _is_in_body(entry: Entry, key: str) -> bool:
    return key == "description" and entry.is_defined_in_body


def differs_from_heading(case: Case) -> Iterator[Remark]:
    """Tell of a title that is not what the first heading says."""
    blocks = case.entry.blocks
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1:
        line = case.document.block_line(blocks[0])
        fact = (
            f"the first heading is {blocks[0].text!r}, and the title "
            f"{case.entry.title!r}; make them the same, or take the heading out"
        )
        yield case.document.remark(fact, line, blocks[0].text)


def is_not_defined(case: Case) -> Iterator[Remark]:
    """Tell of an entry with neither a description nor a first paragraph."""
    if not case.entry.definition:
        fact = "there is no definition; write `description: …`, one sentence or two"
        yield Remark(message=fact, line=case.document.value("description").line)


def is_circular(case: Case) -> Iterator[Remark]:
    """Tell of a definition that says no more than the title."""
    entry = case.entry
    called = set(_words(entry.title))
    told = set()
    for word in _words(entry.definition):
        if word not in called:
            return  # as most definitions do, with the first word
        told.add(word)
    if told and told == called:
        line = entry.definition_line
        fact = f"the definition says no more than the title {entry.title!r}; say what it is"
        yield case.document.remark(fact, line, entry.definition[:20])


def _words(text: str) -> Iterator[str]:
    """Yield the words that mean something: the longer ones."""
    folded = (fold(match[0]) for match in _WORD.finditer(text))
    return (word for word in folded if len(word) >= _LONG)


_WORD = re.compile(r"[^\W_]+")


_LONG = 4


def holds_links(case: Case) -> Iterator[Remark]:
    """Tell of links in a definition, which a tooltip cannot show."""
    for found in case.document.links:
        if found.place is None:
            fact = (
                f"the definition holds a link to {found.link.target!r}, and tooltips "
                "show its text only; move the link to the body"
            )
            yield case.document.about_link(fact, found)


def has_unknown_category(case: Case) -> Iterator[Remark]:
    """Tell of keywords that are none of the categories in the manifest."""
    known = case.context.categories
    for keyword in case.entry.keywords if known else ():
        if fold(keyword) not in known:
            near = difflib.get_close_matches(fold(keyword), sorted(known), n=1)
            hint = f"nearest: {near[0]!r}; " if near else ""
            fact = (
                f"the category {keyword!r} is not in insurterms.toml; {hint}correct it, "
                "or add it there"
            )
            line = case.document.value("keywords").line
            yield case.document.remark(fact, line, keyword)


def has_entities(case: Case) -> Iterator[Remark]:
    """Tell of HTML entities in values."""
    if "&" not in case.document.text:
        return
    for key, line in case.entry.lines.items():
        value = case.document.value(key)
        for match in _ENTITY.finditer(value.text) if key in KEYS else ():
            letter = html.unescape(match[0])
            if letter == match[0]:
                continue
            start = value.start + match.start()
            edit = Edit(line=line, start=start, old=match[0], new=letter)
            fact = f"{match[0]} in {key!r} stands for {letter!r}; write that"
            yield Remark(message=fact, line=line, column=start + 1, edit=edit)


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def has_an_odd_title(case: Case) -> Iterator[Remark]:
    """Tell of spaces, and of a full stop, where a title should have none."""
    yield from _spaces_around(case)
    line, start, value = case.document.value("title")
    inside = re.search(r"[^\s'\"]( {2,})[^\s#]", value)
    if inside:
        start += inside.start(1)
        fact = "two spaces stand inside the title; write one"
        yield Remark(message=fact, line=line, column=start + 1)
    if re.search(r"[^\W\d_]{3}[)”\"»]*\.$", case.entry.title):
        fact = "the title ends with a full stop; take it out"
        yield case.document.remark(fact, line, case.entry.title[-4:])


def _spaces_around(case: Case) -> Iterator[Remark]:
    line, start, value = case.document.value("title")
    found = _SPACED.fullmatch(value)
    if line is None or found is None:
        return
    for group in ("before", "after", "trail"):
        spaces = found[group]
        if spaces:
            place = start + found.start(group)
            edit = Edit(line=line, start=place, old=spaces, new="")
            where = "begins" if group == "before" else "ends"
            fact = f"the title {where} with spaces; take them out"
            yield Remark(message=fact, line=line, column=place + 1, edit=edit)


_SPACED = re.compile(
    r"""[ \t]*(?:(?P<quote>['"])(?P<before>[ \t]*)(?:(?!(?P=quote)).)*?(?P<after>[ \t]*)(?P=quote)[ \t]*"""
    r"""|(?!['"]).*?\S(?P<trail>[ \t]+))"""
)


def is_odd_to_others(case: Case) -> Iterator[Remark]:
    """Tell of front matter that other tools read otherwise, or not at all."""
    document = case.document
    front = [(line, document.lines[line - 1]) for line in document.front]
    first = next((line for line, text in front if text.strip()), 0)
    if first > 1 and document.lines[first - 1].strip() == "---":
        yield Remark(message=_BLANK, line=1)
    for key, line in case.entry.lines.items():
        written = document.lines[line - 1].partition(":")[0].strip().strip("'\"")
        for fact in _odd_about(case, key, written):
            yield document.remark(fact, line, written)
    for line, text in front:
        if text.lstrip().startswith("-") and _EMPTY_ITEM.fullmatch(text):
            fact = "this item of a list is empty; take it out"
            yield document.remark(fact, line, "-")


def _odd_about(case: Case, key: str, written: str) -> Iterator[str]:
    """Yield what is odd about one key, and what stands behind it."""
    value = case.document.value(key).text
    extra = case.entry.extra.get(key, "")
    if written != written.lower() and written.casefold() == key:
        yield f"the key {written!r} is written with a capital; write {key!r}"
    if " " in key and extra is None:
        yield (
            f"{written!r} reads as a key without a value; if it goes on with the text "
            "above, indent it"
        )
    if (twice := _listed_twice(extra)) is not None:
        yield f"{key!r} lists {twice!r} twice; take one out"
    if "[" not in value:
        return
    if key in _ONE_TEXT and value.strip().startswith("["):
        yield f"{key!r} is a list here; write one text"
    if _EMPTY_IN_LIST.search(value):
        yield f"{key!r} lists something empty; take it out"
    if _LIST_IN_QUOTES.match(value):
        yield f"{key!r} is a list that is written as one text; take the quotes away"


_LIST_IN_QUOTES = re.compile(r"""\s*["']\[\\?["']""")


def _listed_twice(value: object) -> object:
    items = value if isinstance(value, list) else []
    return next((item for n, item in enumerate(items) if item in items[:n]), None)


_BLANK = "a blank line stands before the front matter; take it out"
_EMPTY_IN_LIST = re.compile(r"""^\s*\[(?:.*,)?\s*(?:""|''|null|~)\s*[,\]]""")
_EMPTY_ITEM = re.compile(r"""\s*-\s*(?:""|''|null|~)?\s*""")
_ONE_TEXT = frozenset({"title", "description", "sort", "source", "id"})
