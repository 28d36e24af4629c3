"""Authors are told what is wrong with a corpus, in the form that they need."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.shell_completion import BashComplete
from sarif_pydantic import Sarif

from sphinx_insurterms.checking.rules import RULES
from sphinx_insurterms.cli import consoles, main
from sphinx_insurterms.corpus.uses import NameUse, TermUse, Uses, write_uses
from tests.cli.conftest import INTERRUPTIBLE

if TYPE_CHECKING:
    from tests.cli.conftest import Corpus, Run

BROKEN = "---\ntitle: 'Premium '\ndescription: The price.\n---\n\nSee [it](/nowhere).\n"


@pytest.fixture
def broken(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Make a corpus with an error, and a note that can be mended; go where it is."""
    corpus.write("en/premium.md", BROKEN)
    monkeypatch.chdir(corpus.root.parent)
    return corpus


def test_each_line_has_a_place_a_fact_and_a_rule(broken: Corpus, run: Run) -> None:
    done = run("check", "terms")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        (
            "terms/en/premium.md:2:16: note: the title ends with spaces; take them out "
            "[title-form]"
        ),
        (
            "terms/en/premium.md:6:10: error: the link to '/nowhere' leads to no term; no "
            "id is near it; correct the link, or write the entry [link]"
        ),
    ]
    assert done.stderr.splitlines()[-1] == "1 term: 1 error, 1 note"
    assert "  link  error  1" in done.stderr


def test_where_all_is_well_that_is_said(corpus: Corpus, run: Run) -> None:
    corpus.write("en/premium.md", "---\ntitle: Premium\ndescription: The price.\n---\n")
    done = run("check", corpus.root)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "1 term: nothing to complain of\n"


@pytest.mark.parametrize(
    ("fail_on", "ignored", "code"),
    [
        ("error", "", 1),
        ("error", "link", 0),
        ("warning", "link", 0),
        ("note", "link", 1),
        ("note", "link,title-form", 0),
        ("never", "", 0),
    ],
)
def test_who_runs_it_says_what_is_bad_enough(
    broken: Corpus, run: Run, fail_on: str, ignored: str, code: int
) -> None:
    done = run("check", "terms", "--fail-on", fail_on, "--ignore", ignored)
    assert done.exit_code == code


def test_rules_are_chosen_by_names_and_patterns(broken: Corpus, run: Run) -> None:
    told = run("check", "terms", "--select", "title*", "--select", "html").stdout
    assert told.count("\n") == 1
    done = run("check", "terms", "--select", "titel")
    assert done.exit_code == 2
    assert "no rule is called 'titel'; there are corpus, manifest" in done.stderr


