"""What does somebody do who follows a page, snippet by snippet?"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import yaml

from tests.docs.snippets.pages import ROOT
from tests.docs.tox_environments import tox_environments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.docs.snippets.pages import Snippet

STARTS = Path(__file__).parent / "starts"

CONF = 'project = "Handbook"\nextensions = ["myst_parser", "sphinx_insurterms"]\n'
"""What a page's project has that says nothing of its settings."""

_INSTALLING = re.compile(r"(?:python3? -m )?pip install (?P<wanted>.*)")
_TESTING = re.compile(r"python3 -m tox run -e (?P<name>[\w-]+)")
_PREPARING = re.compile(r"python3 -m venv .*|\. \.venv/bin/activate|git clone .*")
_HEADS = {
    "md": "---\norphan: true\n---\n\n# Snippet\n\n",
    "rst": ":orphan:\n\nSnippet\n=======\n\n",
}

_READERS: dict[str, Callable[[str], object]] = {
    ".yml": yaml.safe_load,
    ".yaml": yaml.safe_load,
    ".toml": tomllib.loads,
    ".json": json.loads,
    ".py": ast.parse,
    ".po": polib.pofile,
}
"""What reads a file, or says that nobody can."""


class Reader:
    """Follows one page in a folder of its own."""

    def __init__(self, folder: Path, page: str) -> None:
        """Begin with the files that readers of the page are said to have."""
        self.folder = folder
        self.printed = ""
        """By the last commands."""

        self.shown = 0
        """Snippets that are pages, or parts of such."""

        start = STARTS / page
        if start.is_dir():
            shutil.copytree(start, folder, dirs_exist_ok=True)

    def follow(self, snippet: Snippet) -> None:
        """Do what a snippet is for.

        :raises AssertionError: if that fails, or if the snippet is for nothing.
        """
        if snippet.caption:
            self._file(snippet)
        elif snippet.language == "sh":
            self._commands(snippet)
        elif snippet.language == "text":
            missing = _missing(snippet.text, self.printed)
            assert not missing, f"{snippet.place}: {missing} not in:\n{self.printed}"
        elif snippet.language == "python":
            self._run([sys.executable, "-"], snippet.place, snippet.text)
        elif snippet.language in _HEADS:
            self._page(snippet)
        else:
            message = f"{snippet.place}: nobody tries a snippet of {snippet.language!r}"
            raise AssertionError(message)

    def end(self) -> None:
        """Build what was only shown, and let no warning pass."""
        if self.shown:
            command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
            self._run([*command, "docs", "out/snippets"], "the snippets", "")

    def _file(self, snippet: Snippet) -> None:
        path = self.folder / snippet.caption
        path.parent.mkdir(parents=True, exist_ok=True)
        if snippet.use == "part":
            missing = _missing(snippet.text, path.read_text("utf-8"))
            assert not missing, f"{snippet.place}: {missing} not in {snippet.caption}"
        elif snippet.use == "added":
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{snippet.text}")
        else:
            path.write_text(snippet.text, "utf-8")
            self._try_file(path, snippet.place)

    def _try_file(self, path: Path, place: str) -> None:
        """Read a file as the program does that it is for, and run what it runs of us."""
        read = _READERS.get(path.suffix)
        for line in _lines(read(path.read_text("utf-8"))) if read else ():
            # `${{ … }}` is what a forge fills in: tests/docs/test_workflows.py.
            if line.startswith("insurterms ") and "${{" not in line:
                # The check may find something: what the page is about, perhaps.
                may_fail = " || test $? = 1" if " check " in line else ""
                self._run(["sh", "-eu"], place, f"{line}{may_fail}\n")

    def _page(self, snippet: Snippet) -> None:
        self.shown += 1
        docs = self.folder / "docs"
        docs.mkdir(exist_ok=True)
        if not (docs / "conf.py").is_file():
            (docs / "conf.py").write_text(CONF, "utf-8")
        if not list(docs.glob("index.*")):
            (docs / "index.md").write_text("# Start\n", "utf-8")
        path = docs / f"snippet-{self.shown}.{snippet.language}"
        path.write_text(_HEADS[snippet.language] + snippet.text, "utf-8")

    def _commands(self, snippet: Snippet) -> None:
        """Run the lines of a snippet, but for those that install what is here."""
        wanted = []
        for line in snippet.text.replace(" && ", "\n").splitlines():
            if running := _TESTING.fullmatch(line.strip()):
                _check_environment(running["name"], snippet.place)
            elif installing := _INSTALLING.fullmatch(line.strip()):
                _check_installed(installing["wanted"], snippet.place)
            elif not _PREPARING.fullmatch(line.strip()):
                wanted.append(line)
        script = "\n".join(wanted)
        self.printed = self._run(["sh", "-eu"], snippet.place, script)

    def _run(self, command: list[str], place: str, script: str) -> str:
        scripts = Path(sys.executable).parent
        done = subprocess.run(  # noqa: S603 - our own documentation
            command,
            input=script,
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
                "XDG_CACHE_HOME": str(self.folder / ".cache"),
                "READTHEDOCS_OUTPUT": str(self.folder / "out/readthedocs"),
                "NO_COLOR": "1",
                "COLUMNS": "200",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{place}:\n{script}\n{done.stdout}"
        return done.stdout


def _check_installed(wanted: str, place: str) -> None:
    """Hold a line that installs something to what there is to install."""
    for one in shlex.split(wanted):
        name, _, extra = one.removesuffix("]").partition("[")
        if name.startswith("-"):
            continue
        if name == "tox":  # which runs these tests, from outside
            continue
        if name == "." or "/" in name:
            there = name == "." or Path(name).name in (ROOT.name, "sphinx-insurterms")
            assert there, f"{place}: what is {one!r}?"
            continue
        metadata = importlib.metadata.metadata(name)
        extras = metadata.get_all("Provides-Extra") or []
        assert not extra or extra in extras, f"{place}: there is no {one!r}"


def _check_environment(name: str, place: str) -> None:
    """Hold a line that runs tests, perhaps these, to the environments that there are."""
    assert name in {"py", *tox_environments()}, f"{place}: tox has no {name!r}"


def _lines(found: object) -> Iterator[str]:
    """Yield the lines of all text in what a file of data holds."""
    if isinstance(found, str):
        yield from found.splitlines()
    elif isinstance(found, dict) and "entry" in found:  # of pre-commit
        yield " ".join((found["entry"], *found.get("args", ())))
    elif isinstance(found, (dict, list)):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _lines(one)


def _missing(lines: str, text: str) -> list[str]:
    """Return the lines that are not in a text; ``…`` stands for anything on a line."""
    there = "\n".join(" ".join(line.split()) for line in text.splitlines())
    wanted = (" ".join(line.split()) for line in lines.splitlines())
    return [
        line
        for line in wanted
        if not re.search(".*".join(map(re.escape, line.split("…"))), there)
    ]
