"""The examples that newcomers copy are whole, and show what they say."""

from __future__ import annotations

import os
import posixpath
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

import sphinx_insurterms
from tests.docs.snippets.pages import snippets_in

EXAMPLES = Path(__file__).parents[2] / "examples"
STARTS = Path(__file__).parent / "snippets/starts/how-to"
PACKAGE = Path(sphinx_insurterms.__file__).parents[1]
LANGUAGES = ("en", "nb", "ar")


@dataclass(frozen=True)
class Site:
    """What a build of an example left behind."""

    out: Path

    def page(self, docname: str) -> BeautifulSoup:
        """Return a page of HTML."""
        content = (self.out / f"{docname}.html").read_bytes()
        return BeautifulSoup(content, "html.parser")

    def link(self, text: str) -> Tag:
        """Return the link on the first page that readers see as *text*."""
        [link] = [a for a in self.page("index").select("a") if a.text == text]
        return link

    def definition(self, text: str) -> str:
        """Return what the tooltip of a link on the first page says."""
        name = str(self.link(text)["aria-describedby"])
        [tip] = self.page("index").select(f'[role=tooltip][id="{name}"]')
        assert "lang" not in tip.attrs, "this is in another language than the page"
        _title, definition = tip.select("p")
        return definition.text

    def words(self) -> str:
        """Return the words of the first page, the spaces between them made one."""
        [main] = self.page("index").select("[role=main]")
        return " ".join(main.get_text().split())


def run(*command: str, folder: Path, path: tuple[Path, ...] = ()) -> None:
    """Run Python in *folder*, and show what it said if that failed.

    :param path: where Python finds more than is installed.
    """
    env = {name: value for name, value in os.environ.items() if name[:3] != "COV"}
    env["PYTHONPATH"] = os.pathsep.join(map(str, (PACKAGE, *path)))
    env["XDG_CACHE_HOME"] = str(folder.parents[1] / "cache")
    subprocess.run([sys.executable, *command], cwd=folder, env=env, check=True)  # noqa: S603


def follow(folder: Path, *, path: tuple[Path, ...] = (), only: str = "") -> None:
    """Run what the README of an example says; a warning is an error.

    What it installs is there, or in *path*.

    :param only: what a line must have in it, where the others are run at another time.
    """
    programs = {
        "sphinx-build": ("-m", "sphinx", "-q", "-n", "-W", "--keep-going"),
        "insurterms": ("-c", "from sphinx_insurterms.cli import main; main()"),
    }
    readme = snippets_in(EXAMPLES / folder.name / "README.md", folder.name)
    typed = "".join(snippet.text for snippet in readme if snippet.language == "sh")
    for line in typed.splitlines():
        name, *words = shlex.split(line)
        if only in line and not line.startswith("python -m pip install "):
            run(*programs[name], *words, folder=folder, path=path)


def copied(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of an example, without what somebody built in it."""
    folder = tmp_path_factory.mktemp(name) / name
    made = shutil.ignore_patterns("out", "glossary", "*.mo", "__pycache__")
    shutil.copytree(EXAMPLES / name, folder, ignore=made)
    return folder


# minimal


def test_one_line_explains_the_terms_of_a_page(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = copied("minimal", tmp_path_factory)
    follow(folder)
    site = Site(folder / "out/en")
    assert site.definition("deductible").startswith("The agreed part of a covered loss")
    assert len(site.page("index").select("a.insurterm")) == 4


# own-corpus


@pytest.fixture(scope="module")
def own_corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Return the sites of all languages."""
    folder = copied("own-corpus", tmp_path_factory)
    follow(folder)
    return {language: Site(folder / "out" / language) for language in LANGUAGES}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Follow the safety regulations. Before the house stands empty in"),
        ("nb", "Følg sikkerhetsforskriftene. Steng vannet før huset blir stående"),
        ("ar", "التزم بـاشتراطات السلامة. وأغلق محبس المياه قبل ترك المنزل"),
    ],
)
def test_the_page_is_in_the_language_of_the_reader(
    own_corpus: dict[str, Site], language: str, sentence: str
) -> None:
    site = own_corpus[language]
    assert sentence in site.words()
    english = language == "en"
    assert ("Before the house stands empty" in site.words()) is english


