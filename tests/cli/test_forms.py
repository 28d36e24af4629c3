"""A corpus goes out to files, and comes in from them."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

from sphinx_insurterms import exchange

if TYPE_CHECKING:
    from click.testing import Result

    from tests.cli.conftest import Corpus, Run

TABLE = "id,locale,title,definition\npremium,en,Premium,The price.\n"
BASE = "https://example.org/t/"
NEEDS_SPHINX = pytest.mark.skipif(
    find_spec("sphinx") is None, reason="Sphinx reads the pages, and is not here"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go where the corpus is."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def terms(corpus: Corpus) -> Corpus:
    """Write two terms, one of them in two languages."""
    corpus.entry("en/premium", "premium", "forms: [premiums]\nowner: us\n")
    corpus.entry("nb/premium", "premie")
    corpus.entry("en/claim", "claim", "related: [premium, elsewhere]\n")
    return corpus


def import_table(run: Run, *options: str, text: str = TABLE) -> Result:
    Path("in.csv").write_text(text, "utf-8")
    return run("import", "--format", "csv", *options, "in.csv", "terms")


# out


@pytest.mark.parametrize("form", ["tbx", "csv"])
def test_a_file_is_written_and_it_is_said_what_has_no_place_in_it(
    terms: Corpus, run: Run, form: str
) -> None:
    done = run("export", "--format", form, "terms", "-o", f"out.{form}")
    assert (done.exit_code, done.stdout) == (0, "")
    told = [f"out.{form}: 2 terms written"]
    if form == "tbx":
        told += [
            "tbx has no place for forms (1)",
            "tbx has no place for front matter of your own (1)",
            "tbx has no place for related terms of one language only (1)",
            "tbx has no place for related terms that are not in the file (1)",
        ]
    expected = [line for line in told if "one language" not in line]
    assert done.stderr.splitlines() == expected
    assert run("import", "--format", form, f"out.{form}", "new").stdout.endswith(
        "3 written\n"
    )


def test_only_the_languages_that_are_asked_for_go_out(terms: Corpus, run: Run) -> None:
    done = run("export", "--format", "csv", "--locale", "nb", "terms", "-o", "out.csv")
    assert done.stderr == "out.csv: 1 term written\n"
    assert (
        Path("out.csv").read_text("utf-8-sig").splitlines()[1].startswith("premium,nb")
    )
    done = run("export", "--format", "csv", "--locale", "da", "terms", "-o", "da.csv")
    assert (done.exit_code, done.stderr) == (1, "Error: no term is in da\n")
    assert not Path("da.csv").exists()


@pytest.mark.parametrize("output", [[], ["-o", "-"]])
@pytest.mark.parametrize("form", ["tbx", "csv", "skos"])
def test_without_a_file_it_goes_to_standard_output(
    terms: Corpus, run: Run, output: list[str], form: str
) -> None:
    base = ["--base", BASE] if form == "skos" else []
    done = run("export", "--format", form, *base, "terms", *output)
    assert done.exit_code == 0
    assert "premium" in done.stdout


@pytest.mark.parametrize("name", ["t.ttl", "t.jsonld", "t.json"])
def test_the_ending_says_which_skos_is_meant(
    terms: Corpus, run: Run, name: str
) -> None:
    done = run("export", "--format", "skos", "--base", BASE, "terms", "-o", name)
    assert done.exit_code == 0
    if name != "t.ttl":
        assert isinstance(json.loads(Path(name).read_text("utf-8")), list)
    graph = Graph().parse(name, format="turtle" if name == "t.ttl" else "json-ld")
    assert len(graph) > 10


@pytest.mark.parametrize(
    ("arguments", "fact"),
    [
        (["--format", "skos", "terms"], "skos names each concept by an IRI; give what"),
        (["--format", "csv", "--base", BASE, "terms"], "--base goes with skos"),
        (
            ["--format", "skos", "--base", "x", "terms"],
            "'x' is no address that ids can",
        ),
        (["--format", "skos", "--base", "https://x.y/z", "terms"], "end with / or #"),
        (
            ["--format", "csv", "terms", "locale"],
            "csv is written to a file; give it by",
        ),
        (["--format", "po", "--locale", "nb", "terms"], "is written below LOCALE_DIR"),
        (["--format", "po", "--locale", "nb", "terms", "l", "-o", "x"], "and no -o"),
    ],
)
def test_what_does_not_go_together_is_said(
    terms: Corpus, run: Run, arguments: list[str], fact: str
) -> None:
    done = run("export", *arguments)
    assert done.exit_code == 2
    assert fact in done.stderr


def test_a_file_that_cannot_be_written_is_named(terms: Corpus, run: Run) -> None:
    done = run("export", "--format", "csv", "terms", "-o", "no/where.csv")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: no/where.csv: ")


def test_an_export_that_is_stopped_leaves_the_file_that_was_there(
    terms: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out.csv").write_text("before", "utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sphinx_insurterms.exchange.csv.neutral", stop)
    done = run("export", "--format", "csv", "terms", "-o", "out.csv")
    assert done.exit_code == 1
    assert Path("out.csv").read_text("utf-8") == "before"
    assert not list(Path().glob(".insurterms-*"))


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        ("tbx", "lxml"),
        ("skos", "rdflib"),
        pytest.param("glossary", "mdformat", marks=NEEDS_SPHINX),
    ],
)
def test_a_library_that_is_not_installed_is_named(
    terms: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch, form: str, missing: str
) -> None:
    for name in list(sys.modules):
        if (
            name.startswith("sphinx_insurterms.exchange.")
            or name.split(".")[0] == missing
        ):
            monkeypatch.delitem(sys.modules, name)
    for name in ("skos", "tbx", "glossary"):
        monkeypatch.delattr(exchange, name, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)  # to import it is an error
    Path("in.rst").touch()
    base = ["--base", BASE] if form == "skos" else []
    command = (
        ["import", "--format", form, "in.rst", "terms"]
        if form == "glossary"
        else ["export", "--format", form, *base, "terms"]
    )
    done = run(*command)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"Error: {form} needs {missing}, which is not installed; install "
        "sphinx-insurterms[exchange]\n"
    )


# in


def test_entries_are_written_into_a_corpus_that_is_not_there_yet(run: Run) -> None:
    done = import_table(run)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "en/premium.md: written\n1 written\n"
    assert Path("terms/en/premium.md").read_text("utf-8") == (
        "---\ntitle: Premium\ndescription: The price.\n---\n"
    )


def test_what_is_there_stays_unless_it_is_asked_for(terms: Corpus, run: Run) -> None:
    path = terms.root / "en/premium.md"
    before = path.read_text("utf-8")
    assert import_table(run).stdout == "1 there already\n"
    assert path.read_text("utf-8") == before
    assert import_table(run, "--overwrite").stdout == (
        "en/premium.md: written\n1 written\n"
    )
    text = path.read_text("utf-8")
    assert "description: The price." in text
    assert "owner: us" in text  # what the table does not have is kept
    assert "premiums" in text
    assert text.endswith("\n\nText.\n")
    assert import_table(run, "--overwrite").stdout == "1 as they were\n"


def test_a_draft_is_not_overwritten_either(corpus: Corpus, run: Run) -> None:
    path = corpus.entry("en/premium", "premium", "status: draft\n")
    before = path.read_text("utf-8")
    assert import_table(run).stdout == "1 there already\n"
    assert path.read_text("utf-8") == before


def test_nothing_is_written_outside_of_the_corpus(corpus: Corpus, run: Run) -> None:
    Path("elsewhere").mkdir()
    (corpus.root / "en").symlink_to(Path("elsewhere").absolute())
    done = import_table(run)
    assert (done.exit_code, done.stdout) == (1, "1 not written\n")
    assert done.stderr == "en/premium.md: this leads out of the corpus; copy it there\n"
    assert not list(Path("elsewhere").iterdir())


def test_a_rehearsal_writes_nothing_and_says_what_would_be(
    terms: Corpus, run: Run
) -> None:
    text = f"{TABLE}claim,en,claim,\nnew,en,New,\n"
    files = {path: path.read_text("utf-8") for path in terms.root.rglob("*.md")}
    done = import_table(run, "--dry-run", "--overwrite", text=text)
    assert done.stdout == (
        "en/premium.md: would be written\nen/claim.md: would be written\n"
        "en/new.md: would be written\n3 would be written\n"
    )
    assert {path: path.read_text("utf-8") for path in terms.root.rglob("*.md")} == files


def test_the_place_and_the_spelling_of_files_are_the_corpuss_own(
    corpus: Corpus, run: Run
) -> None:
    corpus.entry("English/waiting_period", "waiting period")
    text = (
        "id,locale,title\nwaiting-period,nb,karenstid\nnot-yet,en,Not yet\n"
        "waiting-period,nb,karens\n"
    )
    done = import_table(run, text=text)
    assert done.exit_code == 1
    assert "line 4: 'waiting-period' in nb stands there twice; leave one" in done.stderr
    assert sorted(
        path.relative_to(corpus.root).as_posix() for path in corpus.root.rglob("*.md")
    ) == ["English/not_yet.md", "English/waiting_period.md", "nb/waiting_period.md"]


def test_an_id_that_the_files_name_does_not_give_is_written(
    corpus: Corpus, run: Run
) -> None:
    corpus.entry("en/fee", "fee", "id: charge\n")
    import_table(run, text="id,locale,title\ncharge,nb,gebyr\n")
    assert "id: charge" in (corpus.root / "nb/fee.md").read_text("utf-8")


def test_keys_are_written_as_the_corpus_calls_them(corpus: Corpus, run: Run) -> None:
    corpus.write("insurterms.toml", '[fields]\ndescription = "short"\n')
    corpus.entry("en/fee", "fee")
    import_table(run)
    assert "short: The price." in (corpus.root / "en/premium.md").read_text("utf-8")


def test_only_some_languages_come_in(run: Run) -> None:
    text = f"{TABLE}premium,nb,premie,\n"
    assert import_table(run, "--locale", "nb", text=text).stdout.endswith("1 written\n")
    assert not Path("terms/en").exists()
    done = import_table(run, "--locale", "da", text=text)
    assert done.stdout == "in.csv: nothing to write\n"


def test_what_makes_no_entry_is_listed_and_the_rest_is_written(run: Run) -> None:
    done = import_table(run, text=f"{TABLE}x,qq-,X,\n")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (
        1,
        "1 written, 1 not written",
    )
    assert done.stderr.startswith("in.csv: line 3: 'qq-' is no locale")


@pytest.mark.parametrize(
    "form", ["tbx", "csv", pytest.param("glossary", marks=NEEDS_SPHINX)]
)
@pytest.mark.parametrize("what", ["nothing", "a folder", "random bytes", "no rights"])
def test_a_file_that_cannot_be_read_is_named(
    run: Run, form: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("in.rst")
    if what == "a folder":
        path.mkdir()
    elif what != "nothing":
        path.write_bytes(bytes(range(256)) * 1000)
    if what == "no rights":
        opened = Path.open

        def refuse(self: Path, *how: str, **more: str) -> object:
            if self.name == "in.rst":
                raise PermissionError(13, "Permission denied")
            return opened(self, *how, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", refuse)
    done = run("import", "--format", form, path, "terms")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: in.rst: ")
    assert not Path("terms").exists()
