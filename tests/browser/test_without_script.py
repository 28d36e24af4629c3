"""On paper, and where our script does not run, definitions are a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.browser.conftest import Open
    from tests.browser.reading import Reader

TERMS = [
    "indemnity",
    "deductible",
    "premium",
    "rate",
    "long-tail",
    "subrogation",
    "beneficiary",
]


def _lists_each_definition_once(reader: Reader) -> bool:
    title = reader.page.locator(".insurterm-tips-title")
    text = reader.page.locator(".insurterm-tips").inner_text()
    is_listed = title.is_visible() and title.text_content() == "Terms on this page"
    is_once = text.count("The agreed part of a covered loss") == 1
    return is_listed and is_once and reader.sees() == TERMS


def test_without_script_the_page_ends_with_a_list_of_its_terms(read: Open) -> None:
    reader = read(java_script_enabled=False)
    assert _lists_each_definition_once(reader)
    assert not reader.switch.is_visible()
    reader.go(f"{reader.page.url}#insurterm-tip-indemnity")
    tip, window = reader.tip("indemnity"), reader.window()
    assert reader.soon(lambda: reader.box(tip).is_inside(window))


def test_where_a_policy_blocks_the_script_the_list_stays(read_served: Open) -> None:
    reader = read_served()

    def forbid(route: Route) -> None:
        response = route.fetch()
        policy = "script-src 'none'"
        route.fulfill(response=response, headers={"content-security-policy": policy})

    reader.page.route("**/*.html", forbid)
    reader.go(reader.page.url)
    assert _lists_each_definition_once(reader)


def test_on_paper_the_page_ends_with_a_list_of_its_terms(read: Open) -> None:
    reader = read()
    reader.open("deductible")
    reader.page.emulate_media(media="print")
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert _lists_each_definition_once(reader)
    assert not reader.switch.is_visible()
    box = reader.box(reader.tip("deductible"))
    assert box.top >= reader.box(reader.tip("indemnity")).bottom


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_links_lead_to_the_entry_or_into_the_list(
    read: Open, *, has_script: bool
) -> None:
    reader = read(java_script_enabled=has_script)
    for term in TERMS:
        address = reader.link(term).get_attribute("href")
        elsewhere = {"deductible", "premium"}
        page, place = (
            ("words.html", "term") if term in elsewhere else ("", "insurterm-tip")
        )
        assert address == f"{page}#{place}-{term}"
    reader.link("indemnity").focus()
    reader.enter()
    # Whether the list is to be seen is another matter.
    assert reader.tip("indemnity").count() == 1
    assert has_script or reader.page.url.endswith("#insurterm-tip-indemnity")
    reader.link("premium").focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/words.html#term-premium")
    assert reader.page.locator("#term-premium").is_visible()
