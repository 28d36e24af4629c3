"""In which languages is a documentation?  As its catalogs and its corpus have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.corpus.locales import parse_locale

if TYPE_CHECKING:
    from pathlib import Path

_CATALOGS = ("locale", "locales")
"""Where Sphinx looks for translations unless ``locale_dirs`` says otherwise, and what
many write there."""

_TERMS = "terms"
"""The folder of a corpus, unless ``insurterms_corpora`` says otherwise."""


LANGUAGES = "INSURTERMS_LANGUAGES"
"""The variable of the environment by which a build learns of all languages, unless
``conf.py`` tells. An option would be an error where our extension is not loaded."""


def languages_of(docs: Path) -> list[str]:
    """Return the languages of a documentation, the source language first.

    :param docs: the folder of its sources.
    """
    found = dict.fromkeys(_of_corpus(docs))
    for folder in _CATALOGS:
        for path in sorted((docs / folder).glob("*/LC_MESSAGES")):
            if locale := parse_locale(path.parent.name):
                found.setdefault(locale)
    return list(found)


def _of_corpus(docs: Path) -> list[str]:
    layer, _ = load(CorpusFolder(path=docs / _TERMS, may_be_missing=True))
    source = layer.manifest.source_locale
    there = layer.index.state.locales if layer.index else ()
    return [source, *sorted({*there, *layer.manifest.locales} - {source})]
