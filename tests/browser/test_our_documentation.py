"""Our own documentation can be read by everybody, in each of its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.auditing import audit
from tests.browser.serving import serving
from tests.browser.sites import Site
from tests.built_documentation import built_documentation, copy_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.conftest import Open

PAGES = (
    "index",
    "tutorial",
    "how-to/exchange",
    "reference/command-line",
    "reference/python",
    "explanation/tooltips",
    "glossary/index",
    "glossary/hipaa",
    "search",
)
"""One of each kind, and those with most in them."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the documentation, as readers get it."""
    folder = tmp_path_factory.mktemp("documentation")
    copy_sources(folder)
    with serving(built_documentation(folder)) as address:
        yield address


@pytest.mark.parametrize(
    ("language", "scheme"),
    [("en", "light"), ("nb", "light"), ("ar", "dark")],
)
def test_an_audit_of_our_pages_finds_nothing_that_the_theme_does_not_have(
    browser: Browser,
    address: str,
    read_served: Open,
    language: str,
    scheme: Literal["light", "dark"],
) -> None:
    of_the_theme = set[str]()
    for name in ("index", "search"):  # furo's search has no heading before it is used
        bare = read_served(name, Site("furo", language, bare=True), color_scheme=scheme)
        bare.page.clock.resume()
        of_the_theme |= audit(bare.page).keys()
    page = browser.new_page(
        viewport={"width": 1280, "height": 720}, color_scheme=scheme, bypass_csp=True
    )
    found = {}
    for name in PAGES:
        page.goto(f"{address}/{language}/{name}.html")
        new = {rule: on for rule, on in audit(page).items() if rule not in of_the_theme}
        if new:
            found[name] = new
    page.close()
    assert found == {}
