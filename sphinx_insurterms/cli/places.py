"""Where does an entry's file stand, in a corpus as it is laid out?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms.corpus.files import Listing, folder_for
from sphinx_insurterms.corpus.ids import term_id

if TYPE_CHECKING:
    from sphinx_insurterms.cli.arguments import OpenCorpus
    from sphinx_insurterms.corpus.model import Entry


class Places:
    """The files of one locale in a corpus, those that are not there yet too."""

    def __init__(self, corpus: OpenCorpus, locale: str) -> None:
        source = corpus.layer.manifest.source_locale
        self._root = corpus.layer.root
        self._folders = list(Listing(corpus.path, source).folders())
        self._folder = folder_for(corpus.path, locale, source)

    def opposite(self, entry: Entry) -> Path:
        """Return where a translation stands: as the other entry, in the own folder."""
        path = Path(entry.path).relative_to(self._root)
        for folder in self._folders:
            if folder.path and path.is_relative_to(folder.path):
                path = path.relative_to(folder.path)
                break
        return self._root / self._folder / path


def id_given_by(path: Path) -> str:
    """Return the id that a file's name gives, or the folder's name of an index."""
    is_index = path.stem.casefold() == "index"
    return term_id(path.parent.name if is_index else path.stem)
