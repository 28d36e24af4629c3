"""Readers who need other colours, or less movement, have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.sites import Site

if TYPE_CHECKING:
    from tests.browser.conftest import Open


def test_a_tooltip_appears_at_once_for_those_who_want_less_movement(read: Open) -> None:
    for wish, duration in (("no-preference", "0.15s"), ("reduce", "0s")):
        reader = read(reduced_motion=wish)
        reader.open("deductible")
        tip = reader.tip("deductible")
        assert reader.style(tip, "transitionDuration") == duration
        if wish == "reduce":
            assert reader.style(tip, "opacity") == "1"


def test_a_tooltip_has_a_border_of_the_colour_of_text_in_forced_colours(
    read: Open,
) -> None:
    # Its own colours are the system's, of which some are pale.
    reader = read("index", Site("alabaster"), forced_colors="active")
    reader.open("deductible")
    tip = reader.tip("deductible")
    border = reader.style(tip, "borderTopColor")
    assert reader.style(tip, "borderTopStyle") == "solid"
    assert border == reader.style(tip, "color")
    assert border != reader.style(tip, "backgroundColor")
    assert reader.measure("contrast", tip) >= 4.5


def test_a_tooltip_is_light_by_day_and_dark_by_night(read: Open) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        reader = read(color_scheme=scheme)
        reader.open("rate")
        tip = reader.tip("rate")
        assert reader.measure("contrast", tip) >= 4.5, scheme
        shades[scheme] = reader.measure("brightness", tip)
    assert shades["light"] > 0.8
    assert shades["dark"] < 0.2
