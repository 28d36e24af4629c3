"""Which locale is meant, what is read instead, which way does it run?  Babel knows.

A locale is a text in Sphinx's spelling: ``nb``, ``pt_BR``, ``zh_Hant_TW``.
"""

from __future__ import annotations

import pickle
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Iterator

MEANT = {"no": "nb"}
"""A language as it is written, and the one that is meant: plain Norwegian is Bokmål."""

READ_INSTEAD = {
    "nn": "nb",
    # Sphinx knows Traditional Chinese by its territories only.
    "zh_HK": "zh_Hant",
    "zh_MO": "zh_Hant",
    "zh_TW": "zh_Hant",
}
"""What comes next in a fallback chain, where that is not the same with less said."""

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(_(?P<script>[a-z]{4}))?(_(?P<territory>[a-z]{2}|\d{3}))?",
    re.ASCII,
)


@cache
def parse_locale(text: str) -> str | None:
    """Find the locale that *text* names, as a tag in any spelling or by a language's name.

    Only languages that Babel has data for are known, so that a folder called ``docs``
    is none. Short words may still be languages: ``to`` is Tongan.

    >>> parse_locale("PT-br"), parse_locale("norsk bokmål"), parse_locale("no")
    ('pt_BR', 'nb', 'nb')
    >>> parse_locale("images") is None
    True
    """
    key = _key(text)
    if key.startswith(("_", ".")):
        return None
    return _parse_tag(key) or _english_names().get(key) or _own_names().get(key)


@cache
def fallback_chain(locale: str, source: str | None = None) -> tuple[str, ...]:
    """List where to look for a text: *locale* first, *source* last, nothing twice.

    :param source: None for what readers of *locale* take as their own language.

    >>> fallback_chain("nn_NO", source="en")
    ('nn_NO', 'nn', 'nb', 'en')
    >>> fallback_chain("nn_NO")
    ('nn_NO', 'nn', 'nb')
    """
    steps = tuple(_steps(locale))
    if source is None:
        return steps
    # The source has every text, so nothing is ever read after it.
    before = steps[: steps.index(source)] if source in steps else steps
    return (*before, source)


@cache
def direction(locale: str) -> Literal["ltr", "rtl"]:
    """Tell which way *locale* is written; left to right if Babel does not know."""
    for step in _steps(locale):
        try:
            order = Locale.parse(step).character_order
        except (UnknownLocaleError, ValueError):
            continue  # Babel knows ``ar`` but no ``ar_NO``
        return "rtl" if order == "right-to-left" else "ltr"
    return "ltr"


def language_tag(locale: str) -> str:
    """Spell *locale* as BCP 47 does, for ``lang`` attributes.

    >>> language_tag("pt_BR")
    'pt-BR'
    """
    return locale.replace("_", "-")


@cache
def own_name(locale: str) -> str:
    """Return what readers of *locale* call it, as it stands in a list.

    >>> own_name("nb"), own_name("pt_BR"), own_name("en_XX")
    ('Norsk bokmål', 'Português (Brasil)', 'English')
    """
    for step in _steps(locale):
        try:
            name = Locale.parse(step).get_display_name() or locale
        except (UnknownLocaleError, ValueError):
            continue
        # In a sentence, many languages write it small. Not `upper`, by which Georgian
        # would shout.
        return name[:1].title() + name[1:]
    return language_tag(locale)


def _steps(locale: str) -> Iterator[str]:
    """Go from *locale* to what is read instead of it, until nothing is left."""
    while locale:
        yield locale
        locale = READ_INSTEAD.get(locale, locale.rpartition("_")[0])


def _key(text: str) -> str:
    """Fold what may differ between two spellings of one tag or name."""
    # Some file systems take letters and their accents apart.
    folded = unicodedata.normalize("NFC", text.strip()).casefold()
    return re.sub(r"[\s_-]+", "_", folded)


def _parse_tag(key: str) -> str | None:
    if (match := _TAG.fullmatch(key)) is None:
        return None
    language, script, territory = match.group("language", "script", "territory")
    script, territory = (script or "").title(), (territory or "").upper()
    if (
        not localedata.exists(language)
        or (script and script not in _english().scripts)
        or (territory and territory not in _english().territories)
    ):
        return None
    return "_".join(filter(None, [MEANT.get(language, language), script, territory]))


@cache
def _english() -> Locale:
    return Locale("en")


@cache
def _english_names() -> dict[str, str]:
    return _index((name, tag) for tag, name in sorted(_english().languages.items()))


@cache
def _own_names() -> dict[str, str]:
    return _index(
        (names[tag], tag)
        for tag in sorted(_english().languages)
        for file in _files_of(tag)
        if tag in (names := _languages_named_in(file))
    )


def _index(names: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Map names to locales; where two languages share a name, the first has it."""
    found: dict[str, str] = {}
    for name, tag in names:
        if locale := _parse_tag(_key(tag)):
            found.setdefault(_key(name), locale)
    return found


def _files_of(tag: str) -> Iterator[str]:
    """Yield where Babel may keep the own name of *tag*: that of ``nb`` is in ``no``."""
    language = tag.partition("_")[0]
    parent = get_global("parent_exceptions").get(language, language)
    return filter(localedata.exists, dict.fromkeys((tag, language, parent)))


def _languages_named_in(language: str) -> dict[str, str]:
    # `Locale.languages` would keep the data of all 300 languages in memory, 125 MB,
    # and take twice the time, only to learn that `images` is no language.
    path = Path(localedata.resolve_locale_filename(language))
    data = pickle.loads(path.read_bytes())  # noqa: S301 - a file of Babel's own
    names: dict[str, str] = data.get("languages", {})
    return names
