"""How does a writer put entries on a page?"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from sphinx_insurterms import domain
from sphinx_insurterms.answers import remarks
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.locales import parse_locale
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.entries import Renderer
from sphinx_insurterms.messages import _
from sphinx_insurterms.nodes import OWN_TOCTREE, used_list
from sphinx_insurterms.notes import Place, Request
from sphinx_insurterms.shown import digest, digest_of_list, requested

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar

    from docutils.nodes import Node

    from sphinx_insurterms.corpus.model import Term
    from sphinx_insurterms.corpus.problems import WarningName


@dataclass(frozen=True, slots=True)
class DirectiveOption:
    """One option of a directive, declared once: docutils and the docs have it of here."""

    name: str
    convert: Callable[[str], Any]
    help: str


ENTRY_OPTIONS = (
    DirectiveOption("body", directives.flag, "Shows the body too."),
    DirectiveOption(
        "locale",
        directives.unchanged_required,
        "Shows the entry in this language instead of the build's, as in `:locale: ar`.",
    ),
    DirectiveOption(
        "class", directives.class_option, "CSS classes, with spaces between."
    ),
    DirectiveOption(
        "no-index",
        directives.flag,
        "Lets no link lead here: for the second place that shows a term.",
    ),
)
"""The options of ``insurterm``."""

GLOSSARY_OPTIONS = (
    DirectiveOption("used", directives.flag, "Only terms that the project names."),
    DirectiveOption(
        "keywords",
        directives.unchanged,
        "Only terms with one of these categories, with commas between.",
    ),
    DirectiveOption("body", directives.flag, "Shows the bodies too."),
    DirectiveOption(
        "class", directives.class_option, "CSS classes, with spaces between."
    ),
)
"""The options of ``insurterm-glossary``."""


def _spec(options: tuple[DirectiveOption, ...]) -> dict[str, Callable[[str], Any]]:
    return {option.name: option.convert for option in options}


class _EntryDirective(SphinxDirective):
    """What all directives share: asking the corpus, and noting what they asked."""

    has_content = False
    final_argument_whitespace = True

    @property
    def _domain(self) -> domain.InsurtermDomain:
        return domain.get(self.env)

    def _renderer(self) -> Renderer:
        return Renderer(corpus=self._domain.corpus, settings=self._domain.settings)

    def _note(
        self, request: Request, renderer: Renderer | None = None, shown: str = ""
    ) -> None:
        """Note what this page shows, and so depends on.

        :param shown: the digest of that, if it is known.
        """
        noted = self._domain.notes(self.env.docname)
        noted.shown[request] = shown or digest(self._domain.answers, request)
        if renderer is not None:
            noted.links += tuple(dict.fromkeys(renderer.links))
            noted.relies_on.targets |= renderer.relies_on.targets
            noted.relies_on.labels |= renderer.relies_on.labels
            noted.problems += tuple(renderer.problems)

    def _complain(self, name: WarningName, message: str) -> None:
        """Note a complaint about the directive itself; all are told in one order."""
        source, line = self.get_source_info()
        origin = Origin(path=Path(source), line=line)
        problem = Problem(name=name, message=message, origin=origin)
        self._domain.notes(self.env.docname).problems += (problem,)

    def _term(self, written: str) -> Term | None:
        """Return the term that *written* names, and complain of what is unclear."""
        ours = self._domain
        answer = ours.answers.any(written)
        if answer is None:
            nearest = ours.corpus.nearest(written, ours.settings.locale)
            hint = (
                f"did you mean {', '.join(nearest)}?" if nearest else "write its entry"
            )
            self._complain("unknown", f"no term is called '{written}'; {hint}")
            return None
        for name, message in remarks(written, answer):
            self._complain(name, message)
        return ours.corpus.terms[answer.term_id]

    def _categories(self) -> tuple[str, ...]:
        words = self.options.get("keywords", "").split(",")
        wanted = tuple(word.strip() for word in words if word.strip())
        known = self._domain.corpus.categories
        for word in wanted:
            if fold(word) not in known:
                near = difflib.get_close_matches(fold(word), known, n=1)
                hint = (
                    f"did you mean '{known[near[0]]}'?"
                    if near
                    else "write one that stands under `keywords` of an entry"
                )
                self._complain("unknown", f"no term has the category '{word}'; {hint}")
        return wanted


class InsurtermDirective(_EntryDirective):
    """One entry: definition, see also, source, jurisdiction; the body if asked."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = _spec(ENTRY_OPTIONS)

    def run(self) -> list[Node]:
        """Return the entry; a name that nobody has stays as text."""
        written = self.arguments[0]
        body = "body" in self.options
        request = Request(name=written, body=body, locale=self._locale())
        term = self._term(written)
        if term is None:
            self._note(request)
            return [nodes.paragraph(written, written, translatable=False)]
        renderer = self._renderer()
        place = None if "no-index" in self.options else Place.ENTRY
        shown = renderer.single(term, place, body=body, locale=request.locale)
        shown["classes"] += self.options.get("class", [])
        self._note(request, renderer)
        entries = self._domain.notes(self.env.docname).entries
        entries[term.id] = entries.get(term.id, 0) + 1
        return [shown]

    def _locale(self) -> str:
        wanted = self.options.get("locale", "")
        locale = parse_locale(wanted) if wanted else ""
        if locale is None:
            fact = f"'{wanted}' is no locale; write a language tag, such as nb"
            self._complain("locale", fact)
        return locale or ""


