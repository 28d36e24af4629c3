"""In each theme, by day and by night, in either direction, definitions can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.sites import THEMES, Site

if TYPE_CHECKING:
    from tests.browser.conftest import Open
    from tests.browser.reading import Reader

HEADERS = {
    "furo": "header.mobile-header",
    "pydata_sphinx_theme": "#pst-header, header.bd-header",
    "sphinx_book_theme": ".bd-header-article",
}
"""What stays in sight while the page is scrolled, in windows of 500 pixels."""

NAVIGATION = {
    "alabaster": ".sphinxsidebar",
    "furo": ".sidebar-drawer",
    "pydata_sphinx_theme": ".navbar-header-items__start",
    "sphinx_book_theme": ".bd-sidebar-primary",
    "sphinx_rtd_theme": ".wy-nav-side",
}
"""Where a reader looks for other pages; in pydata's, the logo where the header begins."""

MENUS = {
    "furo": ("label.nav-overlay-icon", ".sidebar-drawer"),
    "pydata_sphinx_theme": (".primary-toggle", ".bd-sidebar-primary"),
    "sphinx_rtd_theme": ("[data-toggle=wy-nav-top]", ".wy-nav-side"),
}
"""In narrow windows, the button of the navigation, and what it opens.

Alabaster has none, and that of sphinx_book_theme 1.4 does nothing, with or without us.
"""

OWN_SCRIPTS: dict[str, Any] = {"bypass_csp": True}
"""Themes open menus and start searches by inline scripts, which the policy blocks."""

in_each_theme = pytest.mark.parametrize("theme", THEMES)


def _at_night(reader: Reader, theme: str) -> None:
    """Choose the dark colours of a theme that has a button for them."""
    if theme in {"pydata_sphinx_theme", "sphinx_book_theme"}:
        reader.page.evaluate("document.documentElement.dataset.theme = 'dark'")


@in_each_theme
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_definition_opens_and_can_be_read(
    read_served: Open, theme: str, language: str, scheme: Any
) -> None:
    reader = read_served("index", Site(theme, language), color_scheme=scheme)
    if scheme == "dark":
        _at_night(reader, theme)
    # Emphasis, code, and a note that it is not translated.
    for term in ("deductible", "rate"):
        reader.open(term)
        tip = reader.tip(term)
        assert reader.measure("contrast", tip) >= 4.5, term
        assert reader.measure("isOnTop", tip), term
        assert reader.box(tip).is_inside(reader.window()), term
        side = "right" if language == "ar" else "left"
        link = reader.link(term)
        assert abs(getattr(reader.box(tip), side) - getattr(reader.box(link), side)) < 2
        assert float(reader.style(tip, "fontSize")[:-2]) >= 14


@in_each_theme
def test_a_link_to_a_term_looks_like_one(read_served: Open, theme: str) -> None:
    reader = read_served("index", Site(theme))
    link = reader.link("deductible")
    assert "underline" in reader.style(link, "textDecorationLine")
    assert reader.style(link, "textDecorationStyle") == "dotted"
    assert reader.style(link, "borderBottomWidth") == "0px"


@pytest.mark.parametrize("theme", HEADERS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_header_lies_on_a_definition(
    read_served: Open, theme: str, language: str
) -> None:
    window = {"width": 500, "height": 600}
    reader = read_served("index", Site(theme, language), viewport=window)
    reader.page.evaluate("scrollTo({top: 800, behavior: 'instant'})")
    header = reader.box(reader.page.locator(HEADERS[theme]).first)
    assert header.top <= 0 < header.bottom
    link = reader.link("deductible")
    reader.put(link, 150, header.bottom + 60)
    link.evaluate("e => { e.style.blockSize = `${innerHeight - 160}px` }")
    reader.open("deductible")
    assert reader.box(reader.tip("deductible")).overlaps(header)
    assert reader.measure("isOnTop", reader.tip("deductible"))


@in_each_theme
def test_an_item_of_the_list_is_not_under_a_header_when_a_link_leads_there(
    read_served: Open, theme: str
) -> None:
    window = {"width": 500, "height": 600}
    reader = read_served(
        "index", Site(theme), viewport=window, java_script_enabled=False
    )
    reader.go(f"{reader.page.url}#insurterm-tip-indemnity")
    assert reader.soon(lambda: reader.measure("isOnTop", reader.tip("indemnity")))


@in_each_theme
def test_a_page_in_arabic_has_its_navigation_on_the_right(
    read_served: Open, theme: str
) -> None:
    sides = {}
    for language in ("en", "ar"):
        reader = read_served("words", Site(theme, language))
        window = reader.window()
        navigation = reader.box(reader.page.locator(NAVIGATION[theme]).first)
        text = reader.box(reader.page.locator("section > h1"))
        assert navigation.is_inside(window) or navigation.bottom > window.bottom
        assert not navigation.overlaps(text)
        sides[language] = navigation.middle[0] > window.middle[0]
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert sides == {"en": False, "ar": True}


@pytest.mark.parametrize("theme", MENUS)
def test_in_a_narrow_window_in_arabic_the_menu_opens_from_the_right(
    read_served: Open, theme: str
) -> None:
    window = {"width": 360, "height": 640}
    site = Site(theme, "ar")
    reader = read_served("words", site, viewport=window, **OWN_SCRIPTS)
    button, menu = MENUS[theme]
    opener = reader.page.locator(button).locator("visible=true").first
    assert reader.box(opener).middle[0] > 180
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360
    before = reader.box(reader.page.locator(menu).first)
    assert before.left >= 360
    opener.click()
    reader.page.clock.resume()
    reader.page.wait_for_function(
        "menu => document.querySelector(menu).getBoundingClientRect().right"
        " === document.documentElement.clientWidth",
        arg=menu,
    )
    after = reader.box(reader.page.locator(menu).first)
    assert (after.right, after.left > 0) == (reader.window().right, True)


@in_each_theme
def test_a_reader_of_arabic_can_search(read_served: Open, theme: str) -> None:
    reader = read_served("words", Site(theme, "ar"), **OWN_SCRIPTS)
    reader.page.clock.resume()
    field = reader.page.locator("input[name=q]").locator("visible=true").first
    if theme in {"pydata_sphinx_theme", "sphinx_book_theme"}:
        reader.page.locator(".search-button__button").locator(
            "visible=true"
        ).first.click()
    field.fill("القسط")
    assert reader.style(field, "direction") == "rtl"
    field.press("Enter")
    reader.page.wait_for_url("**/search.html?q=*")
    found = reader.page.locator("#search-results li a")
    found.first.wait_for()
    assert any("words.html" in str(link.get_attribute("href")) for link in found.all())
    assert reader.style(reader.page.locator("#search-results"), "direction") == "rtl"
