"""A project that adds the extension keeps every link and warning that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

PLAIN = """\
project = "Other"
version = release = "1"
copyright = "others"
"""

OTHER_WORDS = """\
Start
=====

.. glossary::

   broker
      Theirs.

   Deductible
      Theirs too.

   wordsmith
      One who makes words.

   liability insurance
      Our id of it is another text.
"""

STOCK = ["sphinx.ext.intersphinx", "myst_parser"]
OURS = [*STOCK, "sphinx_insurterms"]

CONF = """\
project = "Claims guide"
version = release = "1"
copyright = "the authors"
locale_dirs = ["locales"]
intersphinx_mapping = {{"other": ("https://other.example", {inventory!r})}}
"""

INDEX = """\
Start
=====

A :term:`Premium` is paid, a :term:`CLAIM` is made, and the :term:`hipaa` obeyed.

We have :term:`comprehensive insurance`, a :term:`cat bond`, in capitals a :term:`Cat Bond`, and in other words
:term:`its bond <cat bond>`.

They have :term:`Liability insurance`, a :term:`broker`, a :term:`Deductible` and a :term:`deductible`; by name,
:term:`other:wordsmith`, and :external:term:`wordsmith`.

Nobody has a :term:`premum`, an :term:`insurance of another kind`, or a
:term:`text <liabilities>`.

.. toctree::

   words
   page
"""

WORDS = """\
Words
=====

.. glossary::

   Premium
      Ours is *another* premium, see :term:`claim`.

   claim
   demand
      A demand.

   HIPAA
      Our own act.

   cat bond
      A bond.

   Comprehensive Insurance
      Ours again.
"""

PAGE = """\
# Page

A {term}`demand`, a {term}`wordsmith`, a {term}`broker`, and {any}`claim`;
but no {term}`premums <premum>`, no {any}`nonsuch`.
"""

CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "A :term:`Premium` is paid, a :term:`CLAIM` is made, and the :term:`hipaa` obeyed."
msgstr "En :term:`premie <Premium>`, et :term:`krav <CLAIM>`, og :term:`loven <hipaa>`."

msgid ""
"Nobody has a :term:`premum`, an :term:`insurance of another kind`, or a :term:`text "
"<liabilities>`."
msgstr ""
"Ingen har en :term:`premum`, en :term:`insurance of another kind`, eller "
":term:`tekst <liabilities>`."
"""


PAGES = ("index", "words", "page", "genindex", "search")


@pytest.fixture
def writers(project: Project) -> Project:
    """Return a project with a glossary of its own, another's terms, and mistakes."""
    other = project.beside("other")
    other.conf(base=PLAIN)
    other.write("index.rst", OTHER_WORDS)
    inventory = other.build().out / "objects.inv"
    project.conf(base=CONF.format(inventory=str(inventory)))
    project.write("index.rst", INDEX)
    project.write("words.rst", WORDS)
    project.write("page.md", PAGE)
    project.write("locales/nb/LC_MESSAGES/index.po", CATALOG)
    return project


def _build(project: Project, *, extensions: list[str], **options: Any) -> Build:
    out = "with" if extensions is OURS else "without"
    return project.build(out=out, extensions=extensions, **options)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_link_and_every_warning_is_that_of_sphinx_alone(
    writers: Project, language: str
) -> None:
    alone = _build(writers, extensions=STOCK, language=language)
    ours = _build(writers, extensions=OURS, language=language)
    for page in PAGES:
        assert ours.links(page) == alone.links(page), page
    assert ours.warnings == alone.warnings
    assert ours.files()["objects.inv"] == alone.files()["objects.inv"]


def test_the_comparison_is_of_links_and_warnings_that_there_are(
    writers: Project,
) -> None:
    alone = _build(writers, extensions=STOCK, language="nb")
    links = alone.links("index")
    for expected in (
        ("words.html#term-Premium", "premie"),
        ("words.html#term-claim", "krav"),
        ("words.html#term-cat-bond", "Cat Bond"),
        ("words.html#term-Comprehensive-Insurance", "comprehensive insurance"),
        ("https://other.example/index.html#term-broker", "broker"),
        (
            "https://other.example/index.html#term-liability-insurance",
            "Liability insurance",
        ),
        ("https://other.example/index.html#term-Deductible", "deductible"),
        ("https://other.example/index.html#term-wordsmith", "wordsmith"),
    ):
        assert expected in links
    for unknown in ("premum", "insurance of another kind", "liabilities", "nonsuch"):
        assert any(unknown in line for line in alone.warnings)


