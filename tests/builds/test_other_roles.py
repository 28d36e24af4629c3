"""What Sphinx offers around terms works as it does without the extension."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import VersionRequirementError

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

STOCK = ["sphinx.ext.intersphinx"]
OURS = [*STOCK, "sphinx_insurterms"]

OTHER = """\
Start
=====

.. glossary::

   wordsmith
      One who makes words.

   premium
      Theirs.

   liability insurance
      Theirs; our id of it is another text.
"""

CONF = """\
project = "Claims guide"
version = release = "1"
copyright = "the authors"
intersphinx_mapping = {{"other": ("https://other.example/", {inventory!r})}}
"""

WORDS = """\

.. _premium-label:

Words
-----

.. glossary::

   cat bond
      A bond.

   claim
      A demand.

.. py:function:: risk()

   Not a term.
"""


@pytest.fixture
def writers(project: Project) -> Project:
    """Return a project that knows another's terms, and has words of its own."""
    other = project.beside("other")
    other.conf(
        base='project = "Other"\nversion = release = "1"\ncopyright = "others"\n'
    )
    other.write("index.rst", OTHER)
    inventory = other.build().out / "objects.inv"
    project.conf(base=CONF.format(inventory=str(inventory)))
    return project


def _both(project: Project, text: str, **options: Any) -> tuple[Build, Build]:
    """Return what Sphinx makes of a text, without and with the extension."""
    project.start(text + WORDS)
    return (
        project.build(out="without", extensions=STOCK, **options),
        project.build(out="with", extensions=OURS, **options),
    )


SAME = {
    "any": "* :any:`cat bond`\n* :any:`claim`\n* :any:`CLAIM`\n* :any:`wordsmith`\n"
    "* :any:`risk`\n* :any:`premium-label`\n* :any:`index`\n* :any:`a demand <claim>`\n"
    "* :any:`nonsuch`\n",
    "external": "* :external:term:`premium`\n* :external:term:`Premium`\n"
    "* :external+other:term:`premium`\n* :external+other:term:`this <wordsmith>`\n"
    "* :external+other:std:term:`wordsmith`\n* :external:term:`claim`\n"
    "* :external+other:term:`hipaa`\n* :external:any:`premium`\n"
    "* :external+other:term:`Liability insurance`\n",
    "by name": "* :term:`other:premium`\n* :term:`other:wordsmith`\n"
    "* :term:`other:liability insurance`\n* :term:`other:nonsuch`\n* :std:term:`wordsmith`\n* :term:`!premium`\n",
    "default role": ".. default-role:: term\n\n* `claim`\n* `wordsmith`\n* `nonsuch`\n",
}


@pytest.mark.parametrize("what", SAME)
def test_roles_give_the_same_links_and_warnings_as_without_us(
    writers: Project, what: str
) -> None:
    without, ours = _both(writers, SAME[what])
    assert ours.links("index") == without.links("index")
    assert ours.warnings == without.warnings
    # What is compared is there: links, and at least one complaint.
    assert len(without.links("index")) > 4
    assert without.warnings


def test_any_finds_a_term_that_nobody_else_has(writers: Project) -> None:
    without, ours = _both(writers, ":any:`underwriting` and :any:`HIPAA`.")
    assert len(without.warnings) == 2
    assert ours.warnings == []
    assert ours.links("index")[1:3] == [
        ("#insurterm-tip-underwriting", "underwriting"),
        ("#insurterm-tip-hipaa", "HIPAA"),
    ]


IGNORED = {
    "nitpick_ignore": [("std:term", "nonsuch"), ("term", "Other Nonsuch")],
    "nitpick_ignore_regex": [("std:term", "non.*"), ("term", "Other N.*")],
}


@pytest.mark.parametrize("option", IGNORED)
def test_unknown_names_are_ignored_as_they_are_written(
    writers: Project, option: str
) -> None:
    text = ":term:`nonsuch`, :term:`this <Other Nonsuch>` and :term:`a third`."
    without, ours = _both(writers, text, **{option: IGNORED[option]})
    assert ours.warnings == without.warnings
    assert len(ours.warnings) == 1
    assert "'a third'" in ours.warnings[0]


def test_names_that_others_answer_are_not_among_the_used_ones(
    writers: Project,
) -> None:
    text = (
        ":term:`premium`, :term:`claim`, :external:term:`liability insurance` and "
        ":term:`risk`.\n\n.. insurterm-glossary::\n   :used:\n"
    )
    writers.start(text + WORDS)
    page = writers.build(extensions=OURS).page("index")
    listed = [dt["id"] for dt in page.select(".insurterm-glossary dt[id]")]
    assert listed == ["term-risk"]


LISTENER = """
def setup(app):
    app.add_config_value("heard", "", "")
    app.connect("missing-reference", missing, priority=300)
    app.connect("warn-missing-reference", warn)

def missing(app, env, node, contnode):
    note(app, "missing", node)

def warn(app, domain, node):
    note(app, "warned", node)

def note(app, what, node):
    with open(app.outdir / "heard.txt", "a", encoding="utf-8") as file:
        fields = (what, node["refdomain"], node["reftype"], node["reftarget"])
        file.write(" ".join(fields) + "\\n")
"""


