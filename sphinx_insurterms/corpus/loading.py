"""Which files are a corpus?  From a folder on disk to a layer of terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.files import LOCALE_PLACE, Listing, corpus_root
from sphinx_insurterms.corpus.generated import is_generated
from sphinx_insurterms.corpus.index import Index
from sphinx_insurterms.corpus.layers import Layer
from sphinx_insurterms.corpus.manifest import (
    FILE_NAME,
    Manifest,
    read_manifest,
    with_values,
)
from sphinx_insurterms.corpus.opening import open_storage
from sphinx_insurterms.corpus.readers.source import BYTE_ORDER_MARK
from sphinx_insurterms.corpus.reading import ABOUT, Reader
from sphinx_insurterms.corpus.refreshing import refresh
from sphinx_insurterms.corpus.scanning import LEAVES, is_inside, problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_insurterms.corpus.problems import Problem
    from sphinx_insurterms.corpus.refreshing import Progress
    from sphinx_insurterms.corpus.storage import Storage


__all__ = ["ABOUT", "LOCALE_PLACE", "STARTER", "STARTER_FOLDER", "CorpusFolder", "load"]

STARTER = "starter"
"""What users call the corpus that comes with the package, where they name corpora."""

STARTER_FOLDER = Path(__file__).parents[1] / "starter"
"""Where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFolder:
    """Where a corpus is, and what is said of it from outside."""

    path: Path
    """Absolute; may hold ``{locale}``."""

    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Keys and values as in ``insurterms.toml``, whose values they replace."""

    bundled: bool = False
    """Whether it comes with the package, and so answers only when nobody else does."""

    may_be_missing: bool = False
    """Whether it is no mistake if there is no such corpus."""

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
        folders = Listing(self.path, "en").folders()
        return (root / FILE_NAME).is_file() or any(
            _looks_like_entry(root / file.path, in_root="/" not in file.path)
            for one in folders
            for file in one.files()
        )


def load(
    folder: CorpusFolder,
    progress: Progress = lambda found, _count: found,
    *,
    trusts_stamps: bool = True,
) -> tuple[Layer, list[Problem]]:
    """Open a corpus; what cannot be read of it is left out and told.

    :param progress: is given the files that are read and their number, and passes the
        files on; it may show how far that is.
    :param trusts_stamps: whether a file that looks untouched since it was read last is
        left closed.
    :returns: the corpus, and what is wrong with it.
    """
    root = folder.root
    if not folder.is_there:
        problems = []
        if not folder.may_be_missing:
            fact = "there is no such folder; create it, or take it out of the corpora"
            problems = [problem_of("corpus", fact, root)]
        return Layer(root=root, bundled=folder.bundled), problems
    manifest, problems = _manifest(folder)
    listing = Listing(folder.path, manifest.source_locale)
    reader = Reader(root=root, fields=manifest.fields)

    def refill(storage: Storage) -> None:
        refresh(storage, listing, reader, progress, trusts_stamps=trusts_stamps)

    storage, reason = open_storage(f"{folder.path}\n{folder.values!r}", refill)
    index = Index(storage, reader, refill)
    problems += [*listing.problems, *index.problems(listing.order)]
    if not index.state.locales:
        place = _first_place(folder, manifest.source_locale)
        fact = f"this corpus has no entries; write the first one, {place}"
        problems.append(problem_of("corpus", fact, root))
    layer = Layer(
        root=root,
        manifest=manifest,
        index=index,
        bundled=folder.bundled,
        kept_in_memory=reason,
    )
    return layer, problems


def _manifest(folder: CorpusFolder) -> tuple[Manifest, list[Problem]]:
    """Return what is said of a corpus, in it and from outside."""
    root = folder.root
    path = root / FILE_NAME
    if path.is_symlink() and not is_inside(path, root):
        manifest, problems = Manifest(), [problem_of("file", LEAVES, path)]
    else:
        manifest, problems = read_manifest(root)
    manifest, mistakes = with_values(manifest, folder.values)
    problems += [problem_of("manifest", mistake, root) for mistake in mistakes]
    return manifest, problems


def _first_place(folder: CorpusFolder, locale: str) -> str:
    """Return where the first entry of a corpus may be written."""
    path = Path(str(folder.path).replace(LOCALE_PLACE, locale))
    home = path.relative_to(folder.root.parent).as_posix()
    if path != folder.path:
        return f"{home}/<id>.md"
    return f"{home}/{locale}/<id>.md or {home}/<id>.md"


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
    front, _, _ = content.removeprefix(BYTE_ORDER_MARK).lstrip().partition(b"\n---")
    return not in_root or (front.startswith(b"---") and b"\ndescription:" in front)
