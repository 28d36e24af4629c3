"""Projects that are built as their authors would, for programs that judge the output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.built_documentation import LANGUAGES, MADE, ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
GUIDE = ROOT / "tests/builds/roots/guide"

PROJECTS = {"docs": DOCS, "guide": GUIDE}
JUDGED = {"docs": ("ar",), "guide": LANGUAGES}
"""The languages in which programs judge a project. Our documentation has hundreds of
pages, and where something is turned round, most can go wrong."""

SMALL = ("-D", f"insurterms_corpora=terms,{ROOT / 'tests/builds/bundle'}")
"""Twenty terms in place of all that come with the package, for the guide."""


@dataclass(frozen=True)
class Sphinx:
    """Builds projects, each once for each format and language."""

    folder: Path

    def build(
        self,
        project: str,
        builder: str,
        language: str,
        *settings: str,
        without: bool = False,
    ) -> Path:
        """Return the output folder.

        :param without: the extension: the pages are the same, with nothing from us.
        """
        name = f"{project}-{'without' if without else 'with'}"
        source = self.folder / name
        if not source.is_dir():
            shutil.copytree(PROJECTS[project], source, ignore=MADE)
            # Which our documentation quotes.
            shutil.copytree(
                ROOT / "examples", self.folder / "examples", dirs_exist_ok=True
            )
            if without:
                _take_out_extension(source)
        out = self.folder / f"{name}-{builder}-{language}-{len(settings)}"
        if not out.is_dir():
            command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *settings]
            command += SMALL if project == "guide" and not without else ()
            folders = ["-d", f"{out}-trees", str(source), str(out)]
            command += ["-D", f"language={language}", *folders]
            # The indexes of corpora are kept out of the user's own cache folder.
            kept = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache")}
            subprocess.run(command, check=True, env=kept)
        return out


_STUB = """
from docutils.parsers.rst import Directive, directives


class Nothing(Directive):
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {name: directives.unchanged for name in
                   ("body", "class", "keywords", "locale", "no-index", "used")}

    def run(self):
        return []


def setup(app):
    app.add_directive("insurterm", Nothing)
    app.add_directive("insurterm-glossary", Nothing)
"""


def _take_out_extension(source: Path) -> None:
    conf = source / "conf.py"
    text = conf.read_text("utf-8").replace('"sphinx_insurterms"', '"nothing_of_ours"')
    assert "nothing_of_ours" in text
    here = (
        "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
    )
    future = "from __future__ import annotations\n"
    text = text.replace(future, f"{future}\n{here}") if future in text else here + text
    conf.write_text(text, "utf-8")
    (source / "nothing_of_ours.py").write_text(_STUB, "utf-8")
    shutil.rmtree(source / "terms")


@pytest.fixture(scope="session")
def sphinx(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    """Return what builds projects, in a folder of its own."""
    return Sphinx(tmp_path_factory.mktemp("formats"))


def need(*programs: str) -> None:
    """Skip a test where a program is missing, and say which."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
