"""Where does an entry's file stand, in a corpus as it is laid out?"""

from __future__ import annotations

import os
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.files import Listing, folder_for
from sphinx_insurterms.corpus.ids import term_id
from sphinx_insurterms.corpus.locales import language_tag
from sphinx_insurterms.corpus.scanning import is_inside, is_named

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx_insurterms.cli.arguments import OpenCorpus
    from sphinx_insurterms.corpus.model import Entry


class Places:
    """The files of one locale in a corpus, those that are not there yet too."""

    def __init__(self, corpus: OpenCorpus, locale: str) -> None:
        source = corpus.layer.manifest.source_locale
        self._root = corpus.layer.root
        self._folders = list(Listing(corpus.path, source).folders())
        self._locale = locale
        self._folder = folder_for(corpus.path, locale, source)
        index = corpus.layer.index
        if not self._folder and not (index and index.has_entry_in(self._root, _SUFFIX)):
            self._folder = language_tag(locale)  # where nobody wrote an entry yet

    def opposite(self, entry: Entry) -> Path:
        """Return where a translation stands: as the other entry, in the own folder."""
        path = Path(entry.path).relative_to(self._root)
        for folder in self._folders:
            if folder.path and path.is_relative_to(folder.path):
                path = path.relative_to(folder.path)
                break
        return self._root / self._folder / path

    def new(self, identifier: str) -> Path:
        """Return where a new entry stands, with its name as its neighbours spell theirs."""
        name = identifier.replace("-", self._usual_sign)
        return self._root / self._folder / f"{name}{_SUFFIX}"

    @cached_property
    def _usual_sign(self) -> str:
        """What stands between the words of most files' names."""
        found = (self._root / self._folder).glob(f"*{_SUFFIX}")
        names = (path.stem for path in found if is_named(path.name))
        counts = Counter(sign for name in names for sign in _BETWEEN if sign in name)
        return max(_BETWEEN, key=lambda sign: counts[sign])

    def file_with(self, ids: Collection[str]) -> Path | None:
        """Return a file whose name gives one of *ids*, whatever it holds."""
        for folder in self._folders:
            for file in folder.files() if folder.locale == self._locale else ():
                if term_id(file.name) in ids:
                    return self._root / file.path
        return None

    def is_ours(self, path: Path) -> bool:
        """Tell whether *path* is in the corpus, wherever links on the way lead."""
        return is_inside(path.parent, self._root)


_SUFFIX = ".md"
_BETWEEN = "-_ "
"""What may stand between the words of a file's name, the first if nothing else does."""


def shown(path: Path, here: Path | None = None) -> str:
    """Return a path as a user sees it, from where they are if that is shorter.

    :param here: the folder where they are, if it is not this one.
    """
    relative = os.path.relpath(path, here or Path.cwd())
    return min(relative, str(path), key=len).replace(os.sep, "/")


def id_given_by(path: Path) -> str:
    """Return the id that a file's name gives, or the folder's name of an index."""
    is_index = path.stem.casefold() == "index"
    return term_id(path.parent.name if is_index else path.stem)
