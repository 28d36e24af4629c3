"""Which files of a folder are meant to be entries, and in which locale?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.locales import language_tag, parse_locale
from sphinx_insurterms.corpus.readers import READERS
from sphinx_insurterms.corpus.scanning import (
    LEAVES,
    Folder,
    is_inside,
    is_named,
    problem_of,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_insurterms.corpus.problems import Problem

LOCALE_PLACE = "{locale}"
"""Stands in a corpus's path where the locale does."""


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

    def folders(self) -> Iterator[Folder]:
        """Yield each folder of a locale, in an order of their names, and the root last.

        One after the other, as all the files of a large corpus take a good deal of
        memory.
        """
        self.problems.clear()
        self._ranks.clear()
        root = corpus_root(self._corpus)
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
            yield Folder(
                root=root,
                path=folder,
                # Files straight in the root count as the source locale's.
                home=folder or first,
                locale=locale,
                problems=self.problems,
            )

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
    return [child for child in children if child.is_dir() and is_named(child.name)]


def _has_entries(folder: Path) -> bool:
    return any(path.suffix.lower() in READERS for path in folder.rglob("*"))
