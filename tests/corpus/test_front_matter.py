from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.readers import front_matter
from sphinx_insurterms.corpus.readers.keys import KEYS

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.readers.source import Reading
    from tests.corpus.conftest import MakeEntry, ReadText

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("front_matter.toml").read_text("utf-8")
)


def told(reading: Reading) -> list[tuple[str, int | None]]:
    """Return name and line of each problem."""
    return [(problem.name, problem.origin.line) for problem in reading.problems]


def sound(reading: Reading) -> Entry:
    """Return the entry of a file with nothing wrong."""
    assert told(reading) == []
    assert reading.entry is not None
    return reading.entry


EVERYTHING = """\
---
title: Health Maintenance Organization (HMO)
description: A plan with *its own* doctors.
keywords: health, plans
id: HMO_plan
formerly: [hmo, managed-plan]
abbreviation: HMO
aliases: managed plan
forms:
- HMOs
deprecated: gatekeeper plan
sort: maintenance
related:
- premium
- /policy
source: The Act, §3
jurisdiction: [US, NO]
effective: 1973-12-29
status: Superseded
translates: 1f2e
layout: glossary
weight: 3
---

# HMO
Text.
"""


def test_an_entry_holds_what_its_file_says(read_text: ReadText) -> None:
    entry = sound(read_text(EVERYTHING, name="nb/hmo.md"))
    assert entry.term_id == "hmo-plan"
    assert entry.locale == "nb"
    assert entry.title == "Health Maintenance Organization (HMO)"
    assert entry.definition == "A plan with *its own* doctors."
    assert entry.body == "\n# HMO\nText.\n"
    assert str(entry.origin) == "terms/nb/hmo.md:24"
    assert str(entry.definition_origin) == "terms/nb/hmo.md:3"
    assert entry.keywords == ("health", "plans")
    assert entry.formerly == ("hmo", "managed-plan")
    assert entry.abbreviation == ("HMO",)
    assert entry.aliases == ("managed plan",)
    assert entry.forms == ("HMOs",)
    assert entry.deprecated == ("gatekeeper plan",)
    assert entry.sort == "maintenance"
    assert entry.related == ("premium", "/policy")
    assert entry.source == "The Act, §3"
    assert entry.jurisdiction == ("US", "NO")
    assert entry.effective == "1973-12-29"
    assert entry.status == "superseded"
    assert entry.translates == "1f2e"
    assert entry.extra == {"layout": "glossary", "weight": 3}
    assert not entry.is_defined_in_body


def test_every_key_has_a_test() -> None:
    keys = {line.partition(":")[0] for line in EVERYTHING.splitlines() if ":" in line}
    assert keys - {"layout", "weight"} == KEYS - {"draft", "published"}


def test_two_files_have_one_digest_only_if_they_are_the_same(
    read_text: ReadText,
) -> None:
    digests = {
        sound(read_text(text)).digest
        for text in (EVERYTHING, EVERYTHING, EVERYTHING + "\n")
    }
    assert len(digests) == 2


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read YAML with each of PyYAML's two loaders: one is not there everywhere."""
    if request.param == "Python":
        monkeypatch.setattr(front_matter, "_Loader", yaml.SafeLoader)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("case", CASES["unreadable"])
def test_a_file_that_cannot_be_read_is_left_out_and_told(
    read_text: ReadText, case: str
) -> None:
    expected = CASES["unreadable"][case]
    codec, colon, text = expected["text"].partition(":")
    coded = bool(colon) and codec in {"latin-1", "utf-16"}
    reading = read_text(text.encode(codec) if coded else expected["text"].encode())
    assert reading.entry is None
    (problem,) = reading.problems
    assert problem.name == "file"
    assert problem.origin.line == expected.get("line")
    assert str(problem).startswith("terms/en/premium.md:")
    for words in expected["says"]:
        assert words in problem.message


def test_lists_that_are_too_deep_are_told(
    read_text: ReadText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_matter, "_Loader", yaml.SafeLoader)
    reading = read_text(f"---\na: {'[' * 3000}{']' * 3000}\n---\n")
    assert reading.entry is None
    assert told(reading) == [("file", 2)]
    assert "too deep" in reading.problems[0].message


