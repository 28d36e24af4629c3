"""A translated body is the source's, with other words in the same places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.readers import markdown as reader
from sphinx_insurterms.corpus.readers.source import Source
from sphinx_insurterms.corpus.texts import message_id
from sphinx_insurterms.exchange.markdown import (
    UnplaceableError,
    entry_file,
    translated_body,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_insurterms.corpus.model import Entry

TITLE = "Premium"


def read(content: bytes) -> Entry:
    source = Source(
        path=Path("en/premium.md"),
        content=content,
        locale="en",
        term_id="premium",
        fields={},
    )
    found = reader.read(source).entry
    assert found is not None
    return found


def entry(body: str) -> Entry:
    return read(f"---\ntitle: {TITLE}\n---\n{body}".encode())


def in_other_words(
    body: str, translate: Callable[[str], str], title: str = TITLE
) -> str:
    return translated_body(entry(body), title, translate).lstrip("\n")


def shout(text: str) -> str:
    return message_id(text).upper()


BODY = """\
# Premium

What you *pay*
each year.

Why? {#id}
----------

- To be safe.

  As [others](/claim) are.
1. > Quoted
   > twice.

| a | a |
| - | - |
| b | a b |

```
code stays
```

## Last ##
"""

SHOUTED = """\
# Premie

WHAT YOU *PAY* EACH YEAR.

WHY? {#ID}
----------

- TO BE SAFE.

  AS [OTHERS](/CLAIM) ARE.
1. > QUOTED TWICE.

| A | A |
| - | - |
| B | A B |

```
code stays
```

## LAST ##
"""


def test_lists_tables_quotations_and_code_stay() -> None:
    assert in_other_words(BODY, shout, "Premie") == SHOUTED


def test_a_heading_that_is_not_the_title_is_translated_as_any_other() -> None:
    made = in_other_words("# Why?\n\nSo.\n", shout, "Premie")
    assert made == "# WHY?\n\nSO.\n"


def test_a_paragraph_that_says_the_title_is_translated_as_any_other() -> None:
    assert in_other_words("Premium\n\nSo.\n", shout) == "PREMIUM\n\nSO.\n"


def test_cells_with_the_same_words_are_told_apart() -> None:
    body = "| a | a |\n| - | - |\n| a | a |\n"
    made = in_other_words(body, lambda text: f"{text}{text}")
    assert made == "| aa | aa |\n| - | - |\n| aa | aa |\n"


def test_a_translation_that_would_lose_its_end_is_refused() -> None:
    body = "| a |\n| - |\n| b |\n"
    with pytest.raises(UnplaceableError, match="would be read as 'c'"):
        in_other_words(body, lambda text: "c | d" if text == "b" else text)


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("One  \ntwo.", "EN  \nto."),
        ("- One  \n  two.", "- EN  \n  to."),
        ("> One  \n> two.", "> EN  \n> to."),
    ],
)
def test_a_line_that_ends_for_the_reader_ends_in_the_translation(
    body: str, made: str
) -> None:
    assert in_other_words(body, lambda _: "EN  \nto.") == made


@pytest.mark.parametrize(
    ("body", "translation"),
    [
        ("One.", "- En."),
        ("One.", "# En."),
        ("One.", "En.\n\nTo."),
        ("- One.", ""),
        ("| a |\n| - |\n| b |", "c | d"),
        (r"| a \| b |" + "\n| - |\n", "c"),
    ],
)
def test_what_does_not_fit_is_refused(body: str, translation: str) -> None:
    with pytest.raises(UnplaceableError):
        in_other_words(body, lambda _: translation)


MARKDOWN = st.text("ab *_[](/)#->|1.\\`\n", max_size=60)


@given(MARKDOWN)
def test_the_same_words_give_the_same_body(body: str) -> None:
    one = entry(body)
    try:
        made = translated_body(one, TITLE, lambda text: text)
    except UnplaceableError:
        return
    assert [block.text for block in blocks(made, TITLE)] == [
        block.text for block in one.blocks
    ]
    # A quotation's lines may lack their marks, and then get them.
    assert made.replace(">", "").split() == one.body.replace(">", "").split()


@given(MARKDOWN, st.text("xyz ", min_size=1, max_size=9).filter(str.strip))
def test_every_block_has_its_translation(body: str, word: str) -> None:
    one = entry(body)
    word = word.strip()
    try:
        made = translated_body(one, TITLE, lambda _: word)
    except UnplaceableError:
        return
    found = [(block.kind, block.level, block.text) for block in blocks(made, TITLE)]
    assert found == [(block.kind, block.level, word) for block in one.blocks]


NAMES = st.text("aæب1-:#'\"&[]{},").map(lambda text: f"a{text}")


@given(NAMES, st.lists(NAMES, max_size=3, unique=True), NAMES | st.just(""))
def test_front_matter_is_read_as_it_was_written(
    title: str, aliases: list[str], body: str
) -> None:
    front = {"title": title, "aliases": tuple(aliases), "sort": ""}
    content = entry_file(front, body)
    found = read(content)
    assert (found.title, found.aliases) == (title, tuple(aliases))
    assert found.body.strip("\n") == body
    assert b"sort" not in content


@pytest.mark.parametrize(
    "title", ["no", "2019-11-29", "1", "a: b", "# a", "'a'", "[a]", "&amp;"]
)
def test_what_yaml_takes_for_something_else_is_written_as_text(title: str) -> None:
    found = read(entry_file({"title": title}, ""))
    assert found.title == title
    assert found.body == ""
