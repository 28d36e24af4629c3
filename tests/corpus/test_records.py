"""What is kept of an entry is all of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.model import Entry
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.corpus.readers.source import decode
from sphinx_insurterms.corpus.records import (
    from_record,
    placed_from_record,
    placed_to_record,
    problems_from_record,
    problems_to_record,
    to_record,
)

if TYPE_CHECKING:
    from tests.corpus.conftest import ReadText

PATH = Path("terms", "en", "premium.md")

texts = st.text(max_size=12)
lists = st.one_of(texts, st.lists(texts, max_size=3))
anything = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.dates(), st.datetimes()),
        *(st.floats(allow_nan=False), texts, st.binary(max_size=4)),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner),
    max_leaves=6,
)
fronts = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("title", "description", "id", "sort", "source"), texts),
        **dict.fromkeys(("status", "translates", "effective"), texts | st.dates()),
        **dict.fromkeys(("keywords", "formerly", "abbreviation", "aliases"), lists),
        **dict.fromkeys(("forms", "deprecated", "related", "jurisdiction"), lists),
        **dict.fromkeys(("layout", "Owner", "ærlig", "path", "digest"), anything),
    },
)
bodies = st.text(st.characters(codec="utf-8"), max_size=40)

EVERYTHING: dict[str, Any] = {
    "title": "Premium (P)",
    "description": "What you pay.",
    "keywords": ["money", "price"],
    "formerly": ["fee"],
    "abbreviation": "PR",
    "aliases": ["rate"],
    "forms": ["premiums"],
    "deprecated": ["charge"],
    "sort": "remium",
    "related": ["risk"],
    "source": "§ 1",
    "jurisdiction": ["NO", "SE"],
    "effective": "2019-11-29",
    "status": "reviewed",
    "translates": "abc",
    "layout": {"deep": [1, None, 2.5, {"x": "é\u2028"}]},
}


def read_back(read_text: ReadText, content: bytes) -> tuple[Entry, Entry] | None:
    """Return the entry of a file, and what is read of what is kept of it."""
    reading = read_text(content)
    if reading.entry is None:
        return None
    offset = reading.body_offset
    kept = from_record(
        to_record(reading.entry), str(PATH), lambda: decode(content, PATH)[offset:]
    )
    return reading.entry, kept


NOT_KEPT = {"read_body", "said", "source_entry", "translate"}


def assert_equal(one: Entry, other: Entry) -> None:
    """See that all of two entries is equal, with types and order."""
    for field in fields(Entry):
        if field.name not in NOT_KEPT:
            assert getattr(one, field.name) == getattr(other, field.name)
            assert repr(getattr(one, field.name)) == repr(getattr(other, field.name))
    assert one == other
    assert one.body == other.body
    assert one.blocks == other.blocks
    assert one.designations == other.designations


@given(front=fronts, body=bodies, lead=st.sampled_from(["", "\n\n", "\ufeff"]))
def test_an_entry_comes_back_as_it_was_read(
    read_text: ReadText, front: dict[str, Any], body: str, lead: str
) -> None:
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    found = read_back(read_text, f"{lead}---\n{written}---\n{body}".encode())
    if found is not None:
        assert_equal(*found)


@given(content=bodies)
def test_so_does_one_without_front_matter(read_text: ReadText, content: str) -> None:
    found = read_back(read_text, content.encode())
    if found is not None:
        assert_equal(*found)


def test_an_entry_with_everything_comes_back(read_text: ReadText) -> None:
    written = yaml.safe_dump(EVERYTHING, allow_unicode=True)
    content = f"---\n{written}---\n\n# Premium\n\r\nWhat\r\nit is. ﷺ".encode()
    found = read_back(read_text, content)
    assert found is not None
    entry, kept = found
    assert_equal(entry, kept)
    defaults = read_text("---\ntitle: x\n---\n").entry
    assert defaults is not None
    for field in fields(Entry):
        if field.name not in {"term_id", "locale", "path", *NOT_KEPT}:
            name = field.name
            assert getattr(kept, name) != getattr(defaults, name), name


def test_what_is_wrong_with_a_file_comes_back_at_its_place() -> None:
    problems = [
        Problem(name="id", message="'é\u2028\"", origin=Origin(path=PATH, line=3)),
        Problem(name="file", message="", origin=Origin(path=PATH)),
    ]
    assert problems_from_record(problems_to_record(problems), PATH) == problems
    assert problems_from_record(problems_to_record([]), PATH) == []
    root = PATH.parents[1]
    assert placed_from_record(placed_to_record(problems, root), root) == problems