@pytest.mark.parametrize("draft", CASES["drafts"]["texts"])
def test_a_draft_is_left_out(read_text: ReadText, draft: str) -> None:
    reading = read_text(f"---\ntitle: Premium\n{draft}\n---\n")
    assert reading.entry is None


@pytest.mark.parametrize("text", CASES["no_drafts"]["texts"])
def test_what_is_no_draft_is_an_entry(read_text: ReadText, text: str) -> None:
    sound(read_text(f"---\ntitle: Premium\n{text}\n---\n"))


@pytest.mark.parametrize(("written", "text"), CASES["texts"]["description"].items())
def test_a_text_may_be_written_in_many_ways(
    read_text: ReadText, written: str, text: str
) -> None:
    entry = sound(
        read_text(f"---\ntitle: Premium\ndescription: {written}\n---\n".encode())
    )
    assert entry.definition == text


@pytest.mark.parametrize(
    ("key", "written", "texts"),
    [
        (key, written, texts)
        for key, cases in CASES["lists"].items()
        for written, texts in cases.items()
    ],
)
def test_a_list_may_be_written_in_many_ways(
    read_text: ReadText, key: str, written: str, texts: list[str]
) -> None:
    entry = sound(read_text(f"---\ntitle: Premium\n{key}: {written}\n---\n".encode()))
    assert getattr(entry, key) == tuple(texts)


@pytest.mark.parametrize("key", sorted(KEYS - {"draft", "published"}))
def test_a_mapping_where_text_is_expected_is_told_once_and_the_rest_is_read(
    read_text: ReadText, key: str
) -> None:
    reading = read_text(
        f"---\nsort: x\n{key}: {{a: b}}\nlayout: y\n---\n# Premium\n\nText.\n"
    )
    assert reading.entry is not None
    complaints = [p for p in reading.problems if p.name == "file" and key in p.message]
    shaped = [p for p in complaints if "text or a list" in p.message]
    assert [p.origin.line for p in shaped] == [3]
    assert reading.entry.extra == {"layout": "y"}
    assert getattr(reading.entry, key, ()) in {(), "", "approved", "Premium", "Text."}


def test_a_mapping_in_a_list_is_told_and_the_texts_are_kept(
    read_text: ReadText,
) -> None:
    reading = read_text("---\ntitle: Premium\naliases: [x, {y: z}, [q], w]\n---\n")
    assert told(reading) == [("file", 3)]
    assert reading.entry is not None
    assert reading.entry.aliases == ("x", "w")


# titles


@pytest.mark.parametrize(
    "front",
    [
        "sort: x",
        "title:",
        "title: ''",
        "title: ~",
        "title: null",
        "title: undefined",
        "title: 'Undefined'",
        "title: None",
        "title: '***'",
        "title: []",
        'title: "\\u200b"',
    ],
)
def test_without_a_title_the_first_heading_stands_in_for_it(
    read_text: ReadText, front: str
) -> None:
    body = "Text.\n\n## The *net* [premium](/premium) &amp; its `cost`\n"
    reading = read_text(f"---\n# why\n{front}\n---\n{body}")
    assert reading.entry is not None
    assert reading.entry.title == "The net premium & its cost"
    assert told(reading) == [("title", 3 if "title" in front else 1)]
    assert "'The net premium & its cost'" in reading.problems[0].message
    assert "write `title: …`" in reading.problems[0].message


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("en/net_premium.md", "net premium"),
        ("en/net-premium.md", "net premium"),
        ("en/Net Premium.md", "Net Premium"),
        ("en/HIPAA.md", "HIPAA"),
    ],
)
def test_without_a_heading_the_words_of_the_file_name_stand_in(
    read_text: ReadText, name: str, title: str
) -> None:
    for body in ("Text.\n", "# ***\n\nText.\n", "#\n"):
        reading = read_text(f"---\nsort: x\n---\n{body}", name=name)
        assert reading.entry is not None
        assert reading.entry.title == title
        assert told(reading) == [("title", 1)]


