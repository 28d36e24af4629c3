"""Which files of a folder are meant to be entries, and in which locale?"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_insurterms.corpus.locales import language_tag, parse_locale
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.corpus.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE_PLACE = "{locale}"
"""Stands in a corpus's path where the locale does."""


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


def problem_of(name: str, fact: str, path: Path) -> Problem:
    """Return a problem with a file or folder as a whole."""
    return Problem(name=name, message=fact, origin=Origin(path=path))


def unreadable(error: OSError, path: Path) -> Problem:
    """Return the problem that the system does not let us read *path*."""
    reason = error.strerror
    fact = f"this cannot be read ({reason}); mend its permissions, or take it out"
    return problem_of("file", fact, path)


def corpus_root(path: Path) -> Path:
    """Return the folder that holds the manifest and the locales."""
    parts = path.parts
    places = [n for n, part in enumerate(parts) if LOCALE_PLACE in part]
    return Path(*parts[: places[0]]) if places else path


Order = Callable[[str, str], tuple[object, ...]]
"""Says by path and folder where a file stands among all of them."""


class Listing:
    """The files of a corpus, looked for anew whenever they are asked for.

    :param corpus: may hold ``{locale}``.
    """

    def __init__(self, corpus: Path, source_locale: str) -> None:
        self._corpus = corpus
        self._source_locale = source_locale
        self._ranks: dict[str, int] = {}
        self.problems: list[Problem] = []
        """What was wrong with folders and links, when they were last looked at."""

    def folders(self) -> Iterator[tuple[str, Iterator[File]]]:
        """Yield each folder of a locale with its files, in an order of their names.

        One after the other, and the root last, as all the files of a large corpus take
        a good deal of memory. The root's own folder is empty.
        """
        self.problems.clear()
        self._ranks.clear()
        root = corpus_root(self._corpus)
        scan = _Scan(root, self.problems)
        seen: dict[str, str] = {}
        for locale, folder in _locale_folders(
            self._corpus, self._source_locale, self.problems
        ):
            self._ranks[folder] = len(self._ranks)
            first = seen.setdefault(locale, folder)
            if folder not in {first, ""}:
                fact = (
                    f"this folder and '{first}' are both {locale}; where both "
                    f"have a term, '{first}' wins: move all files into one"
                )
                self.problems.append(problem_of("locale", fact, root / folder))
            # Files straight in the root count as the source locale's.
            yield folder, scan.files(folder, folder or first, locale)

    def order(self, path: str, folder: str) -> tuple[object, ...]:
        """Return where the file at *path* stands: files come before folders.

        :param folder: the locale's, as :class:`File` has it.
        """
        place = folder if "/" in path else ""
        *above, name = path.removeprefix(place).split("/")
        return self._ranks.get(place, 0), *((1, part) for part in above), (0, name)


def _locale_folders(
    corpus: Path, source_locale: str, problems: list[Problem]
) -> list[tuple[str, str]]:
    """Return locale and folder; of two for one locale, the one named by its tag first.

    The root itself stands last, for the files of the source locale straight in it.
    """
    root = corpus_root(corpus)
    below = corpus.parts[len(root.parts) :]
    pattern = re.escape(below[0] if below else LOCALE_PLACE)
    place = re.compile(pattern.replace(re.escape(LOCALE_PLACE), "(.+)"))
    found = []
    for child in _folders(root, problems):
        match = place.fullmatch(child.name)
        locale = parse_locale(match[1]) if match else None
        if match is None or locale is None:
            if not below and is_inside(child, root) and _has_entries(child):
                fact = (
                    f"'{child.name}' is no locale, and its entries are left out; name "
                    "it by a language tag, such as en, or _draft if it is none"
                )
                problems.append(problem_of("locale", fact, child))
            continue
        written = match[1]
        parts = (part.replace(LOCALE_PLACE, written) for part in below[1:])
        target = child.joinpath(*parts)
        if target.is_dir() and is_inside(target, root):
            named_by_tag = written.replace("-", "_") == locale
            path = target.relative_to(root).as_posix()
            found.append((locale, not named_by_tag, path))
        elif target.is_dir():
            problems.append(problem_of("file", LEAVES, target))
    folders = [(locale, path) for locale, _, path in sorted(found)]
    return folders if below else [*folders, (source_locale, "")]


def folder_for(corpus: Path, locale: str, source_locale: str) -> str:
    """Return the folder, below the root, that has the entries of *locale*, or may have.

    :param corpus: may hold ``{locale}``.
    """
    for found, folder in _locale_folders(corpus, source_locale, []):
        if found == locale:
            return folder
    below = corpus.parts[len(corpus_root(corpus).parts) :] or (LOCALE_PLACE,)
    tag = language_tag(locale)
    return "/".join(part.replace(LOCALE_PLACE, tag) for part in below)


def _folders(root: Path, problems: list[Problem]) -> list[Path]:
    try:
        children = sorted(root.iterdir())
    except OSError as error:
        problems.append(unreadable(error, root))
        return []
    return [child for child in children if child.is_dir() and _is_named(child.name)]


LEAVES = "this link leads out of the corpus, and is not followed; copy what it is for"
_STAYS = "this link to a folder of the corpus is not followed; take it out"


def _has_entries(folder: Path) -> bool:
    return any(path.suffix.lower() in READERS for path in folder.rglob("*"))


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether *path*, wherever its links lead, is below *root*."""
    # `Path.resolve` fails for a link to itself before Python 3.13.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


class _Scan:
    """Looks through folders; by texts, as paths cost more than the look itself."""

    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self._root = root
        self._problems = problems

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(READERS)

    def files(self, folder: str, home: str, locale: str) -> Iterator[File]:
        """Yield the files below *folder* that a reader reads, in order of their paths.

        Of the root, only those that stand straight in it.

        :param home: the folder of their locale.
        """
        deep = bool(folder)
        below = []
        for entry in self._children(folder):
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_ours = entry.name.lower().endswith(self._suffixes)
            if is_ours and entry.is_file(follow_symlinks=False):
                yield File(path, home, locale, _stamp(entry))
            elif _is_dir(entry):
                if deep and entry.is_symlink():
                    fact = _STAYS if is_inside(Path(entry), self._root) else LEAVES
                    self._problems.append(problem_of("file", fact, Path(entry)))
                elif deep:
                    below.append(path)
            elif is_ours:
                if entry.is_symlink() and not is_inside(Path(entry), self._root):
                    self._problems.append(problem_of("file", LEAVES, Path(entry)))
                else:
                    yield File(path, home, locale, _stamp(entry))
        for path in below:
            yield from self.files(path, home, locale)

    def _children(self, folder: str) -> list[os.DirEntry[str]]:
        path = self._root / folder
        try:
            with os.scandir(path) as found:
                children = [child for child in found if _is_named(child.name)]
        except OSError as error:
            if folder:  # of the root it was told when its locales were looked for
                self._problems.append(unreadable(error, path))
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
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _is_named(name: str) -> bool:
    """Tell whether a file or folder is meant: those with ``_`` or ``.`` are not."""
    return not name.startswith(("_", "."))
