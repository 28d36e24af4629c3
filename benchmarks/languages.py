"""How much sooner are two languages there side by side?  ``python -m benchmarks.languages``.

In one run, in turn, since machines are shared: the ratio says it, not the seconds.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sphinx_insurterms.corpus.loading import STARTER_FOLDER

PAGES = 200
REPEAT = 5
_RUN = "from sphinx_insurterms.cli import main; main()"


def write(docs: Path, pages: int) -> None:
    """Write a project of pages, each with twenty references to bundled terms."""
    docs.mkdir()
    conf = 'project = "Claims guide"\nextensions = ["sphinx_insurterms"]\n'
    (docs / "conf.py").write_text(conf, "utf-8")
    terms = sorted(path.stem for path in (STARTER_FOLDER / "en").glob("*.md"))[:20]
    text = "\n\n".join(
        f"The adjuster writes the :term:`{term}` down, and calls the day after."
        for term in terms
    )
    names = [f"page-{number}" for number in range(pages)]
    for name in names:
        (docs / f"{name}.rst").write_text(f"{name}\n{'=' * 20}\n\n{text}\n", "utf-8")
    listed = "".join(f"   {name}\n" for name in names)
    start = f"Start\n=====\n\n.. toctree::\n\n{listed}"
    (docs / "index.rst").write_text(start, "utf-8")


def build(folder: Path, jobs: int) -> float:
    """Build English and Norwegian from nothing; return the seconds of wall."""
    for name in ("out", ".out-work"):
        shutil.rmtree(folder / name, ignore_errors=True)
    command = ["build", "docs", "out", "-l", "en", "-l", "nb", "--jobs", str(jobs)]
    begin = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", _RUN, *command],
        cwd=folder,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - begin


def main() -> None:
    """Build in turn, and say what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "docs", PAGES)
        build(folder, 2)  # the corpus is indexed, and what is imported is in memory
        pairs = [(build(folder, 1), build(folder, 2)) for _ in range(REPEAT)]
    ratios = [beside / after for after, beside in pairs]
    for after, beside in pairs:
        print(f"one after the other {after:.1f} s, side by side {beside:.1f} s")
    print(
        f"ratio: {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
