from __future__ import annotations

import string
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.ids import fold, term_id

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("ids.toml").read_text("utf-8")
)
SPELLINGS = [(text, id_) for id_, texts in CASES["spellings"].items() for text in texts]
PREFIXES = ("/", "/glossary/", "ordliste/termer")

texts = (
    st.text()
    | st.text(".-_/#% \t\0\u0345\u0307İßaNb")
    | st.lists(st.sampled_from(["..", "nb", ".md", "a b", "%2e%2e", "glossary"])).map(
        "/".join
    )
)


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_every_spelling_of_a_name_gives_one_id(text: str, expected: str) -> None:
    assert term_id(text, prefixes=PREFIXES) == expected


@pytest.mark.parametrize("text", CASES["nothing"]["texts"])
def test_without_a_letter_or_digit_there_is_no_id(text: str) -> None:
    assert term_id(text, prefixes=PREFIXES) == ""


@given(text=texts)
@example(text="a.md.md")
@example(text="a-.html")
@example(text="\u0345.md")
def test_the_id_of_an_id_is_itself(text: str) -> None:
    made = term_id(text, prefixes=PREFIXES)
    assert term_id(made, prefixes=PREFIXES) == made
    assert term_id(made) == made


@given(text=texts)
@example(text="../../x")
@example(text="%2e%2e%2f.profile\0")
def test_an_id_is_always_a_safe_file_name(text: str) -> None:
    made = term_id(text, prefixes=PREFIXES)
    assert not made.startswith(".")
    assert not set(made) & set('/\\:*?"<>| ')
    assert not any(unicodedata.category(c).startswith(("C", "Z")) for c in made)
    made.encode()  # nothing in it that a file system cannot spell


words = st.lists(st.text(string.ascii_letters, min_size=1), min_size=1, max_size=4)
leads = st.sampled_from(
    [
        "",
        "/",
        "//",
        "../",
        "../../",
        "/nb/",
        "/glossary/",
        "/glossary/nb/",
        "/ar/glossary/",
    ]
)
separators = st.sampled_from([" ", "_", "-", "%20", " - ", "__"])
endings = st.sampled_from(["", "/", ".md", ".html", "#cost", "/#cost", ".md#a/b"])


@given(words=words, lead=leads, separator=separators, ending=endings)
def test_no_habit_of_writing_changes_an_id(
    words: list[str], lead: str, separator: str, ending: str
) -> None:
    written = lead + separator.join(words) + ending
    assert term_id(written, prefixes=PREFIXES) == "-".join(words).casefold()


def test_only_a_corpus_own_locales_lead_a_path_when_it_names_them() -> None:
    assert term_id("/to/cover", locales={"nb"}) == "tocover"
    assert term_id("/nb/cover", locales={"nb"}) == "cover"


def test_the_longest_prefix_is_taken_off() -> None:
    prefixes = ("/a/", "/a/b/")
    assert term_id("/a/b/cover", prefixes=prefixes) == "cover"


@given(text=st.text())
def test_names_that_fold_to_one_text_stay_together(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text.upper().lower())
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
