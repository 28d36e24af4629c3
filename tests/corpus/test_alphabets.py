from __future__ import annotations

import doctest
import tomllib
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_insurterms.corpus import alphabets
from sphinx_insurterms.corpus.alphabets import HABITS, alphabet

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("alphabets.toml").read_text("utf-8")
)

WITHOUT_ROW = ["cs", "en", "he", "ja", "ko", "ru", "th", "zh_Hant_TW"]


def _no_icu(name: str) -> NoReturn:
    raise ModuleNotFoundError(name=name)


@pytest.fixture(scope="module", params=["tables", "icu"])
def collation(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test run without PyICU, and with it where it is installed."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "tables":
            patch.setattr(alphabets, "import_module", _no_icu)
        else:
            pytest.importorskip("icu", reason="PyICU is not installed")
        alphabet.cache_clear()
        yield
    alphabet.cache_clear()


@pytest.mark.usefixtures("collation")
@pytest.mark.parametrize("locale", CASES["glossaries"])
def test_a_glossary_has_the_order_and_headings_its_readers_expect(locale: str) -> None:
    expected = CASES["glossaries"][locale]
    words = sorted(word for group in expected.values() for word in group)
    words.sort(key=alphabet(locale).sort_key)
    groups = groupby(words, alphabet(locale).letter)
    assert [(heading, list(group)) for heading, group in groups] == list(
        expected.items()
    )


@pytest.mark.usefixtures("collation")
@pytest.mark.parametrize(("locale", "text", "heading"), CASES["letters"])
def test_a_word_stands_under_its_letter(locale: str, text: str, heading: str) -> None:
    assert alphabet(locale).letter(text) == heading


locales = st.sampled_from([*HABITS, *WITHOUT_ROW])
words = st.text() | st.text("aAåÅäæzZ") | st.text("الإتق")


@pytest.mark.usefixtures("collation")
@settings(deadline=None)
@given(locale=locales, data=st.data(), unsorted=st.lists(words))
def test_the_order_of_files_does_not_change_the_order_of_words(
    locale: str, data: st.DataObject, unsorted: list[str]
) -> None:
    key = alphabet(locale).sort_key
    shuffled = data.draw(st.permutations(unsorted))
    assert sorted(shuffled, key=key) == sorted(unsorted, key=key)
    assert len({key(word) for word in unsorted}) == len(set(unsorted))


@pytest.mark.usefixtures("collation")
@settings(deadline=None)
@given(locale=locales, unsorted=st.lists(words))
def test_no_heading_is_printed_twice(locale: str, unsorted: list[str]) -> None:
    in_order = sorted(unsorted, key=alphabet(locale).sort_key)
    headings = [heading for heading, _ in groupby(in_order, alphabet(locale).letter)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("locale", CASES["characters"])
@settings(deadline=None)
@given(data=st.data())
def test_words_have_the_same_order_with_and_without_icu(
    locale: str, data: st.DataObject
) -> None:
    pytest.importorskip("icu", reason="PyICU is not installed")
    by_icu = alphabets._icu_key(locale)
    assert by_icu is not None
    here = alphabet(locale)
    by_tables = alphabets._table_key(here.habits, here.spell)
    some = st.text(CASES["characters"][locale], max_size=5).map(here._prepare)
    one, other = data.draw(some), data.draw(some)
    assert _compare(by_icu, one, other) == _compare(by_tables, one, other)


def _compare(key: alphabets.Collate, one: str, other: str) -> int:
    return (key(one) > key(other)) - (key(one) < key(other))


def test_icu_is_asked_about_words_without_articles_and_with_abbreviations_kept_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str]] = []

    def collator(locale: str) -> SimpleNamespace:
        def sort_key(text: str) -> bytes:
            asked.append((locale, text))
            return text.encode()

        return SimpleNamespace(getSortKey=sort_key)

    icu = SimpleNamespace(Locale=str, Collator=SimpleNamespace(createInstance=collator))
    monkeypatch.setattr(alphabets, "import_module", {"icu": icu}.__getitem__)
    fresh = alphabet.__wrapped__  # the real one may be known already
    assert fresh("ar_EG").sort_key("القسط")[-2:] == ("قسط".encode(), "القسط")
    fresh("nb_NO").sort_key("AAP")
    assert asked[-1] == ("nb_NO", "A\u034fAP")
    assert ("ar_EG", "ق") in asked  # the heading is compared before the word


def test_what_the_documentation_shows_is_true() -> None:
    assert doctest.testmod(alphabets).failed == 0
