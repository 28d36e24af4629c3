from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.broken_links import broken_links
from sphinx_insurterms.corpus.layers import Corpus

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.problems import Problem
    from tests.corpus.conftest import Shelf


def told(
    shelf: Shelf, locale: str = "en", *, term: str = "cover", body: bool = True
) -> list[tuple[str, str]]:
    """Return place and message of each broken link of an entry."""
    corpus = Corpus([shelf.load().layer])
    problems = broken_links(corpus, corpus.terms[term].entries[locale], body=body)
    return [(_place(shelf, problem), problem.message) for problem in problems]


def _place(shelf: Shelf, problem: Problem) -> str:
    assert problem.name == "link"
    return str(problem.origin).removeprefix(f"{shelf.root}/")


COVER = """\
---
title: Cover
description: What an [insurer](/insurance company) promises.
---

# Cover
## Why?

A [comprehensive policy](/far reaching insurance) covers more, see [the act](/hipaa)
and [rent](/rent).

- tight
- [rent](/rent)
"""
DEKNING = """\
---
title: Dekning
description: Det [forsikreren](/insurer) lover.
---

# Dekning
## Hvorfor?

En [bredere avtale](/comprehensive-insurance) dekker mer, se [loven](/hipaa)
og [leie](/lease).

- løs

- [leie](/lease)
"""


@pytest.fixture
def pair(shelf: Shelf) -> Shelf:
    """Write a term in three locales, whose English links are not all good."""
    shelf.write("en/cover.md", COVER)
    shelf.write("nb/cover.md", DEKNING)
    shelf.write("ar/cover.md", DEKNING.replace("/lease", "/leasing"))
    shelf.entries("en/hipaa", "en/lease", "en/comprehensive-insurance", "en/insurer")
    return shelf


def test_each_link_to_no_term_is_told_with_its_line_and_what_the_others_say(
    pair: Shelf,
) -> None:
    definition, comprehensive, rent, in_list = told(pair)
    assert definition[0] == "en/cover.md:3"
    assert definition[1].split("; ") == [
        "the link to '/insurance company' leads to no term",
        "no id is near it",
        "correct the link, or write the entry",
    ]
    assert comprehensive[0] == "en/cover.md:9"
    assert comprehensive[1].split("; ") == [
        "the link to '/far reaching insurance' leads to no term",
        "no id is near it",
        "ar and nb link to '/comprehensive-insurance' here",
        "correct the link, or write the entry",
    ]
    assert rent[0] == "en/cover.md:10"
    assert "ar links to '/leasing' here; nb links to '/lease' here" in rent[1]
    assert in_list[0] == "en/cover.md:13"
    assert "nb links to '/lease' here" in in_list[1]


def test_good_links_are_not_told(pair: Shelf) -> None:
    assert told(pair, "nb") == []
    assert [place for place, _ in told(pair, "ar")] == [
        "ar/cover.md:10",
        "ar/cover.md:14",
    ]


def test_where_bodies_do_not_line_up_the_others_are_not_asked(pair: Shelf) -> None:
    pair.write("nb/cover.md", DEKNING + "\nEt avsnitt til.\n")
    pair.write("ar/cover.md", DEKNING.replace("[loven](/hipaa)", "loven"))
    _, comprehensive, rent, in_list = told(pair)
    for _, message in (comprehensive, rent):
        assert " link" not in message.replace("the link", "").replace("correct the", "")
    # Only the paragraph of the Arabic body has another number of links.
    assert "ar links to '/lease' here" in in_list[1]


def test_a_sibling_that_makes_the_same_mistake_is_no_help(shelf: Shelf) -> None:
    shelf.write("en/cover.md", "[a](/rent)\n")
    shelf.write("nb/cover.md", "[a](/Rent/)\n")
    (problem,) = told(shelf)
    assert "nb" not in problem[1]


