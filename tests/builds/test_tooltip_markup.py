"""What the stylesheet, the script and assistive technology can rely on."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

import pytest
from bs4 import Tag

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project


@pytest.fixture(scope="module")
def built(shared_project: Project) -> Build:
    """Build pages with terms, without any, and with the project's own glossary."""
    project = shared_project
    project.entry(
        "en/fee",
        "fee",
        "A *price* of [this](/rate), [that](https://example.org) or `code` & <more>.",
    )
    project.entry("en/rate", "rate", "Zweihundertvier per cent.")
    project.start(
        "Pay the :term:`fee`, the :term:`fees` and the :term:`price <fee>`.\n\n"
        "A :term:`rate`, a :term:`lamp` and a :term:`Desk lamp`.\n\n"
        ".. toctree::\n\n   none\n   deep/own\n   shown"
    )
    project.write("none.rst", "None\n====\n\nNo terms.\n")
    project.write("shown.rst", "Shown\n=====\n\n.. insurterm:: rate\n")
    glossary = "Own\n===\n\nA :term:`lamp`.\n\n.. glossary::\n\n"
    lamp = "   lamp\n   Desk lamp\n      Gives *light*, see `here <none>`_.\n\n      More.\n"
    project.write("deep/own.rst", f"{glossary}{lamp}\n.. _none: https://example.org\n")
    return project.build()


def test_the_build_is_clean(built: Build) -> None:
    assert built.warnings == []


def test_a_link_names_its_tooltip(built: Build) -> None:
    links = built.all("index", "section a.insurterm")
    for link in links:
        assert {"reference", "internal", "insurterm"} <= set(link["class"])
        tip = built.one("index", f"[id='{link['aria-describedby']}']")
        assert tip["role"] == "tooltip"
    fee = "insurterm-tip-fee"
    assert [link["aria-describedby"] for link in links[:3]] == [fee] * 3
    # A term that is shown nowhere but here is explained here; and without the script,
    # following the link leads to its explanation.
    assert [link["href"] for link in links[:3]] == [f"#{fee}"] * 3
    assert links[3]["href"] == "shown.html#term-rate"


def test_each_term_of_a_page_has_one_tooltip_in_the_order_of_first_mention(
    built: Build,
) -> None:
    tips = [tip["id"] for tip in built.all("index", "[role=tooltip]")]
    assert tips[:2] == ["insurterm-tip-fee", "insurterm-tip-rate"]
    assert len(tips) == len(set(tips))


def test_a_tooltip_holds_text_and_no_links(built: Build) -> None:
    tip = built.one("index", "#insurterm-tip-fee")
    assert not tip.select("a, button, input, [tabindex]")
    code = '<code class="docutils literal notranslate"><span class="pre">code</span></code>'
    assert [str(child) for child in tip.children if isinstance(child, Tag)] == [
        "<p><strong>fee</strong></p>",
        f"<p>A <em>price</em> of this, that or {code} &amp; &lt;more&gt;.</p>",
    ]


def test_tooltips_are_a_titled_list_at_the_end_of_the_body(built: Build) -> None:
    block = built.one("index", "aside.insurterm-tips")
    words = built.word("Terms on this page")
    assert block["aria-label"] == words
    assert built.one("index", "aside.insurterm-tips > p").text == words
    body = built.one("index", "[role=main]")
    assert [e for e in body.children if isinstance(e, Tag)][-1] == block


def test_the_script_has_its_words_from_the_list(built: Build) -> None:
    words = built.word("Show definitions in the text")
    assert built.one("index", "aside.insurterm-tips")["data-switch"] == words


def test_terms_of_the_own_glossary_have_tooltips_too(built: Build) -> None:
    links = built.all("index", "section a.insurterm")[4:]
    assert [link.text for link in links] == ["lamp", "Desk lamp"]
    assert [link["href"] for link in links] == [
        "deep/own.html#term-lamp",
        "deep/own.html#term-Desk-lamp",
    ]
    for link in links:
        tip = built.one("index", f"[id='{link['aria-describedby']}']")
        assert [str(p) for p in tip.select("p")] == [
            "<p><strong>lamp</strong></p>",
            "<p>Gives <em>light</em>, see here.</p>",
        ]
    own = built.one("deep/own", "section p a.insurterm")
    assert built.follow("deep/own", own).name == "dt"
    assert built.one("deep/own", f"[id='{own['aria-describedby']}']")


