"""How is a project written?  The same in every run, with the same text in each variant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.terms import Term, seeded, sentence, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.variants import Scale, Variant


_PARAGRAPHS = 10
_PARAGRAPHS_IN_SECTION = 3
_PAGES_IN_PART = 25
_TERMS_IN_PART = 50
"""Parts, so that the sidebar of every page does not list all others."""


def page_name(number: int) -> str:
    """Return the document's name of a page."""
    return f"page{number:05d}"


def is_page(html: str) -> bool:
    """Tell whether a file of the output is one of the pages that name terms."""
    return html.startswith("page") and html.removesuffix(".html")[4:].isdigit()


def named_terms(page: int, scale: Scale) -> Sequence[Term]:
    """Return the terms that a page names: half of them from the most popular tenth."""
    all_terms = terms(scale.terms)
    if scale.used:
        first = page * scale.refs
        return [all_terms[i % scale.used] for i in range(first, first + scale.refs)]
    popular, rest = all_terms[: scale.terms // 10], all_terms[scale.terms // 10 :]
    rng, half = seeded("named", page), scale.refs // 2
    found = rng.sample(popular, half) + rng.sample(rest, scale.refs - half)
    rng.shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or, at level 0, a paragraph."""

    level: int
    text: str


def _page(
    number: int, scale: Scale, mention: Callable[[Term], str], locale: str = "en"
) -> list[Block]:
    """Return a page of paragraphs that each name two terms."""
    rng = seeded("page", number)
    named = named_terms(number, scale)
    blocks = [Block(1, f"Page {number} {sentence(rng, locale, 3)[:-1]}")]
    for place in range(_PARAGRAPHS):
        if place % _PARAGRAPHS_IN_SECTION == 0:
            blocks.append(Block(2, sentence(rng, locale, 4)[:-1]))
        first, second, *_ = [*map(mention, named[2 * place : 2 * place + 2]), "", ""]
        sentences = [
            sentence(rng, locale, 20, first),
            sentence(rng, locale, 18),
            sentence(rng, locale, 20, second),
        ]
        blocks.append(Block(0, " ".join(sentences)))
    return blocks


def _rest(blocks: Iterable[Block]) -> str:
    lines = ["", "=", "-"]
    parts = [
        f"{b.text}\n{lines[b.level] * len(b.text)}" if b.level else b.text
        for b in blocks
    ]
    return "\n\n".join(parts) + "\n"


def _markdown(blocks: Iterable[Block]) -> str:
    return "\n\n".join(f"{'#' * b.level} {b.text}".lstrip() for b in blocks) + "\n"


def _catalog(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a gettext catalog; what is written twice is translated once."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    messages = (f'msgid "{a}"\nmsgstr "{b}"\n' for a, b in dict(pairs).items())
    return "\n".join([head, *messages])


def _as_text(term: Term) -> str:
    return term.title()


def _as_role(term: Term) -> str:
    return f":term:`{term.title()}`"


def _as_translated_role(term: Term) -> str:
    # The only form that Sphinx does not call inconsistent.
    return f":term:`{term.title('nb')} <{term.title()}>`"


def _as_link(term: Term) -> str:
    return f"[{term.title()}](/{term.slug}.md)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes the files of one project."""

    folder: Path
    variant: Variant
    scale: Scale

    @property
    def _is_markdown(self) -> bool:
        return self.variant.definitions == "documents"

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    def write_document(self, name: str, blocks: Sequence[Block]) -> None:
        if self._is_markdown:
            self.write(f"{name}.md", _markdown(blocks))
        else:
            self.write(f"{name}.rst", _rest(blocks))

    def write_toctree(self, name: str, title: str, names: Iterable[str]) -> None:
        listed = [":maxdepth: 1", "", *names]
        if self._is_markdown:
            tree = "\n".join(["```{toctree}", *listed, "```"])
        else:
            tree = "\n   ".join([".. toctree::", *listed])
        self.write_document(name, [Block(1, title), Block(0, tree)])

    def write_parts(self, name: str, names: Sequence[str], size: int) -> list[str]:
        """Write a page for every *size* of *names*, and return how these are named."""
        parts = []
        for first in range(0, len(names), size):
            part = f"{name}{first // size:04d}"
            title = f"{name.capitalize()} {first // size}"
            self.write_toctree(part, title, names[first : first + size])
            parts.append(part)
        return parts

    def write_pages(self) -> list[str]:
        mention = {
            "nowhere": _as_text,
            "glossary": _as_role,
            "documents": _as_link,
            "corpus": _as_role,
        }[self.variant.definitions]
        names = []
        for number in range(self.scale.pages):
            names.append(page_name(number))
            self.write_document(names[-1], _page(number, self.scale, mention))
        return self.write_parts("part", names, _PAGES_IN_PART)

    def write_definitions(self) -> list[str]:
        """Write what defines the terms, and return what the first page must list."""
        all_terms = terms(self.scale.terms)
        listed: list[str] = []
        if self.variant.definitions == "documents":
            for term in all_terms:
                self.write(f"{term.slug}.md", term.entry("en", all_terms))
            slugs = [term.slug for term in all_terms]
            listed += self.write_parts("terms", slugs, _TERMS_IN_PART)
        if self.variant.definitions == "corpus":
            for locale in self.variant.locales:
                for term in all_terms:
                    path = f"terms/{locale}/{term.slug}.md"
                    self.write(path, term.entry(locale, all_terms))
        if self.variant.glossary:
            listed.append("glossary")
            self.write_document("glossary", list(self._glossary(all_terms)))
        if self.variant.pages_folder:
            listed.append(f"{self.variant.pages_folder}/index")
        return listed

    def _glossary(self, all_terms: Iterable[Term]) -> Iterator[Block]:
        yield Block(1, "Glossary")
        yield Block(0, f".. {self.variant.glossary}::")
        if self.variant.definitions == "glossary":
            for term in all_terms:
                yield Block(0, f"   {term.title()}\n      {term.definition()}")

    def write_catalogs(self) -> None:
        """Write the translation of the pages, and of a glossary that is one of them."""
        folder = "locale/nb/LC_MESSAGES"
        glossary = [("Glossary", "Ordliste")]
        if self.variant.definitions == "glossary":
            for term in terms(self.scale.terms):
                glossary.append((term.title(), term.title("nb")))
                glossary.append((term.definition(), term.definition("nb")))
        self.write(f"{folder}/glossary.po", _catalog(glossary))
        for number in range(self.scale.pages):
            source = _page(number, self.scale, _as_role)
            target = _page(number, self.scale, _as_translated_role, "nb")
            pairs = [(a.text, b.text) for a, b in zip(source, target, strict=True)]
            self.write(f"{folder}/{page_name(number)}.po", _catalog(pairs))

    def write_terms_catalog(self) -> None:
        """Write the translation of the terms, and of nothing else."""
        found = []
        for term in terms(self.scale.terms):
            found.append((term.title(), term.title("nb")))
            found.append((term.definition(), term.definition("nb")))
        self.write("locale/nb/LC_MESSAGES/insurterms.po", _catalog(found))

    def write_conf(self) -> None:
        values = {
            "project": "benchmark",
            "extensions": list(self.variant.extensions),
            "language": "en",
            **self.variant.settings,
        }
        if self.variant.language != "en":
            values |= {"locale_dirs": ["locale"], "gettext_compact": False}
        self.write("conf.py", "".join(f"{k} = {v!r}\n" for k, v in values.items()))


def write_project(folder: Path, variant: Variant, scale: Scale) -> None:
    """Write a Sphinx project into *folder*, which is not there yet."""
    writer = _Writer(folder=folder, variant=variant, scale=scale)
    writer.write_conf()
    listed = writer.write_definitions()
    writer.write_toctree("index", "Benchmark", [*listed, *writer.write_pages()])
    if variant.catalogs == "pages":
        writer.write_catalogs()
    if variant.catalogs == "terms":
        writer.write_terms_catalog()


def fingerprint(variant: Variant, scale: Scale) -> str:
    """Return what changes when the same project would be written otherwise."""
    here = Path(__file__).parent
    sources = [here / "generate.py", here / "terms.py", here / "vocabulary.toml"]
    written = b"".join(path.read_bytes() for path in sources)
    return hashlib.sha256(written + f"{variant}{scale}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Where the definition of one term stands, and where readers see it."""

    path: str
    """Relative to the source folder."""

    text: str
    html: str
    """Relative to the output folder."""


def first_definition(variant: Variant, scale: Scale) -> Definition:
    """Return the definition of the first term that the first page names."""
    term = named_terms(0, scale)[0]
    path, html = {
        "glossary": ("glossary.rst", "glossary.html"),
        "documents": (f"{term.slug}.md", f"{term.slug}.html"),
        "corpus": (f"terms/{variant.language}/{term.slug}.md", "glossary.html"),
    }[variant.definitions]
    text = term.definition(variant.language)
    if variant.definitions == "documents":  # they show no description
        text, *_ = term.body("en", terms(scale.terms)).splitlines()
    if variant.catalogs == "terms":
        path = f"locale/{variant.language}/LC_MESSAGES/insurterms.po"
    if variant.definitions == "glossary" and variant.language != "en":
        path = f"locale/{variant.language}/LC_MESSAGES/glossary.po"
    if variant.pages_folder:
        # Our ids have hyphens, whatever the file's name has.
        html = f"{variant.pages_folder}/{term.slug.replace('_', '-')}.html"
    return Definition(path=path, text=text, html=html)
