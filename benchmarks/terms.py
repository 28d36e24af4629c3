"""Which terms does the generated corpus have, and what do they say?"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

LOCALES = ("en", "nb", "ar")
"""In the order of the vocabulary's columns."""

_SENTENCES = 15
"""In the body of an entry: about 300 words, as in real ones."""

_LINKS = 3


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))


@cache
def _prose(locale: str) -> tuple[str, ...]:
    return tuple(_vocabulary()["prose"][locale].split())


def seeded(*what: object) -> random.Random:
    """Return numbers that are the same in every run, and differ between *what*."""
    return random.Random(":".join(map(str, what)))


def sentence(rng: random.Random, locale: str, length: int, mention: str = "") -> str:
    """Return a sentence of *length* words, with *mention* in the middle of it."""
    words = rng.choices(_prose(locale), k=length)
    if mention:
        words.insert(length // 2, mention)
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that is made of three words, and says the same length in each locale."""

    number: int
    qualifier: tuple[str, ...]
    line: tuple[str, ...]
    noun: tuple[str, ...]

    def title(self, locale: str = "en") -> str:
        """Return what is printed for it."""
        column = LOCALES.index(locale)
        pattern: str = _vocabulary()["title"][locale]
        return pattern.format(
            qualifier=self.qualifier[column],
            line=self.line[column],
            noun=self.noun[column],
        )

    @property
    def slug(self) -> str:
        """The name of its files."""
        return self.title().lower().replace(" ", "_")

    def definition(self, locale: str = "en") -> str:
        """Return one sentence of its own."""
        rng = seeded("definition", self.number)
        return sentence(rng, locale, rng.randint(14, 22))

    def body(self, locale: str, others: Sequence[Term]) -> str:
        """Return three to five paragraphs, with links to three of *others*."""
        rng = seeded("body", self.number)
        links = [f"[{o.title(locale)}](/{o.slug})" for o in rng.sample(others, _LINKS)]
        count = rng.randint(_LINKS, 5)
        mentions = dict(zip(rng.sample(range(count), _LINKS), links, strict=True))
        paragraphs = []
        for place in range(count):
            text = [sentence(rng, locale, 20, mentions.get(place, ""))]
            lengths = [rng.randint(15, 25) for _ in range(_SENTENCES // count - 1)]
            text += [sentence(rng, locale, length) for length in lengths]
            paragraphs.append(" ".join(text))
        return "\n\n".join(paragraphs)

    def entry(self, locale: str, others: Sequence[Term]) -> str:
        """Return the content of its file in one locale."""
        keywords = seeded("keywords", self.number).sample(
            _vocabulary()["categories"]["names"], 3
        )
        title = self.title(locale)
        question = _vocabulary()["question"][locale].format(title)
        return (
            f"---\nkeywords: {','.join(keywords)}\ntitle: {title}\n"
            f"description: {self.definition(locale)}\n---\n\n"
            f"# {title}\n## {question}\n\n{self.body(locale, others)}\n"
        )


@cache
def terms(count: int) -> tuple[Term, ...]:
    """Return the first *count* terms: fewer of them are the same ones.

    :raises ValueError: if the vocabulary does not make so many different titles.
    """
    words = _vocabulary()
    triples = list(product(words["qualifiers"], words["lines"], words["nouns"]))
    seeded("terms").shuffle(triples)
    found = tuple(
        Term(number=i, qualifier=tuple(q), line=tuple(line), noun=tuple(noun))
        for i, (q, line, noun) in enumerate(triples[:count])
    )
    for locale in LOCALES:
        different = {term.title(locale).casefold() for term in found}
        if len(different) < count:
            raise ValueError(f"{len(different)} titles in {locale}, not {count}")
    return found
