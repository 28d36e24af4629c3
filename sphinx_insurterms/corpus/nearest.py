"""What may a writer have meant?  Names that look alike, or share a stem."""

from __future__ import annotations

import difflib
from functools import cache
from typing import TYPE_CHECKING

import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STEMMERS = {"ar": "arabic", "en": "english", "nb": "norwegian"}
_WITH_PREFIXES = frozenset({"arabic"})
"""Of which a stem may begin with another letter than the word."""

_BEGINNING = 2
"""Letters that a stem always has from its word, where it has no prefix to lose."""

_ENOUGH = 200
"""Names that are compared letter by letter, however many there are."""


class Nearest:
    """Finds names that are near a text, in a time that does not grow with the names.

    :param ids: folded name or id → id.
    """

    def __init__(self, ids: Mapping[str, str], locale: str) -> None:
        self._ids = ids
        algorithm = _STEMMERS.get(locale.partition("_")[0], "english")
        # Stems take long, and the same names are near many misspelt ones.
        self._stem = cache(snowballstemmer.stemmer(algorithm).stemWord)
        self._keeps_beginnings = algorithm not in _WITH_PREFIXES
        self._found = cache(self._find)
        self._names = list(ids)
        self._with: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for part in _parts(name):
                self._with.setdefault(part, []).append(number)

    def find(self, key: str, count: int) -> list[str]:
        """Return at most *count* ids, the likeliest first."""
        return list(self._found(key, count))

    def _find(self, key: str, count: int) -> tuple[str, ...]:
        names = list(self._alike(key))
        close = difflib.get_close_matches(key, names, n=count, cutoff=0.75)
        same_stem = sorted(
            name for name in names if name != key and self._has_stem_of(key, name)
        )
        found = dict.fromkeys(self._ids[name] for name in (*close, *same_stem))
        return tuple(found)[:count]

    def _has_stem_of(self, key: str, name: str) -> bool:
        if self._keeps_beginnings and name[:_BEGINNING] != key[:_BEGINNING]:
            return False
        return bool(self._stem(name) == self._stem(key))

    def _alike(self, key: str) -> Iterator[str]:
        """Yield names that share letters with *key*, rare runs of them first."""
        lists = filter(None, (self._with.get(part) for part in _parts(key)))
        seen: set[int] = set()
        for numbers in sorted(lists, key=lambda numbers: (len(numbers), numbers)):
            for number in numbers:
                if number not in seen:
                    seen.add(number)
                    yield self._names[number]
                if len(seen) == _ENOUGH:
                    return


_SHORT = 6
"""Letters; two such words may be alike and yet have no three in the same order."""


def _parts(name: str) -> set[str]:
    """Return all runs of three characters, with its beginning and its end.

    Of a short name also what is left where one letter is taken out: ``lmap`` and
    ``lamp`` have that in common.
    """
    framed = f"^{name}$"
    parts = {framed[at : at + 3] for at in range(len(framed) - 2)}
    if len(name) <= _SHORT:
        parts |= {f"-{name[:at]}{name[at + 1 :]}" for at in range(len(name))}
    return parts
