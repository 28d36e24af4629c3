"""The bundled terms are what a documentation can be published with."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinx_insurterms
from sphinx_insurterms.corpus.ids import fold
from sphinx_insurterms.corpus.loading import STARTER_FOLDER, CorpusFolder, load
from sphinx_insurterms.corpus.names import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.layers import Layer
    from sphinx_insurterms.corpus.model import Entry

PACKAGE = Path(sphinx_insurterms.__file__).parent
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LOCALES = ("en", "nb", "ar")
WORDS = re.compile(r"\w+(?:['\u2019\-]\w+)*")
RUN = 8
"""Words; two texts that share so many in a row are one text."""


@pytest.fixture(scope="module")
def starter() -> Layer:
    layer, problems = load(CorpusFolder(path=STARTER_FOLDER))
    assert problems == []
    return layer


def entries(starter: Layer, locale: str) -> Iterator[Entry]:
    for term_id in sorted(starter.terms):
        yield starter.terms[term_id].entries[locale]


def linked(entry: Entry) -> list[str]:
    """Return the ids that a body leads to, in the order of its links."""
    links = [link for block in entry.blocks for link in block.links]
    return [link.target.removeprefix("/") for link in links]


def test_each_term_is_there_in_all_languages(starter: Layer) -> None:
    assert len(starter.terms) >= 150
    for locale in LOCALES:
        files = {path.stem for path in (STARTER_FOLDER / locale).glob("*.md")}
        assert files == set(starter.terms)
    assert {frozenset(term.entries) for term in starter.terms.values()} == {
        frozenset(LOCALES)
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_each_definition_is_read_at_a_glance(starter: Layer, locale: str) -> None:
    for entry in entries(starter, locale):
        assert 40 <= len(entry.definition) <= 300, entry.term_id
        assert entry.definition.endswith("."), entry.term_id
        assert not re.search(r"\b(?:is|er) (?:when|når)\b", entry.definition)


@pytest.mark.parametrize("locale", LOCALES)
def test_bodies_are_worth_a_page(starter: Layer, locale: str) -> None:
    written = [entry for entry in entries(starter, locale) if entry.blocks]
    assert len(written) >= 60
    for entry in written:
        count = len(WORDS.findall(prose(entry.body)))
        assert 120 <= count <= 350, (entry.term_id, count)
        assert len(set(linked(entry))) >= 2, entry.term_id


def test_bodies_line_up_in_all_languages(starter: Layer) -> None:
    for term in starter.terms.values():
        shapes = {
            (
                tuple((block.kind, block.level) for block in entry.blocks),
                tuple(sorted(linked(entry))),
            )
            for entry in term.entries.values()
        }
        # The order of words may differ, and so that of links in a sentence.
        assert len(shapes) == 1, term.id


def test_all_links_and_related_terms_lead_to_terms(starter: Layer) -> None:
    for term in starter.terms.values():
        for entry in term.entries.values():
            targets = set(linked(entry))
            assert {*targets, *entry.related} <= starter.terms.keys(), entry.term_id
            assert term.id not in {*targets, *entry.related}
            assert 2 <= len(entry.related) <= 4, entry.term_id


def test_each_term_is_led_to_from_another(starter: Layer) -> None:
    led_to = {
        target
        for term in starter.terms.values()
        for target in (
            *term.entries["en"].related,
            *linked(term.entries["en"]),
        )
    }
    assert starter.terms.keys() - led_to == set()


def test_categories_are_few_and_named_in_all_languages(starter: Layer) -> None:
    named = starter.manifest.categories
    assert len(named) <= 20
    assert all(set(names) == set(LOCALES) for names in named.values())
    used: Counter[str] = Counter()
    for term in starter.terms.values():
        keywords = {tuple(entry.keywords) for entry in term.entries.values()}
        assert len(keywords) == 1, term.id
        used.update(*keywords)
    assert used.keys() == named.keys()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_is_that_of_one_term(starter: Layer, locale: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    for entry in entries(starter, locale):
        for name in entry.designations:
            where = forms if name.status is Status.FORM else owners
            where[fold(name.text)].add(entry.term_id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    shared = {
        name: ids | owners[name]
        for name, ids in forms.items()
        if len(ids | owners.get(name, set())) > 1
    }
    assert shared == {}


def prose(text: str) -> str:
    """Return the words of a body that somebody wrote: no titles, no link texts."""
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"\]\([^)]*\)", "]", text)


def runs(text: str) -> set[tuple[str, ...]]:
    """Return all runs of eight words within a paragraph, and not across a link."""
    found = set()
    for paragraph in re.split(r"\n\s*\n|\]|\[", text):
        words = WORDS.findall(paragraph.casefold())
        found |= {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_entries_say_something_in_the_same_words(
    starter: Layer, locale: str
) -> None:
    where = defaultdict(set)
    for entry in entries(starter, locale):
        for run in runs(f"{entry.definition}\n\n{prose(entry.body)}"):
            where[run].add(entry.term_id)
    assert {run: ids for run, ids in where.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_said_in_the_words_of_the_seeds(starter: Layer, locale: str) -> None:
    if not SEEDS.is_dir():
        pytest.skip("needs the shared seeds")
    layer, _ = load(CorpusFolder(path=SEEDS))
    seeds = [term.entries[locale] for term in layer.terms.values()]
    theirs = set[tuple[str, ...]]().union(
        *(runs(f"{one.definition}\n\n{prose(one.body)}") for one in seeds)
    )
    for entry in entries(starter, locale):
        ours = runs(f"{entry.definition}\n\n{prose(entry.body)}")
        assert ours & theirs == set(), entry.term_id


def test_shared_words_are_noticed() -> None:
    sentence = "The insurer pays the part of the loss that exceeds it."
    assert runs(sentence) & runs(f"Then: {sentence}")
    assert not runs("one two three four five six seven")


def test_all_of_us_fits_into_a_small_wheel() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path in sorted(PACKAGE.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                wheel.write(path, path.relative_to(PACKAGE.parent))
    assert len(stream.getvalue()) < 1_500_000


def test_to_import_the_extension_reads_no_entry() -> None:
    code = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(args[0]))\n"
        "import sphinx_insurterms.corpus.loading\n"
        "print(sum('starter' in str(path) for path in opened), len(opened) > 0)\n"
    )
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=PACKAGE.parent,
    )
    assert done.stdout.split() == ["0", "True"]
