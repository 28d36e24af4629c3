"""With a finger, the first tap shows a definition and the second follows the link."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Open


def test_the_first_tap_shows_the_definition(read: Open) -> None:
    reader = read(has_touch=True)
    page = reader.page.url
    reader.tap(reader.link("deductible"))
    reader.wait(1000)
    assert reader.page.url == page
    assert reader.sees() == ["deductible"]


def test_a_tap_on_the_link_of_an_open_definition_follows_it(read: Open) -> None:
    reader = read(has_touch=True)
    reader.open("deductible")
    reader.tap(reader.link("deductible"))
    reader.page.wait_for_url("**/words.html#term-deductible")


def test_a_tap_elsewhere_closes_the_definition(read: Open) -> None:
    reader = read(has_touch=True)
    reader.open("deductible")
    reader.tap(reader.tip("deductible"))
    assert reader.sees() == ["deductible"]
    reader.tap(reader.page.locator("h1").last)
    reader.wait(1000)
    assert reader.sees() == []
