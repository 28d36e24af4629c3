"""A translation is an old one if its source says something else than it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.digests import digest_of_text
from sphinx_insurterms.corpus.layers import Corpus

if TYPE_CHECKING:
    from tests.corpus.conftest import Shelf

NOW = digest_of_text("claim", "A request.", "A request.")  # its first paragraph too
OLD = digest_of_text("claim", "A demand.", "A demand.")


def entry(
    shelf: Shelf, name: str, translates: str = "", text: str = "Et krav."
) -> None:
    stamp = f"translates: {translates}\n" if translates else ""
    shelf.write(f"{name}.md", f"---\ntitle: claim\n{stamp}---\n\n{text}\n")


@pytest.fixture
def source(shelf: Shelf) -> Shelf:
    entry(shelf, "en/claim", text="A request.")
    return shelf


@pytest.mark.parametrize(("translates", "outdated"), [(NOW, set()), (OLD, {"claim"})])
def test_an_entry_that_says_what_it_translates_is_compared(
    source: Shelf, translates: str, outdated: set[str]
) -> None:
    entry(source, "nb/claim", translates)
    assert source.corpus().outdated("nb") == outdated


def test_an_entry_that_says_nothing_is_believed(source: Shelf) -> None:
    entry(source, "nb/claim")
    assert source.corpus().outdated("nb") == set()


def test_the_entry_counts_that_readers_are_shown(source: Shelf) -> None:
    entry(source, "nb/claim", OLD)
    corpus = source.corpus()
    shown = {loc: corpus.outdated(loc) for loc in ("nb", "nb_NO", "nn", "en", "ar")}
    assert shown == {
        "nb": {"claim"},
        "nb_NO": {"claim"},
        "nn": {"claim"},
        "en": set(),
        "ar": set(),
    }
    entry(source, "nn/claim", NOW)
    assert source.corpus().outdated("nn") == set()


def test_what_has_no_source_is_no_translation(shelf: Shelf) -> None:
    entry(shelf, "nb/claim", OLD)
    entry(shelf, "sv/claim", OLD)
    corpus = shelf.corpus()
    term = corpus.terms["claim"]
    assert corpus.outdated("nb") == set()
    assert not any(map(term.is_outdated, term.entries.values()))


def test_a_source_is_no_translation_of_itself(shelf: Shelf) -> None:
    entry(shelf, "en/claim", OLD)
    term = shelf.corpus().terms["claim"]
    assert not term.is_outdated(term.source)


def test_a_layer_above_hides_what_it_owns(shelf: Shelf) -> None:
    entry(shelf, "below/en/claim", text="A request.")
    entry(shelf, "below/nb/claim", OLD)
    entry(shelf, "above/en/claim", text="Ours.")
    above, below = shelf.load("above").layer, shelf.load("below").layer
    assert Corpus([below]).outdated("nb") == {"claim"}
    assert Corpus([above, below]).outdated("nb") == set()
