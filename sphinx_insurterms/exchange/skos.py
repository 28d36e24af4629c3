"""How is a corpus SKOS?  A concept scheme, with labels and definitions in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.corpus.parser import markdown, plain_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.exchange.chosen import Concept

_LABELS = {
    Status.PREFERRED: SKOS.prefLabel,
    Status.ADMITTED: SKOS.altLabel,
    # Found, and never shown: what SKOS says of misspelt labels.
    Status.DEPRECATED: SKOS.hiddenLabel,
    Status.FORM: SKOS.hiddenLabel,
}


NOT_HELD = ("formerly", "sort", "effective", "translates", "body", "extra")
"""What is left out: SKOS has words for concepts, and bodies are pages."""


def graph(concepts: Iterable[Concept], ids: Collection[str], base: str) -> Graph:
    """Return terms as a concept scheme.

    :param ids: of all terms that are in it; `related` can lead to these only.
    :param base: what stands before each id in the concept's IRI; the scheme's own IRI.
    """
    found = Graph()
    found.bind("skos", SKOS)
    found.bind("dcterms", DCTERMS)
    scheme = URIRef(base)
    found.add((scheme, RDF.type, SKOS.ConceptScheme))
    for identifier, entries in concepts:
        concept = _iri(base, identifier)
        found.add((concept, RDF.type, SKOS.Concept))
        found.add((concept, SKOS.inScheme, scheme))
        found.add((concept, SKOS.topConceptOf, scheme))
        found.add((scheme, SKOS.hasTopConcept, concept))
        found.add((concept, SKOS.notation, Literal(identifier)))
        for entry in entries.values():
            _add(found, concept, entry)
            for other in map(term_id, entry.related):
                if other in ids:
                    found.add((concept, SKOS.related, _iri(base, other)))
    return found


def _iri(base: str, identifier: str) -> URIRef:
    return URIRef(base + quote(identifier, safe=""))


def _add(found: Graph, concept: URIRef, entry: Entry) -> None:
    """Add what one language says of a concept."""
    language = language_tag(entry.locale)

    def add(predicate: URIRef, text: str) -> None:
        found.add((concept, predicate, Literal(text, lang=language)))

    for designation in entry.designations:
        add(_LABELS[designation.status], designation.text)
    if entry.definition:
        (inline,) = markdown().parseInline(entry.definition)
        add(SKOS.definition, plain_text(inline))
    if entry.source:
        add(DCTERMS.source, entry.source)
    for keyword in entry.keywords:
        add(DCTERMS.subject, keyword)
    for place in entry.jurisdiction:
        add(DCTERMS.spatial, place)
    if entry.status == "superseded":
        found.add((concept, OWL.deprecated, Literal(lexical_or_value=True)))
