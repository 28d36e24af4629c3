from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.names import Found

if TYPE_CHECKING:
    from tests.corpus.conftest import MakeCorpus, MakeEntry, Shelf


@pytest.fixture
def starter(make_corpus: MakeCorpus, make_entry: MakeEntry) -> Corpus:
    """Make a project's one term, and the bundled corpus."""
    return make_corpus(
        [make_entry("en/premium", title="contribution")],
        bundled=[
            make_entry("en/premium", forms="paid premiums", formerly="premie-rate"),
            make_entry("nb/premium", title="premie"),
            make_entry(
                "en/policy", forms="policyholding", aliases="P&C", formerly="polise-id"
            ),
            make_entry("nb/policy", title="polise"),
            make_entry("ar/policy", title="الوثيقة"),
        ],
    )


def test_who_has_a_term_in_any_locale_owns_it_in_all(starter: Corpus) -> None:
    premium = starter.terms["premium"]
    assert list(premium.entries) == ["en"]
    assert premium.entry("nb").title == "contribution"
    assert not premium.bundled
    assert not starter.layer("premium").bundled
    assert starter.layer("policy").bundled


@pytest.mark.parametrize("name", ["premie", "paid premiums", "premie-rate"])
def test_the_names_of_a_term_that_another_layer_owns_are_no_names(
    starter: Corpus, name: str
) -> None:
    assert starter.find_anywhere(name, "nb") is None


def test_the_first_layer_that_knows_a_name_answers(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [make_entry("en/own", title="contract", aliases="excess")],
        [make_entry("en/excess"), make_entry("en/contracts")],
    )
    assert corpus.find("excess", "en") == Found(term_id="own")
    assert corpus.find("contracts", "en") == Found(term_id="own")
    assert corpus.find("excess_", "nb") == Found(term_id="own")
    assert [term.id for term in corpus] == ["contracts", "excess", "own"]


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("policy", "en"),
        ("Policy", "ar"),
        ("/policy.md", "en"),
        ("policyholding", "nb"),
        ("p&c", "nb"),
        ("polise-id", "en"),
        ("polise", "nb"),
        ("polise", "nb_NO"),
        ("الوثيقة", "ar"),
    ],
)
def test_the_bundled_corpus_answers_to_ids_and_listed_names(
    starter: Corpus, name: str, locale: str
) -> None:
    assert starter.find_bundled(name, locale) == Found(term_id="policy")
    assert starter.find_anywhere(name, locale) == Found(term_id="policy")
    assert starter.find(name, locale) is None


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("policies", "en"),
        ("polisen", "nb"),
        ("للوثيقة", "ar"),
        ("وثيقة", "ar"),
        ("polise", "en"),
        ("polise", "ar"),
        ("الوثيقة", "nb"),
    ],
)
def test_the_bundled_corpus_never_guesses(
    starter: Corpus, name: str, locale: str
) -> None:
    assert starter.find_anywhere(name, locale) is None


def test_an_id_that_a_term_had_before_leads_to_it(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    entry = make_entry(
        "en/liability", formerly=["third_party", "/old/cover.md", "rate"]
    )
    corpus = make_corpus([entry, make_entry("en/rate")])
    for name in ("third-party", "Third Party", "oldcover"):
        assert corpus.find(name, "en") == Found(term_id="liability")
    assert corpus.link_target(entry, "/third_party#x") == "liability"
    # A term that is there comes before one that once had its id.
    assert corpus.find("rate", "en") == Found(term_id="rate")
    assert corpus.link_target(entry, "/rate") == "rate"


def test_links_are_ids_and_never_names(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    entry = make_entry(
        "en/liability-insurance", title="liability", aliases="third party"
    )
    corpus = make_corpus([entry], bundled=[make_entry("en/hipaa")])
    links = ["/liability_insurance", "/nb/liability-insurance/", "/hipaa", "hipaa.md"]
    assert [corpus.link_target(entry, link) for link in links] == [
        "liability-insurance",
        "liability-insurance",
        "hipaa",
        "hipaa",
    ]
    for link in ("/liability", "/third party", "/hipaas", "", "/"):
        assert corpus.link_target(entry, link) is None


def test_links_are_read_with_the_prefixes_of_their_own_corpus(shelf: Shelf) -> None:
    shelf.write("insurterms.toml", 'link_prefixes = ["/glossary/"]')
    shelf.entries("en/premium", "en/policy")
    corpus = shelf.corpus()
    entry = corpus.terms["premium"].source
    assert corpus.link_target(entry, "/glossary/policy") == "policy"
    assert corpus.link_target(entry, "/nb/glossary/policy/") == "policy"
    assert corpus.link_target(entry, "/policy") == "policy"
    assert corpus.link_target(entry, "/ordliste/policy") is None
    assert corpus.find("/glossary/policy", "en") == Found(term_id="policy")


def test_what_is_near_a_name_looks_like_it_or_shares_its_stem(
    make_corpus: MakeCorpus, make_entry: MakeEntry
) -> None:
    corpus = make_corpus(
        [
            make_entry("en/insurance"),
            make_entry("en/insured"),
            make_entry("en/insurer"),
            make_entry("en/broker"),
            make_entry("nb/broker", title="megler"),
            make_entry("ar/broker", title="وسيط"),
            make_entry("en/lease"),
            make_entry("en/conflict-of-interest"),
        ],
        bundled=[make_entry("en/brokerage")],
    )
    assert corpus.nearest("/brokers", "en") == ["broker", "brokerage"]
    assert corpus.nearest("insure", "en")[0] in {"insured", "insurer"}
    assert set(corpus.nearest("insuring", "en")) == {"insurance", "insured", "insurer"}
    assert corpus.nearest("meglerne", "nb") == ["broker"]
    assert corpus.nearest("meglerne", "en") == []  # no language of theirs
    assert corpus.nearest("/conflict of interests", "nb") == ["conflict-of-interest"]
    assert corpus.nearest("/irreconcilable situation", "en") == []
    assert corpus.nearest("?", "de") == []
    assert len(corpus.nearest("insur", "en", count=2)) == 2


def test_a_corpus_without_layers_has_no_answers() -> None:
    corpus = Corpus()
    assert list(corpus) == []
    assert corpus.find_anywhere("premium", "en") is None
    assert corpus.nearest("premium", "en") == []
