from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.blocks import (
    Block,
    Link,
    blocks,
    line_up,
    link_opposite,
)
from sphinx_insurterms.corpus.parser import body_tokens, markdown, plain_text

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("blocks.toml").read_text("utf-8")
)

BODY = """\

# Liability Insurance
## Who Is It For?

Those who *treat* patients, whoever
[employs](/employer) them.

> ## Note
> Not for doctors.

- [midwives](/far reaching insurance)
- others:
  1. first
  2. second

     more

| Paid | Not paid |
|------|----------|
| $1 million | `$3 million` |

```text
[no](/block)
```
"""


def read(body: str, title: str = "") -> list[tuple[str, int, str, int, bool]]:
    return [(b.kind, b.level, b.text, b.line, b.is_nested) for b in blocks(body, title)]


def test_a_body_is_headings_paragraphs_items_and_cells_in_reading_order() -> None:
    assert read(BODY, "Liability insurance") == [
        ("heading", 2, "Who Is It For?", 2, False),
        (
            "paragraph",
            0,
            "Those who *treat* patients, whoever\n[employs](/employer) them.",
            4,
            False,
        ),
        ("heading", 2, "Note", 7, True),
        ("paragraph", 0, "Not for doctors.", 8, True),
        ("item", 0, "[midwives](/far reaching insurance)", 10, True),
        ("item", 0, "others:", 11, True),
        ("item", 0, "first", 12, True),
        ("item", 0, "second", 13, True),
        ("item", 0, "more", 15, True),
        ("cell", 0, "Paid", 17, True),
        ("cell", 0, "Not paid", 17, True),
        ("cell", 0, "$1 million", 19, True),
        ("cell", 0, "`$3 million`", 19, True),
    ]


def test_a_link_knows_its_line_and_what_its_author_wrote() -> None:
    links = [link for block in blocks(BODY, "") for link in block.links]
    assert links == [
        Link("employs", "/employer", 5),
        Link("midwives", "/far reaching insurance", 10),
    ]


def test_line_breaks_in_and_before_a_link_are_counted() -> None:
    (block,) = blocks("a  \nb\\\nc [d\ne *f*](/g h)\n[i](/j)", "")
    assert block.links == (Link("d e f", "/g h", 2), Link("i", "/j", 4))
    (block,) = blocks("a <b\nc> d <!-- e\n-->\n![f\ng](/h) [i](/j k)", "")
    assert block.links == (Link("i", "/j k", 4),)


@pytest.mark.parametrize(
    "body",
    [
        "# Cost of *cover*\ntext",
        "Cost of cover\n===\ntext",
        "\n\n### cost-of_COVER ###\n\ntext",
        "# **Cost**\u00a0of [cover](/cover)\n\ntext",
        "##Cost of cover\ntext",
    ],
)
def test_a_first_heading_that_repeats_the_title_is_left_out(body: str) -> None:
    assert [block[2] for block in read(body, "Cost of cover")] == ["text"]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("text\n\n# Cover", "text"),
        ("# Covers", "Covers"),
        ("# Why?\n\n# Cover", "Why?"),
        ("Cover", "Cover"),
        ("> # Cover", "Cover"),
    ],
)
def test_no_other_heading_is_left_out(body: str, first: str) -> None:
    assert read(body, "Cover")[0][2] == first


def test_a_body_of_nothing_has_no_blocks() -> None:
    assert blocks("", "Cover") == blocks("# Cover", "cover") == ()
    assert body_tokens("", "Cover") == []


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("##Why", 2, "Why"),
        ("######Why not? ##", 6, "Why not?"),
        ("  ##هل", 2, "هل"),
        ("##[Why](/y)", 2, "[Why](/y)"),
    ],
)
def test_a_heading_without_its_space_is_a_heading(
    line: str, level: int, text: str
) -> None:
    assert read(f"a\n{line}\nb") == [
        ("paragraph", 0, "a", 0, False),
        ("heading", level, text, 1, False),
        ("paragraph", 0, "b", 2, False),
    ]
    assert read(f"> {line}")[0][:3] == ("heading", level, text)


@pytest.mark.parametrize("text", ["#1 insurer", "#cover", "#######a", "a ##b", "\\##b"])
def test_a_number_sign_is_not_always_a_heading(text: str) -> None:
    assert read(text)[0][0] == "paragraph"


