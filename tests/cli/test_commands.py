"""Each command says how it is used, on every console."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from sphinx_insurterms.building.versions import switcher
from sphinx_insurterms.cli import main
from tests.cli.conftest import Corpus

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize("command", [[], *([name] for name in sorted(main.commands))])
def test_help_ends_with_examples_that_work(
    tmp_path: Path, run: Run, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    if command in (["build"], ["import"]):
        pytest.importorskip("sphinx")
        Path("docs/conf.py").write_text("extensions = ['sphinx_insurterms']", "utf-8")
        Path("docs/index.rst").write_text("Start\n=====\n", "utf-8")
    for locale in ("en", "nb"):
        page = Path("public", locale, "index.html")
        page.parent.mkdir(parents=True)
        page.write_text(switcher("", locale, ["en", "nb"], page.name, "./"), "utf-8")
    corpus = Corpus(tmp_path / "docs/terms")
    for name in ("premium", "claim"):
        corpus.entry(f"en/{name}", name)
        corpus.entry(f"nb/{name}", name)
    run("export", "--format", "po", "--locale", "nb", "docs/terms", "docs/locales")
    for form in ("tbx", "csv"):
        run("export", "--format", form, "docs/terms", "-o", f"terms.{form}")
    Path("docs/glossary.rst").write_text(
        ":orphan:\n\n.. glossary::\n\n   fee\n      A price.", "utf-8"
    )
    done = run(*command, "--help")
    assert done.exit_code == 0
    _, _, text = done.stdout.partition("\n  For example:\n")
    examples = [shlex.split(line) for line in text.splitlines()]
    assert examples
    for program, name, *arguments in examples:
        assert program == "insurterms"
        assert [name] == (command or [name])
        done = run(name, *arguments)
        assert done.exit_code == 0
        assert "Error" not in done.stderr


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_says_what_each_argument_and_option_is(run: Run, name: str) -> None:
    command = main.commands[name]
    ctx = click.Context(command, info_name=name, terminal_width=1000)
    printed = " ".join(run(name, "--help").stdout.split())
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        assert record is not None
        metavar, said = (" ".join(part.split()) for part in record)
        assert metavar in printed
        assert said
        assert said.partition(" [")[0] in printed


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_console_that_lacks_the_letters_ends_nothing(
    corpus: Corpus, encoding: str
) -> None:
    corpus.entry("en/قسط", "قسط")
    corpus.entry("nb/قسط", "premie")
    command = [sys.executable, "-c", "from sphinx_insurterms.cli import main; main()"]
    done = subprocess.run(  # noqa: S603 - ourselves
        [*command, "stamp", str(corpus.root)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    printed = "قسط".encode(encoding, "backslashreplace")
    assert done.stdout.splitlines()[0] == b"nb/" + printed + b".md: stamped"


def test_who_calls_it_from_python_may_catch_what_it_prints(corpus: Corpus) -> None:
    corpus.entry("en/claim", "claim")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["stamp", str(corpus.root)], standalone_mode=False)
    assert printed.getvalue() == "there are no such translations\n"
