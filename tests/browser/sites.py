"""What do the tests look at?  A small site, built by the real extension."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.browser import mutating

SOURCES = Path(__file__).parent / "site"

THEMES = (
    "alabaster",
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
)
LANGUAGES = ("en", "nb", "ar")


@dataclass(frozen=True)
class Site:
    """One way to build the site."""

    theme: str = "furo"
    language: str = "en"

    bare: bool = False
    """Without the extension: what the theme alone does."""

    bilingual: bool = False

    @property
    def name(self) -> str:
        """The site's folder."""
        looks = "-bare" * self.bare + "-bilingual" * self.bilingual
        return f"{self.theme}-{self.language}{looks}"


class Sites:
    """Sites, each built when it is first asked for."""

    def __init__(self, folder: Path, *, mutation: str = "") -> None:
        """Keep the sites in a folder, and change them as a mutation says."""
        self.folder = folder
        self.mutation = mutation

    def built(self, site: Site) -> Path:
        """Return the folder of a site's pages."""
        place = self.folder / site.name
        if not place.exists():
            _build(site, self.folder / "work" / site.name, place)
        if site.bare or not self.mutation:
            return place
        changed = self.folder / "mutated" / self.mutation / site.name
        if not changed.exists():
            shutil.copytree(place, changed)
            mutating.mutate(changed, mutating.named(self.mutation))
        return changed


def _build(site: Site, work: Path, place: Path) -> None:
    """Build a site in a process of its own, as its authors would."""
    shutil.rmtree(work, ignore_errors=True)
    sources = work / "docs"
    shutil.copytree(SOURCES / site.language, sources)
    for name in ("conf.py", "_static", "terms"):
        copy = shutil.copytree if (SOURCES / name).is_dir() else shutil.copy
        copy(SOURCES / name, sources / name)
    options = [
        *("-D", f"html_theme={site.theme}", "-D", f"language={site.language}"),
        *(("-t", "bare") if site.bare else ("-n", "-W", "--keep-going")),
        *(("-D", "insurterms_bilingual=1") if site.bilingual else ()),
    ]
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options]
    done = subprocess.run(  # noqa: S603  # our own interpreter and words
        [*command, str(sources), str(work / "html")],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "XDG_CACHE_HOME": str(work / "cache")},
    )
    assert done.returncode == 0, done.stderr
    (work / "html").rename(place)
