"""With a mouse, definitions open where the pointer rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Open


def test_a_tooltip_opens_when_the_pointer_has_rested_on_its_link(read: Open) -> None:
    reader = read()
    reader.point(reader.link("deductible"))
    reader.wait(280)
    assert reader.sees() == []
    reader.wait(40)
    assert reader.sees() == ["deductible"]


def test_a_passing_pointer_opens_nothing(read: Open) -> None:
    reader = read()
    reader.point(reader.link("deductible"))
    reader.wait(200)
    reader.point_away()
    reader.wait(3000)
    assert reader.sees() == []


def test_the_pointer_can_cross_into_the_tooltip(read: Open) -> None:
    reader = read()
    reader.hover("deductible")
    link, tip = (
        reader.box(reader.link("deductible")),
        reader.box(reader.tip("deductible")),
    )
    between = (link.middle[0], (link.bottom + tip.top) / 2)
    assert link.bottom < between[1] < tip.top
    reader.page.mouse.move(*between)
    reader.wait(200)
    reader.page.mouse.move(*tip.middle)
    reader.wait(3000)
    assert reader.sees() == ["deductible"]


def test_the_tooltip_closes_when_the_pointer_has_left(read: Open) -> None:
    reader = read()
    reader.hover("deductible")
    assert reader.sees() == ["deductible"]
    reader.point_away()
    reader.wait(400)
    assert reader.sees() == []
    reader.hover("deductible")
    reader.page.mouse.move(*reader.box(reader.tip("deductible")).middle)
    reader.point_away()
    reader.wait(400)
    assert reader.sees() == []


def test_only_one_tooltip_is_open(read: Open) -> None:
    reader = read()
    reader.open("deductible")
    reader.hover("indemnity")
    assert reader.sees() == ["indemnity"]
    reader.open("long-tail")
    assert reader.sees() == ["long-tail"]
