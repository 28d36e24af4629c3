"""The workflow that we offer publishes a documentation, as far as it runs anywhere."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from click.testing import CliRunner

from sphinx_insurterms.cli import main

if TYPE_CHECKING:
    import pytest

WORKFLOW = Path(__file__).parents[2] / "docs/examples/languages.yml"


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
