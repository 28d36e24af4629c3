"""How does a build open its corpora?  With a word to whoever waits for it."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util.display import status_iterator

from sphinx_insurterms import domain
from sphinx_insurterms.config import settings
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.loading import load
from sphinx_insurterms.log import logger, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from sphinx_insurterms.corpus.reading import FileContent


def load_corpus(app: Sphinx) -> None:
    """Open the corpora, and tell what is wrong with their files."""
    chosen = settings(app.config, Path(app.confdir))
    progress = partial(_shown, verbosity=app.verbosity)
    trusts = not _was_asked_for_all(app)
    read = [load(folder, progress, trusts_stamps=trusts) for folder in chosen.corpora]
    for layer, problems in read:
        warn(problems)
        if layer.kept_in_memory:
            logger.info(
                "insurterms: no index of %s is kept, so that each build reads all of "
                "it (%s); let the user's cache folder be writable",
                layer.root,
                layer.kept_in_memory,
            )
    corpus = Corpus(layer for layer, _problems in read)
    domain.get(app.env).setup_build(chosen, corpus, app.builder)


def _was_asked_for_all(app: Sphinx) -> bool:
    """Tell whether ``-E`` was given: an environment is there, and was not used."""
    kept = Path(app.doctreedir, ENV_PICKLE_FILENAME)
    return bool(app.fresh_env_used) and kept.is_file()


_STEPS = 100


def _shown(
    found: Iterable[FileContent], count: int, *, verbosity: int
) -> Iterator[FileContent]:
    """Pass on what is read of a large corpus, and show how far that is.

    Not file by file: a log would have a line for each.
    """
    if count < _STEPS * 5:
        yield from found
        return
    contents = iter(found)
    size = -(-count // _STEPS)
    batches = iter(lambda: list(islice(contents, size)), [])
    for batch in status_iterator(
        batches,
        "reading terms... ",
        "brown",
        -(-count // size),
        verbosity,
        stringify_func=lambda batch: batch[-1].file.path,
    ):
        yield from batch
