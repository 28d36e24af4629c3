"""Which terms go out, in which languages, and what of them has no place in a form?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.ids import term_id

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterator

    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.model import Entry

Concept = tuple[str, dict[str, "Entry"]]
"""The id of a term, and its entries by their locales; never none of them."""


class Chosen:
    """The terms of a corpus that are written in another form, one after the other.

    :param locales: the languages in which they are; all if there are none.
    """

    def __init__(self, layer: Layer, locales: Collection[str] = ()) -> None:
        self._layer = layer
        self._locales = locales
        self.ids = {
            one
            for one in layer.terms
            if not locales or any(map(layer.terms[one].entries.__contains__, locales))
        }
        """Of all of them: a reference can lead to these only."""

    def __iter__(self) -> Iterator[Concept]:
        for identifier in sorted(self.ids):
            entries = self._layer.terms[identifier].entries
            kept = [one for one in sorted(entries) if self._is_wanted(one)]
            yield identifier, {locale: entries[locale] for locale in kept}

    def _is_wanted(self, locale: str) -> bool:
        return not self._locales or locale in self._locales

    def watched(self, keys: Collection[str], lost: Counter[str]) -> Iterator[Concept]:
        """Yield the terms, and count what a form cannot hold of them.

        :param keys: the attributes of an entry that have no place.
        :param lost: what has none → in how many entries, or for `related` links, it is.
        """
        for identifier, entries in self:
            lists = [tuple(map(term_id, entry.related)) for entry in entries.values()]
            outside = set(lists[0]).union(*lists) - self.ids
            lost[_OUTSIDE] += len(outside)
            lost[_BY_LANGUAGE] += len(set(lists)) > 1
            for entry in entries.values():
                lost.update(
                    _CALLED.get(key, key) for key in keys if getattr(entry, key)
                )
            yield identifier, entries


_CALLED = {"extra": "front matter of your own"}
_OUTSIDE = "related terms that are not in the file"
_BY_LANGUAGE = "related terms of one language only"
