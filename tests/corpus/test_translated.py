"""A corpus seen through catalogs has their texts where it has no entry of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.catalog_faults import catalog_faults
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.problems import Origin
from sphinx_insurterms.corpus.translated import Texts, fault, translated

if TYPE_CHECKING:
    from tests.corpus.conftest import Shelf

PLACE = Origin(path=Path("nb.po"), line=7)


def texts(locale: str = "nb", **said: str) -> Texts:
    by_id = {text.replace("_", " "): translation for text, translation in said.items()}
    return Texts(locale=locale, by_id=by_id, place=lambda _text: PLACE)


def seen(shelf: Shelf, *catalogs: Texts) -> Corpus:
    return Corpus([shelf.load().layer], catalogs)


@pytest.mark.parametrize(
    ("text", "translation", "why"),
    [
        ("A plan.", "En plan.", ""),
        ("A *plan*.", "En plan.", ""),
        ("A [plan](/p).", "En [plan](/p).", ""),
        ("A [plan](/p) [x](/q).", "[x](/q) en [plan](/p).", ""),
        ("5 * 3 [a]", "5 * 3 [å]", ""),
        ("A <br> b", "Å <br> b", ""),
        ("A [plan](/p).", "En plan.", "its links are not those of the source (/p)"),
        ("A plan.", "En [plan](/p).", "its links are not those of the source (/p)"),
        (
            "A [plan](/p).",
            "En [plan](/q).",
            "its links are not those of the source (/p)",
        ),
        ("A plan.", "<i>Plan</i>.", "it has raw HTML; write it in Markdown"),
        ("A plan.", "En **plan.", "its Markdown is broken (**)"),
        ("A plan.", "En `plan.", "its Markdown is broken (`)"),
    ],
)
def test_a_translation_keeps_links_and_markup(
    text: str, translation: str, why: str
) -> None:
    assert fault(text, translation) == why


def test_names_are_found_by_title_short_form_and_inflection(shelf: Shelf) -> None:
    shelf.write("en/plan.md", "---\ntitle: Health Plan (HP)\nabbreviation: HP\n---\n")
    corpus = seen(shelf, texts(**{"Health Plan (HP)": "helseplan (HP)"}))
    found = [
        corpus.find(n, "nb") for n in ("helseplan", "Helseplan (HP)", "helseplanen")
    ]
    assert [f and f.term_id for f in found] == ["plan"] * 3
    assert corpus.find("helseplan", "en") is None
    names = [row[3] for row in corpus.designations(["plan"]) if row[1] == "nb"]
    assert names == ["helseplan (HP)", "HP", "helseplan"]


def test_an_abbreviation_that_is_no_initials_any_more_stays_one(shelf: Shelf) -> None:
    shelf.write("en/bonus.md", "---\ntitle: no-claims bonus (NCB)\n---\n")
    corpus = seen(shelf, texts(**{"no-claims bonus (NCB)": "skadefri bonus (NCB)"}))
    found = corpus.find("skadefri bonus", "nb")
    assert found is not None
    assert found.term_id == "bonus"
    entry = corpus.terms["bonus"].entry("nb")
    assert [name.text for name in entry.designations] == [
        "skadefri bonus (NCB)",
        "NCB",
        "skadefri bonus",
    ]
    corpus = seen(shelf, texts(**{"no-claims bonus (NCB)": "bonus (fri)"}))
    assert corpus.find("fri", "nb") is None


def test_a_title_that_two_terms_get_is_ambiguous(shelf: Shelf) -> None:
    shelf.entries("en/claim", "en/loss", "nb/loss")
    corpus = seen(shelf, texts(claim="loss"))
    found = corpus.find("loss", "nb")
    assert found is not None
    assert found.term_id == "loss"
    shelf.entries("en/damage")
    corpus = seen(shelf, texts(claim="skade", damage="skade"))
    found = corpus.find("skade", "nb")
    assert found is not None
    assert (found.term_id, found.rivals) == ("claim", ("damage",))


def test_an_entry_keeps_the_names_that_it_has(shelf: Shelf) -> None:
    shelf.entries("en/claim")
    shelf.write("nb/claim.md", "---\ntitle: krav\n---\n")
    corpus = seen(shelf, texts(claim="skade"))
    assert corpus.find("skade", "nb") is None
    assert corpus.terms["claim"].entry("nb").title == "krav"
    (problem,) = catalog_faults(corpus, corpus.terms["claim"], body=True)
    assert (problem.name, problem.origin) == ("shadowed", PLACE)


def test_a_text_that_is_no_title_is_no_name(shelf: Shelf) -> None:
    shelf.write("en/claim.md", "---\ntitle: claim\n---\n\nText.\n")
    shelf.write("en/other.md", "---\ntitle: other\naliases: [Text.]\n---\n")
    corpus = seen(shelf, texts(claim="skade", **{"Text.": "tekst"}))
    assert corpus.find("tekst", "nb") is None
    assert set(corpus.terms["other"].entries) == {"en"}


def test_terms_without_a_source_are_left_alone(shelf: Shelf) -> None:
    shelf.entries("sv/claim")
    corpus = seen(shelf, texts(claim="skade"))
    assert corpus.terms["claim"].entry("nb").locale == "sv"
    assert corpus.find("skade", "nb") is None
    assert list(catalog_faults(corpus, corpus.terms["claim"], body=True)) == []


def test_each_layer_is_seen_through_them(shelf: Shelf) -> None:
    shelf.entries("above/en/claim", "below/en/claim", "below/en/risk")
    layers = [shelf.load("above").layer, shelf.load("below", bundled=True).layer]
    corpus = Corpus(layers, [texts(claim="skade", risk="risiko")])
    titles = {term.id: term.entry("nb").title for term in corpus}
    assert titles == {"claim": "skade", "risk": "risiko"}
    below = corpus.find_bundled("risiko", "nb")
    assert below is not None
    assert below.term_id == "risk"
    assert corpus.find_bundled("skade", "nb") is None


def test_lists_say_what_readers_are_shown(shelf: Shelf) -> None:
    shelf.write("en/claim.md", "---\ntitle: claim\nsort: zzz\n---\n\nText.\n")
    shelf.entries("en/risk", "nb/risk")
    bare = {s.term_id: s for s in seen(shelf).summaries("nb")}
    corpus = seen(shelf, texts(claim="skade"))
    found = {s.term_id: s for s in corpus.summaries("nb")}
    assert found["risk"] == bare["risk"]
    claim = found["claim"]
    assert (claim.locale, claim.title, claim.sorted_by) == ("nb", "skade", "skade")
    assert claim.source_title == "claim"
    assert claim == corpus.terms["claim"].summary("nb")
    assert {s.locale for s in corpus.summaries("en")} == {"en"}


def test_what_stands_for_all_changes_with_a_text(shelf: Shelf) -> None:
    shelf.entries("en/claim")
    said = [seen(shelf), *(seen(shelf, texts(claim=t)) for t in ("skade", "krav"))]
    assert len({corpus.content for corpus in said}) == 3
    assert seen(shelf, texts(claim="krav")).content == said[2].content
    digests = {corpus.terms["claim"].entry("nb").digest for corpus in said}
    assert len(digests) == 3


def test_what_has_no_translation_that_can_be_shown_is_no_entry(shelf: Shelf) -> None:
    shelf.write("en/claim.md", "---\ntitle: claim\n---\n\nText.\n")
    source = shelf.corpus().terms["claim"].source
    assert translated(source, texts(other="annet")) is None
    assert translated(source, texts(**{"Text.": "<b>"})) is None
    entry = translated(source, texts(**{"Text.": "Tekst."}))
    assert entry is not None
    assert (entry.title, entry.title_locale) == ("claim", "en")
    assert (entry.definition, entry.definition_locale) == ("Tekst.", "nb")
    assert not entry.is_partly_translated(body=True)
    assert [block.text for block in entry.blocks] == ["Text."]


def test_a_text_of_the_body_alone_makes_an_entry(shelf: Shelf) -> None:
    shelf.write("en/claim.md", "---\ntitle: claim\ndescription: A.\n---\n\nB.\n\nC.\n")
    source = shelf.corpus().terms["claim"].source
    entry = translated(source, texts(**{"C.": "Ce."}))
    assert entry is not None
    assert (entry.locale, entry.title_locale, entry.definition_locale) == (
        "nb",
        "en",
        "en",
    )
    assert [entry.translate(block.text) for block in entry.blocks] == [None, "Ce."]


def test_a_chain_of_languages_has_each_its_texts(shelf: Shelf) -> None:
    shelf.entries("en/claim", "en/risk", "en/fee")
    shelf.entries("nb/fee")
    corpus = seen(
        shelf, texts("nb_NO", claim="skade"), texts("nb", claim="x", risk="y")
    )
    shown = {t.id: (t.entry("nb_NO").locale, t.entry("nb_NO").title) for t in corpus}
    assert shown == {
        "claim": ("nb_NO", "skade"),
        "risk": ("nb", "y"),
        "fee": ("nb", "fee"),
    }


HEAD = "---\ntitle: {}\ndescription: {}\n---\n\n{}"
IN_ENGLISH = HEAD.format("claim", "A request.", "One.\n\nTwo.\n")
IN_PORTUGUESE = HEAD.format("sinistro", "Um pedido.", "Um.\n\nDois.\n")


def shown(corpus: Corpus) -> list[str | None]:
    """Return title, definition and body as readers in Brazil see them."""
    entry = corpus.terms["claim"].entry("pt_BR")
    assert entry.source_entry is not None
    texts = ("claim", "A request.", "One.", "Two.")
    assert entry.title == entry.translate("claim")
    assert entry.definition == entry.translate("A request.")
    return [entry.translate(text) for text in texts]


def test_what_a_catalog_lacks_the_entry_of_a_wider_language_says(shelf: Shelf) -> None:
    shelf.write("en/claim.md", IN_ENGLISH)
    shelf.write("pt/claim.md", IN_PORTUGUESE.replace("title", "sort: zzz\ntitle"))
    one = seen(shelf, texts("pt_BR", **{"One.": "Hum."}))
    assert shown(one) == ["sinistro", "Um pedido.", "Hum.", "Dois."]
    assert not one.terms["claim"].entry("pt_BR").is_partly_translated(body=True)
    (summary,) = one.summaries("pt_BR")
    assert summary.sorted_by == "zzz"
    two = seen(shelf, texts("pt_BR", claim="pedido"))
    assert shown(two) == ["pedido", "Um pedido.", "Um.", "Dois."]
    (summary,) = two.summaries("pt_BR")
    assert summary.sorted_by == "pedido"
    before = summary.digests[0]
    shelf.write("pt/claim.md", IN_PORTUGUESE.replace("Dois", "Duas"))
    (summary,) = seen(shelf, texts("pt_BR", claim="pedido")).summaries("pt_BR")
    assert summary.digests[0] != before


def test_what_a_catalog_lacks_that_of_a_wider_language_says(shelf: Shelf) -> None:
    shelf.write("en/claim.md", IN_ENGLISH)
    wider = texts("pt", **{"claim": "sinistro", "One.": "Um.", "A request.": "<b>"})
    corpus = seen(shelf, texts("pt_BR", **{"Two.": "Dois."}), wider)
    entry = corpus.terms["claim"].entry("pt_BR")
    assert (entry.title, entry.definition) == ("sinistro", "A request.")
    assert [entry.translate(text) for text in ("One.", "Two.", "A request.")] == [
        "Um.",
        "Dois.",
        None,
    ]


def test_a_wider_body_of_another_shape_says_nothing(shelf: Shelf) -> None:
    shelf.write("en/claim.md", IN_ENGLISH)
    shelf.write("pt/claim.md", IN_PORTUGUESE + "\nTrês.\n")
    corpus = seen(shelf, texts("pt_BR", claim="pedido"))
    assert shown(corpus) == ["pedido", "Um pedido.", None, None]


def test_a_catalog_that_has_nothing_of_a_term_leaves_the_wider_language(
    shelf: Shelf,
) -> None:
    shelf.write("en/claim.md", IN_ENGLISH)
    shelf.write("pt/claim.md", IN_PORTUGUESE)
    corpus = seen(shelf, texts("pt_BR", other="outro"))
    assert corpus.terms["claim"].entry("pt_BR").locale == "pt"
