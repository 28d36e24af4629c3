"""What is mended stays the same entry, and is mended once."""

from __future__ import annotations

import html
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_insurterms.checking.findings import Edit
from sphinx_insurterms.checking.fixing import mend
from tests.checking.conftest import Desk

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

titles = st.sampled_from(
    ["Premium", "Premium  ", "'  Net premium '", '"R&amp;D"', "A &lt;b&gt; &quot;c&quot;",
     "&amp;amp;", "it&#39;s", "'it&#39;s'", "a&#58; b", "&#35;1", "x &#124; y"]
)  # fmt: skip
targets = st.sampled_from(
    ["/risk", "/total loss", "/total%20loss", "/old-risk", "/nowhere", "/far away",
     "https://example.org", "/a", "risk#part", " /risk "]
)  # fmt: skip
links = st.builds(
    "[{}]({})".format, st.sampled_from(["it", "*it*", "[it]", "a\nb"]), targets
)
words = st.sampled_from(
    ["It", "is paid.", "`code [x](/y z)`", "<b>", "&amp;", "] (", "#"]
)
inline = st.lists(st.one_of(links, words), min_size=1, max_size=4).map(" ".join)
blocks = st.one_of(
    inline,
    st.builds(
        "{}{}".format, st.sampled_from(["##", "## ", "> ##", "- ##", "#"]), inline
    ),
    st.builds("- {}\n- {}".format, inline, inline),
    st.builds("```\n##x\n[a](/b c)\n{}\n```".format, inline),
    st.builds("| {} |\n|---|\n| {} |".format, links, links),
)
bodies = st.lists(blocks, max_size=4).map("\n\n".join)
ends = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def files(draw: st.DrawFn) -> str:
    front = [f"title: {draw(titles)}"]
    if draw(st.booleans()):
        front.append(f"description: {draw(st.one_of(titles, links.map(repr)))}")
    text = "\n".join(["---", *front, "---", "", draw(bodies), ""])
    return text.replace("\n", draw(ends))


def corpora() -> SearchStrategy[dict[str, str]]:
    """Return corpora of one term in three languages, and what its links may lead to."""
    one = files()
    own = st.fixed_dictionaries({"en/a.md": one, "nb/a.md": one, "ar/a.md": one})
    others = {
        "en/risk.md": "---\ntitle: Risk\nformerly: old-risk\n---\n",
        "en/total-loss.md": "---\ntitle: Total loss\n---\n",
    }
    alike = own.map(lambda found: {**found, "nb/a.md": found["ar/a.md"]})
    return st.one_of(own, alike).map(lambda found: found | others)


def _but_for_fixes(text: str) -> str:
    """Return a file without all that a fix may change."""
    text = re.sub(r"\]\([^)\n\r]*", "](", text)
    text = re.sub(r"(#{2,6}) *", r"\1", text)
    lines = text.splitlines()
    front = [re.sub(r"['\" ]", "", html.unescape(line)) for line in lines[:4]]
    return "\n".join([*front, *lines[4:]])


@given(corpora())
@settings(max_examples=60)
def test_fixing_twice_is_fixing_once_and_changes_nothing_else(
    found: dict[str, str],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.write_all(found)
        before = {
            (term.id, locale): (entry.title, len(entry.blocks), entry.keywords)
            for term in desk.layer().terms.values()
            for locale, entry in term.entries.items()
        }
        for _ in range(5):
            if not desk.fix():
                break
        mended = desk.files()
        assert not desk.fix()
        for name, content in found.items():
            assert _but_for_fixes(mended[name]) == _but_for_fixes(content)
        after = {
            (term.id, locale): (entry.title, len(entry.blocks), entry.keywords)
            for term in desk.layer().terms.values()
            for locale, entry in term.entries.items()
        }
        assert after == before


ENTRY = b"---\ntitle: Premium\ndescription: It.\n---\n\nA [b](/c d).\n"


def _edit(line: int, start: int, old: str, new: str) -> Edit:
    return Edit(line=line, start=start, old=old, new=new)


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (_edit(9, 0, "", "x"), "link"),  # no such line
        (_edit(6, 0, "B", "C"), "link"),  # says something else by now
        (_edit(6, 0, "A", "B"), "link"),  # prose
        (_edit(6, 0, "", "- "), "heading-space"),  # another block
        (_edit(6, 7, "c d).", "c d)"), "link"),  # loses the full stop
        (_edit(2, 7, "Premium", "Price"), "title-form"),
        (_edit(2, 0, "title", "[title"), "entity"),  # cannot be read
        (_edit(1, 0, "---", "--"), "link"),
        (_edit(3, 13, "It.", "He."), "title-form"),
        (_edit(3, 13, "It.", "- x"), "heading-space"),
    ],
)
def test_an_edit_that_would_change_more_is_not_made(
    desk: Desk, edit: Edit, rule: str
) -> None:
    path = desk.write("en/premium.md", ENTRY)
    mended = mend(desk.source(path), [(rule, edit)])
    assert mended.content == ENTRY
    assert mended.changes == []


def test_a_file_that_holds_no_entry_is_not_mended(desk: Desk) -> None:
    for content in (b"", b"---\ndraft: true\ntitle: A\n---\n"):
        path = desk.write("en/premium.md", content)
        edit = _edit(1, 0, "", "x")
        assert mend(desk.source(path), [("link", edit)]).content == content


def test_several_edits_of_one_line_are_shown_as_one_change(desk: Desk) -> None:
    mark = b"\xef\xbb\xbf"
    path = desk.write(
        "en/premium.md",
        mark + b"---\r\ntitle: ' A &amp; B&amp;C '\r\ndescription: It.\r\n---\r\n",
    )
    assert desk.fix()
    mended = mark + b"---\r\ntitle: 'A & B&C'\r\ndescription: It.\r\n---\r\n"
    assert path.read_bytes() == mended


def test_changes_are_told_with_their_lines(desk: Desk) -> None:
    content = b"---\ntitle: 'A '\ndescription: It.\n---\n\n##B\n"
    path = desk.write("en/premium.md", content)
    edits = [
        ("heading-space", _edit(6, 2, "", " ")),
        ("title-form", _edit(2, 9, " ", "")),
    ]
    changes = mend(desk.source(path), edits).changes
    assert changes == [(2, "title: 'A '", "title: 'A'"), (6, "##B", "## B")]


def test_what_two_languages_alone_say_of_a_link_is_not_written(desk: Desk) -> None:
    desk.entry("en/a", "The [b](/nowhere).")
    desk.entry("nb/a", "Den [b](/b).")
    desk.entry("en/b")
    assert not desk.fix()


def test_siblings_that_do_not_agree_mend_nothing(desk: Desk) -> None:
    desk.entry("en/a", "The [b](/nowhere).")
    desk.entry("nb/a", "Den [b](/b).")
    for body in (
        "Eso [c](/c).",
        "Eso [b](/gone).",
        "Eso.",
        "Eso [b](https://example.org).",
    ):
        desk.entry("es/a", body)
        desk.entry("en/b")
        desk.entry("en/c")
        desk.fix()
        assert "/nowhere" in desk.files()["en/a.md"]


def test_a_link_that_stands_twice_on_a_line_is_left_to_its_author(desk: Desk) -> None:
    desk.entry("en/a", "The [b](/b b) and [b](/b b).")
    desk.entry("en/b-b")
    assert not desk.fix()
