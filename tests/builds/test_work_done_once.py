"""A build does what its pages need, once, and nothing for the rest of a corpus."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from sphinx_insurterms import domain, transforms
from sphinx_insurterms.answers import Answers
from sphinx_insurterms.corpus import parser
from sphinx_insurterms.corpus.reading import Reader

if TYPE_CHECKING:
    from tests.builds.conftest import Project

PAGES = 'insurterms_pages = "pages"\ninsurterms_corpora = ["terms"]\n'
COUNT = 12


@pytest.fixture
def terms(project: Project) -> Project:
    """Write a project with a page for each of a dozen terms that link to each other."""
    project.conf(PAGES)
    for number in range(COUNT):
        body = f"## Why {number}?\n\nAs [the next](/term-{(number + 1) % COUNT}).\n"
        project.entry(f"en/term-{number}", f"Term {number}", f"No {number}.", body)
    project.start(
        "A :term:`Term 1` and a :term:`Term 2`.\n\n.. toctree::\n\n   pages/index\n   b"
    )
    project.write("b.rst", "B\n=\n\n:term:`Term 1`, :term:`Term 2`, :term:`Term 1`.\n")
    return project


def test_each_body_is_parsed_once(
    terms: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    parser.body_tokens.cache_clear()
    parsed: Counter[str] = Counter()
    parse = MarkdownIt.parse

    def count(md: MarkdownIt, text: str, *more: Any) -> Any:
        parsed[text] += 1
        return parse(md, text, *more)

    monkeypatch.setattr(MarkdownIt, "parse", count)
    terms.build()
    bodies = {text: times for text, times in parsed.items() if "Why" in text}
    assert len(bodies) == COUNT
    assert set(bodies.values()) == {1}


def test_bodies_that_no_page_shows_are_not_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.entry("en/premium", "premium", "One.", "Long text.")
    project.start("A :term:`premium`.\n\n.. insurterm-glossary::")

    def refuse(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr(Reader, "_body", refuse)
    assert "One." in project.build().body("index")


def test_a_tooltip_is_drawn_once_however_many_pages_have_it(
    terms: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: Counter[str] = Counter()
    make = transforms._tooltip_of

    def count(ours: domain.InsurtermDomain, term_id: str) -> Any:
        drawn[term_id] += 1
        return make(ours, term_id)

    monkeypatch.setattr(transforms, "_tooltip_of", count)
    built = terms.build()
    assert "No 1." in str(built.one("index", "#insurterm-tip-term-1"))
    assert "No 1." in str(built.one("b", "#insurterm-tip-term-1"))
    assert drawn
    assert set(drawn.values()) == {1}


def test_nobody_is_asked_for_a_name_where_nothing_changed(
    terms: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms.build()
    asked = []
    answer = Answers._own

    def note(answers: Answers, written: str) -> Any:
        asked.append(written)
        return answer(answers, written)

    monkeypatch.setattr(Answers, "_own", note)
    terms.build()
    assert asked == []


def test_what_is_kept_with_the_environment_does_not_grow_with_the_corpus(
    project: Project,
) -> None:
    sizes = []
    for count in (3, 300):
        for number in range(count):
            project.entry(f"en/term-{number}", f"Term {number}", "What it is.")
        project.start("A :term:`Term 1`.\n\n.. insurterm:: Term 2\n\n")
        env = project.build(fresh=True).app.env
        kept = {**env.domaindata["insurterms"], "revision": ""}
        sizes.append(len(pickle.dumps(kept)))
    assert sizes[0] == sizes[1]


def test_the_trees_of_term_pages_are_left_to_their_files(terms: Project) -> None:
    conf = (terms.docs / "conf.py").read_text("utf-8")
    terms.write(
        "conf.py",
        f"{conf}\n\ndef setup(app):\n"
        "    def look(app, env):\n"
        "        app.kept_trees = set(env._write_doc_doctree_cache)\n"
        '    app.connect("env-updated", look)\n',
    )
    app: Any = terms.build().app
    kept = [name for name in app.kept_trees if name.startswith("pages/term-")]
    assert kept in ([], ["pages/term-9"])  # the one read last
    assert "pages/index" in app.kept_trees
    read_again = app.env._pickled_doctree_cache
    assert not any(name.startswith("pages/term-") for name in read_again)


def test_term_pages_are_not_among_what_sphinx_looks_through_for_each_page(
    terms: Project,
) -> None:
    env = terms.build().app.env
    assert not any(name.startswith("pages/term-") for name in env.files_to_rebuild)
    assert "pages/term-1" in env.toctree_includes["pages/index"]


FIRST = """
from docutils import nodes

def answer(app, env, node, contnode):
    if node["reftarget"] == "premium":
        return nodes.reference("", "", contnode, refuri="https://example.org/first")

def setup(app):
    app.connect("missing-reference", answer, priority=%d)
"""


@pytest.mark.parametrize(
    ("priority", "href"),
    [(300, "https://example.org/first"), (500, "#term-premium")],
)
def test_who_answers_before_us_still_does(
    project: Project, priority: int, href: str
) -> None:
    project.conf(FIRST % priority)
    project.entry("en/premium", "premium", "One.")
    project.start("A :term:`premium`.\n\n.. insurterm:: premium")
    link = project.build().one("index", "p > a.reference")
    assert link["href"] == href


HEAVY = """
import sys

def tell(app, exception):
    names = {"markdown_it", "myst_parser", "polib", "yaml", "click"}
    print("imported:", *sorted(names & sys.modules.keys()))

def setup(app):
    app.connect("build-finished", tell)
"""


def test_a_build_in_which_nothing_changed_imports_no_parser(project: Project) -> None:
    project.conf(HEAVY)
    project.entry("en/premium", "premium", "The *price*.")
    project.start("A :term:`premium`.\n\n.. insurterm-glossary::\n")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        str(project.docs),
        str(project.root / "o"),
    ]
    environment = os.environ | {"XDG_CACHE_HOME": str(project.root / "cache")}
    told = [
        subprocess.run(  # noqa: S603 - our own project
            command,
            capture_output=True,
            check=True,
            encoding="utf-8",
            env=environment,
        )
        .stdout.partition("imported:")[2]
        .splitlines()[0]
        for _ in range(2)
    ]
    assert "markdown_it" in told[0]
    assert told[1] == ""