def test_near_ids_are_suggested(shelf: Shelf) -> None:
    shelf.write("en/cover.md", "[a](/lia_bility insurance), [b](/polices)\n")
    shelf.entries("en/liability-insurance", "en/policy", "nb/policy", "en/police")
    liability, policies = told(shelf)
    assert "nearest: 'liability-insurance'; " in liability[1]
    assert "nearest: 'police' and 'policy'; " in policies[1]


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/rent",
        "mailto:rent@example.org",
        "#why",
        "/cover",  # to itself
        "/Cover/#why",
        "javascript:rent()",  # told by who renders it
    ],
)
def test_only_links_to_terms_are_looked_at(shelf: Shelf, target: str) -> None:
    shelf.write("en/cover.md", f"---\ndescription: '[a]({target})'\n---\n[b]({target})")
    assert told(shelf) == []


def test_see_also_is_told_at_its_own_line(shelf: Shelf) -> None:
    shelf.write(
        "en/cover.md",
        """\
        ---
        title: Cover
        related:
          - cover
          - /rent
          - https://example.org
        description: What is promised.
        ---
        """,
    )
    (problem,) = told(shelf, body=False)
    assert problem[0] == "en/cover.md:3"
    assert "'/rent' leads to no term" in problem[1]


@pytest.mark.parametrize("body", [True, False])
def test_a_definition_that_is_the_first_paragraph_is_looked_at_once(
    shelf: Shelf, body: bool
) -> None:
    shelf.write("en/cover.md", "# Cover\n\nSee [a](/rent).\n\nSee [b](/rent too).\n")
    shelf.write("nb/cover.md", "# Cover\n\nSee [a](/lease).\n\nSee [b](/lease too).\n")
    found = told(shelf, body=body)
    assert [place for place, _ in found] == ["en/cover.md:3", "en/cover.md:5"][
        : 1 + body
    ]
    assert "nb links to '/lease' here" in found[0][1]


def test_without_a_definition_nothing_of_the_body_is_always_shown(shelf: Shelf) -> None:
    shelf.write("en/cover.md", "# Cover\n## See [a](/rent)\n\n- [b](/rent)\n")
    assert told(shelf, body=False) == []
    assert len(told(shelf)) == 2


@pytest.mark.parametrize("start", ["", "\n", "\n \n\n", "\ufeff", "\ufeff\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("gap", ["", "\n", "\n\n\n"])
def test_the_line_is_right_however_the_file_was_saved(
    shelf: Shelf, start: str, end: str, gap: str
) -> None:
    text = (
        f"{start}---\ntitle: Cover\n# why\nrelated: /far\ndescription: '[a](/rent)'\n"
        f"---\n{gap}# Cover\n\nSee\n[b](/rent)\n\n- x\n- [c](/rent)\n"
    )
    shelf.write("en/cover.md", text.replace("\n", end).encode())
    places = [int(place.rpartition(":")[2]) for place, _ in told(shelf)]
    lines = text.split("\n")
    assert [lines[place - 1] for place in places] == [
        "description: '[a](/rent)'",
        "related: /far",
        "[b](/rent)",
        "- [c](/rent)",
    ]


def test_each_link_of_a_table_has_its_line(shelf: Shelf) -> None:
    shelf.write("en/cover.md", "|a|[b](/rent)|\n|-|-|\n|c|d|\n|[e](/rent)|f|\n")
    assert [place for place, _ in told(shelf)] == ["en/cover.md:1", "en/cover.md:4"]


@pytest.mark.parametrize("target", ["/glossary/fee", "/en/glossary/Fee/#x"])
def test_a_link_below_an_unknown_prefix_is_told_with_the_prefix(
    shelf: Shelf, target: str
) -> None:
    shelf.write("en/cover.md", f"# Cover\n\nA [fee]({target}).\n")
    shelf.entries("en/fee")
    (problem,) = told(shelf)
    assert "'fee' is a term" in problem[1]
    assert 'link_prefixes = ["/glossary/"] in insurterms.toml' in problem[1]
    assert "no id is near it" not in problem[1]
    shelf.write("insurterms.toml", 'link_prefixes = ["/glossary/"]\n')
    assert told(shelf) == []
