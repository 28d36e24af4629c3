"""Our own documentation, built in its languages by the README's command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "nb", "ar")
MADE = shutil.ignore_patterns("_build", "glossary", "*.mo", "__pycache__")
"""What builds leave beside the sources."""


def copy_sources(folder: Path) -> None:
    """Write what a fresh clone has to build the documentation from, and nobody has."""
    for name in ("docs", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=MADE)


def built_documentation(folder: Path) -> Path:
    """Return where the documentation lies, built in a folder that has its sources.

    `BUILT_DOCS` is where that has been done just now, by `tox run -e docs`.
    """
    if built := os.environ.get("BUILT_DOCS"):
        return Path(built).absolute()
    options = [part for language in LANGUAGES for part in ("-l", language)]
    program = Path(sys.executable).with_name("insurterms")
    done = subprocess.run(  # noqa: S603 - ourselves
        [str(program), "build", "docs", "public", *options, "-n", "-W"],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
    )
    assert done.returncode == 0, done.stdout
    return folder / "public"
