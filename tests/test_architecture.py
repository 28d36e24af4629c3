from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_insurterms.corpus

PACKAGE = Path(*sphinx_insurterms.corpus.__path__)
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(
        sphinx_insurterms.corpus.__path__, "sphinx_insurterms.corpus."
    )
)
FOREIGN = ("sphinx", "docutils", "myst_parser")


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem
)
def test_the_corpus_knows_nothing_of_sphinx(path: Path) -> None:
    names = imported(path)
    assert not {name for name in names if name.partition(".")[0] in FOREIGN}
    ours = {name for name in names if name.startswith("sphinx_insurterms")}
    assert all(name.startswith("sphinx_insurterms.corpus") for name in ours)


def test_only_the_reader_of_front_matter_opens_the_library_for_it() -> None:
    doors = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(
            name.partition(".")[0] in {"frontmatter", "yaml"} for name in imported(path)
        )
    }
    assert doors == {"readers/front_matter.py"}


BLOCKED = """\
import sys
for name in {foreign}:
    sys.modules[name] = None  # an import of it fails from here on
import {module}
print(*sorted(name for name in sys.modules if name.partition(".")[0] in {foreign}))
"""


@pytest.mark.parametrize(
    "module",
    [
        "sphinx_insurterms",
        "sphinx_insurterms.cli",
        "sphinx_insurterms.corpus.loading",
    ],
)
def test_the_corpus_can_be_read_where_sphinx_is_not_installed(module: str) -> None:
    root = str(PACKAGE.parents[1])
    code = f"import sys; sys.path.insert(0, {root!r})\n"
    code += BLOCKED.format(foreign=FOREIGN, module=module)
    done = subprocess.run(  # noqa: S603 - it is our own code
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == sorted(FOREIGN)  # as they were blocked


@pytest.mark.parametrize("module", MODULES)
def test_what_a_docstring_shows_is_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
