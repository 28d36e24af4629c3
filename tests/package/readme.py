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
import textwrap
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "sphinx_insurterms" / "starter"
LOCALES = ("en", "nb", "ar")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4}.*\n|^\n)+", re.MULTILINE)
PART = re.compile(
    r"^(?:#|\.\.|<!--) (docs/[\w./-]+|the shell)\b.*$(?P<text>(?:\n(?!# ).*)*)",
    re.MULTILINE,
)
"""A file, or what is typed: a line that says so, and what follows up to the next."""


def example(readme: str) -> dict[str, str]:
    r"""Return the parts of the README's example: files by their names, and the shell.

    >>> example(
    ...     "Then:\n\n    # docs/conf.py\n    a = 1\n\n    # the shell\n    insurterms\n\n"
    ... )
    {'docs/conf.py': 'a = 1\n', 'the shell': 'insurterms\n'}
    """
    blocks = [(found[1], found[2]) for found in FENCED.finditer(readme)]
    rest = FENCED.sub("", readme)
    blocks += [("", textwrap.dedent(found[0])) for found in INDENTED.finditer(rest)]
    parts: dict[str, str] = {}
    for language, code in blocks:
        if "\nsphinx-build " in f"\n{code}" and language == "sh":
            parts["the shell"] = code
        for found in PART.finditer(code):
            parts[found[1]] = found["text"].strip() + "\n"
    # What installs the package is done already, and from the wheel.
    ours = re.findall(
        r"^(?:insurterms|sphinx-build)\b.*\n", parts["the shell"], re.MULTILINE
    )
    return {**parts, "the shell": "".join(ours)}


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
        parts = example((ROOT / "README.md").read_text("utf-8"))
        commands = parts.pop("the shell")
        for path, content in parts.items():
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
