"""Words of a project's own glossary have tooltips, however it is written and translated."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'

NAMES = {
    "rst": "Start\n=====\n\nA :term:`lamp`, a :term:`Torch`, an :any:`oil`.\n\n"
    ".. toctree::\n\n   words\n   other\n",
    "md": "# Start\n\nA {term}`lamp`, a {term}`Torch`, an {any}`oil`.\n\n"
    "```{toctree}\nwords\nother\n```\n",
}
WORDS = {
    "rst": "Words\n=====\n\n.. glossary::\n\n   lamp\n   Torch\n      Gives *light*.\n\n"
    "      More.\n\n   oil\n      Burns, in a :term:`lamp`.\n",
    "md": "# Words\n\n```{glossary}\nlamp\nTorch\n  Gives *light*.\n\n  More.\n\n"
    "oil\n  Burns, in a {term}`lamp`.\n```\n",
}


def tips(built: Build, docname: str = "index") -> list[str]:
    """Return what the tooltips of a page say."""
    found = built.all(docname, "[role=tooltip]")
    return [" ".join(tip.text.split()) for tip in found]


def write(project: Project, pages: str, words: str) -> None:
    """Write a page that names words, one that does not, and a glossary."""
    project.conf('extensions.insert(0, "myst_parser")\n')
    (project.docs / "index.rst").unlink(missing_ok=True)
    project.write(f"index.{pages}", NAMES[pages])
    project.write(f"words.{words}", WORDS[words])
    project.write("other.rst", "Other\n=====\n\nNo word.\n")


@pytest.mark.parametrize("parallel", [1, 2])
@pytest.mark.parametrize("pages", NAMES)
@pytest.mark.parametrize("words", WORDS)
def test_words_are_explained_whatever_the_markup(
    project: Project, pages: str, words: str, parallel: int
) -> None:
    write(project, pages, words)
    # Sphinx shares out what is more than a handful of pages.
    for number in range(10):
        text = f":orphan:\n\nPage {number}\n======\n\nA :term:`torch`.\n"
        project.write(f"page-{number}.rst", text)
    built = project.build(parallel=parallel)
    assert built.warnings == []
    lamp = "lamp Gives light."
    assert tips(built) == [lamp, "oil Burns, in a lamp."]
    assert [tips(built, f"page-{n}") for n in range(10)] == [[lamp]] * 10
    links = built.all("index", "section a.insurterm")
    assert [link.text for link in links] == ["lamp", "Torch", "oil"]
    for link in links:
        assert built.follow("index", link).name == "dt"
    tip = built.one("index", f"[id='{links[0]['aria-describedby']}']")
    assert tip.em is not None
    assert links[1]["aria-describedby"] == tip["id"]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_explained_in_the_language_of_the_build(
    project: Project, words: str
) -> None:
    write(project, "rst", words)
    term = ":term:`lampe`" if words == "rst" else "{term}`lampe`"
    english = ":term:`lamp`" if words == "rst" else "{term}`lamp`"
    pairs = {
        "words": {
            "lamp": "lampe",
            "Torch": "fakkel",
            "Gives *light*.": "Gir *lys*.",
            "oil": "olje",
            f"Burns, in a {english}.": f"Brenner, i en {term}.",
        },
        "index": {
            "A :term:`lamp`, a :term:`Torch`, an :any:`oil`.": "En :term:`lampe`, "
            "en :term:`fakkel`, og :any:`olje`."
        },
    }
    for name, messages in pairs.items():
        said = (f'\nmsgid "{old}"\nmsgstr "{new}"\n' for old, new in messages.items())
        project.write(f"locales/nb/LC_MESSAGES/{name}.po", HEADER + "".join(said))
    built = project.build(language="nb")
    assert tips(built) == ["lampe Gir lys.", "olje Brenner, i en lampe."]
    assert tips(project.build()) == ["lamp Gives light.", "oil Burns, in a lamp."]


def test_a_changed_definition_writes_the_pages_that_name_the_word_and_no_others(
    project: Project,
) -> None:
    write(project, "rst", "rst")
    project.write("both.rst", ":orphan:\n\nBoth\n====\n\nA :term:`torch`.\n")
    project.write("oil.rst", ":orphan:\n\nOil\n===\n\nAn :term:`oil`.\n")
    project.build()
    project.write("words.rst", WORDS["rst"].replace("*light*", "*warmth*"))
    built = project.build()
    assert built.written() == ["both", "index", "words"]
    assert tips(built, "both") == ["lamp Gives warmth."]
    # What is said further down is in no tooltip; and Sphinx writes what is above the
    # page in the contents again.
    said = WORDS["rst"].replace("*light*", "*warmth*").replace("More.", "Less.")
    project.write("words.rst", said)
    assert project.build().written() == ["index", "words"]


FIGURE = ".. figure:: x.png\n   :name: {}\n\n   A caption.\n\n"
OTHER = (
    "Other story\n===========\n\n.. _part:\n\nA part\n------\n\nText.\n\n"
    + FIGURE.format("figure")
)
OTHER_NOW = (
    OTHER.replace("Other story\n===========", "Other tale\n==========")
    .replace("A part\n------", "A share\n-------")
    .replace(".. figure::", FIGURE.format("before") + ".. figure::")
)

TITLES = {
    "See :doc:`other`.": ("See Other story.", "See Other tale."),
    "See :any:`other`.": ("See Other story.", "See Other tale."),
    "See :ref:`part`.": ("See A part.", "See A share."),
    "See :any:`part`.": ("See A part.", "See A share."),
    "A :term:`fee_x`.": ("A fee x.", "A charge."),
    "A :any:`fee_x`.": ("A fee x.", "A charge."),
}


@pytest.mark.parametrize("definition", TITLES)
def test_a_title_that_a_definition_shows_is_kept_up_to_date(
    project: Project, definition: str
) -> None:
    before, after = TITLES[definition]
    project.conf("numfig = True\n")
    project.write("x.png", b"")
    project.write("other.rst", OTHER)
    project.entry("en/fee-x", "fee x", "A price.")
    project.write(
        "words.rst", f"Words\n=====\n\n.. glossary::\n\n   lamp\n      {definition}\n"
    )
    project.write("names.rst", ":orphan:\n\nNames\n=====\n\nA :term:`lamp`.\n")
    project.write("plain.rst", ":orphan:\n\nPlain\n=====\n\nNo word.\n")
    project.start(".. toctree::\n\n   other\n   words\n")
    built = project.build()
    assert built.warnings == []
    assert tips(built, "names") == [f"lamp {before}"]
    assert project.build().written() == []
    project.write("other.rst", OTHER_NOW)
    project.entry("en/fee-x", "charge", "A price.")
    built = project.build()
    assert tips(built, "names") == [f"lamp {after}"]
    assert "plain" not in built.written()


# MyST-Parser 5.2 is older than Sphinx 9, and says so.
@pytest.mark.filterwarnings(r"ignore:.*MystReferenceResolver\.app")
@pytest.mark.parametrize("link", ["[](other.md)", "[](part)"])
def test_titles_in_definitions_in_markdown_are_kept_up_to_date(
    project: Project, link: str
) -> None:
    write(project, "rst", "md")
    project.write("words.md", WORDS["md"].replace("*light*", link))
    (project.docs / "other.rst").unlink()
    text = "# Other story\n\n(part)=\n## Other story\n\nText.\n"
    project.write("other.md", text)
    project.write("names.rst", ":orphan:\n\nNames\n=====\n\nA :term:`lamp`.\n")
    built = project.build()
    assert built.warnings == []
    assert tips(built, "names") == ["lamp Gives Other story."]
    project.write("other.md", text.replace("story", "tale"))
    assert tips(project.build(), "names") == ["lamp Gives Other tale."]


def test_titles_that_no_definition_shows_write_no_page_that_names_the_word(
    project: Project,
) -> None:
    project.write("other.rst", OTHER)
    said = "Gives light, see :ref:`it <part>`, :doc:`this <other>`, :py:func:`f`."
    project.write(
        "words.rst",
        f"Words\n=====\n\n.. glossary::\n\n   lamp\n      {said}\n",
    )
    project.write("names.rst", ":orphan:\n\nNames\n=====\n\nA :term:`lamp`.\n")
    project.write("x.png", b"")
    project.build()
    project.write("other.rst", OTHER_NOW)
    assert "names" not in project.build().written()


SAID = {
    "an image": (".. image:: x.png\n\nGives light.", "Gives light."),
    "a figure": (".. figure:: x.png\n\n   Lit.\n\nGives light.", "Gives light."),
    "a formula": (
        "Is :math:`a^2`, not :math:`\\frac{1}{2}`.",
        r"Is a^2, not \frac{1}{2}.",
    ),
    "a note after markup": (
        "*Light*\\ [#one]_ by oil.\n\n.. [#one] A note.",
        "Light by oil.",
    ),
    "a note at the beginning": ("[#one]_ Light.\n\n.. [#one] A note.", "Light."),
    "a note": ("Light [#one]_, and [#one]_.\n\n.. [#one] A note.", "Light, and."),
    "an image in the text": ("A |lit| lamp.\n\n.. |lit| image:: x.png", "A lamp."),
    "an abbreviation": ("An :abbr:`LED (diode)`.", "An LED."),
    "a class": (".. rst-class:: wide\n\nGives light.", "Gives light."),
    "a target": (".. _here:\n\nGives light.", "Gives light."),
    "keys and menus": ("Press :kbd:`A`, :menuselection:`B --> C`.", "Press A, B ‣ C."),
    "a link": (
        "See `this <https://example.org>`__, https://example.org.",
        "See this, https://example.org.",
    ),
}


@pytest.mark.parametrize("what", SAID)
def test_a_tooltip_has_what_a_definition_says_first(
    project: Project, what: str
) -> None:
    source, said = SAID[what]
    project.write("x.png", b"")
    definition = textwrap.indent(source, "      ")
    project.write(
        "words.rst", f"Words\n=====\n\n.. glossary::\n\n   lamp\n{definition}\n"
    )
    project.start("A :term:`lamp`.\n\n.. toctree::\n\n   words\n")
    assert tips(project.build()) == [f"lamp {said}"]


def test_what_any_finds_elsewhere_is_not_explained_by_a_word(project: Project) -> None:
    words = "Words\n=====\n\n.. glossary::\n\n   Lamp\n      Gives light.\n"
    project.write("words.rst", words)
    project.start(
        ":any:`lamp` and :term:`lamp`\n\n.. toctree::\n\n   words\n\n"
        ".. py:function:: lamp()\n"
    )
    built = project.build()
    assert built.warnings == []
    function, word = built.all("index", "section p a")
    assert "aria-describedby" not in function.attrs
    assert word["aria-describedby"] == "insurterm-tip-own-words-term-Lamp"
