"""A text that is missing in the reader's language is shown in another, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.builds.conftest import Build, Project

CONF = 'insurterms_pages = "terms"\ninsurterms_corpora = ["terms"]\n'


@pytest.fixture
def translated(project: Project) -> Project:
    """Return a project that names one term, in English and Norwegian."""
    project.conf(CONF)
    project.entry(
        "en/premium", "premium", "The price.", "It is *paid*.\n\n## When\n\nYearly.\n"
    )
    project.entry("nb/premium", "premie", "Prisen.", "Den betales.\n\n## Når\n\nÅrlig.")
    project.start(":term:`premium`\n\n.. toctree::\n\n   terms/index")
    return project


def shown(built: Build) -> list[Tag]:
    """Return where readers see the term: its page, the list and the tooltip."""
    return [
        built.one("terms/premium", "section#term-premium"),
        built.one("terms/index", "dl.glossary"),
        built.one("index", "#insurterm-tip-premium"),
    ]


def test_a_missing_translation_is_shown_in_english_and_says_so_in_norwegian(
    translated: Project,
) -> None:
    first = translated.build(language="nb")
    assert first.warnings == []
    (translated.docs / "terms/nb/premium.md").unlink()
    built = translated.build(language="nb")
    assert built.warnings == []
    notice = built.word("Not translated yet")
    assert notice != "Not translated yet"
    for place in shown(built):
        text = place.get_text()
        assert "Prisen" not in text
        assert text.count(notice) == 1
        english = place if place.get("lang") == "en" else place.select_one("[lang=en]")
        assert english is not None
        assert "The price." in str(place)
    page, item, tip = shown(built)
    assert [str(bdi) for bdi in page.select("h1 bdi, h2 bdi")] == [
        '<bdi lang="en">premium</bdi>',
        '<bdi lang="en">When</bdi>',
    ]
    foreign = page.select("div[lang=en][dir=ltr]")
    assert ["The price." in str(foreign[0]), "Yearly." in str(foreign[1])] == [True] * 2
    assert item.select_one("dt bdi[lang=en]")
    assert "The price." in built.one("terms/index", "dd div[lang=en]").text
    assert (tip["lang"], tip["dir"]) == ("en", "ltr")


@pytest.mark.parametrize(("language", "words_in"), [("nb", "nb"), ("eo", "en")])
def test_the_words_that_say_so_are_in_a_language_of_their_own(
    translated: Project, language: str, words_in: str
) -> None:
    (translated.docs / "terms/nb/premium.md").unlink()
    built = translated.build(language=language)
    page, item, tip = shown(built)
    words = built.word("Not translated yet")
    assert str(tip.select_one(".insurterm-tip-note *")) == (
        f'<bdi lang="{words_in}">{words}</bdi>'
    )
    for place in (page, item):
        assert [n.text for n in place.select(".insurterm-notice")] == [words]
        assert not place.select("div[lang] .insurterm-notice")


def test_a_translation_that_comes_back_is_shown_again(translated: Project) -> None:
    file = translated.docs / "terms/nb/premium.md"
    text = file.read_text("utf-8")
    first = translated.build(language="nb")
    before = [str(place) for place in shown(first)]
    assert all("Prisen." in place for place in before)
    file.unlink()
    translated.build(language="nb")
    file.write_text(text, "utf-8")
    again = translated.build(language="nb")
    assert again.warnings == []
    assert [str(place) for place in shown(again)] == before


def test_the_language_of_a_term_is_the_readers_own_variety_first(
    project: Project,
) -> None:
    project.conf(CONF)
    for locale, title in (("en", "risk"), ("nb", "risiko"), ("nn", "våge")):
        project.entry(f"{locale}/risk", title, f"In {locale}.")
    project.start(".. toctree::\n\n   terms/index")
    titles = {
        language: project.build(language=language)
        .one("terms/risk", "section > h1")
        .text
        for language in ("nb_NO", "nn_NO", "no", "sv")
    }
    assert titles == {
        "nb_NO": "risiko¶",
        "nn_NO": "våge¶",
        "no": "risiko¶",
        "sv": "risk¶",
    }


def test_bokmal_is_no_foreign_language_to_readers_of_nynorsk(project: Project) -> None:
    project.conf(CONF)
    project.entry("en/risk", "risk", "In English.")
    project.entry("nb/risk", "risiko", "På norsk.")
    project.start(":term:`risk`\n\n.. toctree::\n\n   terms/index")
    built = project.build(language="nn")
    assert "På norsk." in built.body("terms/risk")
    assert not built.all("terms/risk", "[role=main] [lang]")


def test_a_project_may_do_without_the_words_but_not_without_the_mark(
    translated: Project,
) -> None:
    translated.conf(CONF + 'insurterms_fallback = "silent"\n')
    (translated.docs / "terms/nb/premium.md").unlink()
    built = translated.build(language="nb")
    for place in shown(built):
        assert built.word("Not translated yet") not in place.get_text()
        assert 'lang="en"' in str(place)


def test_an_own_english_entry_is_never_explained_by_the_starters_norwegian(
    project: Project,
) -> None:
    project.entry("en/premium", "premium", "What our members pay.")
    project.start(":term:`premium` and :term:`premie`")
    built = project.build(language="nb", nitpicky=False)
    link = built.one("index", "a.insurterm")
    assert link.text == "premium"
    tip = built.one("index", "[role=tooltip]")
    assert tip["lang"] == "en"
    assert "What our members pay." in tip.text
    # Nor does the starter's word for it find the company's term.
    (warning,) = built.warnings
    assert "premie" in warning


def test_a_term_that_only_another_language_has_is_shown_in_that(
    project: Project,
) -> None:
    project.conf(CONF)
    project.entry("nb/grunnbeloep", "grunnbeløp", "Et beløp.")
    project.start(":term:`grunnbeløp`\n\n.. toctree::\n\n   terms/index")
    built = project.build()
    assert built.warnings == []
    tip = built.one("index", "[role=tooltip]")
    assert (tip["lang"], tip["dir"]) == ("nb", "ltr")
    assert built.one("terms/grunnbeloep", "[lang=nb] .insurterm-definition")


def test_an_arabic_text_in_an_english_page_runs_from_right_to_left(
    project: Project,
) -> None:
    project.conf(CONF)
    project.entry("ar/takaful", "تكافل", "تعاون.")
    project.start(":term:`takaful`\n\n.. toctree::\n\n   terms/index")
    built = project.build()
    assert built.one("terms/takaful", "div[lang=ar][dir=rtl]").text.strip() == "تعاون."
    assert built.one("index", "[role=tooltip]")["dir"] == "rtl"
    assert str(built.one("index", "a.insurterm bdi")) == '<bdi lang="ar">تكافل</bdi>'
