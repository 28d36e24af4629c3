"""What search engines and other machines read of the terms, in each language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_insurterms.output.structured import data_block

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

SITE = "https://example.org/docs/"
CONTEXT = {"@context": "https://schema.org"}
PAGES: dict[str, Any] = {"insurterms_pages": "terms"}


def data(built: Build, docname: str) -> list[Any]:
    """Return the data of a page."""
    scripts = built.all(docname, "head script[type='application/ld+json']")
    return [json.loads(script.string or "") for script in scripts]


@pytest.fixture
def fees(project: Project) -> Project:
    """Return a project with two terms, one of them in Norwegian too, and a list."""
    project.conf('insurterms_corpora = ["terms"]\n')
    project.entry(
        "en/fee",
        "fee",
        "A *price* of [a part](/rate) & more.",
        aliases="[charge, levy]",
        forms="[fees]",
        deprecated="[toll]",
    )
    project.entry("nb/fee", "gebyr", "En pris.", aliases="[avgift]")
    project.entry("en/rate", "rate", "", "A part, *in the body*.", aliases="[ratio]")
    project.start("A :term:`fee`.\n\n.. toctree::\n\n   all\n   one")
    project.write(
        "all.rst", "All our words\n=============\n\n.. insurterm-glossary::\n"
    )
    project.write("one.rst", "One\n===\n\n.. insurterm:: fee\n   :no-index:\n")
    return project


def test_a_list_of_terms_is_a_set_with_their_definitions(fees: Project) -> None:
    built = fees.build()
    assert built.warnings == []
    assert data(built, "all") == [
        {
            **CONTEXT,
            "@type": "DefinedTermSet",
            "name": "All our words",
            "inLanguage": "en",
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "name": "fee",
                    "termCode": "fee",
                    "alternateName": ["charge", "levy"],
                    "description": "A price of a part & more.",
                },
                {
                    "@type": "DefinedTerm",
                    "name": "rate",
                    "termCode": "rate",
                    "alternateName": ["ratio"],
                    "description": "A part, in the body.",
                },
            ],
        }
    ]
    assert data(built, "index") == data(built, "one") == []


@pytest.mark.parametrize("directory", [False, True])
def test_addresses_are_said_where_the_site_says_its_own(
    fees: Project, directory: bool
) -> None:
    builder = "dirhtml" if directory else "html"
    built = fees.build(builder, html_baseurl=SITE)
    page = "all/" if directory else "all.html"
    (said,) = data(built, "all/index" if directory else "all")
    assert said["url"] == SITE + page
    urls = [term["url"] for term in said["hasDefinedTerm"]]
    assert urls == [f"{SITE}{page}#term-fee", f"{SITE}{page}#term-rate"]


def test_where_terms_have_pages_these_have_all_and_lists_have_names(
    fees: Project,
) -> None:
    built = fees.build(html_baseurl=SITE, **PAGES)
    term = {"@type": "DefinedTerm", "name": "fee", "termCode": "fee"}
    url = {"url": f"{SITE}terms/fee.html"}
    index = {"name": "Glossary", "inLanguage": "en", "url": f"{SITE}terms/index.html"}
    assert data(built, "terms/fee") == [
        {
            **CONTEXT,
            **term,
            "alternateName": ["charge", "levy"],
            "description": "A price of a part & more.",
            **url,
            "inDefinedTermSet": {"@type": "DefinedTermSet", **index},
        }
    ]
    (rate,) = data(built, "terms/rate")
    assert rate["description"] == "A part, in the body."
    for docname in ("terms/index", "all"):
        (listed,) = data(built, docname)
        assert listed["hasDefinedTerm"][0] == term | url


def test_texts_in_another_language_than_the_page_say_so(fees: Project) -> None:
    built = fees.build(language="nb")
    (said,) = data(built, "all")
    assert said["inLanguage"] == "nb"
    assert said["hasDefinedTerm"] == [
        {
            "@type": "DefinedTerm",
            "name": "gebyr",
            "termCode": "fee",
            "alternateName": ["avgift"],
            "description": "En pris.",
        },
        {
            "@type": "DefinedTerm",
            "name": {"@language": "en", "@value": "rate"},
            "termCode": "rate",
            "alternateName": [{"@language": "en", "@value": "ratio"}],
            "description": {"@language": "en", "@value": "A part, in the body."},
        },
    ]
    fees.entry("en/rate", "rate", "A part.")
    pages = fees.build(language="nb", **PAGES)
    assert data(pages, "terms/fee")[0]["inDefinedTermSet"] == {
        "@type": "DefinedTermSet",
        "name": pages.word("Glossary"),
        "inLanguage": "nb",
    }
    english = {"@language": "en", "@value": "A part."}
    assert data(pages, "terms/rate")[0]["description"] == english


def test_lists_of_used_terms_and_of_several_lists_say_each_term_once(
    fees: Project,
) -> None:
    lists = ".. insurterm-glossary::\n   :used:\n\n.. insurterm-glossary::\n"
    fees.write("all.rst", f":orphan:\n\n{lists}")
    (said,) = data(fees.build(), "all")
    # The page has no title; it is called what such lists are called.
    assert said["name"] == "Glossary"
    assert [term["name"] for term in said["hasDefinedTerm"]] == ["fee", "rate"]


def test_a_term_that_has_no_place_has_no_address(fees: Project) -> None:
    fees.write("one.rst", "One\n===\n")
    fees.write(
        "all.rst",
        "All\n===\n\n.. _term-fee:\n\n.. insurterm-glossary::\n   :used:\n",
    )
    (said,) = data(fees.build(html_baseurl=SITE), "all")
    assert [term.get("url") for term in said["hasDefinedTerm"]] == [None]


def test_nothing_in_an_entry_can_end_the_data_or_be_markup() -> None:
    said = "</script><!--\u2028\u2029<b>&amp;"
    block = data_block({"name": said})
    text = block.removeprefix('<script type="application/ld+json">')
    text = text.removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {**CONTEXT, "name": said}


def test_a_long_list_has_no_definitions(fees: Project) -> None:
    for number in range(498):
        fees.entry(f"en/x-{number}", f"thing {number}", "Zweihundertvier of them.")
    (short,) = data(fees.build(), "all")
    assert len(short["hasDefinedTerm"]) == 500
    assert all("description" in term for term in short["hasDefinedTerm"])
    fees.entry("en/one-more", "one more", "Zweihundertvier of them.")
    built = fees.build()
    (long,) = data(built, "all")
    assert len(long["hasDefinedTerm"]) == 501
    assert not any("description" in term for term in long["hasDefinedTerm"])
    assert built.text("all.html").count("Zweihundertvier") == 499


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_only_the_pages_of_a_site_have_data(fees: Project, builder: str) -> None:
    fees.start(".. insurterm-glossary::\n\n.. toctree::\n\n   all\n   one")
    built = fees.build(builder, **PAGES)
    pages = [
        path for path in built.out.rglob("*") if path.suffix in {".html", ".xhtml"}
    ]
    assert pages
    assert not any("ld+json" in page.read_text("utf-8") for page in pages)


# sphinxcontrib-serializinghtml 2.0.0 is older than Sphinx 9, and says so.
@pytest.mark.filterwarnings(r"ignore:.*JSONHTMLBuilder\.app")
def test_who_makes_a_site_of_json_finds_the_data_among_the_meta_tags(
    fees: Project,
) -> None:
    page = json.loads(fees.build("json").text("all.fjson"))
    assert "ld+json" in page["metatags"]
    assert "ld+json" not in page["body"]


def test_data_follows_the_entry(fees: Project) -> None:
    fees.build(**PAGES)
    fees.entry("en/fee", "fee", "A *price* of [a part](/rate) & more.", aliases="[due]")
    built = fees.build(**PAGES)
    assert data(built, "terms/fee")[0]["alternateName"] == ["due"]
    assert "terms/fee" in built.written()
    assert "terms/rate" not in built.written()
