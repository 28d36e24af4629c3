"""What is known is not told again until there is more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.checking.baseline import Baseline
from sphinx_insurterms.corpus.problems import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.checking.conftest import Desk


def test_only_what_is_new_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.entry("en/premium", "See [it](/nowhere).\n\n## A\n\n## A\n")
    path = tmp_path / "known.json"
    path.write_bytes(Baseline.of(desk.look("link", "heading-*"), tmp_path).content())
    known = Baseline.read(path)
    assert list(known.new(desk.look("link", "heading-*"), tmp_path)) == []
    desk.entry(
        "en/premium", "New.\n\nSee [it](/nowhere), [it](/nowhere).\n\n## A\n\n## A\n"
    )
    (new,) = known.new(desk.look("link", "heading-*"), tmp_path)
    assert (new.rule, new.remark.line) == ("link", 8)


def test_a_baseline_is_the_same_wherever_the_corpus_lies(
    desk: Desk, tmp_path: Path
) -> None:
    desk.entry("en/premium", "See [it](/nowhere).")
    elsewhere = type(desk)(tmp_path / "elsewhere/terms")
    elsewhere.write_all(desk.files())
    first = Baseline.of(desk.look(), tmp_path).content()
    assert first == Baseline.of(elsewhere.look(), tmp_path / "elsewhere").content()
    assert str(tmp_path) not in first.decode()
    assert (
        str(tmp_path) in Baseline.of(desk.look(), tmp_path / "other").content().decode()
    )


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"version": 2, "known": []}', '{"version": 1, "known": [{}]}',
     '{"version": 1, "known": 5}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_baseline_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(content, "utf-8")
    with pytest.raises(CorpusError, match="this is no baseline"):
        Baseline.read(path)
