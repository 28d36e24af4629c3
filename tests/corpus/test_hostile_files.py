"""Nothing in a corpus ends or hangs a build, nor does it grow without measure."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.generated import MARK_LINE, is_generated
from sphinx_insurterms.corpus.ids import split_path
from sphinx_insurterms.corpus.loading import CorpusFolder
from sphinx_insurterms.corpus.parser import markdown, plain_text

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.readers.source import Reading
    from tests.corpus.conftest import ReadText, Shelf


def told(reading: Reading) -> list[tuple[str, int | None]]:
    """Return name and line of each problem."""
    return [(problem.name, problem.origin.line) for problem in reading.problems]


def only(problems: list[Problem]) -> str:
    """Return the message of the only problem."""
    (problem,) = problems
    return problem.message


# YAML


def bomb(row: str, levels: int = 30) -> str:
    """Return YAML that stands for 9 to the power of *levels* times what it holds."""
    rows = (
        f"k{n}: &k{n} " + row % ", ".join(9 * [f"*k{n - 1}"]) for n in range(1, levels)
    )
    return "\n".join(["k0: &k0 {x: 1}", *rows])


@pytest.mark.parametrize("row", ["{<<: [%s]}", "[%s]", "{a: [%s]}"])
def test_values_that_repeat_or_merge_are_left_out_and_told(
    read_text: ReadText, row: str
) -> None:
    reading = read_text(f"---\ntitle: Premium\n{bomb(row)}\n---\n")
    assert reading.entry is not None
    assert reading.entry.title == "Premium"
    assert reading.entry.extra["k0"] == {"x": 1}
    assert reading.entry.extra["k29"] is None
    assert told(reading) == [("file", 3 + n) for n in range(1, 30)]
    assert "'k1' repeats or merges" in reading.problems[0].message
    assert "write it in full" in reading.problems[0].message


@pytest.mark.parametrize("value", ["&a [*a]", "{<<: {a: b}}", "[&a x, *a]"])
def test_one_value_that_repeats_or_merges_is_told(
    read_text: ReadText, value: str
) -> None:
    reading = read_text(f"---\ntitle: Premium\nlayout: {value}\n---\n")
    assert reading.entry is not None
    assert reading.entry.extra == {"layout": None}
    assert told(reading) == [("file", 3)]


def test_a_key_that_is_no_text_is_left_out_and_told(read_text: ReadText) -> None:
    # Written as text, this one would not fit into memory.
    reading = read_text(f"---\ntitle: Premium\n{bomb('[%s]')}\n? [*k29]\n: x\n---\n")
    assert reading.entry is not None
    assert reading.entry.title == "Premium"
    assert ("file", 33) in told(reading)
    assert any("this key is no text" in p.message for p in reading.problems)


def test_known_keys_may_repeat_a_text(read_text: ReadText) -> None:
    reading = read_text("---\ntitle: &t Premium\naliases: [*t, fee]\n---\n")
    assert told(reading) == []
    assert reading.entry is not None
    assert reading.entry.aliases == ("Premium", "fee")


@pytest.mark.parametrize("part", ["[", "{a: ", "- ", "? ", "- ? "])
@pytest.mark.parametrize("before", ["a: ", "a:\n  "])
def test_values_that_are_too_deep_are_told_and_crash_nothing(
    read_text: ReadText, before: str, part: str
) -> None:
    reading = read_text(
        f"---\ntitle: Premium\n{before}{part * 100_000}\n---\n".encode()
    )
    assert reading.entry is None
    assert [name for name, _ in told(reading)] == ["file"]


def test_values_may_be_as_deep_as_any_that_people_write(read_text: ReadText) -> None:
    deep = "[" * 49 + "]" * 49
    assert told(read_text(f"---\ntitle: Premium\na: {deep}\n---\n")) == []


# Markdown


@pytest.mark.parametrize(
    "text",
    [
        "##x{}y",
        "##x{} # y",
        "##x #{}",
        "[a](/x{}y",
        "[a](/x{}y)",
        "[a]({}/x y",
        "[a](/x{}\ny",
    ],
)
def test_a_long_run_of_spaces_is_read_in_no_time(text: str) -> None:
    begin = time.process_time()
    blocks(text.format(" " * 100_000), "")
    assert time.process_time() - begin < 2


DEEP = {
    "emphasis": "**a **" * 200 + "x" + " b**" * 200,
    "both": "**a *" * 200 + "x" + "* b**" * 200,
    "in a link": "[" + "**a " * 200 + "x" + " b**" * 200 + "](/x)",
    "quotations": ">" * 10_000 + "a",
    "brackets": "[" * 10_000 + "a",
    "lists": "- " * 5_000 + "a",
}


def depth(text: str) -> int:
    """Return the number of elements that are in each other, at most."""
    tokens = markdown().parse(text)
    inner = [child.level for token in tokens for child in token.children or ()]
    return max([*(token.level for token in tokens), 0]) + max(inner, default=0)


@pytest.mark.parametrize("name", DEEP)
def test_nothing_nests_deeper_than_a_build_can_walk(name: str) -> None:
    assert depth(DEEP[name]) <= 60


def test_emphasis_that_is_too_deep_stays_text() -> None:
    text = "**a " * 30 + "x" + " b**" * 30
    (_, inline, _) = markdown().parse(text)
    children = inline.children or []
    assert sum(child.type == "strong_open" for child in children) == 10
    assert plain_text(inline) == "a " * 10 + "**a " * 20 + "x" + " b**" * 20 + " b" * 10


def test_any_number_of_emphases_may_follow_each_other() -> None:
    (_, inline, _) = markdown().parse("**a** *b* " * 100)
    opened = [
        c for c in inline.children or () if c.type.endswith(("strong_open", "em_open"))
    ]
    assert len(opened) == 200


# characters


@pytest.mark.parametrize(
    "char", ["\0", "\x01", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe"]
)
def test_characters_that_no_format_can_hold_are_left_out(
    read_text: ReadText, char: str
) -> None:
    text = f"---\ntitle: C{char}t\ndescription: a{char}b\n---\n\nc{char}d\n"
    entry = read_text(text).entry
    assert entry is not None
    assert (entry.title, entry.definition, entry.body) == ("Ct", "ab", "\ncd\n")


@pytest.mark.parametrize(
    "written",
    ["C\\x01t", "C\\ufffet", "C\\U0001fffft", "C&#x81;t", "C\ufefft"],
)
def test_they_are_left_out_however_they_are_written(
    read_text: ReadText, written: str
) -> None:
    reading = read_text(f'---\ntitle: "{written}"\nformerly: "{written}"\n---\n')
    assert reading.entry is not None
    assert reading.entry.title == "Ct"
    if "&" not in written:
        assert reading.entry.formerly == ("Ct",)


@pytest.mark.parametrize("written", ["&#12;", "&#x0C;", "&amp;#12;", "&#1&#12;2;"])
def test_markdown_brings_no_form_feed_back(read_text: ReadText, written: str) -> None:
    text = f"---\ntitle: x\ndescription: a{written}b\n---\n\na{written}b\n"
    entry = read_text(text).entry
    assert entry is not None
    for source in (entry.definition, entry.body):
        shown = [plain_text(t) for t in markdown().parse(source) if t.children]
        assert "\f" not in "".join(shown)


def test_joiners_of_letters_are_kept(read_text: ReadText) -> None:
    entry = read_text("---\ntitle: می\u200cشود\ndescription: ا\u200dب\n---\n").entry
    assert entry is not None
    assert (entry.title, entry.definition) == ("می\u200cشود", "ا\u200dب")


# ids


@pytest.mark.parametrize(("letter", "fits"), [("a", 200), ("å", 100), ("ق", 100)])
def test_an_id_that_is_too_long_for_a_file_is_told(
    read_text: ReadText, letter: str, fits: int
) -> None:
    reading = read_text(f"---\ntitle: x\nid: {letter * fits}\n---\n")
    assert told(reading) == []
    reading = read_text(f"---\ntitle: x\nid: {letter * 400}\n---\n")
    assert reading.entry is None
    assert told(reading) == [("id", 3)]
    assert f"{len(letter.encode()) * 400} bytes" in reading.problems[0].message
    assert "write a shorter `id: …`" in reading.problems[0].message
    assert len(reading.problems[0].message) < 200


# files


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
@pytest.mark.parametrize("name", ["en/pipe.md", "pipe.md"])
def test_a_pipe_is_not_read_and_told(shelf: Shelf, name: str) -> None:
    shelf.entries("en/premium")
    os.mkfifo(shelf.root / name)
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert loaded.complaints == [("file", name)]
    assert "a pipe or a device" in only(loaded.problems)
    assert "take it out" in only(loaded.problems)
    again = shelf.load(may_be_missing=True)
    assert (again.titles, again.problems) == (loaded.titles, loaded.problems)


@pytest.mark.parametrize("exists", [True, False])
def test_a_manifest_that_is_a_link_out_of_the_corpus_is_not_read(
    shelf: Shelf, exists: bool
) -> None:
    shelf.entries("en/premium")
    outside = shelf.root.parent / "outside.toml"
    if exists:
        outside.write_text('licence = "secret"\n', "utf-8")
    (shelf.root / "insurterms.toml").symlink_to(outside)
    loaded = shelf.load()
    assert loaded.ids == ["premium"]
    assert loaded.layer.manifest.licence == ""
    assert loaded.complaints == [("file", "insurterms.toml")]
    assert "leads out of the corpus" in only(loaded.problems)


def test_a_manifest_that_is_a_link_inside_the_corpus_is_read(shelf: Shelf) -> None:
    shelf.entries("en/premium")
    shelf.write("shared/own.toml", 'licence = "MIT"\n')
    (shelf.root / "insurterms.toml").symlink_to(shelf.root / "shared" / "own.toml")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.layer.manifest.licence == "MIT"


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "Readme.MD",
        "SOURCE.md",
        "license.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ],
)
def test_a_file_about_a_corpus_is_no_entry(shelf: Shelf, name: str) -> None:
    shelf.entries("en/premium")
    shelf.write(name, "# About\n\nThese terms are ours.\n")
    loaded = shelf.load()
    assert loaded.problems == []
    assert loaded.ids == ["premium"]


@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_a_file_of_that_name_is_an_entry_if_it_looks_like_one(
    shelf: Shelf, start: str
) -> None:
    shelf.write("source.md", f"{start}---\ntitle: Source\n---\n")
    shelf.write("en/license.md", "# License\n")
    loaded = shelf.load()
    assert loaded.ids == ["license", "source"]
    assert "or begin its name with _ if it is no entry" in only(loaded.problems)


@pytest.mark.parametrize(
    ("content", "ours"),
    [
        (f".. {MARK_LINE}\n\n.. insurterm-page:: x\n", True),
        (f"---\na: b\n---\n\n% {MARK_LINE}\r\n\r\n```{{insurterm-pages}}\n```\n", True),
        (f"# {MARK_LINE}\n/index.rst\n", True),
        (f".. {MARK_LINE}\n\nText.\n", False),
        (f".. insurterm-page:: x\n\n.. {MARK_LINE}\n", False),
        (f"---\ntitle: x\n---\n{MARK_LINE}\n\n.. insurterm-page:: x\n", False),
        ("\n" * 10 + f".. {MARK_LINE}\n\n.. insurterm-page:: x\n", False),
        ("", False),
    ],
)
def test_only_a_page_that_we_wrote_is_ours(content: str, ours: bool) -> None:
    assert is_generated(content.encode()) is ours


def test_an_entry_may_speak_of_generated_pages(shelf: Shelf) -> None:
    text = f"% {MARK_LINE}\n"
    shelf.write("en/page.md", f"---\ntitle: page\n---\n{text}")
    assert shelf.load().ids == ["page"]


# the default folder


PAGE = f".. {MARK_LINE}\n\n.. insurterm-page:: x\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, False),
        ({"index.md": "# Ordinary\n"}, False),
        ({"motor/index.md": "# Ordinary\n"}, False),
        ({"en/_draft.md": "x", "en/x.txt": "x"}, False),
        ({"en/x.md": PAGE}, False),
        ({"x.md": "---\ntitle: X\n---\ndescription: no\n"}, False),
        ({"x.md": "\ufeff---\ntitle: X\ndescription: It is.\n---\n"}, True),
        ({"insurterms.toml": ""}, True),
        ({"en/x.md": "# X\n"}, True),
        ({"en/a.md": PAGE, "en/x.md": "# X\n"}, True),
        ({"nb/deep/x.md": "# X\n", "index.md": "x"}, True),
    ],
)
def test_the_default_folder_counts_if_it_holds_a_corpus(
    shelf: Shelf, files: dict[str, str], expected: bool
) -> None:
    for name, content in files.items():
        shelf.write(name, content)
    assert CorpusFolder(path=shelf.root, may_be_missing=True).is_there is expected
    assert CorpusFolder(path=shelf.root).is_there
    if not expected:
        loaded = shelf.load(may_be_missing=True)
        assert (loaded.ids, loaded.problems) == ([], [])


def test_a_folder_that_is_not_there_is_no_corpus(tmp_path: Path) -> None:
    for may_be_missing in (True, False):
        folder = CorpusFolder(path=tmp_path / "no", may_be_missing=may_be_missing)
        assert not folder.is_there


def test_an_entry_that_cannot_be_opened_makes_a_corpus_too(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.entries("en/a")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    loaded = shelf.load(may_be_missing=True)
    assert ("file", "en/a.md") in loaded.complaints


# links


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("/glossary/fee", ("/glossary/", "fee")),
        ("/nb/a/b/fee/#x", ("/a/b/", "fee")),
        ("fee", ("", "fee")),
        ("/nb/fee", ("", "fee")),
        ("", ("", "")),
    ],
)
def test_a_target_has_a_prefix_and_an_id(target: str, parts: tuple[str, str]) -> None:
    assert split_path(target) == parts
