"""A browser, and pages in it."""

from __future__ import annotations

import os
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.reading import Reader
from tests.browser.serving import serving
from tests.browser.sites import Site, Sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Route

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""

# What a browser without anchor positioning says when it is asked, and what it drops from a
# stylesheet as it reads it.
NO_ANCHORS = """
const supports = CSS.supports;
CSS.supports = (...words) => !/anchor|position-area/.test(words) && supports(...words);
"""
ANCHORS = re.compile(
    r"@position-try[^{]*\{[^}]*\}"
    r"|(?:anchor-name|position-(?:anchor|area|try-fallbacks)):[^;]*;"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, once."""
    if find_spec("playwright") is None:
        pytest.skip("no Playwright here; `tox run -e browser` has it")
    if not CHROMIUM:
        pytest.skip("no Chromium here; install it, or say where it is in CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Return the built sites; a folder in ``BROWSER_SITES`` keeps them for the next run."""
    kept = os.environ.get("BROWSER_SITES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("sites")
    return Sites(folder, mutation=os.environ.get("BROWSER_MUTATION", ""))


@pytest.fixture(scope="session")
def server(sites: Sites) -> Iterator[str]:
    """Serve the sites."""
    with serving(sites.folder) as address:
        yield address


class Open(Protocol):
    """Opens a page: what the ``read`` fixture returns."""

    def __call__(
        self,
        page: str = ...,
        site: Site = ...,
        *,
        anchored: bool = ...,
        **options: Any,
    ) -> Reader:
        """Open a page of a site, in a window of its own."""


class _Opener:
    def __init__(self, browser: Browser, sites: Sites, address: str) -> None:
        """Open pages below an address; without one, as files."""
        self._browser, self._sites, self._address = browser, sites, address
        self._contexts: list[BrowserContext] = []
        self._readers: list[Reader] = []

    def __call__(
        self,
        page: str = "index",
        site: Site | None = None,
        *,
        anchored: bool = True,
        before: str = "",
        **options: Any,
    ) -> Reader:
        """Open a page of a site, in a window of its own.

        :param anchored: whether the browser knows anchor positioning.
        :param before: what runs before any script of the page.
        """
        folder = self._sites.built(site or Site())
        options = {"viewport": {"width": 1280, "height": 720}, **options}
        context = self._browser.new_context(**options)
        context.set_default_timeout(5000)
        self._contexts.append(context)
        if not anchored:
            context.add_init_script(NO_ANCHORS)
            context.route("**/insurterms.css*", _drop_anchors)
        if before:
            context.add_init_script(before)
        reader = Reader(context.new_page())
        self._readers.append(reader)
        start = folder.as_uri()
        if self._address:
            path = folder.relative_to(self._sites.folder).as_posix()
            start = f"{self._address}/{path}"
        reader.go(f"{start}/{page}.html")
        return reader

    def close(self) -> None:
        """Close what was opened, and tell of mistakes that our script made."""
        for context in self._contexts:
            context.close()
        mistakes = [line for reader in self._readers for line in reader.mistakes]
        assert [line for line in mistakes if "insurterms.js" in line] == []


def _drop_anchors(route: Route) -> None:
    address = urlsplit(route.request.url)
    if address.scheme == "file":
        body = Path(unquote(address.path)).read_text("utf-8")
        route.fulfill(content_type="text/css", body=ANCHORS.sub("", body))
    else:
        response = route.fetch()
        route.fulfill(response=response, body=ANCHORS.sub("", response.text()))


@pytest.fixture(params=["file", "server"])
def read(
    browser: Browser, sites: Sites, server: str, request: pytest.FixtureRequest
) -> Iterator[Open]:
    """Return what opens a page: as a file, and from a strict server."""
    opener = _Opener(browser, sites, server if request.param == "server" else "")
    yield opener
    opener.close()


@pytest.fixture
def read_served(browser: Browser, sites: Sites, server: str) -> Iterator[Open]:
    """Return what opens a page from a strict server only: for the many."""
    opener = _Opener(browser, sites, server)
    yield opener
    opener.close()
