"""Without a mouse, definitions open where the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Open


def test_tab_opens_the_tooltip_of_the_link_that_it_comes_to(read: Open) -> None:
    reader = read()
    reader.tab_to("deductible")
    assert reader.sees() == ["deductible"]
    assert float(reader.style(reader.link("deductible"), "outlineWidth")[:-2]) >= 2
    reader.page.keyboard.press("Tab")
    assert reader.sees() == ["premium"]


def test_escape_closes_the_tooltip_and_the_focus_stays(read: Open) -> None:
    reader = read()
    reader.open("deductible")
    reader.page.keyboard.press("Escape")
    assert reader.sees() == []
    assert reader.has_focus("deductible")


def test_escape_closes_the_tooltip_under_a_pointer_that_does_not_move(
    read: Open,
) -> None:
    reader = read()
    reader.hover("deductible")
    reader.page.keyboard.press("Escape")
    assert reader.sees() == []
    reader.wait(3000)
    assert reader.sees() == []
    reader.point_away()
    reader.hover("deductible")
    assert reader.sees() == ["deductible"]


def test_enter_follows_the_link_and_shows_what_has_no_other_place(read: Open) -> None:
    reader = read()
    reader.page.locator("h1").last.click()
    reader.link("indemnity").focus()
    assert reader.sees() == []  # after a click, focus is no sign of a keyboard
    assert reader.enter() == ["indemnity"]
    assert reader.has_focus("indemnity")
    reader.link("deductible").focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/words.html#term-deductible")
