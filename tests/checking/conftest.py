"""A corpus of a few files, and what is found in it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from sphinx_insurterms.checking.fixing import mend
from sphinx_insurterms.checking.running import Check, ordered
from sphinx_insurterms.checking.selecting import selected
from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.loading import STARTER_FOLDER, CorpusFolder, load
from sphinx_insurterms.corpus.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sphinx_insurterms.checking.findings import Edit, Finding
    from sphinx_insurterms.corpus.layers import Layer


class Desk:
    """A corpus that somebody looks through."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file; text loses its common indentation and is saved as it is."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = textwrap.dedent(content).encode()
        path.write_bytes(content)
        return path

    def write_all(self, files: Mapping[str, str]) -> None:
        """Write several files, as they are."""
        for name, content in files.items():
            self.write(name, content.encode())

    def entry(self, name: str, body: str = "", **front: str) -> Path:
        """Write an entry with a title and a definition, unless they are given."""
        identifier = name.rpartition("/")[2]
        said = {"title": identifier.capitalize(), "description": f"What {name} is."}
        lines = [f"{key}: {value}\n" for key, value in (said | front).items() if value]
        text = textwrap.dedent(body)
        return self.write(f"{name}.md", f"---\n{''.join(lines)}---\n\n{text}".encode())

    def layer(self) -> Layer:
        """Read the corpus."""
        return load(CorpusFolder(path=self.root))[0]

    def look(
        self,
        *rules: str,
        locales: Collection[str] = (),
        starter: bool = False,
    ) -> list[Finding]:
        """Return what is found, by all rules if none is named."""
        layer, problems = load(CorpusFolder(path=self.root))
        below = [load(CorpusFolder(path=STARTER_FOLDER))[0]] if starter else []
        run = Check(
            corpus=Corpus([layer, *below]),
            rules=selected(rules, ()),
            locales=frozenset(locales),
        )
        looked = list(run.of_terms(layer))
        found = [finding for one in looked for finding in one.findings]
        return ordered(
            [*run.of_files(problems, layer), *found, *run.of_all(layer, looked)]
        )

    def told(self, *rules: str, locales: Collection[str] = ()) -> list[str]:
        """Return the same as lines, with paths below the corpus."""
        lines = []
        for finding in self.look(*rules, locales=locales):
            remark = finding.remark
            name = finding.path.relative_to(self.root).as_posix()
            place = ":".join(
                str(one)
                for one in (name, remark.line, remark.column)
                if one is not None
            )
            lines.append(f"{place}: {remark.message} [{finding.rule}]")
        return lines

    def fix(self) -> bool:
        """Mend what can be mended, once; tell whether that was something."""
        by_file: dict[Path, list[tuple[str, Edit]]] = {}
        for finding in self.look():
            if finding.remark.edit:
                edits = by_file.setdefault(finding.path, [])
                edits.append((finding.rule, finding.remark.edit))
        changed = False
        for path, edits in by_file.items():
            mended = mend(self.source(path), edits)
            changed |= bool(mended.changes)
            path.write_bytes(mended.content)
        return changed

    def source(self, path: Path) -> Source:
        """Return a file as a reader is given it."""
        locale = path.relative_to(self.root).parts[0]
        return Source(
            path=path,
            content=path.read_bytes(),
            locale=locale,
            term_id=term_id(path.stem),
            fields={},
        )

    def files(self) -> dict[str, str]:
        """Return what all files hold."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes().decode()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Make a corpus without a file."""
    return Desk(tmp_path / "terms")
