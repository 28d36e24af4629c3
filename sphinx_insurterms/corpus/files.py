"""Which files of a folder are meant to be entries, and in which locale?"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.locales import parse_locale
from sphinx_insurterms.corpus.problems import Origin, Problem
from sphinx_insurterms.corpus.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE_PLACE = "{locale}"
"""Stands in a corpus's path where the locale does."""


@dataclass(frozen=True, slots=True)
class File:
    """One file that a reader reads."""

    path: Path
    folder: Path
    """The locale's folder, or the corpus's root."""

    locale: str
    name: str
    """What its id is made of."""


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


def find_files(
    corpus: Path, source_locale: str, problems: list[Problem]
) -> Iterator[File]:
    """Yield the files of a corpus, locale by locale, in an order of their names.

    :param corpus: may hold ``{locale}``.
    """
    root = corpus_root(corpus)
    seen: dict[str, Path] = {}
    for locale, path in _locale_folders(corpus, source_locale, problems):
        first = seen.setdefault(locale, path)
        if path not in {first, root}:
            winner = first.relative_to(root).as_posix()
            fact = (
                f"this folder and '{winner}' are both {locale}; where both "
                f"have a term, '{winner}' wins: move all files into one"
            )
            problems.append(problem_of("locale", fact, path))
        # Files straight in the root count as files of the source locale's folder.
        home = first if path == root else path
        for file in _entry_files(path, root, problems, only_here=path == root):
            named = file.parent if file.stem.casefold() == "index" else file
            name = file.stem if named == path else named.name
            yield File(file, home, locale, name.removesuffix(file.suffix))


def _locale_folders(
    corpus: Path, source_locale: str, problems: list[Problem]
) -> list[tuple[str, Path]]:
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
            found.append((locale, not named_by_tag, target))
        elif target.is_dir():
            problems.append(problem_of("file", LEAVES, target))
    folders = [(locale, path) for locale, _, path in sorted(found)]
    return folders if below else [*folders, (source_locale, root)]


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


def _entry_files(
    folder: Path, root: Path, problems: list[Problem], *, only_here: bool
) -> Iterator[Path]:
    """Yield the files below *folder* that a reader reads, sorted by path.

    :param only_here: leave the folders in *folder* alone.
    """

    def complain(error: OSError) -> None:
        problems.append(unreadable(error, Path(error.filename)))

    for here, folders, names in os.walk(folder, onerror=complain):
        folders[:] = [] if only_here else sorted(filter(_is_named, folders))
        for path in (Path(here, name) for name in folders):
            if path.is_symlink():
                fact = _STAYS if is_inside(path, root) else LEAVES
                problems.append(problem_of("file", fact, path))
        for path in (Path(here, name) for name in sorted(filter(_is_named, names))):
            if path.suffix.lower() not in READERS:
                continue
            if path.is_symlink() and not is_inside(path, root):
                problems.append(problem_of("file", LEAVES, path))
                continue
            yield path


def _is_named(name: str) -> bool:
    """Tell whether a file or folder is meant: those with ``_`` or ``.`` are not."""
    return not name.startswith(("_", "."))
