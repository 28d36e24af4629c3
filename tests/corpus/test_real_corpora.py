from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinx_insurterms.corpus
from sphinx_insurterms.corpus.broken_links import broken_links
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.loading import CorpusFolder, load

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.problems import Problem
    from tests.corpus.conftest import Shelf

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = SHARED / "seeds"
SEEDLIKE = Path(__file__).parent / "data" / "seedlike"
HEALTHCARE = SHARED / "corpora" / "healthcare_gov"
STARTER = Path(*sphinx_insurterms.corpus.__path__).parent / "starter"

ID = "allied-healthcare-professional-liability-insurance"


def read(root: Path, **how: dict[str, object]) -> tuple[Layer, list[Problem]]:
    if not root.is_dir():
        pytest.skip(f"{root} is not here")
    return load(CorpusFolder(path=root, **how))  # type: ignore[arg-type]


# the user's own files, and ours that are like them


@pytest.fixture(params=[SEEDS, SEEDLIKE], ids=["seeds", "seedlike"])
def layer(request: pytest.FixtureRequest) -> Layer:
    layer, problems = read(request.param)
    assert problems == []
    return layer


def test_each_file_is_an_entry_of_one_term(layer: Layer) -> None:
    (term,) = layer.terms.values()
    assert term.id == ID
    assert sorted(term.entries) == ["ar", "en", "nb"]
    assert len({entry.title for entry in term.entries.values()}) == 3
    assert all(len(entry.keywords) == 3 for entry in term.entries.values())


def test_the_title_is_not_repeated_and_the_rest_lines_up(layer: Layer) -> None:
    shapes = set()
    for entry in layer.terms[ID].entries.values():
        assert entry.title in entry.body
        assert entry.title not in [block.text for block in entry.blocks]
        assert 40 < len(entry.definition) < 300
        shapes.add(tuple((block.kind, block.level) for block in entry.blocks))
    (shape,) = shapes
    assert [part[0] for part in shape[:2]] == ["heading", "paragraph"]


def test_the_link_with_spaces_is_told_with_what_the_others_link_to(
    layer: Layer,
) -> None:
    corpus = Corpus([layer, read(STARTER)[0]])
    term = corpus.terms[ID]
    told = {
        locale: list(broken_links(corpus, entry, body=True))
        for locale, entry in term.entries.items()
    }
    assert told["ar"] == told["nb"] == []
    (problem,) = told["en"]
    assert "'/far reaching insurance' leads to no term" in problem.message
    assert "ar and nb link to '/comprehensive-insurance' here" in problem.message
    line = problem.origin.path.read_text("utf-8").splitlines()[
        (problem.origin.line or 0) - 1
    ]
    assert "](/far reaching insurance)" in line


def test_alone_every_link_leads_nowhere_and_none_is_markup(layer: Layer) -> None:
    corpus = Corpus([layer])
    for entry in corpus.terms[ID].entries.values():
        assert len(list(broken_links(corpus, entry, body=True))) == 3
        assert len([link for block in entry.blocks for link in block.links]) == 3


def test_sums_of_money_are_text(layer: Layer) -> None:
    (text,) = (b.text for b in layer.terms[ID].source.blocks if "$" in b.text)
    assert "between $1 million and $3 million" in text


# a published corpus, in two languages


@pytest.fixture(scope="module")
def healthcare() -> tuple[Layer, list[Problem]]:
    values: dict[str, object] = {
        "fields": {"keywords": "tags"},
        "link_prefixes": ["/glossary/"],
    }
    return read(HEALTHCARE, values=values)


def test_other_peoples_files_are_all_read(
    healthcare: tuple[Layer, list[Problem]],
) -> None:
    layer, problems = healthcare
    files = {
        path for locale in ("en", "es") for path in (HEALTHCARE / locale).iterdir()
    }
    drafts = {path for path in files if "published: false\n" in path.read_text("utf-8")}
    entries = [
        entry for term in layer.terms.values() for entry in term.entries.values()
    ]
    assert {entry.origin.path for entry in entries} & files == files - drafts
    assert not {p.name for p in problems} & {"id", "locale", "corpus", "manifest"}
    in_folders = [entry for entry in entries if entry.origin.path in files]
    assert all("glossary" in entry.keywords for entry in in_folders)
    locales = [entry.locale for entry in in_folders]
    assert (locales.count("en"), locales.count("es")) == (224, 213)


RUBBISH = re.compile(
    r"^\W*$|undefined|&\w+;|&#|^---|\]\(|^#|[\u200b-\u200f\ufeff\n\t]|\{[{%]"
)


def test_no_rubbish_reaches_a_title_or_a_definition(
    healthcare: tuple[Layer, list[Problem]],
) -> None:
    layer, _ = healthcare
    for term in layer.terms.values():
        for entry in term.entries.values():
            assert not RUBBISH.search(entry.title), entry.origin
            assert entry.title == entry.title.strip()
            shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", entry.definition)
            assert not shown or not RUBBISH.search(shown), entry.origin


def test_every_complaint_of_another_peoples_corpus_has_a_place_and_a_way_out(
    healthcare: tuple[Layer, list[Problem]],
) -> None:
    layer, problems = healthcare
    corpus = Corpus([layer])
    links = [
        problem
        for term in corpus
        for entry in term.entries.values()
        for problem in broken_links(corpus, entry, body=True)
    ]
    for problem in (*problems, *links):
        assert problem.origin.path.is_relative_to(HEALTHCARE)
        assert problem.origin.line
        assert "; " in problem.message


def test_names_of_a_published_corpus_are_found(
    healthcare: tuple[Layer, list[Problem]],
) -> None:
    corpus = Corpus([healthcare[0]])
    for name, identifier in {
        "HMO": "health-maintenance-organization-hmo",
        "premiums": "premium",
        "Deductible": "deductible",
        "/es/glossary/premium": "premium",
        "/glossary/premium/": "premium",
    }.items():
        found = corpus.find(name, "es")
        assert found is not None, name
        assert found.term_id == identifier


# the corpus that comes with the package


def test_the_starter_corpus_is_sound() -> None:
    layer, problems = read(STARTER)
    assert problems == []
    corpus = Corpus([layer])
    for term in corpus:
        assert sorted(term.entries) == sorted(layer.manifest.locales)
        for entry in term.entries.values():
            assert list(broken_links(corpus, entry, body=True)) == []
            assert set(entry.keywords) <= set(layer.manifest.categories)


def test_a_copy_of_a_corpus_is_read_the_same_wherever_it_lies(shelf: Shelf) -> None:
    shutil.copytree(SEEDLIKE, shelf.root, dirs_exist_ok=True)
    here, there = shelf.load().layer.terms[ID], read(SEEDLIKE)[0].terms[ID]
    for locale, entry in here.entries.items():
        assert entry.digest == there.entries[locale].digest
        assert entry.blocks == there.entries[locale].blocks
