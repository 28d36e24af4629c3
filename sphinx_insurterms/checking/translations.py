"""Does each language say what the source says, and in its own words?"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel.core import get_global

from sphinx_insurterms.checking.findings import Remark
from sphinx_insurterms.corpus.blocks import items
from sphinx_insurterms.corpus.texts import message_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.checking.case import Case
    from sphinx_insurterms.corpus.blocks import Block


def is_missing(case: Case) -> Iterator[Remark]:
    """Tell of languages that the corpus means to have, and the term lacks."""
    if case.is_first:
        for locale in case.context.layer.manifest.locales:
            if locale not in case.term.entries and locale != case.term.source_locale:
                fact = (
                    f"there is no {locale}; begin it with `insurterms new {case.term.id} "
                    f"--from {case.entry.locale} --locale {locale}`"
                )
                yield Remark(message=fact)


def is_only_here(case: Case) -> Iterator[Remark]:
    """Tell of a term that has no entry in the source language."""
    source = case.term.source_locale
    if case.is_first and source not in case.term.entries:
        fact = (
            f"{case.term.id!r} has no entry in {source}, which others are translated "
            "from; write it, or give this entry the `id: …` of the term that it translates"
        )
        yield Remark(message=fact)


def does_not_line_up(case: Case) -> Iterator[Remark]:
    """Tell of a body that is not made of the same blocks as the source's."""
    if case.source is None:
        return
    source = case.source
    if case.document.shape == source.shape:
        return
    mine, theirs = items(case.entry.blocks), items(source.entry.blocks)
    for number, (one, other) in enumerate(zip(mine, theirs, strict=False), 1):
        if (one.kind, one.level) != (other.kind, other.level):
            fact = (
                f"block {number} is {_named(one)} here, and {_named(other)} in "
                f"{source.entry.locale} (line {source.block_line(other)}); give both "
                "the same blocks"
            )
            yield Remark(message=fact, line=case.document.block_line(one))
            return
    # All that both have is the same; one of them goes on.
    last = case.document.block_line(mine[-1]) if mine else case.document.body_line
    fact = (
        f"there are {len(mine)} blocks here, and {len(theirs)} in "
        f"{source.entry.locale}; give both the same blocks"
    )
    yield Remark(message=fact, line=last)


def _named(block: Block) -> str:
    if block.kind == "heading":
        return f"a heading of level {block.level}"
    return {"paragraph": "a paragraph", "item": "a list item", "cell": "a table cell"}[
        block.kind
    ]


def is_untranslated(case: Case) -> Iterator[Remark]:
    """Tell of texts that are the source's, word by word."""
    if case.source is None:
        return
    entry, source = case.entry, case.source.entry
    same = message_id(entry.definition) == message_id(source.definition)
    if same and _is_long(entry.definition):
        fact = f"the definition is still that of {source.locale}; translate it"
        line = entry.definition_line
        yield case.document.remark(fact, line, entry.definition[:20])
    theirs = set(case.source.messages)
    left = [
        block
        for block, message in zip(entry.blocks, case.document.messages, strict=True)
        if message in theirs and _is_long(message)
    ]
    told = left if len(left) * 2 < len(entry.blocks) else left[:1]
    for block in told:
        more = f", as {len(left) - 1} more are" if len(told) < len(left) else ""
        fact = f"this text is still that of {source.locale}{more}; translate it"
        yield Remark(message=fact, line=case.document.block_line(block))


def _is_long(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= _LONG


_LONG = 5


def is_outdated(case: Case) -> Iterator[Remark]:
    """Tell of a translation whose source has changed since."""
    if case.term.is_outdated(case.entry):
        fact = (
            f"{case.term.source.locale} has changed since this was translated; bring it "
            f"up to date, and say so with `insurterms stamp … {case.term.id}`"
        )
        yield Remark(message=fact, line=case.document.value("translates").line)


def is_in_another_script(case: Case) -> Iterator[Remark]:
    """Tell of texts, and words, in letters of another language."""
    own = script_of(case.entry.locale)
    is_mixed = _LOOKS_LATIN.search(case.document.text) is not None
    for line, text in _texts(case):
        if is_mixed and (mixed := _MIXED.search(text)):
            fact = (
                f"the word {mixed[0]!r} mixes letters of two scripts; write it in one"
            )
            yield case.document.remark(fact, line, mixed[0])
        if own and _is_foreign(text, own) and not _is_of_source(case, text):
            fact = (
                f"most of this is not in {_NAMES[own]} letters, as {case.entry.locale} is; "
                "is it in the right file?"
            )
            yield Remark(message=fact, line=line)


def _is_of_source(case: Case, text: str) -> bool:
    """Tell whether a text is still the source's, which another rule tells of."""
    source = case.source
    return source is not None and message_id(text) in {
        *(message_id(source.entry.definition), *source.messages)
    }


def _texts(case: Case) -> Iterator[tuple[int | None, str]]:
    """Yield the title, and all texts, with their lines."""
    yield case.document.value("title").line, case.entry.title
    yield from case.document.texts


_LETTERS = {
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Cyrl": "\u0400-\u052f",
    "Deva": "\u0900-\u097f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff",
    "Hebr": "\u0590-\u05ff",
    "Latn": "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Thai": "\u0e00-\u0e7f",
}
_NAMES = {
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Grek": "Greek",
    "Hang": "Korean",
    "Hani": "Chinese or Japanese",
    "Hebr": "Hebrew",
    "Latn": "Latin",
    "Thai": "Thai",
}
_SAME = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}
_OWN = {script: re.compile(f"[{letters}]+") for script, letters in _LETTERS.items()}
_OTHERS = {
    script: re.compile(
        f"[{''.join(found for name, found in _LETTERS.items() if name != script)}]+"
    )
    for script in _LETTERS
}
_ALIKE = f"{_LETTERS['Cyrl']}{_LETTERS['Grek']}"
_MIXED = re.compile(
    rf"[A-Za-z]+[{_ALIKE}][A-Za-z{_ALIKE}]*|[{_ALIKE}]+[A-Za-z][A-Za-z{_ALIKE}]*"
)
_LOOKS_LATIN = re.compile(f"[{_ALIKE}]")
_ADDRESS = re.compile(r"(?<=\])\([^()\s]+\)")
_FEW = 12
"""Letters; of so few that are another script's a name or an abbreviation is made."""


@cache
def script_of(locale: str) -> str | None:
    """Return the script that a locale is written in, if we know its letters.

    >>> script_of("ar"), script_of("nb"), script_of("zh_Hant_TW")
    ('Arab', 'Latn', 'Hani')
    """
    parts = locale.split("_")
    named = [part for part in parts[1:] if len(part) == 4]  # noqa: PLR2004
    likely = get_global("likely_subtags").get(parts[0], "").split("_")
    script = (named or [part for part in likely if len(part) == 4] or [""])[0]  # noqa: PLR2004
    script = _SAME.get(script, script)
    return script if script in _LETTERS else None


def _is_foreign(text: str, own: str) -> bool:
    """Tell whether most letters of *text* are of a script that is not *own*."""
    if own == "Latn" and text.isascii():
        return False
    text = _ADDRESS.sub("", text)
    others = _letters(_OTHERS[own], text)
    return others > _FEW and others > _letters(_OWN[own], text)


def _letters(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))
