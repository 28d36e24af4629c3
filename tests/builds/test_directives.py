"""What writers put on a page: one entry, or the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

ONLY_OURS = 'insurterms_corpora = ["terms"]\n'


@pytest.fixture
def terms(project: Project) -> Project:
    """Return a project with a small corpus of its own, and no other."""
    project.conf(ONLY_OURS)
    project.entry(
        "en/fee",
        "fee",
        "A *price*.",
        "# fee\n\nPaid by [rate](/rate).\n\n## When?\n\nYearly.\n",
        keywords="money, law",
        related="[rate, lamp]",
        source="Act 7",
        jurisdiction="[NO, SE]",
        effective="2019-11-29",
        status="superseded",
    )
    project.entry("nb/fee", "gebyr", "En pris.", "## Når?\n\nÅrlig.\n", source="Lov 7")
    project.entry("en/rate", "rate", "A part.", keywords="money")
    project.entry("en/lamp", "lamp", "Gives light.")
    return project


def dts(built: Build, docname: str = "index") -> list[str]:
    """Return the names of the entries that a page shows."""
    return [dt.text.removesuffix("¶") for dt in built.all(docname, "dl.glossary > dt")]


def facts(built: Build, docname: str = "index") -> dict[str, str]:
    """Return the names and values of the facts that a page shows."""
    names = built.all(docname, "dl.insurterm-facts > dt")
    values = built.all(docname, "dl.insurterm-facts > dd")
    return {
        name.text.removesuffix(":"): value.text.strip()
        for name, value in zip(names, values, strict=True)
    }


def test_an_entry_shows_its_definition_and_what_else_is_known(terms: Project) -> None:
    terms.start(".. insurterm:: fee")
    built = terms.build()
    assert built.warnings == []
    assert dts(built) == ["fee"]
    assert str(built.one("index", ".insurterm-definition")) == (
        '<p class="insurterm-definition">A <em>price</em>.</p>'
    )
    assert facts(built) == {
        "See also": "rate, lamp",
        "Source": "Act 7",
        "Jurisdiction": "NO, SE",
        "In force since": "November 29, 2019",
        "Status": "superseded",
    }
    assert "Yearly" not in built.body("index")


def test_what_else_is_known_is_named_in_the_readers_language(terms: Project) -> None:
    terms.entry("nb/fee", "gebyr", "En pris.", source="Lov 7", effective="2019-11-29")
    terms.start(".. insurterm:: fee")
    built = terms.build(language="nb")
    assert facts(built) == {
        built.word("Source"): "Lov 7",
        built.word("In force since"): "29. november 2019",
    }


def test_an_untranslated_entrys_facts_are_named_in_the_readers_language(
    terms: Project,
) -> None:
    (terms.docs / "terms/nb/fee.md").unlink()
    terms.start(".. insurterm:: fee\n   :body:")
    built = terms.build(language="ar")
    names = built.all("index", "dl.insurterm-facts > dt")
    assert built.word("Source") in [name.text.strip(":") for name in names]
    # The page's words are not among what is marked as English; the entry's are.
    assert not built.all("index", "div[lang=en] dl")
    words = [bdi.text for bdi in built.all("index", "dl.insurterm-facts bdi[lang=en]")]
    assert words == ["rate", "lamp", "Act 7", "NO, SE"]
    blocks = [block.text for block in built.all("index", "div[lang=en][dir=ltr]")]
    assert ["price" in blocks[0], "Yearly" in blocks[1]] == [True, True]


def test_the_body_is_shown_if_asked_for_without_sections(terms: Project) -> None:
    terms.start(".. insurterm:: fee\n   :body:")
    built = terms.build()
    assert built.warnings == []
    assert "Paid by rate" in built.body("index")
    assert built.one("index", "dd .rubric").text == "When?"
    assert built.body("index").count("fee") == 1


def test_an_entry_may_be_shown_in_another_language(terms: Project) -> None:
    terms.start(".. insurterm:: fee\n   :locale: nb\n   :body:")
    built = terms.build()
    assert built.warnings == []
    assert str(built.one("index", "dl.glossary > dt bdi")) == (
        '<bdi lang="nb">gebyr</bdi>'
    )
    blocks = [block.text for block in built.all("index", "dd > div[lang=nb][dir=ltr]")]
    assert ["En pris." in blocks[0], "Årlig" in blocks[1]] == [True, True]
    # It is what the writer asked for, and lacks no translation.
    assert not built.all("index", ".insurterm-notice")


def test_an_entry_that_is_missing_in_the_language_asked_for_says_so(
    terms: Project,
) -> None:
    terms.start(".. insurterm:: rate\n   :locale: ar")
    assert not terms.build().all("index", ".insurterm-notice, [dir]")
    built = terms.build(language="nb")
    assert built.one("index", ".insurterm-notice").text == built.word(
        "Not translated yet"
    )


def test_a_class_is_given_to_what_is_shown(terms: Project) -> None:
    terms.start(
        ".. insurterm:: lamp\n   :class: boxed wide\n\n"
        ".. insurterm-glossary::\n   :class: long\n\n"
        ".. insurterm-glossary::\n   :used:\n   :class: short\n\n:term:`lamp`"
    )
    built = terms.build()
    shown = {
        name: [dt.text.strip("¶") for dt in built.all("index", f"div.{name} > dl > dt")]
        for name in ("boxed.wide", "long", "short")
    }
    assert shown == {
        "boxed.wide": ["lamp"],
        "long": ["fee", "lamp", "rate"],
        "short": ["lamp"],
    }


def test_two_entries_of_one_term_never_clash(terms: Project) -> None:
    terms.start(
        ":term:`fee`\n\n.. insurterm:: fee\n\n.. insurterm:: fee\n   :body:\n\n"
        ".. toctree::\n\n   other"
    )
    terms.write("other.rst", "Other\n=====\n\n:term:`fee`\n\n.. insurterm:: fees\n")
    for builder in ("html", "singlehtml", "latex", "epub", "text"):
        assert terms.build(builder).warnings == []
    built = terms.build()
    assert built.dead_links() == []
    # The first page, by its name, has the target; each page has its own anchor once.
    links = [link["href"] for link in built.all("other", "section p a.insurterm")[:1]]
    assert links == ["index.html#term-fee"]
    for docname in ("index", "other"):
        assert len(built.all(docname, "#term-fee")) == 1


def test_an_entry_without_an_index_is_no_target(terms: Project) -> None:
    terms.start(":term:`fee`\n\n.. insurterm:: fee\n   :no-index:")
    built = terms.build()
    assert built.warnings == []
    assert not built.all("index", "#term-fee")
    assert built.one("index", "p > a[href*=fee]")["href"] == "#insurterm-tip-fee"
    assert "fee" not in built.one("genindex", "[role=main]").text


def test_a_list_is_a_better_target_than_an_entry_and_a_page_than_both(
    terms: Project,
) -> None:
    terms.start(":term:`fee`\n\n.. insurterm:: fee\n\n.. toctree::\n\n   words")
    terms.write("words.rst", "Words\n=====\n\n.. insurterm-glossary::\n")
    link = terms.build().one("index", "p > a[href*=fee]")
    assert link["href"] == "words.html#term-fee"
    terms.conf(ONLY_OURS + 'insurterms_pages = "pages"\n')
    link = terms.build().one("index", "section > p > a[href*=fee]")
    assert link["href"] == "pages/fee.html#term-fee"


def test_the_anchor_of_the_own_glossary_stays_its_own(terms: Project) -> None:
    terms.start(
        ":term:`fee`\n\n.. insurterm:: fee\n\n.. glossary::\n\n   fee\n      Ours.\n"
    )
    built = terms.build()
    assert built.warnings == []
    link = built.one("index", "p > a[href*=fee]")
    place = built.follow("index", link)
    assert place == built.one("index", "#term-fee")
    assert place in built.all("index", "dl.simple > dt")
    tip = built.one("index", f"#{link['aria-describedby']}")
    assert tip.select("p")[1].text == "Ours."


def test_the_glossary_lists_all_terms_without_their_bodies(terms: Project) -> None:
    terms.start(".. insurterm-glossary::")
    built = terms.build()
    assert built.warnings == []
    assert dts(built) == ["fee", "lamp", "rate"]
    assert [p.text for p in built.all("index", ".insurterm-letter")] == ["F", "L", "R"]
    assert "Yearly" not in built.body("index")


def test_the_glossary_may_show_the_bodies(terms: Project) -> None:
    terms.start(".. insurterm-glossary::\n   :body:")
    built = terms.build()
    assert "Yearly" in built.body("index")
    assert built.one("index", "dd .rubric").text == "When?"


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [("law", ["fee"]), ("MONEY", ["fee", "rate"]), ("law, money", ["fee", "rate"])],
)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_glossary_may_be_of_some_categories(
    terms: Project, wanted: str, listed: list[str], language: str
) -> None:
    terms.start(f".. insurterm-glossary::\n   :keywords: {wanted}")
    built = terms.build(language=language)
    assert built.warnings == []
    ids = [dt["id"] for dt in built.all("index", "dl.glossary > dt")]
    assert ids == [f"term-{name}" for name in listed]


@pytest.mark.parametrize(
    ("word", "hint"), [("monye", "did you mean 'money'?"), ("x", "`keywords`")]
)
def test_a_category_that_no_term_has_is_told(
    terms: Project, word: str, hint: str
) -> None:
    terms.start(f"Text.\n\n.. insurterm-glossary::\n   :keywords: law, {word}")
    built = terms.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/index.rst:6: WARNING: ")
    assert f"no term has the category '{word}'" in warning
    assert hint in warning
    assert "[insurterms.unknown]" in warning
    assert dts(built) == ["fee"]


def test_a_list_of_what_is_used_holds_the_terms_that_the_pages_name(
    terms: Project,
) -> None:
    terms.entry("en/dusk", "dusk", "An hour.")
    terms.start(
        ".. insurterm-glossary::\n   :used:\n\n.. toctree::\n\n   later\n   own"
    )
    terms.write("later.rst", "Later\n=====\n\nTwo :term:`lamps` and a :term:`fee`.\n")
    own = ".. glossary::\n\n   dusk\n      Our own.\n"
    terms.write("own.rst", f"Own\n===\n\n:term:`dusk`\n\n{own}")
    built = terms.build()
    assert built.warnings == []
    assert dts(built) == ["fee", "lamp"]
    links = built.all("later", "section p a.insurterm")
    assert [link["href"] for link in links] == [
        "index.html#term-lamp",
        "index.html#term-fee",
    ]
    assert built.dead_links() == []


def test_a_list_of_what_is_used_may_be_empty(terms: Project) -> None:
    terms.start(".. insurterm-glossary::\n   :used:\n\nNothing.")
    for builder in ("html", "latex", "epub", "text"):
        assert terms.build(builder).warnings == []


def test_all_directives_work_in_myst(terms: Project) -> None:
    terms.conf(ONLY_OURS + 'extensions.insert(0, "myst_parser")\n')
    (terms.docs / "index.rst").unlink()
    terms.write(
        "index.md",
        "# Start\n\n{term}`lamp`\n\n```{insurterm} fee\n:body:\n:class: boxed\n```\n\n"
        "```{insurterm-glossary}\n:keywords: money\n```\n\n"
        "```{insurterm-glossary}\n:used:\n```\n",
    )
    built = terms.build()
    assert built.warnings == []
    assert dts(built) == ["fee", "fee", "rate", "lamp"]


@pytest.mark.parametrize(
    ("written", "listed", "hint"),
    [
        ("lamps", ["lamp"], ""),
        ("gebyret", ["fee"], ""),
        ("lmap", [], "did you mean lamp?"),
        ("zzz", [], "write its entry"),
    ],
)
def test_a_directive_finds_names_as_the_role_does(
    terms: Project, written: str, listed: list[str], hint: str
) -> None:
    terms.start(f"Text.\n\n.. insurterm:: {written}\n\nMore text.")
    built = terms.build()
    assert dts(built) == listed
    assert "More text." in built.body("index")
    if hint:
        (warning,) = built.warnings
        assert warning.startswith("docs/index.rst:6: WARNING: ")
        assert f"no term is called '{written}'; {hint}" in warning
        assert "[insurterms.unknown]" in warning
        assert written in built.body("index")
    else:
        assert built.warnings == []


def test_a_locale_that_is_none_is_told_and_the_entry_shown(terms: Project) -> None:
    terms.start("Text.\n\n.. insurterm:: fee\n   :locale: klingonish")
    built = terms.build()
    (warning,) = built.warnings
    assert warning.startswith("docs/index.rst:6: WARNING: 'klingonish' is no locale")
    assert "such as nb [insurterms.locale]" in warning
    assert dts(built) == ["fee"]
