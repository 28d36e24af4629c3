"""What do the project's message catalogs say of the terms?  Read anew by each build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms import domain
from sphinx_insurterms.corpus.layers import Corpus
from sphinx_insurterms.corpus.locales import fallback_chain
from sphinx_insurterms.corpus.problems import CorpusError, Origin, Problem
from sphinx_insurterms.corpus.translated import Texts
from sphinx_insurterms.log import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def read_catalogs(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Let the terms be seen through the catalogs of this build's language.

    Not before: Sphinx compiles catalogs after a build has begun.
    """
    ours = domain.get(env)
    problems: list[Problem] = []
    read = [
        _texts(app, locale, problems) for locale in fallback_chain(ours.settings.locale)
    ]
    found = [texts for texts in read if texts.by_id]
    if found:
        ours.see_through(Corpus(ours.corpus.layers, found))
    warn(problems)
    return []


def _texts(app: Sphinx, locale: str, problems: list[Problem]) -> Texts:
    """Return what the catalogs of a locale say; of two, the first that says something."""
    by_id: dict[str, str] = {}
    files: dict[str, Path] = {}
    for path in _files(app, locale):
        try:
            said = _read(app, path)
        except CorpusError as error:
            problems.append(error.problem)
            continue
        by_id = {**said, **by_id}
        files = {**dict.fromkeys(said, path), **files}
    return Texts(locale=locale, by_id=by_id, place=lambda text: _place(text, files))


def _read(app: Sphinx, path: Path) -> dict[str, str]:
    from sphinx_insurterms.exchange.po import Catalog, compiled_texts

    if path.suffix == ".mo":
        return compiled_texts(path)
    fuzzy = bool(app.config.gettext_allow_fuzzy_translations)
    return Catalog.read(path).texts(fuzzy=fuzzy)


def _place(text: str, files: Mapping[str, Path]) -> Origin:
    """Return where a message stands: what is compiled has no lines, its source has."""
    from sphinx_insurterms.exchange.po import Catalog

    path = files[text]
    source = path.with_suffix(".po")
    try:
        return Origin(path=source, line=Catalog.read(source).line(text))
    except (OSError, CorpusError):
        return Origin(path=path)


def _files(app: Sphinx, locale: str) -> Iterator[Path]:
    """Yield the catalogs of a locale: compiled, or as text where that says more."""
    for folder in app.config.locale_dirs:
        text = Path(app.srcdir, folder, locale, "LC_MESSAGES", "insurterms.po")
        compiled = text.with_suffix(".mo")
        if not text.is_file():
            if compiled.is_file():
                yield compiled
        else:
            yield compiled if _stands_for(compiled, text) else text


def _stands_for(compiled: Path, text: Path) -> bool:
    """Tell whether a compiled catalog says what its text says, and all of it.

    Sphinx skips without a word what it cannot read in a text (9.0).
    """
    from sphinx_insurterms.exchange.po import looks_broken

    is_newer = compiled.is_file() and _age(compiled) >= _age(text)
    return is_newer and not looks_broken(text)


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns
