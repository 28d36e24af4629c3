from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_insurterms.corpus.blocks import blocks
from sphinx_insurterms.corpus.links import Destination, destination
from sphinx_insurterms.corpus.parser import markdown, plain_text

CASES = tomllib.loads(
    Path(__file__).with_name("data").joinpath("links.toml").read_text("utf-8")
)
TARGETS = [(target, kind) for kind in Destination for target in CASES[kind.value]]


@pytest.mark.parametrize(("target", "kind"), TARGETS)
def test_a_link_leads_to_a_term_to_the_outside_or_nowhere(
    target: str, kind: Destination
) -> None:
    assert destination(target) is kind


hidden = st.text("\0\1\t\n\r\x7f\u200b\ufeff\u202e", max_size=3)


@given(
    letters=st.tuples(*(st.sampled_from([c, c.upper()]) for c in "javascript")),
    between=st.lists(hidden, min_size=11, max_size=11),
)
def test_no_script_hides_behind_what_browsers_skip(
    letters: tuple[str, ...], between: list[str]
) -> None:
    pairs = zip(between, letters, strict=False)
    target = "".join(skipped + letter for skipped, letter in pairs)
    assert destination(f"{target}{between[-1]}:alert(1)") is Destination.REFUSED


@pytest.mark.parametrize(("text", "links"), CASES["read"].items())
def test_links_are_read_as_their_authors_meant_them(
    text: str, links: list[list[str]]
) -> None:
    found = [[link.text, link.target] for b in blocks(text, "") for link in b.links]
    assert found == links


@pytest.mark.parametrize("text", CASES["text"]["texts"])
def test_what_is_not_quite_a_link_stays_text(text: str) -> None:
    assert [block.links for block in blocks(text, "")] == [()]


@given(text=st.text("[](/a b)`\\!*<> \n\"'"))
def test_any_text_can_be_read(text: str) -> None:
    for block in blocks(text, ""):
        for link in block.links:
            assert isinstance(destination(link.target), Destination)


@given(
    before=st.text("ab .", max_size=5),
    text=st.text("abc", min_size=1),
    target=st.text("abc ", min_size=1).map(str.strip),
    after=st.text("ab .", max_size=5),
)
def test_a_link_hides_nothing_of_what_stands_around_it(
    before: str, text: str, target: str, after: str
) -> None:
    line = f"x{before}[{text}](/{target}){after}x"
    (inline,) = (t for t in markdown().parse(line) if t.type == "inline")
    assert plain_text(inline) == f"x{before}{text}{after}x"
