"""Wherever a link stands, its definition is to be seen, and is next to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Open
    from tests.browser.reading import Reader

both_ways = pytest.mark.parametrize(
    "anchored", [True, False], ids=["anchored", "measured"]
)
"""By the browser's anchor positioning, and by our script where there is none."""


def _is_well_placed(reader: Reader, term: str, *, nth: int = 0) -> bool:
    """Tell whether an open tooltip is all in the window, and next to its link."""
    link, tip = reader.box(reader.link(term, nth=nth)), reader.box(reader.tip(term))
    is_near = 0 <= tip.top - link.bottom <= 8 or 0 <= link.top - tip.bottom <= 8
    return is_near and tip.is_inside(reader.window())


@both_ways
def test_a_tooltip_stays_inside_the_window_at_every_edge(
    read: Open, *, anchored: bool
) -> None:
    reader = read(anchored=anchored)
    link = reader.link("deductible")
    for across in (2, 600, 1200):
        for down in (2, 340, 695):
            reader.put(link, across, down)
            reader.open("deductible")
            assert _is_well_placed(reader, "deductible"), (across, down)
            reader.page.keyboard.press("Escape")


@both_ways
def test_a_tooltip_stays_inside_a_window_of_320_pixels(
    read: Open, *, anchored: bool
) -> None:
    reader = read(anchored=anchored, viewport={"width": 320, "height": 640})
    for term in ("indemnity", "deductible", "premium", "long-tail"):
        reader.open(term)
        tip = reader.box(reader.tip(term))
        assert tip.is_inside(reader.window()), term
        assert tip.right - tip.left >= 240, term
        reader.page.keyboard.press("Escape")


@both_ways
def test_a_long_definition_can_be_read_at_a_zoom_of_200_percent(
    read: Open, *, anchored: bool
) -> None:
    # What a window of 1280 × 640 pixels is to a page that is shown twice as large.
    window = {"width": 640, "height": 320}
    reader = read(anchored=anchored, viewport=window, device_scale_factor=2)
    reader.open("long-tail")
    assert _is_well_placed(reader, "long-tail")
    tip = reader.tip("long-tail")
    last = tip.locator("p").nth(1)
    reader.page.mouse.move(*reader.box(tip).middle)

    def is_scrolled() -> bool:
        reader.page.mouse.wheel(0, 20)
        return reader.box(last).bottom <= reader.box(tip).bottom

    assert reader.soon(is_scrolled)
    assert reader.sees() == ["long-tail"]


@both_ways
def test_a_tooltip_stays_with_its_link_in_a_scrolled_table(
    read: Open, *, anchored: bool
) -> None:
    reader = read(anchored=anchored, viewport={"width": 500, "height": 700})
    reader.open("subrogation")
    link = reader.box(reader.link("subrogation"))
    reader.link("subrogation").evaluate(
        """link => {
          for (let e = link; e; e = e.parentElement)
            if (e.scrollLeft) { e.scrollLeft -= 8; break; }
          scrollBy({top: 30, behavior: "instant"});
        }"""
    )
    reader.wait(50)
    moved = reader.box(reader.link("subrogation"))
    assert (moved.left - link.left, moved.top - link.top) == (8, -30)
    assert _is_well_placed(reader, "subrogation")
    assert reader.measure("isOnTop", reader.tip("subrogation"))


@both_ways
def test_a_tooltip_at_the_end_of_the_page_makes_it_no_longer(
    read: Open, *, anchored: bool
) -> None:
    reader = read(anchored=anchored, viewport={"width": 1280, "height": 500})
    # Nothing comes after the text, as in themes without a footer.
    reader.page.evaluate(
        "document.querySelectorAll('footer, .insurterm-switch').forEach(e => e.remove())"
    )
    height = "document.documentElement.scrollHeight"
    before = reader.page.evaluate(height)
    reader.page.evaluate(f"scrollTo({{top: {height}, behavior: 'instant'}})")
    reader.open("beneficiary")
    assert _is_well_placed(reader, "beneficiary")
    assert reader.page.evaluate(height) == before


@both_ways
def test_a_tooltip_of_a_broken_link_is_next_to_the_part_that_is_pointed_at(
    read: Open, *, anchored: bool
) -> None:
    reader = read(anchored=anchored)
    link = reader.link("long-tail")
    reader.find(link)
    link.locator("xpath=..").evaluate("e => { e.style.inlineSize = '9ch' }")
    parts = link.evaluate("e => [...e.getClientRects()].map(part => part.toJSON())")
    assert len(parts) > 1
    last = parts[-1]
    reader.page.mouse.move((last["left"] + last["right"]) / 2, last["top"] + 5)
    reader.wait(3000)
    tip = reader.box(reader.tip("long-tail"))
    below, above = tip.top - last["bottom"], last["top"] - tip.bottom
    assert 0 <= below <= 8 or 0 <= above <= 8


def test_a_tooltip_is_never_under_the_header_that_stays_in_sight(read: Open) -> None:
    # furo's header stays in narrow windows.
    reader = read(viewport={"width": 500, "height": 700})
    reader.page.evaluate("scrollTo({top: 900, behavior: 'instant'})")
    header = reader.box(reader.page.locator("header.mobile-header"))
    assert (header.top, header.bottom > 40) == (0, True)
    link = reader.link("deductible")
    # Above the link and so over the header is all the room there is.
    reader.put(link, 100, header.bottom + 60)
    link.evaluate("e => { e.style.blockSize = '560px' }")
    reader.open("deductible")
    assert reader.box(reader.tip("deductible")).overlaps(header)
    assert reader.measure("isOnTop", reader.tip("deductible"))
