"""The same text in reST and in MyST is the same to every format that is made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

if TYPE_CHECKING:
    from tests.builds.conftest import Build, Project

CONF = """\
project = "Claims guide"
version = release = "1"
copyright = "the authors"
extensions = ["sphinx_insurterms", "myst_parser"]
"""

SAME = {
    "a name": (":term:`premium`", "{term}`premium`"),
    "a name that is only folded": (
        ":term:`liability_insurance`",
        "{term}`liability_insurance`",
    ),
    "an inflected name": (":term:`Deductibles`", "{term}`Deductibles`"),
    "a name with a text": (
        ":term:`the Act <hipaa>` of 1996",
        "{term}`the Act <hipaa>` of 1996",
    ),
    "an unknown name": (":term:`nonsuch`", "{term}`nonsuch`"),
    "an entry": (".. insurterm:: premium", "```{insurterm} premium\n```"),
    "an entry with all options": (
        ".. insurterm:: risk\n   :body:\n   :locale: nb\n   :class: x y\n   :no-index:",
        "```{insurterm} risk\n:body:\n:locale: nb\n:class: x y\n:no-index:\n```",
    ),
    "an entry of two words": (
        ".. insurterm:: liability insurance",
        "```{insurterm} liability insurance\n```",
    ),
    "an unknown entry": (".. insurterm:: nonsuch", "```{insurterm} nonsuch\n```"),
    "a list": (".. insurterm-glossary::", "```{insurterm-glossary}\n```"),
    "a list with all options": (
        ".. insurterm-glossary::\n   :body:\n   :keywords: law\n   :class: wide",
        "```{insurterm-glossary}\n:body:\n:keywords: law\n:class: wide\n```",
    ),
    "a list of what is used": (
        ":term:`risk`\n\n.. insurterm-glossary::\n   :used:\n   :body:\n   :class: wide",
        "{term}`risk`\n\n```{insurterm-glossary}\n:used:\n:body:\n:class: wide\n```",
    ),
}


# MyST keeps MathJax away from what it did not parse as mathematics.
OWN_CLASSES = ("tex2jax_ignore", "mathjax_ignore")


def _tree(build: Build, docname: str) -> str:
    """Return what was read, without where it comes from, and what MyST adds of itself."""
    tree = build.app.env.get_doctree(docname)
    for node in tree.findall(nodes.Element):
        for name in ("source", "line", "myst_slug", "slug"):
            node.attributes.pop(name, None)
        node["classes"] = [name for name in node["classes"] if name not in OWN_CLASSES]
    return tree.pformat()


def _body(build: Build, docname: str) -> str:
    """Return what a reader sees of a page, as HTML."""
    body = build.page(docname).select_one("div.body")
    assert body is not None
    return re.sub(f' class="{" ".join(OWN_CLASSES)}"', "", str(body))


@pytest.fixture(scope="module")
def builds(shared_project: Project) -> tuple[Build, Build]:
    """Return the builds of two projects with the same documents, in reST and MyST."""
    made = []
    for place, (suffix, title) in enumerate(((".rst", "{0}\n=\n"), (".md", "# {0}\n"))):
        project = shared_project.beside(suffix.strip("."))
        first, second = (".rst", ".md") if place == 0 else (".md", ".rst")
        kinds = {".rst": "restructuredtext", ".md": "markdown"}
        project.conf(
            f"insurterms_pages = 'terms'\nsource_suffix = {{{first!r}: {kinds[first]!r}, "
            f"{second!r}: {kinds[second]!r}}}\n",
            base=CONF,
        )
        names = [f"page-{number}" for number in range(len(SAME))]
        listed = "\n   ".join([*names, "terms/index"])
        project.start(f".. toctree::\n\n   {listed}")
        for name, texts in zip(names, SAME.values(), strict=True):
            project.write(f"{name}{suffix}", f"{title.format('X')}\n{texts[place]}\n")
        made.append(project.build(nitpicky=False))
    return made[0], made[1]


@pytest.mark.parametrize("what", SAME)
def test_the_same_text_gives_the_same_doctree(
    builds: tuple[Build, Build], what: str
) -> None:
    rest, myst = builds
    docname = f"page-{list(SAME).index(what)}"
    assert _tree(myst, docname) == _tree(rest, docname)
    assert _body(myst, docname) == _body(rest, docname)


@pytest.mark.parametrize("docname", ["terms/index", "terms/premium", "terms/hipaa"])
def test_generated_pages_are_the_same_in_both(
    builds: tuple[Build, Build], docname: str
) -> None:
    rest, myst = builds
    assert (rest.app.srcdir / f"{docname}.rst").is_file()
    assert (myst.app.srcdir / f"{docname}.md").is_file()
    assert _tree(myst, docname) == _tree(rest, docname)
    assert _body(myst, docname) == _body(rest, docname)


def test_both_are_warned_of_the_same(builds: tuple[Build, Build]) -> None:
    rest, myst = ([re.sub(r"^\S+ ", "", w) for w in build.warnings] for build in builds)
    assert sorted(myst) == sorted(rest)
    assert len(rest) == 2
