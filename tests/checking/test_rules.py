"""Each rule finds what its example shows, and nothing where that is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.checking.explaining import explanations
from sphinx_insurterms.checking.rules import BY_NAME, RULES

if TYPE_CHECKING:
    from tests.checking.conftest import Desk

EXPLAINED = explanations()
FOUND_HERE = [name for name, one in EXPLAINED.items() if not one.docs]
MENDED = [name for name, one in EXPLAINED.items() if one.mends]


def test_every_rule_is_explained_in_the_order_in_which_it_is_listed() -> None:
    assert list(EXPLAINED) == [rule.name for rule in RULES]
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize("name", FOUND_HERE)
def test_a_rule_finds_something_in_its_bad_example(desk: Desk, name: str) -> None:
    desk.write_all(EXPLAINED[name].bad)
    found = [finding for finding in desk.look() if finding.rule == name]
    assert found
    assert {finding.severity for finding in found} == {BY_NAME[name].severity}


@pytest.mark.parametrize("name", FOUND_HERE)
def test_no_rule_finds_anything_in_a_good_example(desk: Desk, name: str) -> None:
    desk.write_all(EXPLAINED[name].good)
    # But for what is true of any corpus as small as this, where it is not the matter.
    small = {"orphan", "only"} - {name}
    assert [f for f in desk.look() if f.rule not in small] == []


@pytest.mark.parametrize("name", MENDED)
def test_a_fix_makes_the_good_example_of_the_bad_one(desk: Desk, name: str) -> None:
    desk.write_all(EXPLAINED[name].bad)
    assert desk.fix()
    assert desk.files() == EXPLAINED[name].good
    assert not desk.fix()


@pytest.mark.parametrize("name", sorted(set(EXPLAINED) - set(MENDED)))
def test_what_cannot_be_mended_safely_is_left_alone(desk: Desk, name: str) -> None:
    desk.write_all(EXPLAINED[name].bad)
    desk.fix()
    assert desk.files() == EXPLAINED[name].bad
