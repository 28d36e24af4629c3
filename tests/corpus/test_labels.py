from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.model import split_title
from sphinx_insurterms.corpus.names import Designation, Kind, Status

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.layers import Corpus
    from tests.corpus.conftest import MakeCorpus, MakeEntry

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("labels.toml").read_text("utf-8")
)
PRINTED = [
    (identifier, locale, written, printed)
    for identifier, locales in CASES["printed"].items()
    for locale, names in locales.items()
    for written, printed in names.items()
]


@pytest.fixture(scope="module")
def corpus(make_corpus: MakeCorpus, make_entry: MakeEntry) -> Corpus:
    return make_corpus(
        make_entry(name, **keys) for name, keys in CASES["terms"].items()
    )


@pytest.mark.parametrize(("identifier", "locale", "written", "printed"), PRINTED)
def test_a_writers_name_is_printed_as_the_sentence_needs_it(
    corpus: Corpus, identifier: str, locale: str, written: str, printed: str
) -> None:
    assert corpus.terms[identifier].printed(written, locale) == printed


@given(data=st.data())
def test_what_is_printed_is_a_name_or_what_was_written(
    corpus: Corpus, data: st.DataObject
) -> None:
    term = data.draw(st.sampled_from(list(corpus)))
    names = {name.text for _, name in term.designations("nb")}
    change = data.draw(
        st.sampled_from(
            [
                str.upper,
                str.lower,
                str.title,
                fold.__wrapped__,
                lambda name: name + "s",
            ]
        )
    )
    written = change(data.draw(st.sampled_from(sorted(names))))
    assert term.printed(written, "nb") in {*names, written}


@pytest.mark.parametrize(("title", "parts"), CASES["abbreviated"].items())
def test_initials_at_the_end_of_a_title_are_an_abbreviation(
    title: str, parts: list[str]
) -> None:
    assert split_title(title) == tuple(parts)


@pytest.mark.parametrize("title", CASES["not_abbreviated"]["titles"])
def test_other_words_in_parentheses_are_part_of_the_title(title: str) -> None:
    assert split_title(title) == (title, "")


def test_a_translated_title_keeps_the_abbreviation_that_its_entry_names(
    make_entry: MakeEntry,
) -> None:
    title = "lov om helseforsikring (HIPAA)"
    alone, named = (
        make_entry("nb/hipaa", title=title, abbreviation=abbreviation)
        for abbreviation in ([], ["HIPAA"])
    )
    assert [name.text for name in alone.designations] == [title]
    assert [name.text for name in named.designations] == [
        title,
        "HIPAA",
        "lov om helseforsikring",
    ]


def test_the_names_of_an_entry_have_the_preferred_one_first_and_each_once(
    make_entry: MakeEntry,
) -> None:
    entry = make_entry(
        "en/hmo",
        title="Health Maintenance Organization (HMO)",
        abbreviation=["H.M.O.", "HMO"],
        aliases=["managed plan", "HMO", "health plan"],
        deprecated=["gatekeeper plan", "health plan"],
        forms=["HMOs", "managed plan"],
    )
    assert entry.designations == (
        Designation("Health Maintenance Organization (HMO)", Status.PREFERRED),
        Designation("H.M.O.", Status.ADMITTED, Kind.ABBREVIATION),
        Designation("HMO", Status.ADMITTED, Kind.ABBREVIATION),
        Designation("Health Maintenance Organization", Status.ADMITTED),
        Designation("managed plan", Status.ADMITTED, Kind.VARIANT),
        Designation("health plan", Status.ADMITTED, Kind.VARIANT),
        Designation("gatekeeper plan", Status.DEPRECATED, Kind.VARIANT),
        Designation("HMOs", Status.FORM),
    )


def test_a_term_is_named_in_the_readers_language_first(corpus: Corpus) -> None:
    for locale, first in product(("nb", "nb_NO", "nn"), ["nb"]):
        names = corpus.terms["premium"].designations(locale)
        assert [found for found, _ in names] == [first, "en", "en", "ar"]


def test_a_reader_is_shown_the_nearest_language_there_is(corpus: Corpus) -> None:
    shown = {
        (identifier, locale): corpus.terms[identifier].entry(locale).locale
        for identifier in ("premium", "nordic")
        for locale in ("nb_NO", "nn", "ar_EG", "de")
    }
    assert shown == {
        ("premium", "nb_NO"): "nb",
        ("premium", "nn"): "nb",
        ("premium", "ar_EG"): "ar",
        ("premium", "de"): "en",
        ("nordic", "nb_NO"): "nb",
        ("nordic", "nn"): "nb",
        ("nordic", "ar_EG"): "nb",
        ("nordic", "de"): "nb",
    }
    assert corpus.terms["premium"].source.locale == "en"
    assert corpus.terms["nordic"].source.locale == "nb"


def test_a_term_is_called_by_its_id_and_those_it_had_before(corpus: Corpus) -> None:
    term = corpus.terms["liability-insurance"]
    assert term.is_called("/nb/Liability_Insurance.md")
    assert term.is_called("third party cover")
    assert not term.is_called("ansvarsforsikring")
