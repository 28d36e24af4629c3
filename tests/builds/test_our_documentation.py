"""Our own tutorial is translated as we tell others to translate theirs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("after-a-loss", "index", "tutorial")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the templates that our documentation makes now."""
    folder = tmp_path_factory.mktemp("docs")
    made = shutil.ignore_patterns("_build", "glossary")
    shutil.copytree(DOCS, folder / "docs", ignore=made)
    command = (sys.executable, "-m", "sphinx", "-q", "-W", "-b", "gettext")
    subprocess.run([*command, "docs", "out"], cwd=folder, check=True)  # noqa: S603
    return folder / "out"


def texts(path: Path) -> dict[str, str]:
    """Return message → translation, of those that are no mere guesses."""
    with path.open("rb") as file:
        return {
            str(m.id): "" if m.fuzzy else str(m.string) for m in read_po(file) if m.id
        }


@pytest.mark.parametrize("locale", ["ar", "nb"])
@pytest.mark.parametrize("page", PAGES)
def test_every_text_is_translated(templates: Path, page: str, locale: str) -> None:
    said = texts(DOCS / "locale" / locale / "LC_MESSAGES" / f"{page}.po")
    assert said.keys() == texts(templates / f"{page}.pot").keys()
    assert [text for text, translation in said.items() if not translation] == []
