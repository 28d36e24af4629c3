"""A corpus is looked through as a whole, whatever happens to it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.checking import running
from sphinx_insurterms.checking.running import Check
from sphinx_insurterms.checking.selecting import UnknownRuleError, selected
from sphinx_insurterms.corpus import workers
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.loading import CorpusFolder, load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.checking.conftest import Desk


def test_names_and_patterns_choose_rules() -> None:
    assert selected(["link*", "html"], ["link-*"]) == {"link", "html"}
    assert "link" in selected([], ["html"])
    assert "html" not in selected([], ["html"])
    with pytest.raises(UnknownRuleError, match="lnik"):
        selected(["lnik"], [])


def test_several_processes_find_what_one_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        desk.entry(f"en/term-{number}", f"See [it](/term-{number + 1}), [that](/gone).")
        desk.entry(f"nb/term-{number}", "##Se\n")
    alone = desk.look()
    used = []
    in_parallel = workers.in_parallel

    def note(do: object, tasks: object, count: int) -> object:
        used.append(count)
        return in_parallel(do, tasks, count)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_AT_ONCE", 2)
    monkeypatch.setattr(running, "_WORTH_A_PROCESS", 5)
    monkeypatch.setattr(workers, "cores", lambda: 3)
    monkeypatch.setattr(workers, "in_parallel", note)
    assert desk.look() == alone
    assert used == [3]


def test_only_the_languages_that_are_asked_for_are_told(desk: Desk) -> None:
    desk.entry("en/a", "[b](/b)\n\n[gone](/gone)")
    desk.entry("nb/a", "[b](/b)\n\n[borte](/gone)")
    desk.entry("nb/b", "[borte](/gone)")
    desk.write("nb/c.md", "")
    desk.write("en/c.md", "")
    desk.write("insurterms.toml", "wrong = 1")
    found = {(one.path.parent.name, one.rule) for one in desk.look(locales=["nb"])}
    assert {folder for folder, _ in found} == {"nb", "terms"}
    assert ("nb", "file") in found
    assert ("terms", "manifest") in found
    assert not {("nb", "orphan")} & {
        (one.path.parent.name, one.rule)
        for one in desk.look(locales=["nb"])
        if one.path.stem == "b"
    }


def test_what_is_no_corpus_is_told_of_in_any_language(tmp_path: Path) -> None:
    layer, problems = load(CorpusFolder(path=tmp_path / "gone"))
    run = Check(
        corpus=Corpus([layer]), rules=selected([], []), locales=frozenset({"nb"})
    )
    assert [one.rule for one in run.of_files(problems, layer)] == ["corpus"]
    assert list(run.of_terms(layer)) == []
    assert list(run.of_all(layer, [])) == []


def test_problems_of_reading_have_rules_too(desk: Desk) -> None:
    desk.write(
        "en/a.md", "---\ntitle: A\ntitle: B\ndescription: It.\nother: {<<: 1}\n---\n"
    )
    desk.write("en/b.md", "---\ntitle: [\n---\n")
    desk.write("en/c.md", "---\ntitle: C\naliases: B\ndescription: It.\n---\n")
    rules = {(one.path.stem, one.rule) for one in desk.look() if one.rule != "orphan"}
    assert {("a", "front-matter"), ("b", "file")} <= rules
    assert ("c", "name") in rules


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_file_that_changes_meanwhile_is_left_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = desk.entry("en/a", "[gone](/gone)")
    desk.entry("en/b", "[gone](/gone)")
    layer, _ = load(CorpusFolder(path=desk.root))
    run = Check(corpus=Corpus([layer]), rules=selected(["link"], []))
    if change == "gone":
        path.unlink()
    else:
        path.write_text("something else", "utf-8")
    looked = list(run.of_terms(layer))
    found = [finding.path.stem for one in looked for finding in one.findings]
    assert found == ["b"]


def test_a_term_of_two_layers_is_looked_at_in_both(desk: Desk, tmp_path: Path) -> None:
    below = type(desk)(tmp_path / "below")
    desk.entry("en/a", "[b](/b)")
    below.entry("en/a", "[c](/c)")
    below.entry("en/b")
    corpus = Corpus([desk.layer(), below.layer()])
    run = Check(corpus=corpus, rules=selected(["link"], []))
    for layer, expected in zip(corpus.layers, [[], ["a"]], strict=True):
        looked = list(run.of_terms(layer))
        found = [finding.path.stem for one in looked for finding in one.findings]
        assert found == expected


def test_a_layer_that_is_missing_is_no_layer(desk: Desk, tmp_path: Path) -> None:
    desk.entry("en/a", "[b](/b)")
    gone, _ = load(CorpusFolder(path=tmp_path / "gone"))
    layer = desk.layer()
    run = Check(corpus=Corpus([layer, gone]), rules=selected(["link"], []))
    (looked,) = run.of_terms(layer)
    assert [finding.rule for finding in looked.findings] == ["link"]


def test_the_bundled_terms_have_no_problem(tmp_path: Path) -> None:
    from sphinx_insurterms.corpus.loading import STARTER_FOLDER  # noqa: PLC0415

    layer, problems = load(CorpusFolder(path=STARTER_FOLDER))
    run = Check(corpus=Corpus([layer]), rules=selected([], ["orphan"]))
    looked = list(run.of_terms(layer))
    found = [finding for one in looked for finding in one.findings]
    assert [*run.of_files(problems, layer), *found, *run.of_all(layer, looked)] == []