@pytest.mark.parametrize(
    ("language", "name", "definition"),
    [
        ("en", "safety regulations", "A requirement in the policy that is meant to"),
        ("nb", "sikkerhetsforskriftene", "Krav i forsikringsavtalen som skal"),
        ("ar", "اشتراطات السلامة", "متطلبات تنص عليها الوثيقة للوقاية من الخسائر"),
        # Of the two languages that have no entry, a catalog has the text.
        ("en", "outbuilding", "A building on the same plot that nobody lives in"),
        ("nb", "uthus", "En bygning på samme tomt som ingen bor i"),
        ("ar", "مبنى ملحق", "مبنى مقام على قطعة الأرض نفسها"),
        # The starter corpus has this term, too, and answers for one that is not ours.
        ("en", "deductible", "The part of each loss that you pay yourself."),
        ("nb", "Egenandelen", "Den delen av hver skade som du betaler selv."),
        ("ar", "مبلغ التحمل", "الجزء الذي تدفعه أنت من كل خسارة"),
        ("nb", "Forsikringsavtalen", "Kontrakten mellom forsikringsselskapet og"),
    ],
)
def test_definitions_are_in_the_language_of_the_reader(
    own_corpus: dict[str, Site], language: str, name: str, definition: str
) -> None:
    assert own_corpus[language].definition(name).startswith(definition)


def test_a_term_has_the_same_address_in_each_language(
    own_corpus: dict[str, Site],
) -> None:
    names = {"en": "franchise", "nb": "fransjise", "ar": "حد السماح"}
    for language, name in names.items():
        site = own_corpus[language]
        assert site.link(name)["href"] == "glossary/franchise.html#term-franchise"
        [page] = site.page("glossary/franchise").select("[role=main]")
        [target] = page.select("#term-franchise")
        assert name in target.text
        assert site.definition(name) in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_arabic_site_is_laid_out_from_right_to_left(
    own_corpus: dict[str, Site], language: str
) -> None:
    page = own_corpus[language].page("index")
    assert page.select("html")[0]["lang"] == language
    sheets = [sheet for sheet in page.select("link") if "-rtl.css" in str(sheet)]
    assert len(sheets) == (1 if language == "ar" else 0)
    for sheet in sheets:
        path = own_corpus[language].out / str(sheet["href"]).partition("?")[0]
        assert "direction: rtl" in path.read_text("utf-8")


# shared-terms


@pytest.fixture(scope="module")
def shared_terms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """Return the sites of the handbook and the portal, which has its package."""
    folder = copied("shared-terms", tmp_path_factory)
    follow(folder, only=" handbook/docs ")
    shutil.rmtree(folder / "handbook")  # whoever builds the portal has it not
    wheel = ("-m", "flit_core.wheel", "--outdir", str(folder), "handbook-terms")
    run(*wheel, folder=folder)
    [package] = folder.glob("*.whl")
    shutil.rmtree(folder / "handbook-terms")
    installed = folder / "installed"
    shutil.unpack_archive(package, installed, "zip")
    follow(folder, only=" portal/docs ", path=(installed,))
    return Site(folder / "out/handbook/en"), Site(folder / "out/portal/en")


def test_a_definition_of_an_installed_package_is_shown(
    shared_terms: tuple[Site, Site],
) -> None:
    handbook, portal = shared_terms
    shown = portal.definition("claims history")
    assert shown.startswith("A record of the losses that a customer has reported")
    assert handbook.definition("claims history") == shown


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("premium", "premium"), ("claims handler", "claims-handler")],
)
def test_a_link_leads_to_the_page_of_the_other_project(
    shared_terms: tuple[Site, Site], name: str, identifier: str
) -> None:
    handbook, portal = shared_terms
    address, _, anchor = str(portal.link(name)["href"]).partition("#")
    path = Path(posixpath.normpath(portal.out / address))
    assert path == handbook.out / f"glossary/{identifier}.html"
    page = handbook.page(f"glossary/{identifier}")
    assert len(page.select(f'[id="{anchor}"]')) == 1


def test_the_page_about_sharing_begins_with_files_of_the_example() -> None:
    start = STARTS / "share"
    begun = [path for path in start.rglob("*") if path.is_file()]
    assert begun
    for path in begun:
        example = EXAMPLES / "shared-terms" / path.relative_to(start)
        assert path.read_text("utf-8") == example.read_text("utf-8")
