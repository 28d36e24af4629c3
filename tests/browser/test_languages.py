"""Readers change to their language with any device, and start in it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.browser.auditing import audit
from tests.browser.reading import Reader
from tests.browser.serving import serving
from tests.browser.sites import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

CONF = """
project = "Claims guide"
extensions = ["sphinx_insurterms"]

def choose(app, config):
    if config.language == "ar":
        config.exclude_patterns += ["later.rst"]

def setup(app):
    app.connect("config-inited", choose)
"""
INDEX = """
Water in the cellar
===================

Who pays the :term:`premium` is covered. See :ref:`what to do <loss>`.

.. toctree::

   later

{long}

.. _loss:

After a loss
------------

{long}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where documentations are published, each below the name of its theme."""
    return tmp_path_factory.mktemp("published")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Serve them."""
    with serving(folder) as address:
        yield address


def publish(folder: Path, theme: str) -> None:
    """Publish a documentation in three languages, one page of it in two of them."""
    docs = folder / f"docs-{theme}"
    docs.mkdir()
    long = "Call us, and we will come. " * 300
    files = {
        "conf.py": CONF + f'html_theme = "{theme}"\n',
        "index.rst": INDEX.format(long=long),
        "later.rst": "Later\n=====\n",
    }
    for name, content in files.items():
        (docs / name).write_text(content, "utf-8")
    program = "from sphinx_insurterms.cli import main; main()"
    command = [sys.executable, "-c", program, "build", docs.name, theme]
    subprocess.run(  # noqa: S603 - our own
        [*command, "-l", "en", "-l", "nb", "-l", "ar"],
        cwd=folder,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
    )


class Open(Protocol):
    """Opens a page of what is published: what the ``read`` fixture returns."""

    def __call__(self, page: str, theme: str = ..., **options: Any) -> Reader:
        """Open it, in a window of its own."""


@pytest.fixture
def read(browser: Browser, folder: Path, address: str) -> Iterator[Open]:
    """Return what opens a page, and let no script of ours make a mistake."""
    readers = []

    def open_page(page: str, theme: str = THEMES[0], **options: Any) -> Reader:
        if not (folder / theme).exists():
            publish(folder, theme)
        context = browser.new_context(**options)
        context.set_default_timeout(5000)
        reader = Reader(context.new_page())
        reader.page.goto(f"{address}/{theme}/{page}")
        readers.append(reader)
        return reader

    yield open_page
    for reader in readers:
        reader.page.context.close()
        assert [line for line in reader.mistakes if "insurterms" in line] == []


each_theme = pytest.mark.parametrize("theme", THEMES)


def switcher(reader: Reader) -> Locator:
    return reader.page.locator("nav.insurterms-languages")


@each_theme
@pytest.mark.parametrize("language", ["nb", "ar"])
def test_an_audit_finds_nothing_that_is_not_there_without_the_list(
    read: Open, language: str, theme: str
) -> None:
    for name in ("index", "search"):
        reader = read(f"{language}/{name}.html", theme)
        found = audit(reader.page)
        switcher(reader).evaluate("nav => nav.remove()")
        assert found.keys() == audit(reader.page).keys()
        assert not [
            one for all_ in found.values() for one in all_ if "insurterms" in one
        ]


@each_theme
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_the_keyboard_reaches_each_language_and_leads_to_the_same_page(
    read: Open, theme: str, *, has_script: bool
) -> None:
    reader = read("en/later.html", theme, java_script_enabled=has_script)
    focused = switcher(reader).locator("a:focus")
    tabs = 0
    while not focused.count():
        reader.page.keyboard.press("Tab")
        assert (tabs := tabs + 1) < 80
    assert focused.text_content() == "Norsk bokmål"
    assert (focused.get_attribute("lang"), focused.get_attribute("dir")) == (
        "nb",
        "ltr",
    )
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/nb/later.html")
    current = switcher(reader).locator("[aria-current]")
    assert current.text_content() == "Norsk bokmål"


@each_theme
def test_the_same_place_is_led_to(read: Open, theme: str) -> None:
    reader = read("en/index.html", theme)
    reader.page.locator("[role=main] a[href='#loss']").first.click()
    switcher(reader).get_by_text("العربية").click()
    reader.page.wait_for_url("**/ar/index.html#loss")
    assert reader.page.locator("#loss, [id=after-a-loss]").first.is_visible()
    switcher(reader).get_by_text("English").click()
    reader.page.wait_for_url("**/en/index.html#loss")


def test_a_language_without_the_page_is_not_there(read: Open) -> None:
    assert switcher(read("en/later.html")).locator("li").all_inner_texts() == [
        "English",
        "Norsk bokmål",
    ]


@each_theme
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_language_is_to_be_seen_and_hit_on_a_phone(
    read: Open, language: str, theme: str
) -> None:
    phone = {"width": 320, "height": 600}
    reader = read(f"{language}/index.html", theme, viewport=phone)
    boxes = [reader.box(one) for one in switcher(reader).locator("a, span").all()]
    window = reader.window()
    for box in boxes:
        assert box.is_inside(window)
        assert box.bottom - box.top >= 24
        assert box.right - box.left >= 24
    assert not any(
        one.overlaps(other) for one in boxes for other in boxes if one is not other
    )


def test_on_paper_there_is_no_list(read: Open) -> None:
    reader = read("en/index.html")
    reader.page.emulate_media(media="print")
    assert not switcher(reader).is_visible()


# the start, which has no theme


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("nn-NO", "nb"), ("nb", "nb"), ("ar-EG", "ar"), ("en-US", "en")],
)
def test_the_start_leads_to_the_readers_language(
    read: Open, locale: str, expected: str
) -> None:
    reader = read("index.html#loss", locale=locale)
    reader.page.wait_for_url(f"**/{expected}/index.html#loss")


@pytest.mark.parametrize(
    "options",
    [{"locale": "fr"}, {"locale": "nb", "java_script_enabled": False}],
    ids=["other", "no-script"],
)
def test_the_start_is_a_list_for_all_others(
    read: Open, options: dict[str, Any]
) -> None:
    reader = read("", **options)
    links = reader.page.get_by_role("link")
    assert links.all_inner_texts() == ["English", "Norsk bokmål", "العربية"]
    if "java_script_enabled" not in options:
        assert audit(reader.page) == {}
    links.nth(1).click()
    reader.page.wait_for_url("**/nb/index.html")