def test_the_corpus_here_is_meant_or_the_folder_terms(
    broken: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "terms/en/premium.md:6" in run("check").stdout
    broken.write("insurterms.toml", "")
    monkeypatch.chdir(broken.root)
    assert "\nen/premium.md:6" in run("check").stdout


def test_paths_lead_to_the_files_from_wherever_it_runs(
    broken: Corpus, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("check", "../terms").stdout.startswith("../terms/en/premium.md:2")


def test_links_may_lead_to_layers_that_are_not_checked(
    broken: Corpus, run: Run
) -> None:
    broken.write("en/premium.md", BROKEN.replace("nowhere", "deductible"))
    assert run("check", "terms").exit_code == 1
    assert run("check", "terms", "--with", "starter").exit_code == 0
    other = type(broken)(broken.root.parent / "other")
    other.write("en/deductible.md", "---\ntitle: Part\n---\n\n[x](/gone)\n")
    assert run("check", "terms", "--with", "other").exit_code == 0
    both = run("check", "terms", "other")
    assert "other/en/deductible.md:5:5: error" in both.stdout


def test_only_a_language_may_be_told_of(broken: Corpus, run: Run) -> None:
    assert run("check", "terms", "--locale", "nb").stdout == ""
    assert "premium" in run("check", "terms", "--locale", "nb", "--locale", "en").stdout


def test_programs_are_told_in_json(broken: Corpus, run: Run) -> None:
    told = json.loads(run("check", "terms", "--format", "json").stdout)
    assert (told["version"], told["terms"], told["known"]) == (1, 1, 0)
    assert told["counts"] == {"title-form": 1, "link": 1}
    first, second = told["findings"]
    assert first["fix"] == {"line": 2, "column": 16, "old": " ", "new": ""}
    assert second["fix"] is None
    assert (second["path"], second["line"], second["column"]) == (
        *("terms/en/premium.md", 6),
        10,
    )
    assert (second["severity"], second["rule"]) == ("error", "link")


def test_github_shows_them_beside_the_lines(broken: Corpus, run: Run) -> None:
    broken.write(
        "en/50% a,b:c.md", "---\ntitle: 'A\n  B'\ndescription: It.\n---\n\n[x](/%0A)\n"
    )
    lines = run("check", "terms", "--format", "github").stdout.splitlines()
    assert (
        "::error file=terms/en/premium.md,line=6,col=10,title=link::the link to "
        "'/nowhere' leads to no term; no id is near it; correct the link, or write the "
        "entry"
    ) in lines
    assert any(
        line.startswith("::notice file=terms/en/50%25 a%2Cb%3Ac.md,title=file-name::")
        for line in lines
    )
    assert any("link to '/%250A' leads" in line for line in lines)


def test_platforms_are_told_in_sarif(broken: Corpus, run: Run) -> None:
    broken.write("nb/premium rate.md", "---\ntitle: B\n---\n")
    text = run("check", "terms", "--format", "sarif").stdout
    Sarif.model_validate_json(text)
    log: dict[str, Any] = json.loads(text)
    assert log["version"] == "2.1.0"
    (one_run,) = log["runs"]
    rules = one_run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in RULES]
    for result in one_run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (
            rules[result["ruleIndex"]]["defaultConfiguration"]["level"]
            == result["level"]
        )
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact["uriBaseId"] == "ROOT"
        assert " " not in artifact["uri"]
    assert len(
        {r["partialFingerprints"]["message/v1"] for r in one_run["results"]}
    ) == len(one_run["results"])
    (fix,) = (result["fixes"][0] for result in one_run["results"] if "fixes" in result)
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 16, "endColumn": 17},
            "insertedContent": {"text": ""},
        }
    ]
    base = one_run["originalUriBaseIds"]["ROOT"]["uri"]
    assert base == f"{broken.root.parent.as_uri()}/"


