"""The reference is made of what the code says, and a translator gets all of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import polib
import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

from sphinx_insurterms import corpus, hooks
from sphinx_insurterms.checking.explaining import explanations
from sphinx_insurterms.cli import main
from sphinx_insurterms.cli.arguments import Argument
from sphinx_insurterms.config import OPTIONS, PREFIX
from sphinx_insurterms.corpus.manifest import MANIFEST_KEYS
from sphinx_insurterms.corpus.problems import WARNINGS
from sphinx_insurterms.corpus.readers.keys import FRONT_MATTER
from sphinx_insurterms.directives import ENTRY_OPTIONS, GLOSSARY_OPTIONS

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import NavigableString

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path.stem for path in (DOCS / "reference").glob("*.md"))
MARK = "¤ "
"""What a text begins with that was translated."""

COMMANDS = [(name, main.commands[name]) for name in sorted(main.commands)]
HELP = [
    *((command.help or "").partition("\n")[0] for _, command in COMMANDS),
    *(
        parameter.help or ""
        for _, command in COMMANDS
        for parameter in command.params
        if isinstance(parameter, (Argument, click.Option))
    ),
]
DIRECTIVE_OPTIONS = (*ENTRY_OPTIONS, *GLOSSARY_OPTIONS)
SAID = {
    "command-line": HELP,
    "configuration": [option.help for option in OPTIONS],
    "front-matter": [key.meaning for key in (*FRONT_MATTER, *MANIFEST_KEYS)],
    "html-and-css": [
        hook.meaning for hook in (*hooks.CLASSES, *hooks.ANCHORS, *hooks.PROPERTIES)
    ],
    "roles-and-directives": [option.help for option in DIRECTIVE_OPTIONS],
    "rules": [text for one in explanations().values() for text in (one.says, one.why)],
    "warnings": list(WARNINGS.values()),
}
"""Page → the texts of the tables in the code that belong on it."""


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return our documentation with the reference only; of other pages, the titles."""
    folder = tmp_path_factory.mktemp("docs") / "docs"
    wanted = ("*.py", "_reference", "images", "reference", "terms")
    for path in sorted(path for one in wanted for path in DOCS.glob(one)):
        if path.is_dir():
            made = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, folder / path.name, ignore=made)
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(path, folder)
    for path in [*DOCS.glob("how-to/*.md"), *DOCS.glob("explanation/*.md")]:
        other = folder / path.relative_to(DOCS)
        other.parent.mkdir(exist_ok=True)
        other.write_text(f"---\norphan: true\n---\n\n# {path.stem}\n", "utf-8")
    names = "\n".join(f"reference/{name}" for name in PAGES)
    start = f"# Start\n\n```{{toctree}}\n{names}\n```\n"
    folder.joinpath("index.md").write_text(start, "utf-8")
    return folder


def build(docs: Path, builder: str, *options: str) -> Path:
    """Build the reference, with no warning, and return the folder with its pages."""
    out = docs.parent / builder
    command = (sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going")
    no_pages = ("-D", f"{PREFIX}pages=", "-d", docs.parent / f"trees-{builder}")
    subprocess.run(  # noqa: S603 - ourselves
        [*command, "-b", builder, *no_pages, *options, docs, out], check=True
    )
    return out / "reference"


@pytest.fixture(scope="module")
def templates(docs: Path) -> dict[str, polib.POFile]:
    """Return what translators get: page → its texts."""
    folder = build(docs, "gettext", "-D", "gettext_compact=0")
    return {page: polib.pofile(str(folder / f"{page}.pot")) for page in PAGES}


@pytest.fixture(scope="module")
def translated(docs: Path, templates: dict[str, polib.POFile]) -> dict[str, Tag]:
    """Return the pages as readers see them when every text has a translation."""
    folder = docs / "locale/nb/LC_MESSAGES/reference"
    folder.mkdir(parents=True)
    for page, template in templates.items():
        for entry in template:
            entry.msgstr = MARK + entry.msgid
        template.save(str(folder / f"{page}.po"))
    out = build(docs, "html", "-D", "language=nb")
    found = {}
    for page in PAGES:
        soup = BeautifulSoup((out / f"{page}.html").read_text("utf-8"), "html.parser")
        (found[page],) = soup.select("[role=main]")
    return found


@pytest.mark.parametrize("page", SAID)
def test_every_text_in_the_code_is_a_message_of_its_own(
    templates: dict[str, polib.POFile], page: str
) -> None:
    messages = {_plain(entry.msgid) for entry in templates[page]}
    assert [text for text in SAID[page] if _plain(text) not in messages] == []


def _plain(text: str) -> str:
    """Return a text on one line, and without what tells what is code in it."""
    return " ".join(text.replace("`", "").split())


def test_translators_get_no_code_and_no_markup_of_another_kind(
    templates: dict[str, polib.POFile],
) -> None:
    messages = [entry.msgid for template in templates.values() for entry in template]
    assert [text for text in messages if re.fullmatch(r"`[^`]*`", text)] == []
    assert [text for text in messages if "\n" in text] == []
    # The pages are in Markdown, and so will be the translations of docstrings.
    assert [text for text in messages if re.search(r"(?<!`):\w+:`\w", text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_english_is_left_where_all_is_translated(
    translated: dict[str, Tag], page: str
) -> None:
    left = translated[page]
    code = "code, pre, dt.sig, .code-block-caption, .headerlink"
    for tag in left.select(f"{code}, [class^=insurterm]"):
        tag.decompose()
    untranslated = {
        str(text).strip()
        for text in left.strings
        if re.search("[A-Za-z]", text) and MARK.strip() not in _block(text).get_text()
    }
    assert untranslated <= {"Parametere", "Returnere"}  # which Sphinx says


def _block(text: NavigableString) -> Tag:
    """Return the paragraph, heading or cell that a text is a part of."""
    block = text.find_parent(["p", "h1", "h2", "h3", "li", "td", "th", "dd", "dt"])
    assert block is not None
    return block


def test_settings_commands_rules_and_python_can_be_linked_to(
    docs: Path, translated: dict[str, Tag]
) -> None:
    with (docs.parent / "html/objects.inv").open("rb") as file:
        known = InventoryFile.load(file, "", lambda *parts: "".join(parts))
    assert set(known["std:confval"]) == {PREFIX + option.name for option in OPTIONS}
    options = {
        f"insurterms-{name}.{spelt}"
        for name, command in COMMANDS
        for option in command.params
        for spelt in option.opts
        if isinstance(option, click.Option)
    }
    assert options - set(known["std:cmdoption"]) == set()
    labels = {f"insurterms-{name}" for name, _ in COMMANDS}
    labels |= {f"rule-{name}" for name in explanations()}
    assert labels - set(known["std:label"]) == set()
    python = {name for kind in known if kind.startswith("py:") for name in known[kind]}
    ours = {f"sphinx_insurterms.corpus.{name}" for name in corpus.__all__}
    assert {name for name in python if name.count(".") == 2} == ours
