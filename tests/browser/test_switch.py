"""Readers who do not want tooltips switch them off, and on again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Open

NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("No"); } });
"""


def test_a_reader_can_switch_tooltips_off_and_on(read: Open) -> None:
    reader = read()
    assert reader.switch.is_checked()
    reader.switch.uncheck()
    assert len(reader.sees()) == 7  # the list
    reader.tab_to("beneficiary")
    reader.hover("deductible")
    assert len(reader.sees()) == 7
    assert not reader.tip("deductible").evaluate("e => e.matches(':popover-open')")
    aside = reader.page.locator(".insurterm-tips")
    assert aside.get_attribute("aria-label") == "Terms on this page"
    assert aside.get_attribute("role") is None
    reader.switch.check()
    assert reader.sees() == []
    reader.open("deductible")
    reader.page.keyboard.press("Escape")
    # A target of 24 by 24 pixels, for fingers too (WCAG 2.5.8).
    label = reader.box(reader.page.locator(".insurterm-switch label"))
    assert label.bottom - label.top >= 24


def test_what_a_reader_chose_is_remembered_on_other_pages(read: Open) -> None:
    reader = read()
    if reader.switch.is_checked():
        reader.switch.uncheck()
    for page in ("words.html", "index.html"):
        reader.go(reader.page.url.rpartition("/")[0] + f"/{page}")
        assert not reader.switch.is_checked()
        assert "premium" in reader.sees()
    reader.switch.check()
    reader.go(reader.page.url.rpartition("/")[0] + "/words.html")
    assert reader.switch.is_checked()
    assert reader.sees() == []


def test_the_switch_works_where_the_browser_keeps_nothing(read: Open) -> None:
    reader = read(before=NO_STORAGE)
    reader.open("deductible")
    reader.switch.uncheck()
    assert len(reader.sees()) == 7
    reader.switch.check()
    reader.open("deductible")
