"""Where does a word stand in a list, and under which letter?  As its readers expect.

Words are compared as the Unicode Collation Algorithm does it: by letters, then by
accents, then by case. PyICU knows every language; without it the tables below know the
few that differ from plain Latin. Both are given the same prepared words, and a test
holds them to the same order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

Collate = Callable[[str], bytes]
"""Turns a prepared word into bytes that sort as the word does."""

SortKey = tuple[int, bytes, str, bytes, str]
"""Kind of heading, key of the heading, heading, key of the word, word as written."""

SYMBOLS, DIGITS = "#", "0–9"
"""The headings of words that begin with no letter."""

LATIN = "abcdefghijklmnopqrstuvwxyzþ"
ARABIC = "ابپتثجچحخدذرزژسشصضطظعغفڤقكکگلمنهوي"

SPELLED = {
    # A stroke (U+0335, U+0338) is an accent here: it tells æ from ae.
    "æ": "a\u0335e",
    "œ": "o\u0335e",
    "ß": "s\u0335s",
    "ẞ": "S\u0335S",
    "ø": "o\u0338",
    "đ": "d\u0335",
    "ð": "d\u0336",
    "ł": "l\u0335",
}
"""Letters that stand where others do, unless a language has places for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What one language does in its own way: a row of :data:`HABITS`."""

    letters: str = LATIN
    """All that have a place of their own, in order; the rest follows by code point."""

    beside: Mapping[str, str] = field(default_factory=dict)
    """What stands under a letter, and after it as if it had an accent, in order."""

    spelled: Mapping[str, str] = field(default_factory=dict)
    """What sorts like other letters, and after them if all else is equal."""

    capitals_first: bool = False
    last_accent_first: bool = False
    """Whether côte stands before coté."""

    prepare: Callable[[str], str] = str
    """Takes off what does not count when words are sorted."""


def _prepare_arabic(text: str) -> str:
    """Take off vowel signs, tatweel and the article, and let hamza be its alif.

    All but آ and ٱ share their letter in CLDR's Arabic collation too. An article begins
    with a plain alif: إلغاء has none. That التزام has none, only a person knows (``sort``).
    """
    text = re.sub("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]", "", text)
    text = re.sub(r"^ال(?=[^\W\d_]{2})", "", text)
    return text.translate(str.maketrans("ءأإآٱؤئةىی", "اااااااتيي"))


_NORWEGIAN = Habits(
    letters=LATIN + "æøå",
    beside={"æ": "ä ę", "ø": "ö ő œ", "å": "aa", "y": "ü ű"},
    spelled={"þ": "th"},
)

HABITS = {
    **dict.fromkeys(("nb", "nn", "no"), _NORWEGIAN),
    "da": Habits(
        letters=LATIN + "æøå",
        beside={"æ": "ä", "ø": "ö ő", "y": "ü ű"},
        spelled={"þ": "th", "aa": "å"},
        capitals_first=True,
    ),
    "sv": Habits(
        letters=LATIN + "åäö",
        beside={"ä": "æ ę", "ö": "ø ő œ ô", "y": "ü ű"},
        spelled={"þ": "th"},
    ),
    "fi": Habits(letters=LATIN + "åäö", beside={"ä": "æ", "ö": "ø", "y": "ü"}),
    "es": Habits(letters=LATIN.replace("n", "nñ")),
    "fr_CA": Habits(last_accent_first=True),
    "ar": Habits(letters=ARABIC + LATIN, prepare=_prepare_arabic),
}
"""By locale or language; whoever is not here does as English does."""


_LONGEST_LETTER = 8
"""Characters that a letter and its marks may have, taken apart."""

_SIGNS = re.compile(r"^[\W_]+")
_A_BEFORE_A = re.compile("A(?=A)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alphabet:
    """The order of words in one locale, and the letters they stand under."""

    habits: Habits
    collate: Collate
    collate_heading: Collate
    """The same, kept: many words have one heading."""

    spell: Callable[[str], str]
    """Takes a prepared word apart into letters and the marks that are on them."""

    def sort_key(self, text: str) -> SortKey:
        """Return where *text* stands; only equal texts stand in one place.

        >>> sorted(["ål", "Zebra", "AAP", "aal"], key=alphabet("nb").sort_key)
        ['AAP', 'Zebra', 'ål', 'aal']
        """
        word = self._prepare(text)
        heading = self._heading(word)
        kind = {SYMBOLS: 0, DIGITS: 1}.get(heading, 2)
        # The heading comes first, so that none is ever printed twice.
        return kind, self.collate_heading(heading), heading, self.collate(word), text

    def letter(self, text: str) -> str:
        """Return the heading that *text* stands under.

        >>> alphabet("ar").letter("القسط"), alphabet("nb").letter("Über")
        ('ق', 'Y')
        """
        return self._heading(self._prepare(text))

    def _heading(self, word: str) -> str:
        first = word[:1]
        if not first.isalnum():
            return SYMBOLS
        if not first.isalpha():
            return DIGITS
        # Not `upper`: Georgian has capitals, but writes no word with one of them.
        return self.spell(word[:_LONGEST_LETTER])[0].title()

    def _prepare(self, text: str) -> str:
        """Return what both ICU and our tables are to compare."""
        if not text.isprintable():
            text = "".join(filter(_is_seen, text))
        text = unicodedata.normalize("NFKC", " ".join(text.split()))
        # “Quoted” stands under Q. What has neither letter nor digit stays as it is.
        text = _SIGNS.sub("", text) or text
        text = unicodedata.normalize("NFD", self.habits.prepare(text))
        # ICU takes AA for Å, not only aa: a joiner keeps them two, and counts for nothing.
        return _A_BEFORE_A.sub("A" + _JOINER, text)


@cache
def alphabet(locale: str) -> Alphabet:
    """Return how the readers of *locale* sort."""
    habits = HABITS.get(locale) or HABITS.get(locale.partition("_")[0]) or Habits()
    spell = _speller(habits)
    collate = _icu_key(locale) or _table_key(habits, spell)
    return Alphabet(
        habits=habits, collate=collate, collate_heading=cache(collate), spell=spell
    )


def _icu_key(locale: str) -> Collate | None:
    """Return ICU's way to compare, or None without PyICU (the extra ``icu``)."""
    try:
        icu = import_module("icu")  # it has no types
    except ImportError:
        return None
    collate: Collate = icu.Collator.createInstance(icu.Locale(locale)).getSortKey
    return collate


