"""Books in three languages, judged by epubcheck."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.formats.conftest import JUDGED, need

if TYPE_CHECKING:
    from tests.formats.conftest import Sphinx

pytestmark = pytest.mark.formats


def complaints(book: Path) -> str:
    """Return what epubcheck says of a book, if it finds errors or warnings."""
    need("java", "epubcheck")
    # Debian's command is the archive itself, which not every shell knows how to start.
    jar = Path(shutil.which("epubcheck") or "").resolve()
    command = ["java", "-jar", str(jar), "--failonwarnings", str(book)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout + done.stderr if done.returncode else ""


def made(sphinx: Sphinx, project: str, language: str) -> Path:
    """Return the book of a project."""
    return next(sphinx.build(project, "epub", language).glob("*.epub"))


@pytest.mark.parametrize(
    ("project", "language"),
    [(project, language) for project in JUDGED for language in JUDGED[project]],
)
def test_epubcheck_finds_nothing_in_a_book(
    sphinx: Sphinx, project: str, language: str
) -> None:
    assert complaints(made(sphinx, project, language)) == ""


def test_epubcheck_finds_a_role_where_none_may_be(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.epub"
    page, role = "terms/index.xhtml", b' role="doc-glossary"'
    with (
        zipfile.ZipFile(made(sphinx, "guide", "en")) as book,
        zipfile.ZipFile(broken, "w") as copy,
    ):
        for item in book.infolist():
            text = book.read(item)
            if item.filename == page:
                assert role in text
                text = text.replace(role, b"").replace(b"<dl", b"<dl" + role, 1)
            copy.writestr(item, text)
    assert 'value of attribute "role" is invalid' in complaints(broken)