def test_code_is_not_read() -> None:
    assert read("    ##a\n") == read("```\n##a\n[a](/b)\n```") == []


def test_html_and_shortcodes_are_no_blocks_of_their_own() -> None:
    body = "<script>\nalert(1)\n</script>\n\n<!-- a -->\n\n{{< note >}}\n"
    assert [block[2] for block in read(body)] == ["{{< note >}}"]


def test_a_reader_sees_no_markup() -> None:
    text = "A *b* **c**\n`d` [e](/f g) ![h](i)  \nj <b>k</b> &amp; \\* <https://l.m>"
    (inline,) = (t for t in markdown().parse(text) if t.type == "inline")
    assert plain_text(inline) == "A b c d e h j k & * https://l.m"


@pytest.mark.parametrize("case", CASES["lined_up"])
def test_bodies_that_say_the_same_line_up(case: str) -> None:
    one, other = (blocks(body, "") for body in CASES["lined_up"][case].values())
    assert line_up(one, other)
    assert line_up(other, one)


@pytest.mark.parametrize("case", CASES["apart"])
def test_bodies_that_differ_do_not_line_up(case: str) -> None:
    one, other = (blocks(body, "") for body in CASES["apart"][case].values())
    assert not line_up(one, other)
    assert not line_up(other, one)


def opposite(one: str, other: str, place: tuple[int, int]) -> str | None:
    link = link_opposite(place, blocks(one, ""), blocks(other, ""))
    return link.target if link else None


def test_a_link_is_compared_with_the_one_at_its_place() -> None:
    one = "## [a](/1)\n\nx [b](/2), [c](/3 4)"
    other = "## [q](/5)\n\n[r](/6 7) y [s](/8)"
    places = [(0, 0), (1, 0), (1, 1)]
    assert [opposite(one, other, p) for p in places] == ["/5", "/6 7", "/8"]


def test_where_one_has_another_number_of_links_nothing_is_compared() -> None:
    assert opposite("[a](/1)", "[q](/2) [r](/3)", (0, 0)) is None
    assert opposite("[a](/1) [b](/2)", "[q](/3)", (0, 0)) is None
    assert opposite("[a](/1)\n\n[b](/2)", "x\n\n[q](/3)", (1, 0)) == "/3"


def test_where_bodies_differ_nothing_is_compared() -> None:
    assert opposite("[a](/1)\n\nb", "[q](/2)", (0, 0)) is None


def test_links_are_compared_by_items_not_by_paragraphs() -> None:
    one = "- [a](/1) [b](/2)\n- [c](/3)"
    other = "- [q](/4)\n  - r\n\n  [s](/5)\n- [t](/6)"
    flat = "- [q](/4)\n\n  [s](/5)\n- [t](/6)"
    assert [opposite(one, flat, p) for p in [(0, 0), (0, 1), (1, 0)]] == [
        "/4",
        "/5",
        "/6",
    ]
    assert [opposite(flat, one, p) for p in [(0, 0), (1, 0), (2, 0)]] == [
        "/1",
        "/2",
        "/3",
    ]
    assert opposite(one, other, (0, 0)) is None


lines = st.lists(
    st.sampled_from(
        [
            "# a",
            "##b",
            "- c",
            "  - d",
            "  e",
            "1. f",
            "> g",
            "",
            "",
            "h [i](/j k)",
            "a|b",
        ]
    )
    | st.text("#->|* []/ab\t", max_size=9)
)


@given(lines=lines)
def test_a_body_lines_up_with_itself(lines: list[str]) -> None:
    found = blocks("\n".join(lines), "")
    assert line_up(found, found)
    for number, block in enumerate(found):
        for position, link in enumerate(block.links):
            assert link_opposite((number, position), found, found) == link


@given(lines=lines)
def test_every_block_and_link_is_on_a_line_of_the_body(lines: list[str]) -> None:
    found = blocks("\n".join(lines), "")
    assert [block.line for block in found] == sorted(block.line for block in found)
    for block in found:
        assert isinstance(block, Block)
        assert block.text.split("\n")[0].strip("#").strip() in lines[block.line]
        for link in block.links:
            assert link.target in lines[link.line]
