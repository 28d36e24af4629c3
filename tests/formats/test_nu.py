"""Pages in three languages, judged by the Nu Html Checker, beside the bare theme's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.built_documentation import LANGUAGES
from tests.formats.conftest import GUIDE, JUDGED, SMALL, need

if TYPE_CHECKING:
    from tests.formats.conftest import Sphinx

pytestmark = pytest.mark.formats


def errors(*folders: Path) -> set[str]:
    """Return the sorts of errors in the pages of some folders."""
    need("java")
    jar = os.environ.get("VNU_JAR", "")
    if not Path(jar).is_file():
        pytest.skip("vnu.jar is missing: install vnu-jar with npm, and say in VNU_JAR")
    command = ["java", "-jar", jar, "--skip-non-html", "--format", "json"]
    command += map(str, folders)
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    found = json.loads(done.stderr)["messages"]
    # What is quoted differs from page to page.
    return {
        re.sub("“[^”]*”", "“…”", message["message"])
        for message in found
        if message["type"] == "error"
    }


@pytest.mark.parametrize("project", JUDGED)
def test_the_nu_checker_finds_no_error_that_the_bare_theme_lacks(
    sphinx: Sphinx, project: str
) -> None:
    # With an address, so that pages say it to machines too.
    site = ("-D", "html_baseurl=https://example.org/")
    languages = JUDGED[project]
    ours = [sphinx.build(project, "html", language, *site) for language in languages]
    bare = [
        sphinx.build(project, "html", language, *site, without=True)
        for language in languages
    ]
    assert errors(*ours) - errors(*bare) == set()


def test_the_nu_checker_finds_no_error_in_what_leads_between_languages(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    site = ("-D", "html_baseurl=https://example.org/")
    chosen = [word for language in LANGUAGES for word in ("-l", language)]
    program = "from sphinx_insurterms.cli import main; main()"
    subprocess.run(
        [
            sys.executable,
            "-c",
            program,
            "build",
            GUIDE,
            tmp_path / "out",
            *chosen,
            *site,
            *SMALL,
        ],
        check=True,
    )
    alone = [sphinx.build("guide", "html", language, *site) for language in LANGUAGES]
    assert (tmp_path / "out/index.html").is_file()
    assert errors(tmp_path / "out") - errors(*alone) == set()


def test_the_nu_checker_finds_an_id_that_is_there_twice(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    pages = sphinx.build("guide", "html", "en")
    text = (pages / "terms/premium.html").read_text("utf-8")
    broken = text.replace("</body>", '<p id="term-premium"></p></body>')
    assert broken != text
    (tmp_path / "page.html").write_text(broken, "utf-8")
    assert any("Duplicate ID" in error for error in errors(tmp_path))
