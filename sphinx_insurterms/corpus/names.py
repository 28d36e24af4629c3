"""Which term does a writer mean?  Designations, forms, inflection, and the search."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.ids import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Status(IntEnum):
    """How a designation stands to its term; a lower one wins where two terms claim it.

    The words are those of TBX (ISO 30042); a *form* is SKOS's hidden label.
    """

    PREFERRED = 0
    ADMITTED = 1
    DEPRECATED = 2
    FORM = 3


class Kind(IntEnum):
    """What sort of name a designation is."""

    FULL_FORM = 0
    ABBREVIATION = 1
    VARIANT = 2


@dataclass(frozen=True, slots=True)
class Designation:
    """A name of a term in one locale, or a listed inflected form of one."""

    text: str
    status: Status
    kind: Kind = Kind.FULL_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a written name."""

    term_id: str
    rivals: tuple[str, ...] = ()
    """Ids that the same step found too; the name is ambiguous if there are any."""


_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("ies", "y"), ("es", ""), ("s", "")),
    "nb": (
        *((ending, "") for ending in ("en", "et", "a", "n", "er", "ene", "ne", "r")),
        ("ere", "er"),
        ("erne", "er"),
    ),
}
"""What the language adds to a noun, and what stood there; longer words only."""

_GENITIVES = {"en": "s", "nb": "s"}
"""What may follow an ending too; apostrophes are folded away before."""

_ARTICLES = (
    *(before + article for before in ("", "و", "ف") for article in ("ال", "لل")),
    *(before + "بال" for before in ("", "و", "ف")),
    *(before + "كال" for before in ("", "و", "ف")),
    *("و", "ف"),
)
"""What Arabic writes together with the noun that it stands before."""

_ARABIC_LETTERS = str.maketrans("أإآٱىة", "اااايه", "ـ")
"""Letters that hurried Arabic spelling mixes up; tatweel is only decoration."""

_SHORTEST_STEM = 3
_DOUBLED = re.compile(r"([^\W\d_aeiouyæøå])\1$")


def loosen(name: str, language: str) -> str:
    """Return the folded *name* without what spelling in *language* leaves open."""
    if language != "ar":
        return name
    bare = "".join(c for c in name if unicodedata.category(c) != "Mn")
    return bare.translate(_ARABIC_LETTERS)


def base_forms(name: str, language: str) -> Iterator[str]:
    """Yield what the folded *name* may be an inflected form of, likeliest first.

    Candidates only: which of them is a name, the corpus knows. There is no stemming,
    since stemmers give *insurance*, *insured* and *insurer* one stem.

    >>> list(base_forms("policies", "en"))
    ['policy', 'polici', 'policie']
    """
    if language == "ar":
        yield from _arabic_base_forms(loosen(name, language))
        return
    endings = _ENDINGS.get(language, ())
    words = [name]
    genitive = _GENITIVES.get(language)
    if genitive and name.endswith(genitive) and len(name) > _SHORTEST_STEM:
        words.append(name.removesuffix(genitive))
    for word in words:
        if word != name and language == "nb":
            yield word
        for ending, replacement in endings:
            stem = word.removesuffix(ending) + replacement
            if word.endswith(ending) and len(stem) >= _SHORTEST_STEM:
                yield stem
                if language == "nb" and _DOUBLED.search(stem):
                    yield stem[:-1]  # summen → sum


def _arabic_base_forms(name: str) -> Iterator[str]:
    """Yield *name* without what is written before a noun, and with the article."""
    yield name
    for article in _ARTICLES:
        stem = name.removeprefix(article)
        if stem != name and len(stem) >= _SHORTEST_STEM:
            yield stem
            yield "ال" + stem
    yield "ال" + name


@dataclass(slots=True)
class NameIndex:
    """Every name of one corpus, by locale; tells whose a written name is."""

    _exact: dict[str, dict[str, list[tuple[Status, str]]]] = field(default_factory=dict)
    _loose: dict[str, dict[str, list[tuple[Status, str]]]] = field(default_factory=dict)

    def add(self, term_id: str, locale: str, designation: Designation) -> None:
        """Note that in *locale* the term is also called *designation*."""
        key = fold(designation.text)
        loose = loosen(key, _language(locale))
        if not loose:
            return  # or every name of signs alone would be found
        claim = (designation.status, term_id)
        self._exact.setdefault(locale, {}).setdefault(key, []).append(claim)
        self._loose.setdefault(locale, {}).setdefault(loose, []).append(claim)

    def locales(self) -> tuple[str, ...]:
        """Return every locale that has a name, in a fixed order."""
        return tuple(sorted(self._exact))

    def find_exact(self, text: str, locales: Iterable[str]) -> Found | None:
        """Return whose designation or listed form *text* is, first locale first."""
        key = fold(text)
        for locale in locales:
            if claims := self._exact.get(locale, {}).get(key):
                return _choose(claims)
        return None

    def find_inflected(self, text: str, locales: Iterable[str]) -> Found | None:
        """Return whose inflected name *text* is, first locale first."""
        key = fold(text)
        for locale in locales:
            names = self._loose.get(locale, {})
            claims = [
                claim
                for base in dict.fromkeys(base_forms(key, _language(locale)))
                for claim in names.get(base, ())
            ]
            if claims:
                return _choose(claims)
        return None

    def keys(self, locales: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each folded name in *locales* with the id of a term that has it."""
        for locale in locales:
            for key, claims in self._exact.get(locale, {}).items():
                yield key, min(claims)[1]


def _choose(claims: Iterable[tuple[Status, str]]) -> Found:
    """Choose by status and id, which no order of files or language changes."""
    ids = list(dict.fromkeys(term_id for _, term_id in sorted(claims)))
    return Found(term_id=ids[0], rivals=tuple(ids[1:]))


def _language(locale: str) -> str:
    return locale.partition("_")[0]
