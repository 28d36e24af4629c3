"""Which links of built pages lead nowhere?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path


def dead_links(out: Path) -> list[str]:
    """Return the links of the pages in a folder that lead nowhere."""
    pages = {path: _targets(path) for path in out.resolve().rglob("*.html")}
    return sorted(
        f"{path.relative_to(out.resolve())}: {href}"
        for path, (_, hrefs) in pages.items()
        for href in hrefs
        if not _leads_somewhere(href, path, pages)
    )


_Targets = tuple[set[str], set[str]]


def _targets(path: Path) -> _Targets:
    """Return the ids of a page, and the addresses and ids that it leads to."""
    page = BeautifulSoup(path.read_bytes(), "html.parser")
    ids = {str(element["id"]) for element in page.select("[id]")}
    links = {str(a["href"]) for a in page.select("a[href], link[href]")}
    for element in page.select("[aria-describedby]"):
        links |= {f"#{name}" for name in str(element["aria-describedby"]).split()}
    return ids, links


def _leads_somewhere(href: str, source: Path, pages: dict[Path, _Targets]) -> bool:
    url = urlsplit(href)
    if url.scheme or url.netloc:
        return True
    path = source.parent.joinpath(unquote(url.path)).resolve() if url.path else source
    path = path / "index.html" if path.is_dir() else path
    if not path.is_file():
        return False
    return (
        not url.fragment or path not in pages or unquote(url.fragment) in pages[path][0]
    )