def test_without_tooltips_pages_are_the_same_to_the_byte(writers: Project) -> None:
    alone = _build(writers, extensions=STOCK)
    ours = _build(writers, extensions=OURS, insurterms_tooltips=False)
    for page in PAGES:
        assert ours.text(f"{page}.html") == alone.text(f"{page}.html"), page


def test_words_of_the_own_glossary_have_tooltips_with_its_definitions(
    writers: Project,
) -> None:
    page = _build(writers, extensions=OURS).page("index")
    link = page.find("a", string="CLAIM")
    assert link is not None
    tip = page.find(id=str(link["aria-describedby"]))
    assert tip is not None
    assert "A demand." in tip.text


def test_own_glossary_own_corpus_others_and_starter_answer_in_this_order(
    writers: Project,
) -> None:
    for term_id in ("claim", "broker", "coverage"):
        writers.entry(f"en/{term_id}", term_id.title(), "Of our own corpus.")
    writers.write(
        "page.md",
        "# Page\n\n{term}`claim` {term}`broker` {term}`Deductible` {term}`risk`",
    )
    links = _build(writers, extensions=OURS).links("page")
    assert links[1:5] == [
        ("words.html#term-claim", "claim"),
        ("#insurterm-tip-broker", "broker"),
        ("https://other.example/index.html#term-Deductible", "Deductible"),
        ("#insurterm-tip-risk", "risk"),
    ]


OWN_WORDS = "\n\n.. glossary::\n\n   {name}\n      Our own words.\n"


@pytest.mark.parametrize(
    ("own", "written", "language"),
    [
        ("deductible", "deductibles", "en"),
        ("Deductible", "deductibles", "en"),
        ("deductible", "egenandel", "nb"),
        ("Egenandel", "deductible", "nb"),
    ],
)
def test_the_starter_is_silent_on_terms_that_the_project_defines(
    project: Project, own: str, written: str, language: str
) -> None:
    project.start(f":term:`{written}`{OWN_WORDS.format(name=own)}")
    alone = _build(project, extensions=STOCK, language=language)
    ours = _build(project, extensions=OURS, language=language)
    assert ours.links("index") == alone.links("index")
    assert ours.warnings == alone.warnings
    assert len(ours.warnings) == 1
    project.start(f":any:`{written}`{OWN_WORDS.format(name=own)}")
    ours = _build(project, extensions=OURS, language=language)
    assert len(ours.warnings) == 1


def test_the_starter_answers_to_names_as_it_has_them_and_to_no_likeness(
    project: Project,
) -> None:
    wrong = (
        "~premium",
        "!!premium",
        "premium.",
        "en/premium",
        "premium.md",
        "pre/mium",
    )
    right = (
        "Premium",
        "PREMIUM",
        "liability_insurance",
        "Liability  insurance",
        "hipaa",
    )
    project.start("\n\n".join(f":term:`x <{name}>`" for name in (*wrong, *right)))
    built = _build(project, extensions=OURS)
    assert len(built.warnings) == len(wrong)
    for name in wrong:
        assert any(
            f"{name} [ref.term]" in line or f"'{name}'" in line
            for line in built.warnings
        ), name
    assert len(built.all("index", "section a.insurterm")) == len(right)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_lists_of_used_terms_hold_what_links_lead_to(
    project: Project, language: str
) -> None:
    project.start(
        ":term:`risk` :term:`deductibles` :term:`~premium`\n\n"
        f".. insurterm-glossary::\n   :used:\n{OWN_WORDS.format(name='deductible')}"
    )
    page = _build(project, extensions=OURS, language=language).page("index")
    listed = [dt["id"] for dt in page.select(".insurterm-glossary dt[id]")]
    assert listed == ["term-risk"]
