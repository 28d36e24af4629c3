"""Whatever is done to a corpus, it says what it would if it were read anew."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

if TYPE_CHECKING:
    from tests.corpus.conftest import Loaded, Shelf

FOLDERS = ["", "en/", "en/deep/", "en_GB/", "nb/", "no/", "Norwegian/", "no/index/"]
NAMES = ["premium.md", "Premium.md", "premium_.md", "risk.md", "index.md", "readme.md"]

folders = st.sampled_from(FOLDERS)
paths = st.builds("".join, st.tuples(folders, st.sampled_from(NAMES)))
words = st.sampled_from(["premium", "risk", "rate", "Rates", "løfte", "é"])
fronts = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "id": words,
        "aliases": words,
        "forms": words,
        "deprecated": words,
        "formerly": words,
        "keywords": words,
        "description": words,
        "sort": words,
        "name": words,
        "draft": st.sampled_from(["yes", "no"]),
    },
)
manifests = st.sampled_from(
    ["", 'source_locale = "nb"\n', '[fields]\ntitle = "name"\n', "source =\n"]
)


class Changes(RuleBasedStateMachine):
    """A corpus to which people do all sorts of things between two builds."""

    def make_shelf(self, root: Path) -> Shelf:
        """Return a corpus in a folder of its own."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """Write nothing yet."""
        self.place = Path(tempfile.mkdtemp())
        self.shelf = self.make_shelf(self.place / "terms")
        self.running: list[tuple[Loaded, list[str]]] = []

    @rule(path=paths, front=fronts)
    def write(self, path: str, front: dict[str, str]) -> None:
        """Write an entry."""
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        self._write(path, f"---\n{lines}---\n\nBody of {path}.\n")

    @rule(path=paths, title=words)
    def write_twice(self, path: str, title: str) -> None:
        """Write two entries of one term."""
        for folder in ("nb/", "no/"):
            self._write(folder + Path(path).name, f"---\ntitle: {title}\n---\n")

    @rule(path=paths, text=st.sampled_from(["", "\ufffe", "# Risk\n", "---\nx\n"]))
    def write_something_else(self, path: str, text: str) -> None:
        """Write a file that is no entry, or a poor one."""
        self._write(path, text)

    @rule(path=paths)
    def remove(self, path: str) -> None:
        """Remove a file."""
        (self.shelf.root / path).unlink(missing_ok=True)

    @rule(path=paths, other=paths)
    def rename(self, path: str, other: str) -> None:
        """Rename a file, perhaps to what another is called."""
        if (self.shelf.root / path).is_file():
            self._folder_of(other)
            (self.shelf.root / path).rename(self.shelf.root / other)

    @rule(folder=folders.filter(bool))
    def remove_folder(self, folder: str) -> None:
        """Remove all that is in a folder."""
        shutil.rmtree(self.shelf.root / folder, ignore_errors=True)

    @rule(folder=folders.filter(bool))
    def make_folder(self, folder: str) -> None:
        """Make a folder, in which nothing may ever be."""
        self._folder_of(folder)

    @rule(text=manifests)
    def write_manifest(self, text: str) -> None:
        """Write what the corpus says of itself."""
        self._write("insurterms.toml", text)

    def _write(self, path: str, text: str) -> None:
        self._folder_of(path)
        (self.shelf.root / path).write_text(text, "utf-8")

    def _folder_of(self, path: str) -> None:
        folder = self.shelf.root / path.rpartition("/")[0]
        folder.mkdir(parents=True, exist_ok=True)

    @invariant()
    def says_what_it_would_if_read_anew(self) -> None:
        """Compare all that is said with what a new index says."""
        incremental, fresh = self.shelf.load(), self.shelf.load_anew()
        assert incremental.said == fresh.said
        assert incremental.bodies == fresh.bodies
        assert self.shelf.load().said == fresh.said
        if len(self.running) < 3:
            self.running.append((self.shelf.load(), fresh.said))

    def teardown(self) -> None:
        """See that builds of long ago still see what they saw."""
        for loaded, said in getattr(self, "running", []):
            assert loaded.said == said
        if hasattr(self, "place"):
            shutil.rmtree(self.place)


@pytest.mark.usefixtures("cache")
def test_what_a_corpus_says_does_not_depend_on_what_it_said_before(
    shelf: Shelf,
) -> None:
    make_shelf = type(shelf)

    class OfThisTest(Changes):
        def make_shelf(self, root: Path) -> Shelf:
            return make_shelf(root)

    run_state_machine_as_test(
        OfThisTest,
        settings=settings(max_examples=40, stateful_step_count=15, deadline=None),
    )


# one by one


def test_of_two_files_of_one_term_the_second_counts_when_the_first_is_gone(
    shelf: Shelf,
) -> None:
    shelf.write("no/premium.md", "---\ntitle: second\nkeywords: two\n---\n")
    first = shelf.write("nb/premium.md", "---\ntitle: first\nkeywords: one\n---\n")
    content = first.read_bytes()
    both = shelf.load()
    assert both.titles == {"nb/premium": "first"}
    first.unlink()
    alone = shelf.load()
    assert alone.titles == {"nb/premium": "second"}
    assert alone.said == shelf.load_anew().said
    first.write_bytes(content)
    assert shelf.load().said == both.said
    assert shelf.load().said == shelf.load_anew().said


def test_of_three_files_the_next_one_counts_each_time(shelf: Shelf) -> None:
    names = ["en/a.md", "en/b.md", "en/c.md"]
    for name in names:
        shelf.write(name, f"---\ntitle: {name}\nid: premium\n---\n")
    for name in names:
        loaded = shelf.load()
        assert loaded.titles == {"en/premium": name}
        assert loaded.said == shelf.load_anew().said
        (shelf.root / name).unlink()
    assert shelf.load().ids == []
