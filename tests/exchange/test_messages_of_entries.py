"""An entry is as many messages as it has blocks, each with its place."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.corpus.texts import (
    Message,
    message_id,
    messages,
    translated_messages,
)
from sphinx_insurterms.exchange import po

if TYPE_CHECKING:
    from sphinx_insurterms.corpus.model import Entry


def entry_in(root: Path, content: str) -> Entry:
    path = root / "terms/en/claim.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    layer, _ = load(CorpusFolder(path=root / "terms"))
    return layer.terms["claim"].source


def test_they_come_in_reading_order_with_their_lines(tmp_path: Path) -> None:
    entry = entry_in(
        tmp_path,
        "---\ndescription: A *request*.\ntitle: claim\n---\n\n# Claim\n\nTo be\npaid.\n",
    )
    assert list(messages(entry, body=True)) == [
        ("claim", 3),
        ("A *request*.", 2),
        ("To be paid.", 8),
    ]
    assert [text for text, _ in messages(entry, body=False)] == [
        "claim",
        "A *request*.",
    ]


def test_what_an_entry_does_not_say_is_no_message(tmp_path: Path) -> None:
    entry = entry_in(tmp_path, "---\ntitle: claim\n---\n\n- \n\n| a | |\n| - | - |\n")
    assert list(messages(entry, body=True)) == [("claim", 2), ("a", 7)]


def test_a_definition_that_is_a_paragraph_of_the_body_is_one_message(
    tmp_path: Path,
) -> None:
    entry = entry_in(tmp_path, "# Claim\n\nA request\nto be paid.\n")
    catalog = empty()
    for message in messages(entry, body=True):
        catalog.add(message, po.path_of(entry, tmp_path / "terms"))
    assert [(m.msgid, m.occurrences) for m in polib.pofile(str(catalog))] == [
        ("Claim", [("terms/en/claim.md", "1")]),
        ("A request to be paid.", [("terms/en/claim.md", "3")]),
    ]


def empty() -> po.Catalog:
    return po.Catalog.made({"Language": "nb"}, "Terms.", fuzzy=True)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("one\ntwo", "one two"),
        ("one  two ", "one two"),
        ("10\u00a0%,\n20\u202f%", "10\u00a0%, 20\u202f%"),
        ("one  \ntwo", "one  \ntwo"),
        ("one\\\ntwo", "one\\\ntwo"),
    ],
)
def test_lines_may_be_broken_anywhere_but_where_a_reader_sees_it(
    written: str, message: str
) -> None:
    assert message_id(written) == message


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1
)


@given(st.lists(TEXTS.filter(str.strip), unique_by=message_id, max_size=5))
def test_what_is_written_is_what_translators_read(texts: list[str]) -> None:
    catalog = empty()
    messages = [Message(message_id(text), n) for n, text in enumerate(texts)]
    for message in messages:
        catalog.fill(message, "a.md", message.text[::-1])
    assert len(catalog) == len(texts)
    read = read_po(io.BytesIO(str(catalog).encode()))
    found = {str(message.id): str(message.string) for message in read if message.id}
    assert found == {text: text[::-1] for text, _ in messages}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.po")
        path.write_text(str(catalog), "utf-8")
        again = po.Catalog.read(path)
    assert str(again) == str(catalog)
    assert again.texts() == found
    assert not looks_broken(str(catalog).encode())


def looks_broken(content: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.po")
        path.write_bytes(content)
        return po.looks_broken(path)


@pytest.mark.parametrize(
    ("line", "is_broken"),
    [
        ("", False),
        (" ", False),
        ("# nonsense", False),
        ('#~ msgid "a"', False),
        ('"more"', False),
        (r'"a \"b\" \\"', False),
        ('msgctxt "a"\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"', False),
        ('msgid "a"\r\nmsgstr "b"\r', False),
        ("nonsense", True),
        ('msgid "a', True),
        ('msgid "a "b" c"', True),
        (r'msgid "a\"', True),
        ('msgxyz "a"', True),
        ("msgid a", True),
        ('"a"\n<<<<<<< HEAD\n', True),
    ],
)
def test_a_line_that_is_none_of_a_catalog_is_seen(line: str, is_broken: bool) -> None:
    assert looks_broken(f'msgid ""\nmsgstr ""\n{line}\n'.encode()) is is_broken


def test_templates_that_were_made_at_other_times_are_the_same() -> None:
    def made(day: str, text: str) -> str:
        return f'"POT-Creation-Date: {day}\\n"\n\nmsgid "{text}"\n'

    assert po.is_same_template(made("2026-11-21", "a"), made("2026-11-22", "a"))
    assert not po.is_same_template(made("2026-11-21", "a"), made("2026-11-21", "b"))


def test_bodies_line_up_by_the_kinds_of_their_blocks(tmp_path: Path) -> None:
    head = "---\ntitle: claim\ndescription: A request.\n---\n"
    source = entry_in(tmp_path, head + "One.\n\n- Two.\n")
    alike = entry_in(tmp_path / "a", head + "En.\n\n- To.\n")
    said, lines_up = translated_messages(source, alike)
    assert lines_up
    assert said["Two."] == "To."
    table = "| a | b |\n| - | - |\n| c | |\n"
    cells = (head + table, head + table.replace("c", "").replace("a", "å"))
    said, _ = translated_messages(
        entry_in(tmp_path / "c", cells[0]), entry_in(tmp_path / "d", cells[1])
    )
    assert said == {"claim": "claim", "A request.": "A request.", "a": "å", "b": "b"}
    for other in ("- En.\n\nTo.\n", "En.\n", "En.\n\n- To.\n\n  Tre.\n"):
        said, lines_up = translated_messages(
            source, entry_in(tmp_path / "b", head + other)
        )
        assert not lines_up
        assert said.keys() == {"claim", "A request."}
