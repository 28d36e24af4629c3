from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.names import Claim, Found, base_forms, choose

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.layers import Corpus
    from sphinx_insurterms.corpus.model import Entry
    from tests.corpus.conftest import MakeCorpus, MakeEntry

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("names.toml").read_text("utf-8")
)
FINDS = [
    (name, locale, identifier)
    for locale, names in CASES["finds"].items()
    for name, identifier in names.items()
]


@pytest.fixture(scope="module")
def entries(make_entry: MakeEntry) -> list[Entry]:
    return [
        make_entry(name, **(said if isinstance(said, dict) else {"title": said}))
        for name, said in CASES["terms"].items()
    ]


@pytest.fixture(scope="module")
def corpus(entries: list[Entry], make_corpus: MakeCorpus) -> Corpus:
    return make_corpus(entries)


@pytest.mark.parametrize(("name", "locale", "expected"), FINDS)
def test_a_writers_name_finds_its_term(
    corpus: Corpus, name: str, locale: str, expected: str
) -> None:
    assert corpus.find(name, locale) == Found(term_id=expected)


@pytest.mark.parametrize("locale", ["en", "nb", "nb_NO", "ar", "de"])
@pytest.mark.parametrize("name", CASES["nothing"]["names"])
def test_a_name_of_nothing_finds_nothing(
    corpus: Corpus, name: str, locale: str
) -> None:
    assert corpus.find(name, locale) is None


@pytest.mark.parametrize(
    "name", ["insured", "insurer", "insurers", "rating", "ratings"]
)
def test_words_that_only_share_a_stem_are_other_words(
    make_corpus: MakeCorpus, make_entry: MakeEntry, name: str
) -> None:
    corpus = make_corpus([make_entry("en/insurance"), make_entry("en/rate")])
    assert corpus.find(name, "en") is None


def test_a_name_is_an_id_first_then_a_designation_then_inflected(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [
            make_entry("en/covers", title="insurance cover"),
            make_entry("en/blanket", title="covers"),
            make_entry("en/policies-package", title="policies"),
            make_entry("en/contract", title="policy"),
            make_entry("en/b", title="bond", formerly="surety"),
            make_entry("en/c", title="surety"),
        ]
    )
    assert corpus.find("covers", "en") == Found(term_id="covers")
    assert corpus.find("policies", "en") == Found(term_id="policies-package")
    assert corpus.find("policys", "en") == Found(term_id="contract")
    assert corpus.find("surety", "en") == Found(term_id="b")


def test_the_builds_language_is_asked_first_then_the_source_then_the_others(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [
            make_entry("en/present", title="gift"),
            make_entry("nb/poison", title="gift"),
            make_entry("da/venom", title="gift"),
            make_entry("da/rest", title="hvile"),
            make_entry("nb/marriage", title="giften"),
        ]
    )
    found = {
        locale: corpus.find("gift", locale) for locale in ("en", "nb", "nn", "da", "sv")
    }
    ids = {locale: one and one.term_id for locale, one in found.items()}
    assert ids == {
        "en": "present",
        "nb": "poison",
        "nn": "poison",
        "da": "venom",
        "sv": "present",
    }
    assert all(one and not one.rivals for one in found.values())
    assert corpus.find("hvile", "sv") == Found(term_id="rest")


def test_a_name_of_two_terms_has_one_answer_and_tells_of_the_other(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [
            make_entry("en/rate", aliases=["price", "tariff"]),
            make_entry("en/premium", aliases="price", forms="tariffs"),
            make_entry("en/cost", deprecated=["price", "tariff"]),
        ]
    )
    # A designation that is still in use comes before one that is not, then ids decide.
    assert corpus.find("price", "en") == Found(
        term_id="premium", rivals=("rate", "cost")
    )
    assert corpus.find("tariff", "en") == Found(term_id="rate", rivals=("cost",))
    assert corpus.find("prices", "en") == corpus.find("price", "en")
    claims = [Claim("nb", "gebyr", 0, "fee")]
    assert choose(claims, ["nb"]) == Found(term_id="fee")
    assert choose(claims, ["nb"], {"nb": ["avgift"]}) is None


def test_a_title_comes_before_an_alias_that_claims_it(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [make_entry("en/a", aliases="excess"), make_entry("en/z", title="excess")]
    )
    assert corpus.find("excess", "en") == Found(term_id="z", rivals=("a",))


texts = st.sampled_from(["rate", "rates", "price", "Price", "pris", "prisen", "sum"])
statuses = st.sampled_from(["title", "aliases", "deprecated", "forms", "formerly"])
claims = st.tuples(
    st.sampled_from("abcd"), st.sampled_from(["en", "nb"]), texts, statuses
)


@given(data=st.data(), claimed=st.lists(claims, max_size=8))
def test_the_order_of_files_never_changes_an_answer(
    data: st.DataObject,
    claimed: list[tuple[str, str, str, str]],
    make_corpus: MakeCorpus,
    make_entry: MakeEntry,
) -> None:
    said: dict[str, dict[str, list[str]]] = {}
    for identifier, locale, text, status in claimed:
        keys = said.setdefault(f"{locale}/{identifier}", {"title": [identifier]})
        keys[status] = [text] if status == "title" else [*keys.get(status, []), text]
    made = [make_entry(name, "", **keys) for name, keys in said.items()]
    one = make_corpus(made)
    other = make_corpus(data.draw(st.permutations(made)))
    for locale in ("en", "nb", "ar"):
        for name in ("rate", "rates", "price", "pris", "prisen", "summen", "a"):
            assert one.find(name, locale) == other.find(name, locale)


@given(name=st.text("aeiousynr", min_size=1), language=st.sampled_from(["en", "nb"]))
def test_only_endings_are_taken_off_never_beginnings(name: str, language: str) -> None:
    for base in base_forms(name, language):
        assert base
        assert name.startswith(base.removesuffix("y").removesuffix("er"))


@pytest.mark.parametrize("language", ["de", "fr", "nn", "zh"])
def test_a_language_without_a_table_has_no_inflection(language: str) -> None:
    assert list(base_forms("policies", language)) == []


def test_a_designation_without_letters_is_nobodys_name(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus([make_entry("en/x", aliases="!!!"), make_entry("ar/x")])
    for locale in ("en", "ar"):
        assert corpus.find("?", locale) is None
        assert corpus.find("ـ", locale) is None


@given(text=st.text())
def test_any_text_may_be_asked_for(corpus: Corpus, text: str) -> None:
    found = corpus.find(text, "nb")
    assert found is None or found.term_id in corpus.terms
    if not fold(text):
        assert found is None