def test_without_any_words_the_id_is_the_title(read_text: ReadText) -> None:
    reading = read_text("---\nid: premium\n---\nText.\n", name="en/+.md")
    assert reading.entry is not None
    assert reading.entry.title == "premium"
    assert "'premium' stands in" in reading.problems[0].message


def test_a_file_without_front_matter_is_an_entry(read_text: ReadText) -> None:
    text = "# Net premium\n\nWhat is paid\nfor [insurance](/insurance).\n\nMore.\n"
    reading = read_text(text)
    assert told(reading) == [("title", 1)]
    assert reading.entry is not None
    assert reading.entry.title == "Net premium"
    assert reading.entry.definition == "What is paid for [insurance](/insurance)."
    assert reading.entry.definition_origin.line == 3
    assert reading.entry.is_defined_in_body
    assert reading.entry.body == text


@pytest.mark.parametrize("value", ["no", "No", "YES", "on", "off", "true", "False"])
def test_a_title_that_yaml_takes_for_true_or_false_stays_a_word(
    read_text: ReadText, value: str
) -> None:
    reading = read_text(f"---\nsort: x\ntitle: {value}\n---\n")
    assert reading.entry is not None
    assert reading.entry.title == value
    assert told(reading) == [("title", 3)]
    assert f'title: "{value}"' in reading.problems[0].message
    assert sound(read_text(f'---\ntitle: "{value}"\n---\n')).title == value


@pytest.mark.parametrize(
    "value", ["007", "1e3", "2019-29-11", "0x1F", "1_000", "12:30"]
)
def test_a_title_stays_as_it_is_written(read_text: ReadText, value: str) -> None:
    assert sound(read_text(f"---\ntitle: {value}\n---\n")).title == value


# definitions


@pytest.mark.parametrize("value", ["", "''", "~", "[]", "undefined", "null"])
def test_without_a_description_the_first_paragraph_is_the_definition(
    read_text: ReadText, value: str
) -> None:
    body = "\n# Premium\n\n- item\n\n| a |\n|---|\n\nWhat *is*\n  paid.\n"
    entry = sound(read_text(f"---\ntitle: Premium\ndescription: {value}\n---\n{body}"))
    assert entry.definition == "What *is* paid."
    assert entry.definition_origin.line == 13
    assert entry.is_defined_in_body


def test_an_entry_may_have_no_definition(make_entry: MakeEntry) -> None:
    entry = make_entry("en/premium", "# Premium\n\n- item\n", description="")
    assert entry.definition == ""
    assert not entry.is_defined_in_body


def test_a_long_definition_is_told_and_kept(read_text: ReadText) -> None:
    text = "word " * 1000
    for front, body, line in (
        (f"description: {text}", "", 3),
        ("x: y", f"\n{text}", 6),
    ):
        reading = read_text(f"---\ntitle: Premium\n{front}\n---\n{body}")
        assert reading.entry is not None
        assert reading.entry.definition == text.strip()
        assert told(reading) == [("definition", line)]
        assert "4999 characters" in reading.problems[0].message
        assert "body" in reading.problems[0].message
    sound(read_text(f"---\ntitle: Premium\ndescription: {'x' * 1000}\n---\n"))


# keys


