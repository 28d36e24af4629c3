"""What do languages that are built each by itself know of each other?

Which pages each of them has; no page leads to one that is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms.building.versions import hide
from sphinx_insurterms.corpus.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path


def join(out: Path, languages: Sequence[str], fresh: Collection[str]) -> None:
    """Let each page lead to those languages that have it, and to no others.

    :param out: where each language has its folder.
    :param fresh: the languages as Sphinx left them, in whose pages nothing is hidden.
    :raises OSError: if a page cannot be written.
    """
    pages = {language: set(_pages(out / language)) for language in languages}
    everywhere = set.intersection(*pages.values())
    for language, own in pages.items():
        for page in sorted(own - everywhere if language in fresh else own):
            path = out / language / page
            content = path.read_text("utf-8", "surrogateescape")
            lacking = {one for one in languages if page not in pages[one]}
            seen = hide(content, lacking)
            if seen != content:
                replace_file(path, seen.encode("utf-8", "surrogateescape"))


def _pages(folder: Path) -> Iterable[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
