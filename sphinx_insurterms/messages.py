"""What does the extension itself say on a page?  Its few words, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import locale
from sphinx.locale import get_translation

from sphinx_insurterms.corpus.locales import fallback_chain, parse_locale

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

CATALOG = "sphinx_insurterms"
FOLDER = Path(__file__).parent / "locale"

_ = get_translation(CATALOG)


def load(app: Sphinx, config: Config) -> None:
    """Load our words along the chain of locales: ``nn`` and ``no`` read ``nb``.

    Not by ``app.add_message_catalog``, which knows Sphinx's own spelling only.
    """
    wanted = parse_locale(config.language) or config.language
    # A second application in one process must not speak the language of the first.
    locale.translators.pop(("general", CATALOG), None)
    for candidate in fallback_chain(wanted):
        locale.init([FOLDER], candidate, CATALOG)


def spoken(wanted: str) -> str:
    """Return the locale of our words in a build of *wanted*: English if there is none."""
    translated = (c for c in fallback_chain(wanted) if (FOLDER / c).is_dir())
    return next(translated, "en")