@pytest.mark.parametrize("start", ["", "\ufeff", "\n", "\n \n\n", "\ufeff\r\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_way_to_save_a_file_is_fine(
    read_text: ReadText, start: str, end: str
) -> None:
    text = "---  \ntitle: Premium  \n\n# why\ndescription: Paid.\t\n---\t\n\nText.\n\nMore."
    entry = sound(read_text((start + text.replace("\n", end)).encode()))
    blank = start.replace("\r\n", "\n").count("\n")
    assert (entry.title, entry.definition) == ("Premium", "Paid.")
    assert entry.body == "\nText.\n\nMore."
    assert entry.origin.line == 7 + blank
    assert entry.definition_origin.line == 5 + blank
    assert entry.lines == {"title": 2 + blank, "description": 5 + blank}


def test_capitals_in_keys_do_not_matter(read_text: ReadText) -> None:
    entry = sound(
        read_text("---\nTitle: Premium\nDESCRIPTION : Paid.\n'Sort': x\n---\n")
    )
    assert (entry.title, entry.definition, entry.sort) == ("Premium", "Paid.", "x")


@pytest.mark.parametrize("second", ["title", "Title"])
def test_of_two_equal_keys_the_second_counts_and_is_told(
    read_text: ReadText, second: str
) -> None:
    reading = read_text(f"---\ntitle: Premium\nsort: x\n{second}: Net premium\n---\n")
    assert reading.entry is not None
    assert reading.entry.title == "Net premium"
    assert told(reading) == [("file", 4)]
    assert f"'{second}'" in reading.problems[0].message
    assert "take one out" in reading.problems[0].message


def test_folded_text_that_is_not_indented_may_become_a_key(read_text: ReadText) -> None:
    text = (
        "---\ntitle: Premium\ndescription: >\nIn short: what is paid.\n---\n\nPaid.\n"
    )
    entry = sound(read_text(text))
    assert entry.definition == "Paid."
    assert entry.extra == {"in short": "what is paid."}


@pytest.mark.parametrize("front", ["", "\n", "# nothing\n", "\n\n"])
def test_front_matter_may_say_nothing(read_text: ReadText, front: str) -> None:
    reading = read_text(f"---\n{front}---\n# Premium\n")
    assert reading.entry is not None
    assert reading.entry.title == "Premium"
    assert told(reading) == [("title", 1)]


@pytest.mark.parametrize("rule", ["***", "- - -", "text\n---", "--- x"])
def test_other_lines_do_not_begin_front_matter(read_text: ReadText, rule: str) -> None:
    reading = read_text(f"{rule}\n\n# Premium\n")
    assert reading.entry is not None
    assert reading.entry.body == f"{rule}\n\n# Premium\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-01-31", "2020-01-31"),
        ("'2020-01-31'", "2020-01-31"),
        ("20200131", "2020-01-31"),
    ],
)
def test_a_date_is_kept_in_one_form(
    read_text: ReadText, written: str, read: str
) -> None:
    assert (
        sound(read_text(f"---\ntitle: x\neffective: {written}\n---\n")).effective
        == read
    )


@pytest.mark.parametrize("written", ["2019-29-11", "2019-02-30", "soon", "31.1.2020"])
def test_an_impossible_date_is_told_and_shown_as_written(
    read_text: ReadText, written: str
) -> None:
    reading = read_text(f"---\ntitle: Premium\neffective: {written}\n---\n")
    assert reading.entry is not None
    assert reading.entry.effective == written
    assert told(reading) == [("date", 3)]
    assert repr(written) in reading.problems[0].message
    assert "year-month-day" in reading.problems[0].message


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2019-29-11", "2019-29-11"),
        ("!!timestamp soon", "soon"),
        ("!!int ''", ""),
        ("!!bool maybe", "maybe"),
        ("!!float x", "x"),
        ("!!python/object:os.system ls", "ls"),
        ("{? [a] : b}", None),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_an_unknown_key_that_cannot_be_read_is_told_and_harms_nothing(
    read_text: ReadText, written: str, kept: str | None
) -> None:
    reading = read_text(f"---\ntitle: Premium\ndate: {written}\n---\n")
    assert reading.entry is not None
    assert reading.entry.title == "Premium"
    if kept is not None:
        assert reading.entry.extra == {"date": kept}
    if told(reading):
        assert told(reading) == [("date", 3)]
        assert "'date'" in reading.problems[0].message


def test_unknown_keys_are_kept_as_yaml_has_them(read_text: ReadText) -> None:
    entry = sound(
        read_text("---\ntitle: x\ndate: 2019-11-29\ntags: {a: [1, ~]}\n---\n")
    )
    assert entry.extra == {"date": "2019-11-29", "tags": {"a": [1, None]}}


# ids


