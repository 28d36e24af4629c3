from __future__ import annotations

import doctest
import tomllib
from pathlib import Path

import pytest
from babel import localedata
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sphinx_insurterms.corpus import locales
from sphinx_insurterms.corpus.locales import (
    direction,
    fallback_chain,
    language_tag,
    parse_locale,
)

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("locales.toml").read_text("utf-8")
)

some_locale = st.sampled_from(
    sorted(filter(None, map(parse_locale, localedata.locale_identifiers())))
)


@pytest.mark.parametrize(("text", "locale"), CASES["meant"].items())
def test_a_locale_may_be_written_in_any_spelling(text: str, locale: str) -> None:
    assert parse_locale(text) == locale


@pytest.mark.parametrize("folder", CASES["not_locales"])
def test_a_folder_of_something_else_is_no_locale(folder: str) -> None:
    assert parse_locale(folder) is None


@settings(deadline=None)
@given(text=st.text() | some_locale.map(str.lower) | some_locale.map(language_tag))
@example(text="İ")
def test_a_locale_that_was_found_is_found_again(text: str) -> None:
    locale = parse_locale(text)
    assert locale is None or parse_locale(locale) == locale
    assert locale is None or parse_locale(language_tag(locale)) == locale


def test_tags_are_understood_without_reading_the_names_of_all_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(locales, "_own_names")
    parse = parse_locale.__wrapped__  # the real one may know the answers already
    assert [parse("nb-NO"), parse("Norwegian"), parse("_static")] == [
        "nb_NO",
        "nb",
        None,
    ]


@pytest.mark.parametrize(("locale", "source", "chain"), CASES["chains"])
def test_a_missing_text_is_looked_for_nearby_and_at_last_in_the_source(
    locale: str, source: str, chain: list[str]
) -> None:
    assert fallback_chain(locale, source) == tuple(chain)


@given(locale=some_locale, source=some_locale)
def test_every_chain_ends_with_the_source_and_names_no_locale_twice(
    locale: str, source: str
) -> None:
    chain = fallback_chain(locale, source)
    assert chain[0] == locale
    assert chain[-1] == source
    assert len(chain) == len(set(chain))
    assert all(parse_locale(step) == step for step in chain)


def test_without_a_source_the_chain_ends_where_the_language_does() -> None:
    assert fallback_chain("nn_NO") == ("nn_NO", "nn", "nb")


@pytest.mark.parametrize(("locale", "expected"), CASES["directions"].items())
def test_text_runs_as_babel_says_and_else_to_the_right(
    locale: str, expected: str
) -> None:
    assert direction(locale) == expected


def test_lang_attributes_are_spelled_with_hyphens() -> None:
    assert language_tag("zh_Hant_TW") == "zh-Hant-TW"


def test_what_the_documentation_shows_is_true() -> None:
    assert doctest.testmod(locales).failed == 0
