"""A small documentation project that a test writes, builds and looks at."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import sphinx.locale
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
project = "Claims guide"
version = release = "1"
copyright = "the authors"
extensions = ["sphinx_insurterms"]
"""
"""What a user has, and one line."""


@dataclass(frozen=True)
class Build:
    """What one run of Sphinx left behind."""

    out: Path
    status: str
    warnings: list[str]
    """Lines of the log, without colours and with paths below the project."""

    app: Sphinx

    def text(self, name: str) -> str:
        """Return an output file as text."""
        return (self.out / name).read_text("utf-8")

    def page(self, docname: str) -> BeautifulSoup:
        """Return a page of HTML."""
        return BeautifulSoup(self.text(f"{docname}.html"), "html.parser")

    def written(self) -> list[str]:
        """Return the documents that this run wrote."""
        found = re.findall(r"writing output\.\.\. \[ *\d+%\] ([^\s]+)", self.status)
        return sorted(set(found))


class Project:
    """A documentation project in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = root / "docs"
        self.docs.mkdir()
        self.conf()
        self.write("index.rst", "Start\n=====\n")

    def conf(self, extra: str = "", *, base: str = CONF) -> None:
        """Write conf.py: the least there is, and *extra*."""
        self.write("conf.py", base + extra)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file below the source folder."""
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, "utf-8")
        return path

    def entry(
        self, name: str, title: str, description: str = "", body: str = "", **keys: str
    ) -> Path:
        """Write an entry into the default corpus; *name* is ``locale/id``."""
        front = {"title": title, "description": description, **keys}
        lines = "".join(f"{key}: {value}\n" for key, value in front.items() if value)
        return self.write(f"terms/{name}.md", f"---\n{lines}---\n\n{body}")

    def build(  # noqa: PLR0913
        self,
        builder: str = "html",
        *,
        language: str = "en",
        out: str = "",
        doctrees: str = "",
        parallel: int = 1,
        nitpicky: bool = True,
        fresh: bool = False,
        **overrides: Any,
    ) -> Build:
        """Run Sphinx as its command does; doctrees lie in the output folder's sibling."""
        sphinx.locale.translators.clear()
        place = self.root / "out" / (out or f"{builder}-{language}")
        trees = self.root / "doctrees" / (doctrees or out or f"{builder}-{language}")
        status, warning = io.StringIO(), io.StringIO()
        with patch_docutils(self.docs), docutils_namespace():
            app = Sphinx(
                srcdir=self.docs,
                confdir=self.docs,
                outdir=place,
                doctreedir=trees,
                buildername=builder,
                confoverrides={
                    "language": language,
                    "nitpicky": nitpicky,
                    **overrides,
                },
                status=status,
                warning=warning,
                freshenv=fresh,
                parallel=parallel,
            )
            app.build()
        lines = strip_colors(warning.getvalue()).replace(f"{self.root}/", "")
        return Build(
            out=place,
            status=strip_colors(status.getvalue()),
            warnings=[line for line in lines.splitlines() if line.strip()],
            app=app,
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one empty page and no corpus but the bundled one."""
    return Project(tmp_path)
