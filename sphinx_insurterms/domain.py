"""What does one build know?  The corpus, what each page noted, and who answers."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain, ObjType

from sphinx_insurterms.answers import Answer, Answers
from sphinx_insurterms.corpus.digests import digest_of
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.names import Status
from sphinx_insurterms.log import warn
from sphinx_insurterms.messages import _
from sphinx_insurterms.nodes import anchor_of
from sphinx_insurterms.notes import (
    PageNotes,
    Place,
    collect_glossary,
    collect_names,
    collect_places,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_insurterms.config import Settings
    from sphinx_insurterms.corpus.model import Summary, Term
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.nodes import tooltip
    from sphinx_insurterms.notes import Record, Request

NAME = "insurterms"

_ALL_TERMS = {"*", "std:*", "std:term"}
"""Each of these, among what intersphinx must not answer, stops it from ``:term:``."""


class InsurtermDomain(Domain):
    """Keeps what pages noted, and answers for the corpus of this build.

    The corpus itself is not kept with the environment: it is on disk already.
    """

    name = NAME
    label = "Insurance terms"
    # Not "term": of an anchor `term-…` of an object `term` the search keeps "-" only,
    # and makes the rest of the label (8.2, 9.0).
    object_types: ClassVar = {"entry": ObjType(_("Glossary"))}
    initial_data: ClassVar = {
        "pages": {},
        "folder": "",
        # What the corpora held when the pages were read.
        "content": "",
        "addresses": "",
        # Another one whenever a page was read; empty until all are.
        "revision": "",
    }
    data_version = 4

    corpus: Corpus = Corpus()
    answers: Answers
    settings: Settings
    """Set, as the corpus and the answers are, by :meth:`setup_build`."""

    def setup_build(self, chosen: Settings, corpus: Corpus, builder: Builder) -> None:
        """Begin a build; what an earlier one in this process found is forgotten."""
        self.settings = chosen
        self.corpus = corpus
        self.builder = builder
        # For `singlehtml` Sphinx lists `#document-page#anchor`, which leads nowhere
        # (8.2, 9.0); without an anchor it is the place where the document begins.
        self.has_anchors = builder.name != "singlehtml"
        self.answers = Answers(corpus=corpus, locale=chosen.locale)
        self.has_changed = False
        """Whether the corpora say something else than when pages were read."""

        self.read_now: list[str] = []
        self.last_read = ""
        self.written_now: set[str] = set()
        self.written_before: Record | None = None
        self.answered_by_bundled: set[str] = set()
        self.explained: dict[str, str] = {}
        """Id → locale of the entry, of the terms that written pages lead to."""

        self.pages_of_others: set[str] = set()
        """Documents that stand where a term's page would be made."""

        self.own_tips: dict[str, tooltip] = {}
        self._told: set[tuple[str, str]] = set()
        self._others: set[str] | None = None
        self._deduce_anew()

    def see_through(self, corpus: Corpus) -> None:
        """Go on with *corpus*, the same as before but for what catalogs add to it."""
        self.corpus = corpus
        self.answers = Answers(corpus=corpus, locale=self.settings.locale)
        self._deduce_anew()

    def _forget(self) -> None:
        """Forget what follows from the notes, which are about to change."""
        self.data["revision"] = ""
        self._deduce_anew()

    def _deduce_anew(self) -> None:
        self._targets: dict[str, tuple[str, str]] | None = None
        self._used: set[str] | None = None
        self._has_lists: bool | None = None
        self.states: Mapping[str, str] | None = None
        """What stands for all that each page takes from elsewhere, when it is known."""

        self._shown: list[tuple[Summary, str, str]] | None = None

    @property
    def pages(self) -> dict[str, PageNotes]:
        """Document → what it noted; only documents that noted something."""
        return cast("dict[str, PageNotes]", self.data["pages"])

    def notes(self, docname: str) -> PageNotes:
        """Return the notes of a page, to be written to."""
        self._forget()
        return self.pages.setdefault(docname, PageNotes())

    def shows_entries(self, docname: str) -> bool:
        """Tell whether entries stand on a page, in its text or in a list."""
        noted = self.pages.get(docname)
        return noted is not None and bool(noted.places or noted.used_lists)

    def clear_doc(self, docname: str) -> None:
        """Forget what a page noted."""
        self._forget()
        self.pages.pop(docname, None)

    def merge_domaindata(
        self, docnames: AbstractSet[str], otherdata: dict[str, Any]
    ) -> None:
        """Take over what another process noted of *docnames*."""
        self._forget()
        for docname, noted in otherdata["pages"].items():
            if docname in docnames:
                self.pages[docname] = noted

    def process_doc(
        self, env: BuildEnvironment, docname: str, document: nodes.document
    ) -> None:
        """Note what a page that was just read names and shows."""
        names, any_names, glossaries = collect_names(document)
        # A directive has noted what it shows.
        places = collect_places(document) if docname in self.pages else {}
        glossary = collect_glossary(glossaries)
        if names or any_names or places or glossary:
            noted = self.notes(docname)
            noted.names = dict(sorted(names.items()))
            noted.any_names = tuple(sorted(any_names))
            noted.places, noted.glossary = places, glossary
        if docname in self.pages and self.pages[docname].used_lists:
            self.pages[docname].anchors = frozenset(document.ids)

    # where does a link lead?

    def target(self, term_id: str) -> tuple[str, str] | None:
        """Return document and anchor of the place that shows the term, if one does."""
        return self._all_targets().get(term_id)

    def _all_targets(self) -> dict[str, tuple[str, str]]:
        if self._targets is None:
            claims: dict[str, tuple[int, str, str]] = {}
            for term_id, claim in self._claims():
                claims[term_id] = min(claim, claims.get(term_id, claim))
            self._targets = {key: claim[1:] for key, claim in claims.items()}
        return self._targets

    def _claims(self) -> Iterator[tuple[str, tuple[int, str, str]]]:
        """Yield each place that shows a term: id, and rank, document and anchor."""
        for docname, noted in self.pages.items():
            for term_id, (place, anchor) in noted.places.items():
                yield term_id, (place, docname, anchor)
            for request in noted.used_lists:
                for term in self.in_use(request):
                    anchor = anchor_of(term.id)
                    if anchor not in noted.anchors:
                        yield term.id, (Place.GLOSSARY, docname, anchor)

    def named(self) -> set[str]:
        """Return the ids of the terms that the pages name."""
        if self._used is None:
            names = {name for noted in self.pages.values() for name in noted.names}
            answers = map(self.meant, names)
            self._used = {answer.term_id for answer in answers if answer}
        return self._used

    def outdated(self) -> list[str]:
        """Return the ids of the terms shown or named whose translations are old ones."""
        seen = self._all_targets().keys() | self.named()
        return sorted(seen & self.corpus.outdated(self.settings.locale))

    def in_use(self, request: Request) -> list[Term]:
        """Return the terms of a list that the pages name, by their ids."""
        used = self.named()
        if request.keywords:
            used = used & self.corpus.in_categories(request.keywords)
        return [self.corpus.terms[term_id] for term_id in sorted(used)]

    def has_used_lists(self) -> bool:
        """Tell whether some page lists the terms in use."""
        if self._has_lists is None:
            self._has_lists = any(noted.used_lists for noted in self.pages.values())
        return self._has_lists

    def meant(self, written: str) -> Answer | None:
        """Return what ``:term:`` with this name leads to, where the answer is ours."""
        if self.own_glossary(written):
            return None
        answer = self.answers.own(written)
        if answer is None and not self._is_known_to_others(written):
            answer = self.bundled_answer(written)
        return answer

    def bundled_answer(self, written: str) -> Answer | None:
        """Return what the bundled corpora say, where the project is silent on the term.

        A reader must not find two definitions of one word.
        """
        answer = self.answers.bundled(written)
        if answer is None:
            return None
        term = self.corpus.terms[answer.term_id]
        if any(map(self.own_glossary, self.answers.names(term))):
            return None
        return answer

    def _is_known_to_others(self, written: str) -> bool:
        """Tell whether intersphinx answers, which comes before the bundled corpora."""
        return written.lower() in self._known_to_others()

    def _known_to_others(self) -> set[str]:
        if self._others is None:
            inventory = getattr(self.env, "intersphinx_inventory", {})
            disabled = getattr(self.env.config, "intersphinx_disabled_reftypes", ())
            names = () if _ALL_TERMS & {*disabled} else inventory.get("std:term", ())
            self._others = {name.lower() for name in names}
        return self._others

    def own_glossary(self, written: str) -> tuple[str, str] | None:
        """Return where the project's ``.. glossary::`` has a name, found as Sphinx does."""
        std = self.env.get_domain("std").data
        exact: tuple[str, str] | None = std["objects"].get(("term", written))
        return exact or std.get("terms", {}).get(written.lower())

    def own_definition(self, place: tuple[str, str]) -> list[Element]:
        """Return what the project's glossary says there, as :class:`PageNotes` has it."""
        docname, anchor = place
        noted = self.pages.get(docname)
        return noted.glossary.get(anchor, []) if noted else []

    def answered_from(self) -> tuple[str, list[str], list[str]]:
        """Return what :meth:`meant` looks at: our corpora, and the names of others."""
        std = self.env.get_domain("std").data
        own = {name for kind, name in std["objects"] if kind == "term"}
        own.update(std.get("terms", ()))
        return self.corpus.content, sorted(own), sorted(self._known_to_others())

    def seal(self) -> str:
        """Return what stands for all that pages take from elsewhere, and themselves.

        To be asked when all pages are read. While it stays the same, every page that
        was as it should be still is.
        """
        self.data["revision"] = self.data["revision"] or token_hex()
        others = "\n".join(sorted(self._known_to_others()))
        parts = (self.data["revision"], self.corpus.content, others)
        return digest_of("\0".join(parts).encode())

    # what is told?

    def tell(self, problems: Iterable[Problem]) -> None:
        """Tell each problem once in a build, however many pages show the entry."""
        new = [p for p in problems if (str(p.origin), p.message) not in self._told]
        self._told.update((str(p.origin), p.message) for p in new)
        warn(new)

    # what Sphinx asks

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[Any]:
        """Leave ``:any:`` to those who answer it today; we come after intersphinx."""
        return []

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002
        """Return what the search says that a term is, in the reader's language."""
        return str(_("Glossary"))

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield each shown term by its id, with its label as the name."""
        for term, docname, anchor in self._addresses():
            yield term.term_id, term.title, "entry", docname, anchor, 1

    def designations(self) -> Iterator[tuple[str, str, str]]:
        """Yield each name of a shown term, the build's locale first: name and place."""
        shown = {found[0].term_id: found for found in self._addresses()}
        others = []
        for term_id, locale, status, name in self.corpus.designations(list(shown)):
            if term_id in shown and status != Status.FORM:
                term, docname, anchor = shown[term_id]
                if locale == term.locale:
                    yield name, docname, anchor
                else:
                    others.append((name, docname, anchor))
        yield from others

    def _addresses(self) -> list[tuple[Summary, str, str]]:
        """Return each shown term, with the document and anchor for outsiders."""
        if self._shown is None:
            places = self._all_targets()
            self._shown = [
                (
                    term,
                    places[term.term_id][0],
                    places[term.term_id][1] if self.has_anchors else "",
                )
                for term in sorted(
                    self.corpus.summaries(self.settings.locale, sorted(places))
                )
            ]
        return self._shown


def get(env: BuildEnvironment) -> InsurtermDomain:
    """Return our domain."""
    return cast("InsurtermDomain", env.get_domain(NAME))