def _is_seen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"}


_JOINER = "\N{COMBINING GRAPHEME JOINER}"
# For private use, the first of many: no prepared word has any before it is spelled.
_BESIDE = 0xE000
_SPELLED = "\uf8ff"


def _speller(habits: Habits) -> Callable[[str], str]:
    """Return what takes a word apart into letters and the marks that are on them."""
    units = {unit: letters + _SPELLED for unit, letters in SPELLED.items()}
    units |= {letter: letter for letter in habits.letters}
    for letter, others in habits.beside.items():
        for place, unit in enumerate(others.split()):
            units[unit] = letter + chr(_BESIDE + place)
    units |= {unit: letters + _SPELLED for unit, letters in habits.spelled.items()}
    # Aa is å as aa is, but AA is not; and ß has no capital in this sense.
    for unit, letters in list(units.items()):
        if (capital := unit.title()).lower() == unit:
            units[capital] = letters.upper()
    apart = {unicodedata.normalize("NFD", unit): to for unit, to in units.items()}
    apart = {unit: to for unit, to in apart.items() if unit != to}
    longest_first = sorted(apart, key=len, reverse=True)
    unit_of = re.compile("|".join(map(re.escape, longest_first)))

    def spell(text: str) -> str:
        text = unicodedata.normalize("NFD", text)
        return unit_of.sub(lambda match: apart[match[0]], text)

    return spell


_PUNCTUATION = (  # in the order of CLDR's root collation, like the accents
    " _-‐–—,،;؛:!¡?¿؟.·'‘’‚‹›\"“”„«»()[]{}§¶@*/\\&#%٪†‡•`^°©®+±÷×<=>¬|¦~−⁄¤¢$£¥€"  # noqa: RUF001
)
_ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"

_END = bytes(3)
"""Ends each level, so that a word comes before its continuations."""

_SYMBOL, _DIGIT, _LETTER, _OTHER = 0x100, 0x200000, 0x200010, 0x200100
"""Where kinds of characters begin; two of them are as wide as all code points."""


def _table_key(habits: Habits, spell: Callable[[str], str]) -> Collate:
    """Return our own way to compare, for where there is no PyICU."""

    @cache
    def weigh(char: str) -> tuple[bytes, ...]:
        weights = _weigh(habits, char)
        return tuple(w.to_bytes(3, "big") if w else b"" for w in weights)

    def collate(text: str) -> bytes:
        weights = [weigh(char) for char in spell(text)]
        letters, accents, cases = zip(*weights, strict=True) if weights else ((),) * 3
        if habits.last_accent_first:
            accents = accents[::-1]
        return b"".join((*letters, _END, *accents, _END, *cases, _END))

    return collate


def _weigh(habits: Habits, char: str) -> tuple[int, int, int]:
    """Weigh *char* as a letter, an accent and a case; 0 for what it is not."""
    if char == _JOINER:
        return 0, 0, 0
    if char == _SPELLED:
        return 0, 0, 3
    case = 1 if char.isupper() == habits.capitals_first else 2
    if char in _ACCENTS:
        return 0, 2 + _ACCENTS.index(char), case
    if unicodedata.combining(char) or unicodedata.category(char) == "Co":
        return 0, 0x100 + ord(char), case
    return _place(char.lower(), habits.letters), 1, case


def _place(char: str, letters: str) -> int:
    if char in letters:
        return _LETTER + letters.index(char)
    if char in _PUNCTUATION:
        return 1 + _PUNCTUATION.index(char)
    if char.isdecimal():
        return _DIGIT + unicodedata.decimal(char)
    return (_SYMBOL if unicodedata.category(char)[0] in "NPSZ" else _OTHER) + ord(char)
