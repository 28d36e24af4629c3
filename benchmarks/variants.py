"""What is built, how large, and in which steps?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGE_CORPUS = 14_338
"""Terms of the largest corpus that we promise to bear."""

TERM_PAGES = "terms-pages"
OURS = "sphinx_insurterms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to write a project; the text of its pages is the same in all."""

    name: str
    definitions: Literal["nowhere", "glossary", "documents", "corpus"]
    """Where they stand: Sphinx's glossary, a document for each, or our corpus."""

    proof: tuple[str, ...] = ()
    """Stands in the HTML of the first page, if the variant did what it is for."""

    extensions: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    glossary: str = ""
    """The directive on the glossary's page; without one there is no such page."""

    locales: tuple[str, ...] = ("en",)
    """Of the corpus."""

    language: Literal["en", "nb"] = "en"
    catalogs: Literal["nothing", "pages", "terms"] = "nothing"
    """What is translated by `.po` files."""

    without: frozenset[str] = frozenset()
    """Steps that are not taken, since they say nothing or last too long."""

    optional: bool = False
    """Whether it is left out where its extension is not installed."""

    slow: bool = False
    """Whether it lasts so long that fewer repetitions must do."""

    @property
    def pages_folder(self) -> str:
        """Where the extension writes documents into the source folder, or nothing."""
        return str(self.settings.get("insurterms_pages", ""))


_CORPUS: Mapping[str, object] = {"insurterms_corpora": ["terms"]}
_LINK = ('href="glossary.html#term-',)
_TOOLTIP = ('class="insurterm-tip',)

VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(
            name="floor",
            definitions="nowhere",
            without=frozenset({"definition", "check"}),
        ),
        Variant(
            name="stock",
            definitions="glossary",
            glossary="glossary",
            proof=_LINK,
        ),
        Variant(
            name="tippy",
            definitions="glossary",
            glossary="glossary",
            extensions=("sphinx_tippy",),
            proof=(*_LINK, 'src="_static/tippy/page00000'),
            optional=True,
        ),
        Variant(
            name="whisper",
            definitions="glossary",
            glossary="glossary",
            extensions=("sphinx_riddle_whisper",),
            proof=(*_LINK, "<template"),
            optional=True,
        ),
        Variant(
            name="stock-nb",
            definitions="glossary",
            glossary="glossary",
            language="nb",
            catalogs="pages",
            proof=_LINK,
        ),
        Variant(
            name="myst",
            definitions="documents",
            extensions=("myst_parser",),
            without=frozenset({"j2"}),
            proof=('<span class="std std-doc">',),
            slow=True,
        ),
        Variant(
            name="ours",
            definitions="corpus",
            extensions=(OURS,),
            settings=_CORPUS,
            glossary="insurterm-glossary",
            proof=(*_LINK, *_TOOLTIP),
        ),
        Variant(
            name="ours-nb",
            definitions="corpus",
            extensions=(OURS,),
            settings=_CORPUS,
            glossary="insurterm-glossary",
            locales=("en", "nb"),
            language="nb",
            catalogs="pages",
            proof=(*_LINK, *_TOOLTIP),
        ),
        Variant(
            name="ours-po",
            definitions="corpus",
            extensions=(OURS,),
            settings=_CORPUS,
            glossary="insurterm-glossary",
            language="nb",
            catalogs="terms",
            proof=(*_LINK, *_TOOLTIP),
        ),
        Variant(
            name="ours-pages",
            definitions="corpus",
            extensions=(OURS,),
            settings={**_CORPUS, "insurterms_pages": TERM_PAGES},
            proof=(f'href="{TERM_PAGES}/', *_TOOLTIP),
        ),
        Variant(
            name="ours-unused",
            definitions="corpus",
            extensions=(OURS,),
            settings=_CORPUS,
            locales=("en", "nb", "ar"),
            proof=_TOOLTIP,
        ),
    )
}
"""Every way to write a project. Adding one is adding a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much a project has of everything."""

    name: str
    terms: int
    pages: int
    refs: int = 20
    """Mentions of terms on a page."""

    used: int = 0
    """How many terms pages name; 0 for no such limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One build of a project, or check of its corpus, and what happens before it."""

    name: str
    fresh: bool = False
    """Whether all that earlier builds left is removed first."""

    keeps_index: bool = False
    """Whether the index of the corpus is not."""

    edits: bool = False
    """Whether one definition is changed first, and restored afterwards."""

    checks: bool = False
    """Whether `insurterms check` is run, and nothing is built."""

    jobs: int = 1


STEPS = {
    step.name: step
    for step in (
        Step(name="cold", fresh=True),
        # Before anything else is built on the cold output, since they are compared.
        Step(name="j2", fresh=True, jobs=2),
        Step(name="indexed", fresh=True, keeps_index=True),
        Step(name="noop"),
        Step(name="definition", edits=True),
        Step(name="check", fresh=True, checks=True),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What is built side by side: every scale in every variant, step by step."""

    name: str
    scales: tuple[Scale, ...]
    variants: tuple[str, ...]
    steps: tuple[str, ...]
    slow: bool = False
    """Whether slow variants are slow here."""


_ALL_WAYS = tuple(name for name in VARIANTS if name != "ours-unused")
_ALL_STEPS = ("cold", "j2", "noop", "definition")

SIZES = {
    size.name: size
    for size in (
        Size(
            name="small",
            scales=(Scale(name="small", terms=200, pages=50),),
            variants=_ALL_WAYS,
            steps=_ALL_STEPS,
        ),
        Size(
            name="medium",
            scales=(Scale(name="medium", terms=1000, pages=200),),
            variants=_ALL_WAYS,
            steps=_ALL_STEPS,
        ),
        Size(
            name="large",
            scales=(Scale(name="large", terms=5000, pages=500),),
            variants=_ALL_WAYS,
            steps=_ALL_STEPS,
            slow=True,
        ),
        Size(
            name="corpus",
            scales=(Scale(name="corpus", terms=LARGE_CORPUS, pages=50, used=200),),
            variants=("floor", "ours-unused"),
            steps=("cold", "indexed", "check"),
        ),
        Size(
            name="pages",
            scales=tuple(
                Scale(name=f"pages-{terms}", terms=terms, pages=10, refs=0)
                for terms in (1000, LARGE_CORPUS)
            ),
            variants=("floor", "ours-pages"),
            steps=("cold",),
        ),
    )
}

WARM_UP = Scale(name="warm-up", terms=200, pages=2)
"""Built once by each variant and not recorded, so that no row pays for byte code."""
