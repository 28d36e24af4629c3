"""In Arabic, definitions are mirrored, and words in other scripts are kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.sites import Site
from tests.browser.test_place import both_ways

if TYPE_CHECKING:
    from tests.browser.conftest import Open

ARABIC = Site(language="ar")


@both_ways
def test_a_tooltip_begins_where_its_link_begins(read: Open, *, anchored: bool) -> None:
    for site, side in ((Site(), "left"), (ARABIC, "right")):
        reader = read("index", site, anchored=anchored)
        reader.open("deductible")
        link = reader.box(reader.link("deductible"))
        tip = reader.box(reader.tip("deductible"))
        assert abs(getattr(tip, side) - getattr(link, side)) <= 1, site
        assert reader.style(reader.tip("deductible"), "textAlign") == "start"


def test_a_name_in_another_script_is_isolated(read: Open) -> None:
    reader = read("index", Site(language="ar", bilingual=True))
    reader.open("deductible")
    name = reader.tip("deductible").locator("[lang=en]")
    assert name.text_content() == "deductible"
    assert reader.style(name, "unicodeBidi") == "isolate"
    # Beside the Arabic name, on the left: what comes second in Arabic.
    label = reader.tip("deductible").locator("strong")
    assert reader.box(name).right <= reader.box(label).left
    printed = reader.link("rate").locator("[lang=en]")
    assert reader.style(printed, "unicodeBidi") == "isolate"


def test_a_text_that_is_not_translated_reads_in_its_own_direction(read: Open) -> None:
    reader = read("index", ARABIC)
    reader.open("rate")
    tip = reader.tip("rate")
    assert tip.evaluate("e => e.matches(':lang(en):dir(ltr)')")
    assert reader.style(tip, "direction") == "ltr"
    note = tip.locator(".insurterm-tip-note [lang=ar]")
    assert reader.style(note, "direction") == "rtl"
