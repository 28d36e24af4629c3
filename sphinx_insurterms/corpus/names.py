"""Which term does a writer mean?  Designations, forms, inflection, and the search."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.ids import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


class Status(IntEnum):
    """How a designation stands to its term; a lower one wins where two terms claim it.

    The words are those of TBX (ISO 30042); a form is what SKOS calls a hidden label.
    """

    PREFERRED = 0
    """The title."""

    ADMITTED = 1
    """An abbreviation or another name."""

    DEPRECATED = 2
    """A name that writers should not use any more."""

    FORM = 3
    """An inflected form, which is found and not shown as a name."""


class Kind(IntEnum):
    """What sort of name a designation is."""

    FULL_FORM = 0
    """The title, or what stands before the parentheses at its end."""

    ABBREVIATION = 1
    """A short form."""

    VARIANT = 2
    """Any other name."""


@dataclass(frozen=True, slots=True)
class Designation:
    """A name of a term in one locale, or a listed inflected form of one."""

    text: str
    """The name, as the author spells it."""

    status: Status
    """How it stands to its term."""

    kind: Kind = Kind.FULL_FORM
    """What sort of name it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a written name."""

    term_id: str
    """The id of the term that is meant."""

    rivals: tuple[str, ...] = ()
    """Ids of other terms that may be meant just as well; mostly there are none."""


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


class Claim(NamedTuple):
    """One term's claim to a name in one locale."""

    locale: str
    key: str
    """The folded name, or the loose one, where that was asked for."""

    status: int
    term_id: str


def loose_key(key: str, locale: str) -> str:
    """Return what an inflected name is looked for by, given the exact key."""
    return loosen(key, language_of(locale))


def loose_keys(text: str, locales: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each locale the loose keys of what *text* may be inflected from."""
    key = fold(text)
    by_language = {
        language: tuple(dict.fromkeys(base_forms(key, language)))
        for language in dict.fromkeys(map(language_of, locales))
    }
    return {locale: by_language[language_of(locale)] for locale in locales}


def choose(
    claims: Iterable[Claim],
    locales: Iterable[str],
    keys: Mapping[str, Collection[str]] | None = None,
) -> Found | None:
    """Choose whose a name is, in the first locale where it is somebody's.

    By status and id, which no order of files or language changes.

    :param keys: for each locale, the keys that count there; all if None.
    """
    by_locale: dict[str, list[tuple[int, str]]] = {}
    for claim in claims:
        if keys is None or claim.key in keys.get(claim.locale, ()):
            found = by_locale.setdefault(claim.locale, [])
            found.append((claim.status, claim.term_id))
    for locale in locales:
        if locale in by_locale:
            ids = list(dict.fromkeys(one for _, one in sorted(by_locale[locale])))
            return Found(term_id=ids[0], rivals=tuple(ids[1:]))
    return None


def language_of(locale: str) -> str:
    """Return the language of a locale."""
    return locale.partition("_")[0]