class InsurtermGlossaryDirective(_EntryDirective):
    """The alphabetical list of the corpus, with letter headings."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = _spec(GLOSSARY_OPTIONS)

    def run(self) -> list[Node]:
        """Return the list, or what stands for it until all pages are read."""
        request = Request(keywords=self._categories(), body="body" in self.options)
        classes = self.options.get("class", [])
        if "used" in self.options:
            noted = self._domain.notes(self.env.docname)
            noted.used_lists += (request,)
            number = len(noted.used_lists) - 1
            return [
                used_list(request=number, docname=self.env.docname, classes=classes)
            ]
        renderer = self._renderer()
        terms = requested(self._domain.answers, request)
        glossary = renderer.glossary(
            terms,
            Place.GLOSSARY,
            body=request.body,
            link=bool(self._domain.settings.pages),
        )
        glossary["classes"] += classes
        self._note(
            request, renderer, digest_of_list(self._domain.answers, request, terms)
        )
        return [glossary]


class _PageDirective(_EntryDirective):
    """What the directives of generated pages share: knowing when not to be there."""

    def _need_no_toctree(self) -> None:
        """Do as ``:orphan:`` would, which takes longer to read than all the rest."""
        self.env.metadata[self.env.docname]["orphan"] = True

    def _is_left_over(self, docname: str) -> bool:
        """Tell whether this page is not *docname*, which this build made, and say so.

        An environment knows which pages it made, and takes away those; another's stay.
        """
        left_over = self.env.docname != docname
        if left_over:
            fact = "this page is left over from other settings or terms; delete it"
            self._complain("pages", fact)
        return left_over


class TermPageDirective(_PageDirective):
    """A generated page of one term, as a section; writers use ``insurterm``."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return the term's section."""
        self._need_no_toctree()
        ours = self._domain
        term = ours.corpus.terms.get(self.arguments[0])
        if self._is_left_over(ours.settings.page(term.id) if term else "") or not term:
            return []
        renderer = self._renderer()
        section = renderer.section(term)
        self._note(Request(term_id=term.id, body=True), renderer)
        return [section]


class IndexPageDirective(_PageDirective):
    """The generated glossary: the list of all terms, and their pages below it."""

    def run(self) -> list[Node]:
        """Return the section, with a toctree that no reader sees."""
        self._need_no_toctree()
        ours = self._domain
        if self._is_left_over(ours.settings.index_page):
            return []
        renderer = self._renderer()
        terms = renderer.in_order(requested(ours.answers, Request()))
        words = _("Glossary")
        title = nodes.title(words, words, translatable=False)
        section = nodes.section("", title, ids=["glossary"])
        section += renderer.glossary(terms, Place.GLOSSARY, body=False, link=True)
        section += self._toctree([ours.settings.page(term.term_id) for term in terms])
        self._note(Request(), renderer)
        return [section]

    def _toctree(self, docnames: list[str]) -> nodes.compound:
        """Give each page its parent, neighbours and place in LaTeX and EPUB."""
        toctree = addnodes.toctree(
            parent=self.env.docname,
            entries=[(None, docname) for docname in docnames],
            includefiles=docnames,
            maxdepth=-1,
            caption=None,
            glob=False,
            hidden=True,
            includehidden=False,
            numbered=0,
            titlesonly=False,
        )
        toctree[OWN_TOCTREE] = True
        return nodes.compound("", toctree, classes=["toctree-wrapper"])
