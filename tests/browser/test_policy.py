"""Under a strict Content-Security-Policy a page of ours trips nothing that the theme does not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import THEMES, Site

if TYPE_CHECKING:
    from tests.browser.conftest import Open
    from tests.browser.reading import Reader

WATCH = """
window.blocked = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  window.blocked.push(`${effectiveDirective} ${blockedURI}`);
}, true);
"""

INLINE = """(element) => element.append(Object.assign(
  document.createElement("script"), { text: "window.ran = true" }))"""


def _blocked(reader: Reader) -> Counter[str]:
    return Counter(reader.page.evaluate("window.blocked"))


@pytest.mark.parametrize("page", ["index", "times"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_policy_blocks_nothing_of_ours(
    read_served: Open, theme: str, page: str
) -> None:
    bare = _blocked(read_served(page, Site(theme, bare=True), before=WATCH))
    reader = read_served(page, Site(theme), before=WATCH)
    assert ("DefinedTermSet" in reader.page.content()) == (page == "times")
    if page == "index":
        reader.open("premium")
        reader.switch.uncheck()
    assert _blocked(reader) - bare == Counter()


def test_the_policy_is_there_and_its_breach_is_noticed(read_served: Open) -> None:
    reader = read_served(before=WATCH)
    before = _blocked(reader)
    reader.page.locator("body").evaluate(INLINE)
    assert reader.soon(lambda: _blocked(reader) != before)
    assert _blocked(reader) - before == Counter(["script-src-elem inline"])
    assert not reader.page.evaluate("'ran' in window")
