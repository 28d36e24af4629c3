"""A small corpus that a test writes, reads and asks."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.layers import Corpus, Layer
from sphinx_insurterms.corpus.loading import CorpusFolder, load
from sphinx_insurterms.corpus.readers import markdown
from sphinx_insurterms.corpus.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.readers.source import Reading


@dataclass(frozen=True)
class Loaded:
    """What was read from a folder."""

    layer: Layer
    problems: list[Problem]

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return sorted(self.layer.terms)

    @property
    def titles(self) -> dict[str, str]:
        """``locale/id`` → title, of every entry."""
        return {
            f"{locale}/{identifier}": entry.title
            for identifier, term in self.layer.terms.items()
            for locale, entry in term.entries.items()
        }

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Name and place of each problem; the path is below the corpus."""
        return [(p.name, self._place(p)) for p in self.problems]

    @property
    def said(self) -> list[str]:
        """All that anybody can learn of the corpus, but for the bodies."""
        corpus = Corpus([self.layer])
        assert self.layer.index is not None
        names = sorted({name for *_, name in corpus.designations(sorted(corpus.terms))})
        locales = self.layer.index.state.locales
        return [
            *(str(problem) for problem in self.problems),
            *(f"{term.id}: {dict(sorted(term.entries.items()))}" for term in corpus),
            *(f"{x} in {loc}: {corpus.find(x, loc)}" for x in names for loc in locales),
            *(f"{one}" for loc in locales for one in corpus.summaries(loc)),
            *map(str, corpus.designations(sorted(corpus.terms))),
            f"{sorted(corpus.categories.items())} {corpus.content} {corpus.addresses}",
        ]

    @property
    def bodies(self) -> dict[str, str]:
        """``locale/id`` → body, of every entry."""
        return {
            f"{locale}/{identifier}": entry.body
            for identifier, term in self.layer.terms.items()
            for locale, entry in term.entries.items()
        }

    def _place(self, problem: Problem) -> str:
        path, line = problem.origin.path, problem.origin.line
        name = path.relative_to(self.layer.root).as_posix()
        return name if line is None else f"{name}:{line}"


class Shelf:
    """A corpus in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()

    def write(self, name: str, content: str | bytes = "") -> Path:
        """Write a file; text loses its common indentation and is saved as it is."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = textwrap.dedent(content).encode()
        path.write_bytes(content)
        return path

    def entries(self, *names: str) -> None:
        """Write entries that have nothing but a title, the last part of their name."""
        for name in names:
            self.write(f"{name}.md", f"---\ntitle: {PurePosixPath(name).name}\n---\n")

    def close(self, folder: str, patch: pytest.MonkeyPatch) -> None:
        """Let a folder be one that cannot be opened, by root neither."""
        scandir = os.scandir

        def refuse(path: str | bytes | Path) -> object:
            if Path(os.fsdecode(path)) == self.root / folder:
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        patch.setattr(os, "scandir", refuse)

    def load(self, below: str = "", **how: Any) -> Loaded:
        """Read the corpus, or the one *below* it, without expecting it to be sound."""
        layer, problems = load(CorpusFolder(path=self.root / below, **how))
        return Loaded(layer, problems)

    def load_anew(self, **how: Any) -> Loaded:
        """Read the corpus as if for the first time, with an index of its own."""
        folder = tempfile.mkdtemp(prefix="cache-", dir=self.root.parent)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("platformdirs.user_cache_dir", lambda *_, **__: folder)
            return self.load(**how)

    def assert_index_replaced(self, index: Path, said: list[str]) -> None:
        """See that all terms are there, and that the next build finds a sound index."""
        first = self.load()
        assert first.said == said
        second = self.load()
        assert second.said == said
        assert second.layer.kept_in_memory == ""
        connection = sqlite3.connect(index)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()

    def corpus(self) -> Corpus:
        """Read the corpus, which is to be sound."""
        loaded = self.load()
        assert loaded.problems == []
        return Corpus([loaded.layer])


