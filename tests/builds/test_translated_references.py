"""A translated message may name a term in its own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sphinx

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


def build(project: Project, messages: dict[str, str], *, suffix: str = "rst") -> Build:
    """Build a page of *messages* in Norwegian, into which they are translated."""
    project.conf('extensions.insert(0, "myst_parser")\n')
    (project.docs / "index.rst").unlink()
    heading = "Start\n=====\n\n" if suffix == "rst" else "# Start\n\n"
    project.write(f"index.{suffix}", heading + "\n\n".join(messages))
    pairs = (f'\nmsgid "{old}"\nmsgstr "{new}"\n' for old, new in messages.items())
    project.write("locales/nb/LC_MESSAGES/index.po", HEADER + "".join(pairs))
    return project.build(language="nb")


@pytest.mark.parametrize(
    ("message", "translation", "printed"),
    [
        ("A :term:`liability insurance`.", "En :term:`ansvarsforsikring`.", None),
        (
            "A :term:`liability insurance`.",
            "En :term:`ansvarsforsikring <liability insurance>`.",
            "ansvarsforsikring",
        ),
        (
            "The :term:`liability insurance`.",
            "Den :term:`liability insurance <ansvarsforsikring>`.",
            "liability insurance",
        ),
        (
            "Your :term:`cover <liability insurance>`.",
            "Din :term:`dekning <ansvarsforsikring>`.",
            "dekning",
        ),
        ("A :term:`hipaa`.", "En :term:`HIPAA`.", None),
        ("A :term:`liability_insurance`.", "En :term:`/liability-insurance`.", None),
    ],
)
def test_a_message_names_its_term_as_its_readers_do(
    project: Project, message: str, translation: str, printed: str | None
) -> None:
    built = build(project, {message: translation})
    assert built.warnings == []
    link = built.one("index", "section a.insurterm")
    source = "hipaa" if "ip" in message.casefold() else "liability-insurance"
    assert link["aria-describedby"] == f"insurterm-tip-{source}"
    if printed is not None:
        assert link.text == printed


def test_the_translated_sentence_is_what_readers_see(project: Project) -> None:
    message = "A :term:`liability insurance` has a :term:`premium`."
    # The order of the two is the translator's to choose.
    translation = "Du betaler :term:`premie <premium>` for :term:`ansvarsforsikring`."
    built = build(project, {message: translation})
    assert built.warnings == []
    sentence = built.one("index", "section > p")
    assert sentence.text == "Du betaler premie for ansvarsforsikring."
    assert [link["aria-describedby"] for link in sentence.select("a")] == [
        "insurterm-tip-premium",
        "insurterm-tip-liability-insurance",
    ]
    tip = built.one("index", "#insurterm-tip-premium")
    assert "Prisen som betales" in tip.text


def test_inflected_names_of_an_own_corpus_are_found_in_both_languages(
    project: Project,
) -> None:
    project.entry("en/deductible", "deductible", "Your part.")
    project.entry("nb/deductible", "egenandel", "Din del.")
    built = build(
        project, {"Two :term:`deductibles`.": "De to :term:`egenandelene` dine."}
    )
    assert built.warnings == []
    assert built.one("index", "section > p").text == "De to egenandelene dine."
    assert built.one("index", "[role=tooltip]").select("p")[1].text == "Din del."


def test_messages_in_myst_may_do_so_too(project: Project) -> None:
    messages = {
        "A {term}`liability insurance`.": "En {term}`ansvarsforsikring`.",
        "Its {term}`price <premium>`.": "Og {term}`prisen <premie>` for den.",
        "Not {term}`translated <risk>`.": "",
    }
    built = build(project, messages, suffix="md")
    assert built.warnings == []
    paragraphs = [p.text for p in built.all("index", "section > p")]
    assert paragraphs == [
        "En ansvarsforsikring.",
        "Og prisen for den.",
        "Not translated.",
    ]
    assert len(built.all("index", "section a.insurterm")) == 3


@pytest.mark.skipif(sphinx.version_info < (9,), reason="Sphinx 8 never compares terms")
def test_a_translation_that_names_another_term_still_warns(project: Project) -> None:
    built = build(project, {"A :term:`premium`.": "En :term:`egenandel`."})
    (warning,) = built.warnings
    assert "inconsistent term references in translated message" in warning


def test_a_translation_that_names_no_term_says_so_with_the_written_name(
    project: Project,
) -> None:
    built = build(project, {"A :term:`nonsense`.": "En :term:`tullball`."})
    assert any("term not in glossary: 'tullball'" in line for line in built.warnings)
