"""How is a term addressed?  From any written name or path to one id."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sphinx_insurterms.corpus.locales import parse_locale

if TYPE_CHECKING:
    from collections.abc import Collection

_SEPARATORS = re.compile(r"[\s_-]+")
_SIGNS = re.compile(r"[^a-z0-9.-]")
_ENDINGS = (".md", ".html")


@lru_cache(4096)
def fold(text: str) -> str:
    """Return what is left of *text* when spelling habits are taken away.

    Two names that fold to the same text are the same name. Letters, digits, marks
    (an Indic vowel is one) and dots remain; runs of space, ``_`` and ``-`` are one
    ``-``.

    >>> fold("Liability_Insurance"), fold("D&O  insurance")
    ('liability-insurance', 'do-insurance')
    """
    # Each step can undo another (casefolding decomposes İ, a dropped joiner lets an
    # accent compose), so they are repeated until nothing changes.
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _SEPARATORS.sub("-", text)
    kept = _SIGNS.sub("", text) if text.isascii() else "".join(filter(_is_kept, text))
    return unicodedata.normalize("NFKC", _SEPARATORS.sub("-", kept).strip("-."))


@cache
def _is_kept(char: str) -> bool:
    return char in "-." or unicodedata.category(char)[0] in "LNM"


def term_id(
    text: str, *, prefixes: Collection[str] = (), locales: Collection[str] | None = None
) -> str:
    """Return the id that *text*, a name, a path or a link's target, stands for.

    :param prefixes: paths under which a site publishes its terms (``/glossary/``).
    :param locales: the locales whose segment may lead a path; None for every one.
    :return: a safe file name, the same for every spelling; empty if *text* has
        neither letter nor digit.

    >>> term_id("/nb/liability_insurance.md#cost", locales={"nb"})
    'liability-insurance'
    >>> term_id("../../x")
    'x'
    """
    segments = _below(prefixes, _path(text))
    if len(segments) > 1 and _is_locale(segments[0], locales):
        # Sites put the locale before the prefix as well as after it.
        segments = _below(prefixes, segments[1:])
    return _without_ending(fold("".join(segments)))


def split_path(target: str) -> tuple[str, str]:
    """Split a link's target at its last segment, and leave a locale before it out.

    >>> split_path("/nb/glossary/fee/#cost"), split_path("/fee")
    (('/glossary/', 'fee'), ('', 'fee'))
    """
    *before, last = _path(target) or [""]
    if before and _is_locale(before[0], None):
        del before[0]
    return f"/{'/'.join(before)}/" if before else "", last


def _path(target: str) -> list[str]:
    return _segments(unquote(target).partition("#")[0])


def _segments(path: str) -> list[str]:
    return [part.strip() for part in path.split("/") if part.strip(" .")]


def _below(prefixes: Collection[str], segments: list[str]) -> list[str]:
    """Return *segments* without the longest of the *prefixes* that they begin with."""
    if len(segments) == 1:  # as every plain name: nothing would be left
        return segments
    longest = 0
    for prefix in map(_segments, prefixes):
        if segments[: len(prefix)] == prefix and len(segments) > len(prefix):
            longest = max(longest, len(prefix))
    return segments[longest:]


def _is_locale(segment: str, locales: Collection[str] | None) -> bool:
    locale = parse_locale(segment)
    return locale is not None and (locales is None or locale in locales)


def _without_ending(name: str) -> str:
    """Take ``.md`` and ``.html`` off, all of them: an id has an id of itself."""
    while name.endswith(_ENDINGS):
        name = name.rpartition(".")[0].rstrip("-.")
    return name
