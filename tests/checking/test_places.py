"""What is found is told at its place, and what only looks like it is not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.checking.conftest import Desk

FILE = Path(__file__).parent / "data" / "cases.toml"
CASES = tomllib.loads(FILE.read_text("utf-8"))["case"]
ENTRY = "---\ntitle: Premium\ndescription: The price of insurance.\n"


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['rule']}: {case['says']}"
)
def test_a_rule_tells_what_is_so_where_it_is(desk: Desk, case: dict[str, Any]) -> None:
    front, body = case.get("front", ""), case.get("body", "")
    text = f"{ENTRY}{front}{chr(10) * bool(front)}---\n\n{body}"
    desk.write_all(case.get("files", {"en/premium.md": text}))
    lines = desk.told(case["rule"])
    places = [line.partition(": ")[0] for line in lines]
    expected = [
        place if ".md" in place else f"en/premium.md:{place}" for place in case["told"]
    ]
    assert places == expected
    for line, words in zip(lines, case.get("words", []), strict=False):
        assert words in line
