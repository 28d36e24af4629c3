"""What does a written name stand for, in the language of this build?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.locales import fallback_chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.layers import Corpus
    from sphinx_insurterms.corpus.model import Term
    from sphinx_insurterms.corpus.names import Found
    from sphinx_insurterms.corpus.problems import WarningName


_KEPT = 16384

_SPACES = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a written name stands for."""

    term_id: str
    locale: str
    """Of the entry that readers are shown."""

    title: str
    digest: str
    """Of that entry."""

    source_title: str
    is_outdated: bool
    """Whether it translates what the source said before."""

    bundled: bool
    """Whether the term comes with the package."""

    printed: str
    rivals: tuple[str, ...] = ()
    """Ids of other terms that have the name too."""

    use_instead: str = ""
    """The preferred designation, where a deprecated one was written."""


class Answers:
    """The corpora, asked for names by a build in one locale.

    Every name is asked for several times on its way, and on many pages: the answers
    are kept, and so are small.
    """

    def __init__(self, *, corpus: Corpus, locale: str) -> None:
        self.corpus = corpus
        self.locale = locale
        self.own = lru_cache(_KEPT)(self._own)
        self.bundled = lru_cache(_KEPT)(self._bundled)

    def _own(self, written: str) -> Answer | None:
        """Return what the project's own corpora say to a written name."""
        found = self.corpus.find(written, self.locale)
        return self._answer(written, found) if found else None

    def _bundled(self, written: str) -> Answer | None:
        """Return what the bundled corpora say, which answer when nobody else does."""
        found = self.corpus.find_bundled(written, self.locale)
        if found is None or not self._is_spelt_so(written, found):
            return None
        return self._answer(written, found)

    def any(self, written: str) -> Answer | None:
        """Return what the project's own corpora say, or else the bundled ones."""
        return self.own(written) or self.bundled(written)

    def names(self, term: Term) -> Iterator[str]:
        """Yield what a term is called in the build's and the source locale."""
        near = fallback_chain(self.locale, term.source_locale)
        for locale, name in term.designations(self.locale):
            if locale in near:
                yield name.text

    def _is_spelt_so(self, written: str, found: Found) -> bool:
        """Tell whether no signs had to be dropped for *written* to be found."""
        term = self.corpus.terms[found.term_id]
        former = (old for entry in term.entries.values() for old in entry.formerly)
        # With a slash: an id as links in entries write it.
        names = {term.id, f"/{term.id}", *former, *self.names(term)}
        return _spelling(written) in map(_spelling, names)

    def _answer(self, written: str, found: Found) -> Answer:
        term = self.corpus.terms[found.term_id]
        key = fold(written)
        deprecated = any(
            fold(name) == key
            for entry in term.entries.values()
            for name in entry.deprecated
        )
        entry = term.entry(self.locale)
        return Answer(
            term_id=term.id,
            locale=entry.locale,
            title=entry.title,
            digest=entry.digest,
            source_title=term.source.title,
            is_outdated=term.is_outdated(entry),
            bundled=term.bundled,
            printed=term.printed(written, self.locale),
            rivals=found.rivals,
            use_instead=entry.title if deprecated else "",
        )


def _spelling(name: str) -> str:
    """Return *name* as it compares when only case and spaces are left open."""
    return _SPACES.sub("-", unicodedata.normalize("NFC", name).casefold())


def remarks(written: str, answer: Answer) -> Iterator[tuple[WarningName, str]]:
    """Yield name and message of what a writer should know of a name that was found."""
    if answer.rivals:
        taken = answer.term_id
        ids = "', '".join((taken, *answer.rivals))
        fact = f"'{written}' may be '{ids}', and '{taken}' was taken"
        yield "ambiguous", f"{fact}; write the id, as in {written} <{taken}>"
    if answer.use_instead:
        fact = f"'{written}' is deprecated"
        yield "deprecated", f"{fact}; write '{answer.use_instead}' instead"