@pytest.mark.parametrize(
    ("written", "made"), [("../../x", "x"), ("/a/b", "ab"), ("/", "")]
)
def test_an_id_that_is_a_path_leads_nowhere_and_is_told(
    read_text: ReadText, written: str, made: str
) -> None:
    reading = read_text(f"---\ntitle: Premium\nid: {written}\n---\n")
    made = made or "premium"
    assert reading.entry is not None
    assert reading.entry.term_id == made
    assert told(reading) == [("id", 3)]
    assert repr(written) in reading.problems[0].message
    assert f"`id: {made}`" in reading.problems[0].message


@pytest.mark.parametrize("written", ["Net_Premium", "net premium", "'net-premium'"])
def test_an_id_may_be_spelled_as_a_name_is(read_text: ReadText, written: str) -> None:
    assert (
        sound(read_text(f"---\ntitle: x\nid: {written}\n---\n")).term_id
        == "net-premium"
    )


def test_a_file_of_whose_name_no_id_can_be_made_is_told(read_text: ReadText) -> None:
    reading = read_text("---\ntitle: Premium\n---\n", name="en/+.md")
    assert reading.entry is None
    assert told(reading) == [("id", 1)]
    assert "write `id: …`" in reading.problems[0].message


# other people's front matter


def test_a_corpus_may_have_its_own_names_for_keys(read_text: ReadText) -> None:
    text = "---\ntitle: Premium\nShort_Description: Paid.\ntags: [a, b]\nx: y\nsort: z\n---\n"
    fields = {"description": "short_description", "keywords": "tags", "aliases": "aka"}
    entry = sound(read_text(text, fields=fields))
    assert entry.definition == "Paid."
    assert entry.keywords == ("a", "b")
    assert entry.extra == {"x": "y"}
    assert entry.definition_origin.line == 3
    assert entry.aliases == ()


def test_two_keys_may_be_read_from_one_and_two_may_be_swapped(
    read_text: ReadText,
) -> None:
    text = "---\ntitle: a\ndescription: b\ntags: c\n---\n"
    fields = {"title": "description", "description": "title"}
    entry = sound(
        read_text(text, fields={**fields, "keywords": "tags", "aliases": "tags"})
    )
    assert (entry.title, entry.definition) == ("b", "a")
    assert entry.keywords == entry.aliases == ("c",)
    assert entry.extra == {}


def test_a_key_that_another_name_took_over_is_read_no_more(read_text: ReadText) -> None:
    entry = sound(read_text("---\ntitle: a\nname: b\n---\n", fields={"title": "name"}))
    assert (entry.title, entry.extra) == ("b", {})


# laws

lines = st.lists(
    st.sampled_from(
        [
            *(
                "---",
                "title: x",
                "title:",
                "- a",
                "id: ../x",
                "a: [",
                "b: {c: d}",
                "  e",
            ),
            *("draft: true", "effective: 2019-29-11", "&x [*x]", "# h", "##i"),
            *("---  ", "...", "%YAML 1.1", "? z", "title: 'y", "description: >"),
            *("\ufeff", "[j](/k l)"),
        ]
    )
    | st.text(max_size=9)
)


@given(
    content=st.binary()
    | lines.map("\n".join).map(lambda t: t.encode("utf-8", "replace"))
)
@example(content=b"---\n" + b"[" * 5000)
@example(content=b"---\na: " + b"[" * 3000 + b"]" * 3000 + b"\n---\n")
@example(content=b"---\na: " + b"{a: " * 500 + b"}" * 500 + b"\n---\n")
def test_no_file_ends_a_build(read_text: ReadText, content: bytes) -> None:
    reading = read_text(content)
    if reading.entry is not None:
        assert reading.entry.title
        assert "\n" not in reading.entry.title + reading.entry.definition
        assert reading.entry.blocks is not None
    for problem in reading.problems:
        assert problem.origin.path.name == "premium.md"
        assert problem.message


@given(lines=lines)
def test_every_complaint_is_on_a_line_of_the_file(
    read_text: ReadText, lines: list[str]
) -> None:
    text = "\n".join(["---", *lines, "---"])
    reading = read_text(text.encode("utf-8", "replace"))
    count = len(text.splitlines())
    for problem in reading.problems:
        assert problem.origin.line is None or 1 <= problem.origin.line <= count
