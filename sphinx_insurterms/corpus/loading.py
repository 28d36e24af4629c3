"""Which files are a corpus?  From a folder on disk to a layer of terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.files import (
    LEAVES,
    LOCALE_PLACE,
    corpus_root,
    find_files,
    is_inside,
    problem_of,
    unreadable,
)
from sphinx_insurterms.corpus.gathering import gather
from sphinx_insurterms.corpus.generated import is_generated
from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.layers import Layer
from sphinx_insurterms.corpus.manifest import (
    FILE_NAME,
    Manifest,
    read_manifest,
    with_values,
)
from sphinx_insurterms.corpus.readers import READERS
from sphinx_insurterms.corpus.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_insurterms.corpus.model import Entry
    from sphinx_insurterms.corpus.problems import Problem


__all__ = ["ABOUT", "LOCALE_PLACE", "CorpusFolder", "load"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFolder:
    """Where a corpus is, and what is said of it from outside."""

    path: Path
    """Absolute; may hold ``{locale}``."""

    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """As in ``insurterms.toml``, whose values they replace."""

    bundled: bool = False
    may_be_missing: bool = False

    @property
    def root(self) -> Path:
        """The folder that holds the manifest and the locales."""
        return corpus_root(self.path)

    @property
    def is_there(self) -> bool:
        """Whether this is a corpus, and no folder of a project's own documents.

        Who names a corpus means it; the default one has to show that it is one, by a
        manifest, an entry in the folder of a locale, or one with a description.
        """
        root = self.root
        if not self.may_be_missing or not root.is_dir():
            return root.is_dir()
        files = find_files(self.path, "en", [])
        return (root / FILE_NAME).is_file() or any(
            _looks_like_entry(file.path, in_root=file.path.parent == root)
            for file in files
        )


def load(folder: CorpusFolder) -> tuple[Layer, list[Problem]]:
    """Read all entries of a corpus; what cannot be read is left out and told."""
    root = folder.root
    if not folder.is_there:
        problems = []
        if not folder.may_be_missing:
            fact = "there is no such folder; create it, or take it out of the corpora"
            problems = [problem_of("corpus", fact, root)]
        return Layer(root=root, bundled=folder.bundled), problems
    path = root / FILE_NAME
    if path.is_symlink() and not is_inside(path, root):
        manifest, problems = Manifest(), [problem_of("file", LEAVES, path)]
    else:
        manifest, problems = read_manifest(root)
    manifest, mistakes = with_values(manifest, folder.values)
    problems += [problem_of("manifest", mistake, root) for mistake in mistakes]
    entries = _read_entries(folder, manifest, problems)
    terms = gather(entries, manifest.source_locale, problems, bundled=folder.bundled)
    if not terms:
        place = _first_place(folder, manifest.source_locale)
        fact = f"this corpus has no entries; write the first one, {place}"
        problems.append(problem_of("corpus", fact, root))
    layer = Layer(root=root, manifest=manifest, terms=terms, bundled=folder.bundled)
    return layer, problems


def _first_place(folder: CorpusFolder, locale: str) -> str:
    """Return where the first entry of a corpus may be written."""
    path = Path(str(folder.path).replace(LOCALE_PLACE, locale))
    home = path.relative_to(folder.root.parent).as_posix()
    if path != folder.path:
        return f"{home}/<id>.md"
    return f"{home}/{locale}/<id>.md or {home}/<id>.md"


ABOUT = frozenset({"changelog", "contributing", "license", "readme", "source"})
"""What files about a corpus are called, without their ending and in any case."""

_MARK = b"\xef\xbb\xbf"
"""The byte order mark that some editors write."""

_NO_FILE = "this is a pipe or a device, and is not read; take it out"


def _is_about(path: Path, root: Path, content: bytes) -> bool:
    """Tell whether a file says something of the corpus, and defines nothing."""
    if path.parent != root or path.stem.casefold() not in ABOUT:
        return False
    return not content.removeprefix(_MARK).lstrip().startswith(b"---")


def _looks_like_entry(path: Path, *, in_root: bool) -> bool:
    """Tell whether *path* may be an entry, and no page of ours or of a project.

    :param in_root: documents may stand there too; an entry is known by its definition.
    """
    try:
        content = path.read_bytes() if path.is_file() else None
    except OSError:
        return not in_root  # perhaps: who loads the corpus tells of it
    if content is None or is_generated(content):
        return False
    front, _, _ = content.removeprefix(_MARK).lstrip().partition(b"\n---")
    return not in_root or (front.startswith(b"---") and b"\ndescription:" in front)


def _read_entries(
    folder: CorpusFolder, manifest: Manifest, problems: list[Problem]
) -> list[tuple[Path, Entry]]:
    """Return locale folder and entry of each file that holds one.

    Two kinds are left out in silence: pages that we generated, and, straight in the
    root, what people expect in any repository (:data:`ABOUT`) if it has no front matter.
    """
    entries = []
    for file in find_files(folder.path, manifest.source_locale, problems):
        try:
            if file.path.exists() and not file.path.is_file():
                problems.append(problem_of("file", _NO_FILE, file.path))
                continue
            content = file.path.read_bytes()
        except OSError as error:
            problems.append(unreadable(error, file.path))
            continue
        if is_generated(content) or _is_about(file.path, folder.root, content):
            continue
        source = Source(
            path=file.path,
            content=content,
            locale=file.locale,
            term_id=term_id(file.name),
            fields=manifest.fields,
        )
        reading = READERS[file.path.suffix.lower()](source)
        problems += reading.problems
        if reading.entry is not None:
            entries.append((file.folder, reading.entry))
    return entries
