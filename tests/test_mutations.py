"""The mutations of tooltips still apply, and each names a check that there is."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

import sphinx_insurterms

BROWSER = Path(__file__).parent / "browser"
STATIC = Path(sphinx_insurterms.__file__).parent / "static"
ROWS = tomllib.loads((BROWSER / "mutations.toml").read_text("utf-8"))["mutation"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"].replace(" ", "-"))
def test_a_mutation_of_our_files_still_applies(row: dict[str, list[list[str]]]) -> None:
    for file, find, put in row["changes"]:
        assert find != put
        if file.startswith("_static/"):
            shipped = STATIC / file.removeprefix("_static/")
            assert find in shipped.read_text("utf-8")


def test_each_check_is_there_and_has_a_mutation() -> None:
    named = {row["check"] for row in ROWS}
    modules = {check.partition("::")[0] for check in named}
    tests = {
        f"{module}::{node.name}"
        for module in modules
        for node in ast.parse((BROWSER / module).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert named <= tests
    # Beside the behaviours that were promised, some follow from them.
    assert sorted(tests - named) == [
        "test_axe.py::test_an_audit_notices_what_is_wrong",
        "test_copying.py::test_who_copies_the_page_copies_no_definition",
        "test_keyboard.py::test_enter_follows_the_link_and_shows_what_has_no_other_place",
        "test_policy.py::test_the_policy_is_there_and_its_breach_is_noticed",
        "test_without_script.py::test_where_a_policy_blocks_the_script_the_list_stays",
    ]


def test_names_are_no_ones_twice() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names))
