"""A corpus as SKOS, as a reader of RDF sees it."""

from __future__ import annotations

import io
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from sphinx_insurterms.exchange import skos
from sphinx_insurterms.exchange.chosen import Chosen
from sphinx_insurterms.exchange.held import Held
from tests.exchange.entries import each_corpus, entry_of, layer_at

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.exchange.chosen import Concept

BASE = "https://example.org/terms/"


def read_back(graph: Graph, form: str) -> Graph:
    content = graph.serialize(format=form, encoding="utf-8")
    return Graph().parse(io.BytesIO(content), format=form)


def made(*concepts: Concept) -> Graph:
    return skos.graph(concepts, {one for one, _ in concepts}, BASE)


def held(locale: str = "en", **values: str | tuple[str, ...]) -> Held:
    return Held(
        term_id="fee", locale=locale, values={"title": "Fee", **values}, body="Text."
    )


def said(graph: Graph, predicate: URIRef, identifier: str = "fee") -> set[str]:
    found = graph.objects(URIRef(BASE + identifier), predicate)
    return {one.n3() for one in found}


@each_corpus
@pytest.mark.parametrize("form", ["turtle", "json-ld"])
def test_a_corpus_is_read_back_as_it_was_written(path: Path, form: str) -> None:
    chosen = Chosen(layer_at(path))
    graph = skos.graph(chosen, chosen.ids, BASE)
    back = read_back(graph, form)
    assert set(back) == set(graph)
    concepts = set(back.subjects(RDF.type, SKOS.Concept))
    assert concepts == set(back.subjects(SKOS.inScheme, URIRef(BASE)))
    assert len(concepts) == len(chosen.ids)
    for concept in concepts:
        labels = {
            label: set(back.objects(concept, label))
            for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        }
        languages = [
            label.language
            for label in labels[SKOS.prefLabel]
            if isinstance(label, Literal)
        ]
        assert len(languages) == len(set(languages))  # S14: one to a language
        for one, other in combinations(labels.values(), 2):
            assert not one & other  # S13: a label is one thing only
    assert not set(back.objects(None, SKOS.related)) - concepts


def test_names_and_definitions_are_in_their_languages() -> None:
    english = held(
        title="Waiting Period (WP)",
        description="The *time* before [cover](/cover).",
        aliases=("wait",),
        deprecated=("delay",),
        forms=("waits",),
    )
    norwegian = held("pt_BR", title="carência")
    graph = made(("fee", {"en": entry_of(english), "pt_BR": entry_of(norwegian)}))
    assert said(graph, SKOS.prefLabel) == {
        '"Waiting Period (WP)"@en',
        '"carência"@pt-BR',
    }
    assert said(graph, SKOS.altLabel) == {'"Waiting Period"@en', '"WP"@en', '"wait"@en'}
    assert said(graph, SKOS.hiddenLabel) == {'"delay"@en', '"waits"@en'}
    assert said(graph, SKOS.definition) >= {'"The time before cover."@en'}
    assert said(graph, SKOS.notation) == {'"fee"'}


def test_what_else_is_said_has_the_words_of_dublin_core() -> None:
    entry = entry_of(
        held(
            source="Law", keywords=("cover",), jurisdiction=("NO",), status="superseded"
        )
    )
    graph = made(("fee", {"en": entry}))
    assert said(graph, DCTERMS.source) == {'"Law"@en'}
    assert said(graph, DCTERMS.subject) == {'"cover"@en'}
    assert said(graph, DCTERMS.spatial) == {'"NO"@en'}
    assert (
        URIRef(f"{BASE}fee"),
        OWL.deprecated,
        Literal(lexical_or_value=True),
    ) in graph


def test_only_terms_in_the_file_are_related_and_ids_are_made_safe() -> None:
    entry = entry_of(held(related=("Other", "قسط", "elsewhere")))
    other = entry_of(held(title="x"))
    graph = made(
        ("fee", {"en": entry}), ("قسط", {"en": other}), ("other", {"en": other})
    )
    assert said(graph, SKOS.related) == {
        f"<{BASE}other>",
        f"<{BASE}%D9%82%D8%B3%D8%B7>",
    }