def test_our_files_are_loaded_where_they_are_needed(built: Build) -> None:
    files = {
        docname: [
            name
            for name in ("insurterms.css", "insurterms.js")
            if built.all(docname, f"[href*='/{name}'], [src*='/{name}']")
        ]
        for docname in ("index", "deep/own", "shown", "none", "search", "genindex")
    }
    assert files == {
        "index": ["insurterms.css", "insurterms.js"],
        "deep/own": ["insurterms.css", "insurterms.js"],
        "shown": ["insurterms.css"],
        "none": [],
        "search": [],
        "genindex": [],
    }
    script = built.one("index", "script[src*='insurterms.js']")
    assert "defer" in script.attrs
    assert (built.out / "_static/insurterms.js").is_file()


def test_nothing_of_ours_is_inline(built: Build, project: Project) -> None:
    project.start("No terms.")
    plain = project.build()
    ours = built.page("index")
    assert len(ours.select("script:not([src]), style")) == len(
        plain.page("index").select("script:not([src]), style")
    )
    assert not ours.select("[style]:not(search)")
    handlers = [
        name for tag in ours.select("*") for name in tag.attrs if name[:2] == "on"
    ]
    assert handlers == []


def test_the_script_writes_no_markup_and_asks_no_network(built: Build) -> None:
    script = re.sub(
        r"/\*.*?\*/|//[^\n]*", "", built.text("_static/insurterms.js"), flags=re.DOTALL
    )
    forbidden = (
        "innerHTML|outerHTML|insertAdjacent|document.write|eval|fetch|http|import"
    )
    assert not re.findall(forbidden, script)


def test_no_page_is_found_by_the_words_of_its_tooltips(built: Build) -> None:
    index = built.text("searchindex.js")
    data = json.loads(index[index.index("{") : index.rindex("}") + 1])
    found = data["terms"].get("zweihundertvi", [])
    pages = [found] if isinstance(found, int) else found
    assert [data["docnames"][page] for page in pages] == ["shown"]


def test_a_project_may_do_without_tooltips(project: Project) -> None:
    project.conf('insurterms_tooltips = False\ninsurterms_corpora = ["terms"]\n')
    project.entry("en/fee", "fee", "A price.")
    project.entry("en/rate", "rate", "A part.")
    project.start(
        "The :term:`fee`, a :term:`rate`, a :term:`lamp`.\n\n.. insurterm:: rate\n\n"
        ".. glossary::\n\n   lamp\n      Gives light.\n"
    )
    built = project.build()
    assert built.warnings == []
    assert not built.all("index", "[aria-describedby], script[src*='insurterms.js']")
    assert not built.all("index", "[data-switch]")
    # Only what no other place explains is still explained at the end of the page.
    assert [
        tip["id"] for tip in built.all("index", "[role=tooltip], .insurterm-tip")
    ] == ["insurterm-tip-fee"]
    fee, rate, lamp = built.all("index", "section > p a")
    assert built.follow("index", fee)["id"] == "insurterm-tip-fee"
    assert built.follow("index", rate)["id"] == "term-rate"
    assert built.follow("index", lamp)["id"] == "term-lamp"


def test_a_tooltip_may_show_the_name_in_the_source_language_too(
    project: Project,
) -> None:
    project.conf("insurterms_bilingual = True\n")
    project.start(":term:`premium` :term:`beneficiary`")
    for language, names in (("nb", ["premium", "beneficiary"]), ("en", [])):
        built = project.build(language=language)
        found = built.all("index", "[role=tooltip] bdi.insurterm-tip-source[lang=en]")
        assert [name.text for name in found] == names


def test_a_term_without_a_definition_has_a_tooltip_with_its_name(
    project: Project,
) -> None:
    project.entry("en/fee", "service fee", "")
    project.start(":term:`fee`")
    built = project.build()
    assert built.one("index", "#insurterm-tip-fee").text.strip() == "service fee"


@pytest.mark.parametrize("word", ["d&o", "a.b", "C++ cover", "100 % rule", "التأمين"])
def test_names_with_unusual_characters_have_tooltips_that_are_found(
    project: Project, word: str
) -> None:
    project.conf('insurterms_corpora = ["terms"]\n')
    project.write(
        "terms/en/x.md", f"---\ntitle: '{word}'\nid: '{word}'\n---\n\nText.\n"
    )
    project.start(f":term:`{word}`")
    built = project.build()
    assert built.warnings == []
    link = built.one("index", "section a.insurterm")
    assert built.follow("index", link)["id"] == link["aria-describedby"]
    assert " " not in str(link["aria-describedby"])


def _own(project: Project, glossary: str, *, more: str = "") -> Build:
    """Build a page that names alpha, which a glossary on another page explains."""
    project.start(":term:`alpha` and :term:`omega`\n\n.. toctree::\n\n   own\n   told")
    project.write("told.rst", "Told story\n==========\n\nText.\n")
    indented = textwrap.indent(glossary, "      ")
    words = f".. glossary::\n\n   alpha\n{indented}\n   omega\n      The last.\n"
    project.write("own.rst", f"Own\n===\n\n{more}\n\n{words}")
    return project.build()


