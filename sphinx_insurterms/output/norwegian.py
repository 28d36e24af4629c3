"""What does Sphinx lack for Norwegian?  The search knows ``no``, its page ``nb_NO``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sphinx

from sphinx_insurterms.corpus.locales import parse_locale

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def register(app: Sphinx) -> None:
    """Choose the stemmer and the words of the search for ``nb`` and its like."""
    app.connect("config-inited", choose_search_language)
    app.connect("builder-inited", choose_search_words)


def _is_bokmal(config: Config) -> bool:
    return (parse_locale(config.language) or "").partition("_")[0] == "nb"


def choose_search_language(app: Sphinx, config: Config) -> None:
    """Stem Norwegian as Norwegian, unless the project chose a language itself."""
    if _is_bokmal(config) and not config.html_search_language:
        config.html_search_language = "no"


def choose_search_words(app: Sphinx) -> None:
    """Let the search page speak Norwegian: Sphinx's ``nb`` is almost empty."""
    words = Path(sphinx.package_dir, "locale", "nb_NO", "LC_MESSAGES", "sphinx.js")
    theirs = getattr(app.builder, "_get_translations_js", None)
    if theirs is None or not _is_bokmal(app.config) or not words.is_file():
        return

    def get_translations_js() -> Path:
        """Return the project's own file, or Sphinx's for ``nb_NO``."""
        found = theirs()
        project_has_its_own = found and sphinx.package_dir not in Path(found).parents
        return Path(found) if project_has_its_own else words

    if not theirs():
        # Sphinx 8 has no such file for `nb` at all, and has decided to load none.
        app.add_js_file("translations.js")
    app.builder._get_translations_js = get_translations_js  # type: ignore[attr-defined]  # noqa: SLF001
