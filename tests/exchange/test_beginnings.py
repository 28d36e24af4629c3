"""A new entry says what is known of its term, and its file says what is to be done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.readers import markdown as reader
from sphinx_insurterms.corpus.readers.source import Source
from sphinx_insurterms.exchange.beginnings import (
    id_of_title,
    new_entry,
    new_translation,
)

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.readers.source import Reading

DRAFT = "  # readers see the entry when this line is taken out\n"
SOURCE = """\
---
title: premium
description: The *price*.
keywords: pricing, contract
abbreviation: PRM
aliases: [cost]
forms: [premiums]
deprecated: [fee]
sort: aaa
formerly: price
related: [claim]
source: Law
jurisdiction: NO
effective: 2019-11-29
owner: Kari
---

# Premium

See the [claim](/claim).

- On
  time.

| a | b |
| - | - |
| c | d |
"""


def reading(content: bytes | str, locale: str = "en") -> Reading:
    if isinstance(content, str):
        content = content.encode()
    source = Source(
        path=Path(locale, "premium.md"),
        content=content,
        locale=locale,
        term_id="premium",
        fields={},
    )
    return reader.read(source)


def entry(content: bytes | str, locale: str = "en") -> Entry:
    found = reading(content, locale).entry
    assert found is not None
    return found


def published(content: bytes) -> bytes:
    """Return what is left when a translator takes out the line that says draft."""
    written, count = re.subn(rb"(?m)^(status: )?draft.*\n", b"", content)
    assert count == 1
    return written


def translation(source: str, title: str = "premie", definition: str = "") -> bytes:
    return new_translation(
        entry(source), title, definition=definition, digest="abc", fields={}
    )


def test_an_entry_with_its_definition_is_complete() -> None:
    content = new_entry(
        "premium", definition="The price.", keywords=["pricing"], fields={}
    )
    assert content.decode() == (
        "---\ntitle: premium\ndescription: The price.\nkeywords:\n- pricing\n---\n"
    )
    assert entry(content).definition == "The price."


def test_one_without_is_a_draft_and_says_what_it_lacks() -> None:
    content = new_entry("premium", fields={})
    assert content.decode() == (
        "---\ntitle: premium\n"
        "description:  # what it is, in one or two sentences\n"
        f"status: draft{DRAFT}---\n"
    )
    assert reading(content).entry is None
    assert entry(published(content)).definition == ""


def test_a_translation_begins_as_its_source() -> None:
    content = translation(SOURCE).decode()
    assert content == (
        "---\ntitle: premie\ndescription: The *price*.\n"
        "keywords:\n- pricing\n- contract\nabbreviation:\n- PRM\n"
        "related:\n- claim\nsource: Law\njurisdiction:\n- 'NO'\n"
        f"effective: '2019-11-29'\nstatus: draft{DRAFT}translates: abc\n---\n\n"
        "# premie\n\nSee the [claim](/claim).\n\n- On\n  time.\n\n"
        "| a | b |\n| - | - |\n| c | d |\n"
    )


def test_no_reader_sees_it_before_the_translator_says_so() -> None:
    content = translation(SOURCE)
    assert reading(content, "nb").entry is None
    assert entry(published(content), "nb").title == "premie"


def test_a_definition_that_is_given_stands_instead_of_the_sources() -> None:
    found = entry(published(translation(SOURCE, definition="Prisen.")))
    assert found.definition == "Prisen."


def test_a_definition_that_is_the_bodys_first_paragraph_stays_there() -> None:
    content = translation("---\ntitle: premium\n---\n\nThe price.\n")
    assert b"description" not in content
    assert entry(published(content)).definition == "The price."


def test_what_is_superseded_stays_so_in_translation() -> None:
    content = translation("---\ntitle: premium\nstatus: superseded\n---\n\nText.\n")
    assert f"status: superseded\ndraft: true{DRAFT}".encode() in content
    assert reading(content).entry is None
    assert entry(published(content)).status == "superseded"


def test_an_id_is_written_where_it_is_asked_for() -> None:
    content = new_translation(
        entry(SOURCE), "premie", identifier="premium", digest="", fields={}
    )
    assert b"\nid: premium\n" in content
    assert b"translates" not in content


def test_keys_are_written_as_the_corpus_calls_them() -> None:
    fields = {"description": "short", "status": "state", "translates": "of"}
    assert b"\nshort:  # " in new_entry("premium", fields=fields)
    made = new_translation(entry(SOURCE), "premie", digest="abc", fields=fields)
    for line in (b"\nshort: The", b"\nstate: draft  # ", b"\nof: abc\n"):
        assert line in made


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("# Premium\n\nText.", "# A_B\n\nText."),
        ("## *premium* ##\n\nText.", "## A_B ##\n\nText."),
        ("##Premium\nText.", "##A_B\nText."),
        ("Premium\n===\n\nText.", "A_B\n===\n\nText."),
        ("# Why?\n\n# Premium", "# Why?\n\n# Premium"),
        ("Premium\n\nText.", "Premium\n\nText."),
        ("", ""),
    ],
)
def test_a_first_heading_that_repeats_the_title_repeats_the_new_one(
    body: str, made: str
) -> None:
    content = translation(f"---\ntitle: premium\n---\n{body}", "A_B")
    assert content.decode().rpartition("---\n")[2].strip("\n") == made


@pytest.mark.parametrize("title", ["a &amp; b", "[a](/b)", "<b>a</b>", "# a", "- a #"])
def test_a_title_is_no_markdown_in_a_heading(title: str) -> None:
    for heading in ("# Premium", "Premium\n---"):
        source = f"---\ntitle: premium\n---\n\n{heading}\n\nText.\n"
        found = entry(published(translation(source, title)))
        assert found.title == title
        assert [block.text for block in found.blocks] == ["Text."]


@pytest.mark.parametrize(
    ("title", "identifier"),
    [
        ("Liability  insurance", "liability-insurance"),
        (
            "Health Insurance Portability and Accountability Act (HIPAA)",
            "health-insurance-portability-and-accountability-act",
        ),
        ("Formulary (Drugs)", "formulary-drugs"),
        ("claims made / occurrence", "claims-made-occurrence"),
        ("en/claim.md", "en-claim"),
        ("100% #1", "100-1"),
        ("ansvar for tredjepart – båt", "ansvar-for-tredjepart-båt"),
    ],
)
def test_an_id_is_made_of_the_words_of_a_title(title: str, identifier: str) -> None:
    assert id_of_title(title) == identifier


MARKDOWN = st.text("ab *_[](/)#->|1.\\`\n&;!", max_size=60)
TITLES = st.text("ab *_[](/)#->|1.\\`&;!~:", max_size=20).map(
    lambda text: " ".join(f"w{text}z".split())
)


@given(MARKDOWN, TITLES)
def test_a_translation_has_the_blocks_of_its_source(body: str, title: str) -> None:
    source = f"---\ntitle: premium\n---\n# Premium\n\n{body}"
    found = entry(published(translation(source, title)))
    assert found.title == title
    shape = [(block.kind, block.level, block.text) for block in entry(source).blocks]
    assert [(block.kind, block.level, block.text) for block in found.blocks] == shape
