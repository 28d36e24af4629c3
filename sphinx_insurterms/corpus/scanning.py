"""What stands in a folder of a corpus?  Files that are read, each with its stamp."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.corpus.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.problems import WarningName


class Stamp(NamedTuple):
    """What the system says of a file; another content shows in it, or all but always.

    Times are in nanoseconds. Where the clock of a file system is coarse, a file may
    change and keep its stamp: see :meth:`is_settled`.
    """

    size: int
    modified: int
    changed: int
    """When the file's name, rights or content changed, where the system knows."""

    @property
    def text(self) -> str:
        """The stamp as it is kept: a date may be too far away for a number there."""
        return f"{self.size} {self.modified} {self.changed}"

    def is_settled(self, now: int) -> bool:
        """Tell whether a change after *now* is sure to change the stamp.

        A clock that ticks every two seconds (FAT) may not have moved on yet. A file
        from the future, for one clock or the other, never settles.
        """
        return max(self.modified, self.changed) < now - _COARSEST_TICK


_COARSEST_TICK = 2_500_000_000


class File(NamedTuple):
    """One file that a reader reads; paths are below the corpus's root, with ``/``."""

    path: str
    folder: str
    """The locale's folder, or empty for the corpus's root."""

    locale: str
    stamp: Stamp | None
    """None for what is no file: a link to nothing, a pipe, a device."""

    @property
    def name(self) -> str:
        """What the id is made of: the file's name, or the folder's of an index."""
        folder, _, name = self.path.rpartition("/")
        stem, _, suffix = name.rpartition(".")
        if stem.casefold() == "index" and folder not in {self.folder, ""}:
            return folder.rpartition("/")[2].removesuffix(f".{suffix}")
        return stem


def problem_of(name: WarningName, fact: str, path: Path) -> Problem:
    """Return a problem with a file or folder as a whole."""
    return Problem(name=name, message=fact, origin=Origin(path=path))


def unreadable(error: OSError, path: Path) -> Problem:
    """Return the problem that the system does not let us read *path*."""
    reason = error.strerror
    fact = f"this cannot be read ({reason}); mend its permissions, or take it out"
    return problem_of("file", fact, path)


LEAVES = "this link leads out of the corpus, and is not followed; copy what it is for"
_STAYS = "this link to a folder of the corpus is not followed; take it out"


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether *path*, wherever its links lead, is below *root*."""
    # `Path.resolve` fails for a link to itself before Python 3.13.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The folder of a locale; looked at by texts, as paths cost more than the look."""

    root: Path
    """Of the corpus."""

    path: str
    """Below the root; empty for the root itself."""

    home: str
    """The folder of the locale, as :class:`File` has it."""

    locale: str
    problems: list[Problem]
    """What is wrong with links and folders is added here."""

    def stamps(self) -> dict[bytes, str] | None:
        """Return the stamps of the files by their paths, as they are kept.

        Of a folder in which nothing needs a second look: None for any other.
        """
        start = os.fsencode(f"{self.path}/" if self.path else "")
        suffixes = tuple(suffix.encode() for suffix in READERS)
        found = {}
        try:
            with os.scandir(os.fsencode(self.root / self.path)) as children:
                for child in children:
                    name = child.name
                    if name.startswith((b"_", b".")):
                        continue
                    is_file = child.is_file(follow_symlinks=False)
                    if not (is_file and name.endswith(suffixes)):
                        return None
                    found[start + name] = _stamp_of(child.stat()).text
        except OSError:
            return None
        return found

    def files(self) -> Iterator[File]:
        """Yield the files that a reader reads, in order of their paths.

        Of the root, only those that stand straight in it.
        """
        yield from self._files(self.path)

    def _files(self, folder: str) -> Iterator[File]:
        deep, suffixes = bool(folder), tuple(READERS)
        below = []
        for entry in self._children(folder):
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_ours = entry.name.lower().endswith(suffixes)
            if is_ours and entry.is_file(follow_symlinks=False):
                yield File(path, self.home, self.locale, _stamp(entry))
            elif _is_dir(entry):
                if deep and entry.is_symlink():
                    fact = _STAYS if is_inside(Path(entry), self.root) else LEAVES
                    self.problems.append(problem_of("file", fact, Path(entry)))
                elif deep:
                    below.append(path)
            elif is_ours:
                if entry.is_symlink() and not is_inside(Path(entry), self.root):
                    self.problems.append(problem_of("file", LEAVES, Path(entry)))
                else:
                    yield File(path, self.home, self.locale, _stamp(entry))
        for path in below:
            yield from self._files(path)

    def _children(self, folder: str) -> list[os.DirEntry[str]]:
        path = self.root / folder
        try:
            with os.scandir(path) as found:
                children = [child for child in found if is_named(child.name)]
        except OSError as error:
            if folder:  # of the root it was told when its locales were looked for
                self.problems.append(unreadable(error, path))
            return []
        return sorted(children, key=lambda child: child.name)


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """Return what the system says of a file; None if it is none."""
    try:
        status = entry.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return _stamp_of(status)


def _stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_named(name: str) -> bool:
    """Tell whether a file or folder is meant: those with ``_`` or ``.`` are not."""
    return not name.startswith(("_", "."))
