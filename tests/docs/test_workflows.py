"""The workflows that we offer, and our own, do what they say, as far as they run here."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from sphinx_insurterms.cli import main
from tests.docs.tox_environments import tox_environments

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/examples"
OURS = ROOT / ".github/workflows"
WORKFLOW = EXAMPLES / "languages.yml"
CHECK = EXAMPLES / "check.yml"

ENTRY = """\
---
title: courtesy car
description: A car that is lent to the insured.
related: [deductible]
---

The [deductible](/{link}) is not charged for it.
"""


def commands(job: dict[str, Any]) -> list[list[str]]:
    """Return what a job runs of ours."""
    lines = [step["run"] for step in job["steps"] if "run" in step]
    return [shlex.split(line)[1:] for line in lines if line.startswith("insurterms ")]


def test_the_workflow_builds_each_language_and_joins_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    languages = jobs["language"]["strategy"]["matrix"]["language"]
    for language in languages:
        machine = tmp_path / language
        docs = machine / "docs"
        docs.mkdir(parents=True)
        (docs / "conf.py").write_text('extensions = ["sphinx_insurterms"]', "utf-8")
        (docs / "index.rst").write_text("Start\n=====\n", "utf-8")
        monkeypatch.chdir(machine)
        [command] = commands(jobs["language"])
        # `${{ matrix.language }}` is a word with spaces.
        words = " ".join(command).replace("${{ matrix.language }}", language).split()
        assert CliRunner().invoke(main, words).exit_code == 0
        artifact = tmp_path / "public" / language
        artifact.parent.mkdir(exist_ok=True)
        (machine / "public" / language).rename(artifact)
    monkeypatch.chdir(tmp_path)
    [command] = commands(jobs["publish"])
    assert CliRunner().invoke(main, command).exit_code == 0
    for page in ("public/index.html", "public/nb/index.html"):
        content = Path(page).read_text("utf-8")
        assert [one for one in languages if f'lang="{one}"' in content] == languages


def test_the_artifacts_are_what_is_joined() -> None:
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    steps = jobs["language"]["steps"] + jobs["publish"]["steps"]
    used = {
        step["uses"].partition("@")[0]: step.get("with")
        for step in steps
        if "uses" in step
    }
    language = "${{ matrix.language }}"
    assert used["actions/upload-artifact"] == {
        "name": language,
        "path": f"public/{language}",
    }
    assert used["actions/download-artifact"] == {"path": "public"}
    assert used["actions/upload-pages-artifact"] == {"path": "public"}


@pytest.mark.parametrize(("link", "code"), [("deductible", 0), ("deductable", 1)])
def test_the_check_fails_where_the_corpus_is_bad_and_says_on_which_line(
    link: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = tmp_path / "docs/terms/en/courtesy-car.md"
    entry.parent.mkdir(parents=True)
    entry.write_text(ENTRY.format(link=link), "utf-8")
    monkeypatch.chdir(tmp_path)
    [job] = yaml.safe_load(CHECK.read_text("utf-8"))["jobs"].values()
    [command] = commands(job)
    done = CliRunner().invoke(main, command)
    assert done.exit_code == code
    place = "::error file=docs/terms/en/courtesy-car.md,line=7,col=18,title=link::"
    assert (place in done.stdout) is bool(code)


ALL = sorted([*EXAMPLES.glob("*.yml"), *OURS.glob("*.yml")])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_workflow_may_do_no_more_than_it_has_to(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        for step in job.get("steps", ()):  # a job may be another workflow
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"] == {"persist-credentials": False}


def test_what_we_and_our_workflows_run_is_what_tox_has() -> None:
    workflows = sorted(OURS.glob("*.yml"))
    asked: set[str] = set()
    for path in (*workflows, *sorted(ROOT.glob("*.md")), ROOT / ".ci/run"):
        found = re.findall(r"tox (?:run|exec) -e ([\w,-]+)", path.read_text("utf-8"))
        asked.update(",".join(found).split(","))
    for path in workflows:
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            matrix = job.get("strategy", {}).get("matrix", {})
            asked.update(matrix.get("env", ()))
            asked.update(one["env"] for one in matrix.get("include", ()))
    versions = {name for name in asked if re.fullmatch(r"py(3\d+-sphinx\w+)?", name)}
    assert asked - versions - {""} == tox_environments()


def test_read_the_docs_is_told_where_the_configuration_is() -> None:
    settings = yaml.safe_load((EXAMPLES / "readthedocs.yaml").read_text("utf-8"))
    assert settings["sphinx"]["configuration"] == "docs/conf.py"
    assert settings["python"]["install"] == [{"requirements": "docs/requirements.txt"}]