def test_other_extensions_are_asked_for_names_as_they_are_written(
    writers: Project,
) -> None:
    conf = (writers.docs / "conf.py").read_text("utf-8")
    writers.write("conf.py", conf + LISTENER)
    text = ":term:`Non Such`, :term:`x <non-such>` and :term:`Comprehensive_Insurance`."
    heard = [build.text("heard.txt").splitlines() for build in _both(writers, text)]
    missing = [[line for line in lines if "missing" in line] for lines in heard]
    assert missing[1] == missing[0]
    # The starter corpus has it, but the id that it has there is ours alone.
    assert "missing std term Comprehensive_Insurance" in missing[1]
    assert "warned std term Non Such" in heard[1]


def test_a_project_may_need_a_version_of_the_extension(project: Project) -> None:
    needs = 'needs_extensions = {"sphinx_insurterms": "0.1"}\n'
    project.conf(needs)
    assert project.build().warnings == []
    project.conf(needs.replace("0.1", "99.0"))
    with pytest.raises(VersionRequirementError, match=r"sphinx_insurterms.*99\.0"):
        project.build()


def test_needs_of_other_extensions_are_met_as_before(writers: Project) -> None:
    needed = {"sphinx.ext.intersphinx": "99.0"}
    with pytest.raises(VersionRequirementError, match="intersphinx"):
        writers.build(extensions=OURS, needs_extensions=needed)


def _words(*names: str) -> str:
    items = "".join(f"   {name}\n      A definition.\n\n" for name in names)
    return f".. glossary::\n\n{items}"


@pytest.fixture
def neighbours(project: Project) -> Project:
    """Return a project whose neighbour explains words that the starter has too."""
    other = project.beside("other")
    other.conf(
        base='project = "Other"\nversion = release = "1"\ncopyright = "others"\n'
    )
    other.start(_words("hipaa", "liability_insurance", "levy", "Old Word"))
    inventory = other.build().out / "objects.inv"
    project.conf(base=CONF.format(inventory=str(inventory)))
    return project


def test_what_others_answer_is_printed_as_it_is_without_us(neighbours: Project) -> None:
    roles = ("term", "any")
    names = ("hipaa", "liability_insurance")
    neighbours.start(
        "\n\n".join(f":{role}:`{name}`" for role in roles for name in names)
    )
    without = neighbours.build(out="without", extensions=STOCK, language="nb")
    ours = neighbours.build(out="with", extensions=OURS, language="nb")
    assert ours.links("index") == without.links("index")
    assert ours.warnings == without.warnings == []
    found = [link for link in ours.links("index") if "other.example" in link[0]]
    assert [text for _, text in found] == [*names, *names]
    # Nor is anything counted that somebody else answered.
    assert "insurterms:" not in ours.status


def test_the_last_line_counts_what_the_starter_answered(neighbours: Project) -> None:
    neighbours.start(":term:`hipaa` :any:`hipaa` :term:`risk` :any:`underwriting`")
    status = neighbours.build(extensions=OURS).status
    assert "the starter corpus answered 2 names (risk, underwriting)" in status


@pytest.mark.parametrize("disabled", [[], ["std:doc"], ["std:term"], ["*"]])
def test_lists_of_used_terms_agree_with_links_on_who_answers(
    neighbours: Project, disabled: list[str]
) -> None:
    neighbours.start(":term:`hipaa`\n\n.. insurterm-glossary::\n   :used:\n")
    built = neighbours.build(extensions=OURS, intersphinx_disabled_reftypes=disabled)
    (link,) = built.all("index", "section > p a:not(.headerlink)")
    is_ours = bool(disabled) and disabled != ["std:doc"]
    assert (link["href"] == "#term-hipaa") is is_ours
    listed = built.all("index", ".insurterm-glossary dt[id]")
    assert [dt["id"] for dt in listed] == ["term-hipaa"] * is_ours


def test_own_words_are_printed_where_the_starter_has_others(
    neighbours: Project,
) -> None:
    neighbours.entry("en/privacy-act", "privacy act", "Ours.", aliases="[hipaa]")
    neighbours.start(":term:`hipaa` :any:`hipaa`")
    built = neighbours.build(extensions=OURS)
    assert built.warnings == []
    own, others = built.all("index", "section p a")
    assert (own.text, own["href"]) == ("hipaa", "#insurterm-tip-privacy-act")
    assert others.text == "hipaa"
    assert str(others["href"]).startswith("https://other.example")


def test_writers_hear_only_of_names_that_we_answered(neighbours: Project) -> None:
    neighbours.entry("en/fee", "fee", "A price.", deprecated="[Old Word, Older Word]")
    neighbours.start(
        "Nothing.\n\n:any:`Old Word`\n\nThe :any:`Older Word`\nand an :term:`Old Word`."
    )
    built = neighbours.build(extensions=OURS)
    assert built.warnings == [
        f"docs/index.rst:8: WARNING: '{name}' is deprecated; write 'fee' instead "
        "[insurterms.deprecated]"
        for name in ("Older Word", "Old Word")
    ]


def test_a_term_that_an_output_leaves_out_is_plain_text_there(project: Project) -> None:
    project.conf('latex_documents = [("index", "book.tex", "Book", "us", "manual")]\n')
    project.entry("en/rate", "rate", "A part.")
    project.write("left-out.rst", ":orphan:\n\nOut\n===\n\n.. insurterm:: rate\n")
    project.start("Pay the :term:`rate` now.")
    built = project.build("latex")
    assert built.warnings == []
    sentence = next(x for x in built.text("book.tex").splitlines() if "Pay the" in x)
    assert "rate" in sentence
    assert "hyperref" not in sentence
