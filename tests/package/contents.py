"""Is in the wheel and in the source archive what belongs there, and nothing else?

``python tests/package/contents.py DIST [VERSION]`` lists the wheel in the folder DIST, and
fails where something is missing, or too much, or of another version.
"""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = "sphinx_insurterms"

KINDS = {
    "modules": rf"{PACKAGE}/(?:\w+/)*\w+\.py",
    "types": rf"{PACKAGE}/py\.typed",
    "rules": rf"{PACKAGE}/checking/rules\.toml",
    "starter": rf"{PACKAGE}/starter/(?:insurterms\.toml|(?:en|nb|ar)/[a-z0-9-]+\.md)",
    "words": rf"{PACKAGE}/locale/(?:{PACKAGE}\.pot|\w+/LC_MESSAGES/{PACKAGE}\.[mp]o)",
    "static": rf"{PACKAGE}/(?:building/)?static/insurterms[a-z-]*\.(?:css|js)",
    "templates": rf"{PACKAGE}/templates/insurterms[a-z-]*\.html",
    "about us": rf"{PACKAGE}-[^/]+\.dist-info/"
    r"(?:METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)",
}
"""Each file of a wheel is one of these, and there are some of each."""

MADE = re.compile(
    r"(?:^|/)(?:__pycache__|_build|node_modules|\.[^/]*cache|\.coverage[^/]*|\.tox)(?:/|$)"
    r"|\.(?:pyc|pyo|log|orig|rej|swp)$|~$|^docs/glossary/|^docs/locale/.*\.mo$"
)
"""What tools leave behind, in a source archive."""

SOURCES = (
    *(
        "pyproject.toml",
        "tox.ini",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "CITATION.cff",
    ),
    *("CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md"),
)


def wheel_mistakes(names: Collection[str], on_disk: Collection[str]) -> Iterator[str]:
    """Tell what is wrong with a wheel that has files of these names.

    >>> list(wheel_mistakes(["sphinx_insurterms/tests/a.txt"], []))[0]
    'unexpected in the wheel: sphinx_insurterms/tests/a.txt'
    """
    for name in sorted(names):
        if not any(re.fullmatch(pattern, name) for pattern in KINDS.values()):
            yield f"unexpected in the wheel: {name}"
        elif name.split("/")[1] == "tests":
            yield f"a test in the wheel: {name}"
    for kind, pattern in KINDS.items():
        if not any(re.fullmatch(pattern, name) for name in names):
            yield f"missing in the wheel: {kind}"
    for name in sorted(set(on_disk) - set(names)):
        yield f"missing in the wheel: {name}"


def source_mistakes(names: Collection[str]) -> Iterator[str]:
    """Tell what is wrong with a source archive that has files of these names."""
    for name in sorted(names):
        if MADE.search(name):
            yield f"made by a tool, in the source archive: {name}"
    for name in SOURCES:
        if name not in names:
            yield f"missing in the source archive: {name}"


def listing(wheel: zipfile.ZipFile) -> Iterator[str]:
    """Yield a line for each kind of file: how many there are, and their size."""
    for kind, pattern in KINDS.items():
        sizes = [
            info.file_size
            for info in wheel.infolist()
            if re.fullmatch(pattern, info.filename)
        ]
        yield f"{kind:10} {len(sizes):5} files {sum(sizes):10,} bytes"


def on_disk() -> Iterator[str]:
    """Yield the files of the package, as they should be in a wheel."""
    for path in (ROOT / PACKAGE).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix()


def main(dist: str, version: str = "") -> int:
    """List a wheel, and tell what is wrong with it and with the source archive."""
    [wheel_path] = Path(dist).glob("*.whl")
    [source_path] = Path(dist).glob("*.tar.gz")
    with zipfile.ZipFile(wheel_path) as wheel:
        names = wheel.namelist()
        print(wheel_path.name, *listing(wheel), sep="\n")
    with tarfile.open(source_path) as sources:
        inside = [name.partition("/")[2] for name in sources.getnames()]
    mistakes = [*wheel_mistakes(names, [*on_disk()]), *source_mistakes(inside)]
    if version and wheel_path.name.split("-")[1] != version:
        mistakes.append(f"{wheel_path.name} is not of version {version}")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
