"""A corpus of a few files, and the commands that look after it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from sphinx_insurterms.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
)
"""Begins a program that listens to Ctrl-C, though tests run where nobody does."""


class Corpus:
    """A corpus in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file; text loses its common indentation and is saved as it is."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = textwrap.dedent(content).encode()
        path.write_bytes(content)
        return path

    def entry(self, name: str, title: str, more: str = "") -> Path:
        """Write an entry with a title and more lines of front matter."""
        return self.write(f"{name}.md", f"---\ntitle: {title}\n{more}---\n\nText.\n")


class Run(Protocol):
    """Runs a command as a user would."""

    def __call__(self, *arguments: object, typed: str = "") -> Result:
        """Run ``insurterms`` with these arguments.

        :param typed: what stands on standard input; nobody is at a terminal.
        """


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Make a corpus without a file."""
    return Corpus(tmp_path / "terms")


@pytest.fixture
def run() -> Run:
    """Return what runs the commands."""

    def invoke(*arguments: object, typed: str = "") -> Result:
        return CliRunner().invoke(
            main, [str(one) for one in arguments], typed, prog_name="insurterms"
        )

    return invoke
