"""Does the README's example work where nothing but the wheel is installed?

``python tests/package/readme.py DIST`` installs the wheel in the folder DIST into an
environment of its own, writes the files of the example, runs its commands, and looks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "sphinx_insurterms" / "starter"
LOCALES = ("en", "nb", "ar")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"(?:#|\.\.) (docs/[\w./-]+)\b.*\n(?P<text>(?:.*\n)*)")
"""A block that is a file: its first line says so."""


def example(readme: str) -> tuple[dict[str, str], str]:
    r"""Return the files of the README's example by their names, and what is typed.

    >>> example(
    ...     "```python\n# docs/conf.py\na = 1\n```\n\n```sh\nsphinx-build docs out\n```\n"
    ... )
    ({'docs/conf.py': 'a = 1\n'}, 'sphinx-build docs out\n')
    """
    files, typed = {}, ""
    for language, code in FENCED.findall(readme):
        if found := FILE.match(code):
            files[found[1]] = found["text"].lstrip("\n")
        elif language == "sh":
            # What installs the package is done already, and from the wheel.
            lines = code.splitlines(keepends=True)
            typed += "".join(line for line in lines if line.startswith("sphinx-build "))
    return files, typed


def definition(locale: str) -> str:
    """Return what the starter corpus says of a premium."""
    entry = (STARTER / locale / "premium.md").read_text("utf-8")
    found = re.search(r"^description: (.+)$", entry, re.MULTILINE)
    assert found
    return found[1]


def run(*command: str | Path, folder: Path, env: dict[str, str]) -> None:
    """Run a program; what it says is shown only where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\n{' '.join(map(str, command))}: {done.returncode}")


def main(dist: str) -> None:
    """Install, write, build and look."""
    [wheel] = Path(dist).resolve().glob("*.whl")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        programs = folder / "venv" / "bin"
        env = {key: os.environ[key] for key in os.environ if key != "PYTHONPATH"}
        env["PATH"] = f"{programs}{os.pathsep}{env['PATH']}"
        env["XDG_CACHE_HOME"] = str(folder / "cache")
        install = (programs / "python", "-m", "pip", "install", wheel)
        run(*install, folder=folder, env=env)
        files, commands = example((ROOT / "README.md").read_text("utf-8"))
        for path, content in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(content, "utf-8")
        print("with nothing but the wheel:", commands, sep="\n")
        run("sh", "-eu", "-c", commands, folder=folder, env=env)
        for locale in LOCALES:
            pages = folder / "out" / locale
            start = (pages / "index.html").read_text("utf-8")
            assert definition(locale) in start, locale
        explain = ("insurterms", "check", "--explain", "link")
        run(programs / explain[0], *explain[1:], folder=folder, env=env)


if __name__ == "__main__":
    main(*sys.argv[1:])