class ReadText(Protocol):
    """Reads a text as if it were a file."""

    def __call__(
        self,
        content: str | bytes,
        *,
        name: str = ...,
        fields: Mapping[str, str] = ...,
    ) -> Reading:
        """Read *content* as the entry that is called *name*."""


class MakeEntry(Protocol):
    """Makes an entry without a file."""

    def __call__(self, name: str, body: str = ..., **keys: object) -> Entry:
        """Make the entry ``locale/id`` of front matter and a body."""


class MakeCorpus(Protocol):
    """Makes a corpus without files."""

    def __call__(
        self, *layers: Iterable[Entry], bundled: Iterable[Entry] = ...
    ) -> Corpus:
        """Make a corpus of layers, each a list of entries, and of bundled entries."""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Make a corpus without a file."""
    return Shelf(tmp_path / "terms")


@pytest.fixture
def forty(shelf: Shelf) -> list[str]:
    """Write a corpus of forty terms, and return all that is to be learned of it."""
    for number in range(40):
        front = f"description: The {number}th.\naliases: [n{number}, no {number}]\n"
        for locale in ("en", "nb"):
            text = f"---\ntitle: Term {number} {locale}\n{front}---\n\nThere.\n"
            shelf.write(f"{locale}/term-{number}.md", text)
    shelf.write("en/untitled.md", "There.\n")
    return shelf.load_anew().said


@pytest.fixture
def index(shelf: Shelf, forty: list[str], cache: Path) -> Path:
    """Return the index of the forty terms, which is whole."""
    assert shelf.load().said == forty
    (path,) = cache.iterdir()
    return path


@pytest.fixture(scope="session")
def read_text() -> ReadText:
    """Read a file that is nowhere: dedented text, or bytes as they are."""

    def read(
        content: str | bytes,
        *,
        name: str = "en/premium.md",
        fields: Mapping[str, str] = MappingProxyType({}),
    ) -> Reading:
        if isinstance(content, str):
            content = textwrap.dedent(content).encode()
        path = Path("terms", name)
        source = Source(
            path=path,
            content=content,
            locale=path.parent.name,
            term_id=term_id(path.stem),
            fields=fields,
        )
        return markdown.read(source)

    return read


CONTENTS: dict[str, tuple[str, bytes]] = {}
"""Digest of an entry that a test made → the name of its file, and what it holds."""


@pytest.fixture(scope="session")
def make_entry(read_text: ReadText) -> MakeEntry:
    """Make an entry that has nothing wrong with it."""

    def make(name: str, body: str = "", **keys: object) -> Entry:
        keys = {"title": name.rpartition("/")[2], "description": "What it is.", **keys}
        front = "".join(f"{key}: {_yaml(value)}\n" for key, value in keys.items())
        # Two entries that say the same are told apart by this line.
        front += f"made-as: {name}\n"
        content = f"---\n{front}---\n{body}".encode()
        reading = read_text(content, name=f"{name}.md")
        assert reading.problems == ()
        assert reading.entry is not None
        CONTENTS[reading.entry.digest] = f"{name}.md", content
        return reading.entry

    return make


def _yaml(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_yaml, value))}]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture(scope="session")
def make_corpus(tmp_path_factory: pytest.TempPathFactory) -> MakeCorpus:
    """Make a corpus of the files of entries, however much is wrong with it."""

    def make(*layers: Iterable[Entry], bundled: Iterable[Entry] = ()) -> Corpus:
        made = [_layer(tmp_path_factory.mktemp("layer"), one) for one in layers]
        last = _layer(tmp_path_factory.mktemp("bundled"), bundled, bundled=True)
        return Corpus([*made, last])

    return make


def _layer(root: Path, entries: Iterable[Entry], *, bundled: bool = False) -> Layer:
    for entry in entries:
        name, content = CONTENTS[entry.digest]
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    layer, _problems = load(CorpusFolder(path=root, bundled=bundled))
    return layer
