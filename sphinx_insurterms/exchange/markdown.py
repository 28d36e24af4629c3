"""How does a translation become a file?  By the source's, with other words in it."""

from __future__ import annotations

import html
import re
import string
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.parser import markdown, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

    from sphinx_insurterms.corpus.blocks import Block
    from sphinx_insurterms.corpus.model import Entry


class UnplaceableError(ValueError):
    """A translation that cannot stand where the source's text stands."""


def translated_body(entry: Entry, title: str, translate: Callable[[str], str]) -> str:
    """Return the body of *entry* in other words: lists, tables and code stay.

    :param title: that of the translation, for a heading that repeats the title.
    :param translate: returns what stands for the Markdown of a block.
    :raises UnplaceableError: if a translation would be more, or less, than its block.
    """
    lines: list[str | None] = list(entry.body.split("\n"))
    ends: dict[int, int] = {}
    texts = []
    for number, token in enumerate(_inline(entry.body)):
        repeats = number == 0 and _repeats(entry, token)
        text = title if repeats else translate(token.content)
        if not repeats:
            texts.append(text)
        _put(lines, ends, token, text)
    body = "\n".join(line for line in lines if line is not None)
    found = blocks(body, title)
    shape = [(block.kind, block.level) for block in entry.blocks]
    if [(block.kind, block.level) for block in found] != shape:
        raise UnplaceableError("a translation has Markdown of its own, as for a list")
    for block, text in zip(found, texts, strict=True):
        if block.text != text:
            raise UnplaceableError(f"{text!r} would be read as {block.text!r}")
    return body


def _inline(body: str) -> list[Token]:
    tokens = markdown().parse(body)
    return [token for token in tokens if token.type == "inline" and token.map]


def _repeats(entry: Entry, token: Token) -> bool:
    """Tell whether the first text of a body is a heading that repeats the title."""
    is_left_out = not entry.blocks or entry.blocks[0].line != (token.map or [0])[0]
    return is_left_out and fold(plain_text(token)) == fold(entry.title)


def _put(
    lines: list[str | None], ends: dict[int, int], token: Token, text: str
) -> None:
    """Put *text* where the content of *token* stands.

    :param ends: line → where the last text that was put there ends.
    """
    first, end = token.map or (0, 0)
    written = token.content.split("\n")
    line, last = lines[first] or "", lines[end - 1] or ""
    start = line.find(written[0], ends.get(first, 0))
    tail = last.rfind(written[-1]) if len(written) > 1 else start
    if start < 0 or tail < 0:
        raise UnplaceableError(f"{token.content!r} is written in a way of its own")
    before, after = line[:start], last[tail + len(written[-1]) :]
    indent = re.sub(r"[^>\s]", " ", before)
    put = text.replace("\n", f"\n{indent}")
    lines[first] = f"{before}{put}{after}"
    ends[first] = len(before) + len(put)
    lines[first + 1 : end] = [None] * (end - first - 1)


_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")


def retitled_body(entry: Entry, title: str) -> str:
    """Return the body of *entry*, with *title* in a heading that repeats its own."""
    head = _inline(entry.body)[:1]
    if not head or not _repeats(entry, head[0]):
        return entry.body
    body = _with(entry.body, head[0], title)
    if _shown(blocks(body, title)) != _shown(entry.blocks):
        # Not plain text any more: it has signs that Markdown takes for its own.
        body = _with(entry.body, head[0], _PUNCTUATION.sub(r"\\\g<0>", title))
    return body


def _with(body: str, token: Token, text: str) -> str:
    lines: list[str | None] = list(body.split("\n"))
    _put(lines, {}, token, text)
    return "\n".join(line for line in lines if line is not None)


def _shown(found: Sequence[Block]) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in found]


@dataclass(frozen=True, slots=True)
class Noted:
    """A value of front matter with a comment, for who opens the file."""

    value: str | bool
    """May be empty: then somebody is still to write it."""

    comment: str


def entry_file(front: Mapping[str, Any], body: str) -> bytes:
    """Return the content of an entry's file.

    :param front: the key → text or texts; what is empty is left out, unless it is
        :class:`Noted`.
    """
    written = "".join(_pair(key, value) for key, value in front.items() if value)
    text = body.strip("\n")
    return (f"---\n{written}---\n" + (f"\n{text}\n" if text else "")).encode()


def _pair(key: str, value: Any) -> str:
    if isinstance(value, Noted):
        written = _pair(key, value.value or None).removesuffix("null\n").rstrip()
        return f"{written}  # {value.comment}\n"
    return yaml.safe_dump({key: _plain(value)}, allow_unicode=True, width=float("inf"))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, str):
        return value
    # As it will be read: a Greek accent becomes a sign that YAML wants in quotes.
    value = unicodedata.normalize("NFC", value)
    if html.unescape(value) != value:
        return value.replace("&", "&amp;")  # which readers take for what it stands for
    return value
