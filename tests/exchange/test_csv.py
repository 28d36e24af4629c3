"""A corpus as a table, and back."""

from __future__ import annotations

import csv as table
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.loading import STARTER_FOLDER
from sphinx_insurterms.exchange import csv
from sphinx_insurterms.exchange.chosen import Chosen
from sphinx_insurterms.exchange.held import (
    FormError,
    Held,
    Lost,
    Unread,
    held_of,
)
from tests.exchange.entries import (
    all_held,
    concepts,
    each_corpus,
    entry_of,
    layer_at,
    layer_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.exchange.chosen import Concept

HEAD = "id,locale,title,definition\n"


def read(text: str | bytes) -> list[Held | Lost | Unread]:
    content = text.encode() if isinstance(text, str) else text
    return list(csv.read(io.BytesIO(content)))


def written(found: Chosen | list[Concept]) -> bytes:
    out = io.BytesIO()
    csv.write(found, out)
    return out.getvalue()


def first(text: str) -> Held:
    (held,) = read(text)
    assert isinstance(held, Held)
    return held


def test_a_greek_accent_that_becomes_a_sign_of_yaml_is_no_end_of_an_entry() -> None:
    # U+1FEF is ` in composed letters, with which no plain text of YAML begins.
    entry = entry_of(first("id,locale,title\nvaria,en,\u1fefVaria\n"))
    assert entry.title == "`Varia"


@given(concepts(whole=True))
def test_whatever_an_entry_says_comes_back(found: list[Concept]) -> None:
    expected = [held_of(entry) for _, entries in found for entry in entries.values()]
    assert read(written(found)) == expected


FORMULAS = set("=+-@\t\r\n\uff1d")


@given(st.text(st.sampled_from(["'", " ", "x", *FORMULAS]), max_size=6))
def test_no_cell_begins_a_formula_and_each_is_what_it_was(text: str) -> None:
    cell = csv.neutral(text)
    assert cell[:1] not in FORMULAS
    assert csv.plain(cell) == text


def test_a_spreadsheet_knows_the_letters_and_runs_nothing() -> None:
    chosen = Chosen(layer_at(STARTER_FOLDER))
    content = written(chosen)
    assert content.startswith("\ufeffid,locale,title".encode())
    rows = list(table.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {row["locale"] for row in rows} == {"ar", "en", "nb"}
    assert len(rows) == 3 * len(chosen.ids)
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in FORMULAS]


@each_corpus
def test_a_corpus_goes_out_and_comes_in_equal(path: Path, tmp_path: Path) -> None:
    layer = layer_at(path)
    back = layer_of(read(written(Chosen(layer))), tmp_path / "new")
    assert all_held(back) == all_held(layer)


def test_only_the_languages_that_are_asked_for_go_out() -> None:
    found = read(written(Chosen(layer_at(STARTER_FOLDER), ["nb"])))
    assert {one.locale for one in found if isinstance(one, Held)} == {"nb"}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(sign: str) -> None:
    rows = [
        ["ID", "Locale", " Title ", "notes"],
        ["Premium_X", "nb-NO", "premie", "-"],
        ["", " "],
    ]
    text = "\r\n".join(sign.join(row) for row in rows)
    assert read(text) == [
        Lost("line 1", "the column 'notes'"),
        Held(term_id="premium-x", locale="nb_NO", values={"title": "premie"}),
    ]


def test_a_list_has_a_line_for_each_text_and_a_column_that_is_not_there_says_nothing() -> (
    None
):
    held = first('id,locale,title,aliases,keywords\nfee,en,Fee,"a, b\nc",\n')
    assert held.values == {"title": "Fee", "aliases": ("a, b", "c"), "keywords": ()}
    assert (held.body, held.extra) == (None, None)


def test_an_id_is_made_of_the_title_where_there_is_none() -> None:
    assert first(f"{HEAD},en,Waiting period (WP),\n").term_id == "waiting-period"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "x,Klingonian,Fee,",
            "line 2: 'Klingonian' is no locale; write a language tag",
        ),
        ("x,,Fee,", "line 2: '' is no locale; write a language tag"),
        ("x,en,,What.", "line 2: there is no title; write what the term is called"),
        (",en,?!,", "line 2: there is neither an id nor a title; write them"),
        ("x", "line 2: '' is no locale"),
    ],
)
def test_a_row_that_makes_no_entry_is_told_of(row: str, told: str) -> None:
    one, other = read(f"{HEAD}{row}\ny,en,Other,\n")
    assert isinstance(one, Unread)
    assert str(one).startswith(told)
    assert isinstance(other, Held)


@pytest.mark.parametrize("extra", ["[1]", "{", "x"])
def test_front_matter_that_is_no_object_is_told_of(extra: str) -> None:
    (unread,) = read(f"id,locale,title,extra\nx,en,X,{extra}\n")
    assert str(unread) == (
        "line 2: extra is no JSON object; correct it, or leave it empty"
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the first line has no column id, locale, title"),
        ("id,title\n", "the first line has no column locale;"),
        ("id,locale,title,body,Body\n", "there are several columns body; leave one"),
        (
            HEAD.encode() + b"x,en,\xe6\n",
            "this is not UTF-8; save the table as CSV UTF-8",
        ),
        (HEAD + 'x,en,"a"b\n', "this is no table"),
        (b"\0\xff\xfe" * 9, "this is not UTF-8"),
    ],
)
def test_what_is_no_table_of_terms_is_refused(content: str | bytes, told: str) -> None:
    with pytest.raises(FormError, match="^" + told.replace("(", r"\(")):
        read(content)
