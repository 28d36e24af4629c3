"""A small documentation project that a test writes, builds and looks at."""

from __future__ import annotations

import gettext
import io
import posixpath
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sphinx.locale
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_insurterms import config, messages
from tests.links import dead_links

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOTS = Path(__file__).parent / "roots"
BUNDLE = Path(__file__).parent / "bundle"
"""A corpus of twenty terms in three languages."""

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

    kept: dict[str, bytes] | None = None
    """What :meth:`files` returned, where a later run writes into the same folder."""

    def text(self, name: str) -> str:
        """Return an output file as text."""
        return (self.out / name).read_text("utf-8")

    def page(self, docname: str) -> BeautifulSoup:
        """Return a page of HTML."""
        return BeautifulSoup(self.text(f"{docname}.html"), "html.parser")

    def all(self, docname: str, selector: str) -> list[Tag]:
        """Return what a CSS selector finds on a page."""
        return list(self.page(docname).select(selector))

    def one(self, docname: str, selector: str) -> Tag:
        """Return the only element that a CSS selector finds on a page."""
        found = self.all(docname, selector)
        assert len(found) == 1, f"{docname}: {selector} finds {found}"
        return found[0]

    def body(self, docname: str) -> str:
        """Return the words of a page's body, the spaces between them made one."""
        return " ".join(self.one(docname, "[role=main]").get_text(" ").split())

    def follow(self, docname: str, link: Tag) -> Tag:
        """Return what a link on a page leads to, which must be there."""
        path, _, anchor = str(link["href"]).partition("#")
        place = posixpath.join(posixpath.dirname(docname), path.removesuffix(".html"))
        target = posixpath.normpath(place) if path else docname
        return self.one(target, f'[id="{anchor}"]')

    def word(self, english: str) -> str:
        """Return one of the extension's own words in the language of this build."""
        language = [self.app.config.language]
        catalog = gettext.translation(
            messages.CATALOG, messages.FOLDER, language, fallback=True
        )
        return catalog.gettext(english)

    def written(self) -> list[str]:
        """Return the documents that this run wrote."""
        found = re.findall(r"writing output\.\.\. \[ *\d+%\] ([^\s]+)", self.status)
        return sorted(set(found))

    def read(self) -> list[str]:
        """Return the documents that this run read."""
        found = re.findall(r"reading sources\.\.\. \[ *\d+%\] ([^\s]+)", self.status)
        return sorted(set(found))

    def files(self) -> dict[str, bytes]:
        """Return the content of every output file."""
        if self.kept is not None:
            return self.kept
        paths = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {p.relative_to(self.out).as_posix(): p.read_bytes() for p in paths}

    def links(self, docname: str) -> list[tuple[str, str]]:
        """Return address and text of every link of a page, not of its tooltips."""
        page = self.page(docname)
        for tips in page.select(".insurterm-tips"):
            tips.decompose()
        return [(str(a["href"]), a.text) for a in page.select("a[href]")]

    def dead_links(self) -> list[str]:
        """Return the links of all pages that lead to no file, or to no place in it."""
        return dead_links(self.out)


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

    def start(self, text: str) -> None:
        """Write the start page: a heading, and *text*."""
        self.write("index.rst", f"Start\n=====\n\n{text}\n")

    def beside(self, name: str) -> Project:
        """Return another project, in a folder of its own."""
        root = self.root / name
        root.mkdir()
        return Project(root)

    def copy(self, root: str) -> None:
        """Write the files of a project that lies in ``roots``."""
        shutil.copytree(ROOTS / root, self.docs, dirs_exist_ok=True)

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

    def build(
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
        # MyST adds its suffix to the default that all later applications share.
        Config.config_values["source_suffix"].default.pop(".md", None)
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


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Compile each template once, and not in each of a thousand builds.

    It takes a third of a small build, and more where coverage is measured.
    """
    compiled: dict[tuple[Any, ...], Any] = {}
    compile_template = Environment.compile

    def compile_once(env: Environment, *template: Any, **options: Any) -> Any:
        signs = (env.block_start_string, env.variable_start_string, env.autoescape)
        key = (*signs, template, *sorted(options.items()))
        if key not in compiled:
            compiled[key] = compile_template(env, *template, **options)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def small_bundle() -> Iterator[None]:
    """Let twenty terms come with the package, since builds often make a page for each.

    All that do come with it are built by those who start Sphinx as a program: the tests
    of our documentation, of its snippets and of the examples.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "STARTER_FOLDER", BUNDLE)
        yield


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with one empty page and no corpus but the bundled one."""
    return Project(tmp_path)


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that the tests of a module build once, and then only look at."""
    return Project(tmp_path_factory.mktemp("project"))
