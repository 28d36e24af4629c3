"""No command ends in a traceback, or leaves something half-written, whatever it is given."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cli.conftest import Corpus, Run

COMMANDS = {
    "check": ("check", "{corpus}"),
    "check --fix": ("check", "{corpus}", "--fix"),
    "export": ("export", "--format", "po", "--locale", "nb", "{corpus}", "locales"),
    "export tbx": ("export", "--format", "tbx", "{corpus}", "-o", "out.tbx"),
    "import": ("import", "--format", "po", "--locale", "nb", "locales", "{corpus}"),
    "import csv": ("import", "--format", "csv", "--overwrite", "in.csv", "{corpus}"),
    "new": ("new", "A new one", "--locale", "en", "--corpus", "{corpus}"),
    "new --from": (
        *("new", "premium", "--from", "en", "--locale", "nb"),
        *("--corpus", "{corpus}"),
    ),
    "stamp": ("stamp", "{corpus}"),
}
CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "claim"
msgstr "krav"

msgid "Text."
msgstr "Tekst."
"""


def filled(command: Sequence[str], corpus: Path) -> list[str]:
    """Return the words of a command about a corpus."""
    return [word.replace("{corpus}", str(corpus)) for word in command]


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a catalog that translates a term, and go where it is."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "locales/nb/LC_MESSAGES/insurterms.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOG, "utf-8")
    (tmp_path / "in.csv").write_text("id,locale,title\nclaim,nb,skade\n", "utf-8")


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "what", ["empty", "a file", "nothing", "random bytes", "no rights", "no way in"]
)
def test_whatever_it_is_given_it_says_what_is_wrong(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, what: str, command: str
) -> None:
    path = tmp_path / "corpus"
    if what == "a file":
        path.write_text("text", "utf-8")
    elif what != "nothing":
        (path / "en").mkdir(parents=True)
    if what == "random bytes":
        noise = random.Random(1).randbytes(10_000_000)  # noqa: S311
        (path / "en/noise.md").write_bytes(noise)
    before = sorted(tmp_path.rglob("*.md"))
    if what == "no rights":
        _close_folders(monkeypatch, below=path)
    if what == "no way in":
        _close_way(monkeypatch, path)
    done = run(*filled(COMMANDS[command], path))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    is_begun = done.exit_code == 0 and command in {"new", "import csv"}
    assert is_begun or (done.exit_code in {1, 2} and done.output.strip())
    assert is_begun or sorted(tmp_path.rglob("*.md")) == before


def _close_folders(monkeypatch: pytest.MonkeyPatch, below: Path) -> None:
    """Let nobody list a folder, root neither."""
    scandir = os.scandir

    def refuse(path: str | bytes | Path) -> object:
        if Path(os.fsdecode(path)).is_relative_to(below):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)


def _close_way(monkeypatch: pytest.MonkeyPatch, closed: Path) -> None:
    """Let nobody ask what a path is, as below a folder without rights."""
    stat = Path.stat

    def refuse(path: Path, **how: bool) -> os.stat_result:
        if path.is_relative_to(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", refuse)


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_ends_it_with_a_word_and_leaves_each_file_whole(
    corpus: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    corpus.entry("en/premium", "Premium")
    corpus.entry("en/claim", "claim")
    corpus.entry("nb/claim", "krav")
    corpus.write("en/fee.md", "---\ntitle: 'Fee '\n---\n\n##A\n")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    # Where the last step of each writing is: the new file is there, by another name.
    monkeypatch.setattr(Path, "replace", stop)
    overwrite = ["--overwrite"] if command == "import" else []
    done = run(*filled(COMMANDS[command], corpus.root), *overwrite)
    if command == "check":  # which writes nothing
        assert done.exit_code == 1
    else:
        assert (done.exit_code, done.stderr.strip().rpartition("\n")[2]) == (
            1,
            "Aborted!",
        )
    after = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert after == before