def _tips(built: Build) -> list[str]:
    return [" ".join(tip.text.split()) for tip in built.all("index", "[role=tooltip]")]


EXTENSIONS = 'extensions += ["sphinx.ext.ifconfig", "sphinx.ext.todo"]\n'


@pytest.mark.parametrize(
    "hidden", [".. only:: internal", ".. ifconfig:: False", ".. todo::"]
)
def test_a_tooltip_says_nothing_that_the_glossary_hides(
    project: Project, hidden: str
) -> None:
    project.conf(EXTENSIONS)
    built = _own(project, f"{hidden}\n\n   A secret.\n\nPublic.\n")
    assert "Public" in built.text("own.html")
    assert _tips(built) == ["omega The last."]
    assert "secret" not in built.text("index.html")
    built = _own(project, f"Public.\n\n{hidden}\n\n   A secret.\n")
    assert _tips(built) == ["alpha Public.", "omega The last."]


def test_words_of_a_glossary_that_may_be_hidden_have_no_tooltips(
    project: Project,
) -> None:
    project.start(
        ":term:`alpha`\n\n.. only:: internal\n\n   .. glossary::\n\n"
        "      alpha\n         A secret.\n"
    )
    assert "secret" not in project.build().text("index.html")


def test_comments_and_targets_before_a_definition_are_no_part_of_it(
    project: Project,
) -> None:
    start = ".. a comment\n\n.. index:: beta\n\n.. _place:\n\nThe first.\n\nMore.\n"
    assert _tips(_own(project, start))[0] == "alpha The first."


@pytest.mark.parametrize(
    "definition", ["* A list.\n", ".. code::\n\n   x = 1\n", ".. a comment\n"]
)
def test_a_definition_that_begins_with_no_paragraph_has_no_tooltip(
    project: Project, definition: str
) -> None:
    assert _tips(_own(project, definition)) == ["omega The last."]


REFERENCES = {
    "See :ref:`label`.": "See A part.",
    "See :ref:`this <label>`.": "See this.",
    "See :doc:`told`.": "See Told story.",
    "See :numref:`figure`.": "See Fig. 1.",
    "See :numref:`Plate %s <figure>`.": "See Plate 1.",
    "See :term:`omega`.": "See omega.",
    "See :term:`RISK`, :any:`risk`.": "See risk, risk.",
    "See :py:func:`~os.path.join`.": "See join().",
    "A :tex:`\\clearpage` break.": "A break.",
    "A note [#one]_, a work [Cit]_.": "A note, a work.",
    "A *b* **c** ``d``, a_2 :sub:`2` :kbd:`x`.": "A b c d, a_2 2 x.",
}

AROUND = """\
.. role:: tex(raw)
   :format: latex

.. _label:

A part
------

.. figure:: x.png
   :name: figure

   A caption.

.. py:function:: os.path.join()

.. [#one] A footnote.
.. [Cit] A citation.
"""


@pytest.mark.parametrize("definition", REFERENCES)
def test_references_in_a_definition_read_as_they_do_in_the_glossary(
    project: Project, definition: str
) -> None:
    project.conf("numfig = True\n")
    project.write("x.png", b"")
    built = _own(project, f"{definition}\n", more=AROUND)
    tip = _tips(built)[0]
    assert tip == f"alpha {REFERENCES[definition]}"
    assert not built.all("index", "[role=tooltip] a")


def test_what_a_definition_refers_to_in_vain_is_told_once(project: Project) -> None:
    built = _own(project, "See :term:`~omega` and :ref:`nowhere`.\n")
    assert _tips(built)[0] == "alpha See ~omega and nowhere."
    assert len(built.warnings) == 2
    assert all("docs/own.rst:9" in line for line in built.warnings)


def test_two_words_may_be_defined_by_each_other(project: Project) -> None:
    built = _own(project, "Not :term:`omega`, but :term:`alpha`.\n")
    assert _tips(built) == ["alpha Not omega, but alpha.", "omega The last."]


def test_one_definition_has_one_tooltip_under_the_glossarys_own_word(
    project: Project,
) -> None:
    project.start(
        ":term:`Premie` :term:`PRÄMIE` :term:`premium` :term:`this <PREMIUM>`\n\n"
        ".. glossary::\n\n   premium\n   premie\n   Prämie\n      What is paid.\n"
    )
    built = project.build()
    assert built.warnings == []
    assert _tips(built) == ["premium What is paid."]
    links = built.all("index", "section p a.insurterm")
    assert len({str(link["aria-describedby"]) for link in links}) == 1
    assert len(links) == 4
