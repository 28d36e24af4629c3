"""Take the pictures of the documentation, from pages that its own snippets make.

    tox run -e pictures

Each is taken twice, in the light and in the dark. They show what a reader of the page has
built by then: :class:`~tests.docs.snippets.reader.Reader` follows the snippets, and after the
commands that a row of :data:`PICTURES` names, Chromium opens the result.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.docs.snippets.pages import DOCS, ROOT, snippets
from tests.docs.snippets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

IMAGES = DOCS / "images"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHARPNESS = 2
"""Pixels of a picture for one of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is to be seen on one picture."""

    name: str
    """Of the file, without ``-light.png``."""

    path: str
    """The built page, below the folder of the reader or of the output."""

    page: str = ""
    """The page of the documentation whose snippets make it."""

    after: int = 0
    """The number of blocks of commands on that page that come before."""

    term: str = ""
    """The id of the term whose tooltip is open."""

    width: int = 680
    height: int = 340
    has_script: bool = True


PICTURES = (
    Picture(
        name="tutorial-name",
        page="tutorial",
        after=2,
        path="out/en/index.html",
        term="deductible",
    ),
    Picture(
        name="list",
        page="tutorial",
        after=2,
        path="out/en/index.html",
        height=620,
        has_script=False,
    ),
    Picture(
        name="tutorial-glossary",
        page="tutorial",
        after=3,
        path="out/en/glossary/index.html",
        height=420,
    ),
    Picture(
        name="tutorial-norwegian",
        page="tutorial",
        after=7,
        path="out/nb/index.html",
        term="comprehensive-insurance",
    ),
    Picture(
        name="tutorial-fallback",
        page="tutorial",
        after=8,
        path="out/ar/index.html",
        term="roadside-assistance",
        height=360,
    ),
    Picture(
        name="tutorial-arabic",
        page="tutorial",
        after=9,
        path="out/ar/index.html",
        term="roadside-assistance",
    ),
    Picture(
        name="style",
        page="how-to/style",
        after=1,
        path="out/en/index.html",
        term="deductible",
        height=300,
    ),
)

LANGUAGES = ("en", "nb", "ar")
TOGETHER = Picture(
    name="languages", path="index.html", term="deductible", width=430, height=560
)
"""The start page in each language, side by side."""


def main() -> None:
    """Take all pictures, or those whose names are given."""
    wanted = set(sys.argv[1:])
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        for page in dict.fromkeys(picture.page for picture in PICTURES):
            rows = [p for p in PICTURES if p.page == page]
            if not wanted or wanted & {row.name for row in rows}:
                _follow(browser, page, rows)
        if not wanted or TOGETHER.name in wanted:
            _take_together(browser)
        browser.close()


def _follow(browser: Browser, page: str, pictures: list[Picture]) -> None:
    """Follow a page of the documentation, and take its pictures on the way."""
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder), page)
        commands = 0
        for snippet in snippets(page):
            reader.follow(snippet)
            commands += snippet.language == "sh" and not snippet.caption
            if snippet.language != "sh":
                continue
            for picture in (p for p in pictures if p.after == commands):
                for scheme, taken in _taken(browser, Path(folder), picture):
                    _save(taken, f"{picture.name}-{scheme}.png")


def _take_together(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        options = [part for language in LANGUAGES for part in ("-l", language)]
        program = str(Path(sys.executable).with_name("insurterms"))
        command = [program, "build", "docs", folder, *options]
        subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - ourselves
        shots = {
            (scheme, language): taken
            for language in LANGUAGES
            for scheme, taken in _taken(browser, Path(folder, language), TOGETHER)
        }
        for scheme in SCHEMES:
            row = [shots[scheme, language] for language in LANGUAGES]
            gap = 8 * SHARPNESS
            width = sum(one.width for one in row) + gap * (len(row) - 1)
            whole = Image.new("RGBA", (width, row[0].height))
            left = 0
            for one in row:
                whole.paste(one, (left, 0))
                left += one.width + gap
            _save(whole, f"{TOGETHER.name}-{scheme}.png")


def _taken(
    browser: Browser, folder: Path, picture: Picture
) -> Iterator[tuple[str, Image.Image]]:
    """Yield the picture in each color scheme."""
    for scheme in SCHEMES:
        page = browser.new_page(
            viewport={"width": picture.width, "height": picture.height},
            device_scale_factor=SHARPNESS,
            color_scheme=scheme,
            java_script_enabled=picture.has_script,
            reduced_motion="reduce",
        )
        page.goto((folder / picture.path).as_uri())
        if picture.term:
            page.hover(f'a[aria-describedby="insurterm-tip-{picture.term}"] >> nth=0')
            page.wait_for_selector(f"#insurterm-tip-{picture.term}:popover-open")
        page.wait_for_timeout(500)
        yield scheme, Image.open(io.BytesIO(page.screenshot()))
        page.close()


def _save(picture: Image.Image, name: str) -> None:
    """Save a picture in few colours, which is a third of its size."""
    picture.convert("RGB" if picture.mode == "RGB" else "RGBA").quantize(
        128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    ).save(IMAGES / name, optimize=True)
    print(f"docs/images/{name}")  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main()
