"""``insurterms stamp`` notes what a translation translates, and changes nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Corpus, Run


@pytest.fixture
def translated(corpus: Corpus) -> Corpus:
    """Write two terms in English and Norwegian."""
    for name, english, norwegian in (
        ("premium", "premium", "premie"),
        ("claim", "claim", "skade"),
    ):
        corpus.entry(f"en/{name}", english)
        corpus.entry(f"nb/{name}", norwegian)
    return corpus


def written(path: Path) -> tuple[int, int]:
    """Return what tells of a file that was written again; to read it is no matter."""
    return path.stat().st_ino, path.stat().st_mtime_ns


def stamp_in(path: Path) -> str:
    """Return what a file says that it translates."""
    found = re.search(
        "^translates: ([0-9a-f]{24})$", path.read_text("utf-8"), re.MULTILINE
    )
    return found[1] if found else ""


def test_translations_that_say_nothing_yet_are_stamped(
    translated: Corpus, run: Run
) -> None:
    done = run("stamp", translated.root)
    assert (done.exit_code, done.stdout) == (
        0,
        "nb/claim.md: stamped\nnb/premium.md: stamped\n2 stamped\n",
    )
    stamps = [stamp_in(path) for path in sorted(translated.root.rglob("*.md"))]
    english, norwegian = stamps[:2], stamps[2:]
    assert english == ["", ""]
    assert all(norwegian)
    assert len(set(norwegian)) == 2


def test_a_second_run_changes_nothing(translated: Corpus, run: Run) -> None:
    run("stamp", translated.root)
    before = {path: written(path) for path in translated.root.rglob("*.md")}
    done = run("stamp", translated.root)
    assert (done.exit_code, done.stdout) == (0, "2 up to date\n")
    assert {path: written(path) for path in translated.root.rglob("*.md")} == before


def test_one_whose_source_has_changed_is_listed_and_left(
    translated: Corpus, run: Run
) -> None:
    run("stamp", translated.root)
    translated.entry("en/claim", "claim", "description: A request.\n")
    path = translated.root / "nb/claim.md"
    before = path.read_bytes()
    done = run("stamp", translated.root)
    assert (done.exit_code, done.stdout) == (
        0,
        "nb/claim.md: the source has changed since\n1 up to date, 1 outdated\n",
    )
    assert path.read_bytes() == before


def test_its_id_says_that_it_is_up_to_date_again(translated: Corpus, run: Run) -> None:
    run("stamp", translated.root)
    before = stamp_in(translated.root / "nb/claim.md")
    translated.entry("en/claim", "claim", "description: A request.\n")
    assert run("stamp", translated.root, "claim").stdout == (
        "nb/claim.md: stamped\n1 stamped\n"
    )
    assert stamp_in(translated.root / "nb/claim.md") not in {"", before}
    assert run("stamp", translated.root).stdout == "2 up to date\n"
    assert run("stamp", translated.root, "claim").stdout == "1 up to date\n"


def test_lines_that_are_broken_elsewhere_are_no_change(
    corpus: Corpus, run: Run
) -> None:
    corpus.write("en/claim.md", "---\ntitle: claim\n---\n\nA request\nto be paid.\n")
    corpus.entry("nb/claim", "skade")
    run("stamp", corpus.root)
    corpus.write("en/claim.md", "---\r\ntitle: claim\r\n---\r\nA request to be paid.")
    assert run("stamp", corpus.root).stdout == "1 up to date\n"


@pytest.mark.parametrize("written", ["nb", "NB", "Norwegian Bokmål"])
def test_a_locale_may_be_chosen_in_any_spelling(
    translated: Corpus, run: Run, written: str
) -> None:
    translated.entry("ar/claim", "مطالبة")
    done = run("stamp", translated.root, "--locale", written)
    assert done.stdout.splitlines()[-1] == "2 stamped"
    assert not stamp_in(translated.root / "ar/claim.md")


def test_entries_without_a_source_are_no_translations(corpus: Corpus, run: Run) -> None:
    path = corpus.entry("nb/grunnbeloep", "grunnbeløp")
    assert run("stamp", corpus.root).stdout == "there are no such translations\n"
    assert not stamp_in(path)


def test_the_manifest_says_which_language_is_the_source_and_how_keys_are_called(
    corpus: Corpus, run: Run
) -> None:
    corpus.write(
        "insurterms.toml",
        'source_locale = "nb"\n\n[fields]\ntranslates = "oversetter"\n',
    )
    corpus.entry("nb/claim", "skade")
    path = corpus.entry("en/claim", "claim")
    assert run("stamp", corpus.root).stdout == "en/claim.md: stamped\n1 stamped\n"
    assert re.search(
        "^oversetter: [0-9a-f]{24}$", path.read_text("utf-8"), re.MULTILINE
    )


def test_a_file_that_cannot_be_stamped_is_named_and_the_rest_is_stamped(
    translated: Corpus, run: Run
) -> None:
    translated.write("nb/claim.md", "---\n{title: skade}\n---\n\nTekst.\n")
    done = run("stamp", translated.root)
    assert (done.exit_code, done.stdout) == (
        1,
        "nb/premium.md: stamped\n1 stamped, 1 not stamped\n",
    )
    assert done.stderr.startswith("nb/claim.md: its front matter leaves no place for ")
    assert "{title: skade}" in (translated.root / "nb/claim.md").read_text("utf-8")


def test_a_file_that_cannot_be_written_is_named(
    translated: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    done = run("stamp", translated.root, "claim")
    assert done.exit_code == 1
    assert done.stderr == "nb/claim.md: Permission denied\n"
    assert done.stdout == "1 not stamped\n"


@pytest.mark.parametrize(
    ("arguments", "fact"),
    [
        (["terms", "premum"], "no term has the id 'premum'"),
        (["terms", "--locale", "images"], "'images' is no locale"),
        (["elsewhere"], "there is no folder"),
        (["terms/en/claim.md"], "is a file"),
        (["empty"], "this corpus has no entries"),
    ],
)
def test_senseless_arguments_stop_it_at_once(
    translated: Corpus, run: Run, arguments: list[str], fact: str
) -> None:
    folder = translated.root.parent
    (folder / "empty").mkdir()
    where, *rest = arguments
    done = run("stamp", folder / where, *rest)
    assert done.exit_code == 2
    assert fact in done.stderr
    assert done.stdout == ""
    assert not stamp_in(translated.root / "nb/claim.md")