def test_sarif_names_our_version_where_we_are_installed(
    broken: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def driver() -> dict[str, Any]:
        log = json.loads(run("check", "terms", "--format", "sarif").stdout)
        found: dict[str, Any] = log["runs"][0]["tool"]["driver"]
        return found

    module = sys.modules["sphinx_insurterms.cli.reports.sarif"]
    monkeypatch.setattr(module, "version", lambda _name: "1.2.3")
    assert driver()["semanticVersion"] == "1.2.3"

    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(module, "version", unknown)
    assert "semanticVersion" not in driver()


def test_sarif_names_files_elsewhere_in_full(
    broken: Corpus, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    log = json.loads(run("check", broken.root, "--format", "sarif").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    uri = (broken.root / "en/premium.md").as_uri()
    assert place["artifactLocation"] == {"uri": uri}


def test_a_report_may_go_into_a_file(broken: Corpus, run: Run) -> None:
    done = run("check", "terms", "--format", "json", "--output", "report.json")
    assert done.stdout == ""
    assert json.loads(Path("report.json").read_text("utf-8"))["terms"] == 1
    done = run("check", "terms", "--output", "gone/report.txt")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        1,
        "Error: gone/report.txt: No such file or directory",
    )


def test_an_old_corpus_begins_with_a_baseline(broken: Corpus, run: Run) -> None:
    assert run("check", "terms", "--write-baseline", "known.json").exit_code == 0
    done = run("check", "terms", "--baseline", "known.json")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "1 term: nothing to complain of; 2 more are in the baseline\n"
    broken.entry("en/risk", "Risk", "related: nowhere\n")
    done = run("check", "terms", "--baseline", "known.json", "--ignore", "orphan")
    assert done.exit_code == 1
    assert done.stdout.count("\n") == 1


def test_what_is_no_baseline_is_told(broken: Corpus, run: Run) -> None:
    done = run("check", "terms", "--baseline", "gone.json")
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: gone.json: No such file or directory\n",
    )
    done = run("check", "terms", "--baseline", "terms/en/premium.md")
    assert done.exit_code == 1
    assert "this is no baseline; write one with --write-baseline" in done.stderr


def test_what_is_safe_is_mended_and_shown(broken: Corpus, run: Run) -> None:
    path = broken.root / "en/premium.md"
    done = run("check", "terms", "--fix")
    assert (
        "terms/en/premium.md:2: mended\n- title: 'Premium '\n+ title: 'Premium'\n"
        in (done.stderr)
    )
    assert path.read_text("utf-8") == BROKEN.replace("Premium '", "Premium'")
    assert done.stdout.count("\n") == 1
    before = path.stat().st_mtime_ns
    assert "mended" not in run("check", "terms", "--fix").stderr
    assert path.stat().st_mtime_ns == before


def test_what_would_be_another_entry_is_told_and_not_mended(
    broken: Corpus, run: Run
) -> None:
    text = "---\ntitle: A &amp;amp; B\ndescription: It.\n---\n"
    path = broken.write("en/premium.md", text)
    done = run("check", "terms", "--fix")
    assert "[entity]" in done.stdout
    assert "mended" not in done.stderr
    assert path.read_text("utf-8") == text


def test_only_what_chosen_rules_find_is_mended(broken: Corpus, run: Run) -> None:
    run("check", "terms", "--fix", "--select", "link")
    assert (broken.root / "en/premium.md").read_text("utf-8") == BROKEN


def test_a_file_that_cannot_be_written_is_told_and_left_whole(
    broken: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    module = sys.modules["sphinx_insurterms.cli.mending"]
    monkeypatch.setattr(module, "replace_file", refuse)
    done = run("check", "terms", "--fix")
    assert "terms/en/premium.md: not mended, Permission denied\n" in done.stderr
    assert done.exit_code == 1
    assert (broken.root / "en/premium.md").read_text("utf-8") == BROKEN


@pytest.fixture
def doctrees(tmp_path: Path) -> Path:
    """Return what a build in Norwegian left."""
    folder = tmp_path / "doctrees"
    folder.mkdir()
    used = {"shown": 1, "pages": 2, "locale": "en", "by_starter": False}
    uses = Uses(
        basis="",
        locale="nb",
        corpora=("terms",),
        terms=(
            TermUse(term_id="premium", references=4, **used),  # type: ignore[arg-type]
        ),
        starter_names=(NameUse(name="broker", references=1, pages=("index",)),),
    )
    write_uses(folder, uses)
    return folder


def test_what_pages_use_is_told_too(broken: Corpus, run: Run, doctrees: Path) -> None:
    broken.entry("en/risk", "Risk")
    only = ("--select", "used*,unused")
    done = run("check", "terms", "--docs", doctrees, *only)
    told = [line.rpartition(" [")[2] for line in done.stdout.splitlines()]
    assert told == ["used-starter]", "used-untranslated]", "unused]"]
    assert "Used, and not translated:\n  premium  nb  5\n" in done.stderr
    told = json.loads(
        run("check", "terms", "--docs", doctrees, "--format", "json").stdout
    )
    assert told["used_untranslated"] == [{"id": "premium", "language": "nb", "uses": 5}]
    assert run("check", "terms", "--docs", doctrees, "--select", "html").stdout == ""


def test_a_folder_without_a_record_is_told(
    broken: Corpus, run: Run, tmp_path: Path
) -> None:
    done = run("check", "terms", "--docs", tmp_path)
    assert done.exit_code == 2
    assert "there is no record of what was used" in done.stderr


def test_a_rule_is_explained_with_an_example(run: Run) -> None:
    done = run("check", "--explain", "heading-space")
    assert done.exit_code == 0
    assert done.stdout.startswith("heading-space (note)\n\nA heading has no space")
    assert "Not so: en/premium.md" in done.stdout
    assert "    ##When is it due?" in done.stdout
    assert "    ## When is it due?" in done.stdout
    done = run("check", "--explain", "heading")
    assert done.exit_code == 2
    assert "no rule is called 'heading'" in done.stderr


def test_the_shell_completes_the_names_of_rules() -> None:
    complete = BashComplete(main, {}, "insurterms", "_INSURTERMS_COMPLETE")
    found = complete.get_completions(["check", "--select"], "link-")
    assert "link-form" in [one.value for one in found]
    assert all(one.value.startswith("link-") and one.help for one in found)
    assert "check" in [one.value for one in complete.get_completions([], "ch")]


# on a terminal


class Terminal(io.StringIO):
    """A stream that is shown at once."""

    def isatty(self) -> bool:
        """Tell that it is."""
        return True


def test_a_terminal_shows_how_far_it_is_and_tables(
    broken: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main(["check", str(broken.root)])
    text = shown.getvalue()
    assert "reading" in text
    assert "checking" in text
    assert "Severity" in text
    assert "─" in text


def test_how_far_it_is_is_drawn_now_and_then_and_not_for_each_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    now = iter(range(100_000))
    monkeypatch.setattr(
        "sphinx_insurterms.cli.consoles.monotonic", lambda: next(now) / 100
    )
    with consoles.progress("reading") as pass_on:
        assert list(pass_on(range(1000), 1000)) == list(range(1000))
    pictures = shown.getvalue().count("reading")
    assert 90 <= pictures <= 110


def test_what_looks_like_markup_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    consoles.show_table("Names", ("Name", "Number"), [("[bold]x[/bold]", 1)])
    consoles.show_table("None", ("Name",), [])
    assert "[bold]x[/bold]" in shown.getvalue()
    assert "None" not in shown.getvalue()


# whatever it is given


@pytest.mark.parametrize(
    "what", ["an empty folder", "a file", "nothing", "random bytes"]
)
def test_no_input_ends_in_a_traceback(tmp_path: Path, run: Run, what: str) -> None:
    path = tmp_path / "given"
    if what == "a file":
        path.write_text("text", "utf-8")
    elif what != "nothing":
        path.mkdir()
    if what == "random bytes":
        (path / "en").mkdir()
        noise = random.Random(1).randbytes(10_000_000)  # noqa: S311
        (path / "en/noise.md").write_bytes(noise)
    done = run("check", path)
    assert done.exit_code == (1 if path.is_dir() else 2)
    assert isinstance(done.exception, SystemExit)
    said = {
        "an empty folder": "this corpus has no entries; write the first one",
        "a file": "is a file; name a folder that holds a corpus",
        "nothing": "there is no folder",
        "random bytes": "is not UTF-8; save the file as UTF-8 [file]",
    }[what]
    assert said in done.stdout + done.stderr


def test_a_folder_that_nobody_may_open_is_told(
    broken: Corpus, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refuse(path: str | bytes | Path) -> object:
        if Path(os.fsdecode(path)).name == "en":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    done = run("check", "terms")
    assert done.exit_code == 1
    assert "Permission denied" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent")
def test_ctrl_c_ends_it_with_a_word_and_nothing_half_written(corpus: Corpus) -> None:
    for number in range(3000):
        corpus.write(f"en/t-{number}.md", f"---\ntitle: 'T{number} '\n---\n\n##A\n" * 2)
    before = {path: path.read_bytes() for path in corpus.root.rglob("*.md")}
    code = f"{INTERRUPTIBLE}from sphinx_insurterms.cli import main; main()"
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-c", code, "check", str(corpus.root), "--fix"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    assert "mended" in process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert "Traceback" not in stderr
    assert process.returncode == 1
    assert stderr.strip().endswith("Aborted!")
    after = {path: path.read_bytes() for path in corpus.root.rglob("*.md")}
    assert after.keys() == before.keys()
    assert {len(content) for content in after.values()} <= {
        length - less for length in map(len, before.values()) for less in range(5)
    } | {length + more for length in map(len, before.values()) for more in range(5)}
