"""What should a writer know at the end?  Who answered, and what waits for translators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms import domain
from sphinx_insurterms.log import logger

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LISTED = 5


def say_what_was_used(app: Sphinx, exception: Exception | None) -> None:
    """Print information, and no warning: partial translations are the norm."""
    if exception is not None:
        return
    ours = domain.get(app.env)
    names = sorted(ours.answered_by_bundled)
    if names:
        logger.info(
            "insurterms: the starter corpus answered %d name%s (%s)",
            len(names),
            "s" if len(names) > 1 else "",
            _listed(names),
        )
    missing = [
        term_id
        for term_id, locale in sorted(ours.explained.items())
        if ours.settings.is_foreign(locale)
    ]
    if missing:
        logger.info(
            "insurterms: %d term%s shown in another language than %s, for want of "
            "an entry (%s)",
            len(missing),
            " is" if len(missing) == 1 else "s are",
            ours.settings.locale,
            _listed(missing),
        )
    outdated = ours.outdated() if ours.settings.marks_outdated else []
    if outdated:
        logger.info(
            "insurterms: %d translation%s older than the source (%s); when one is "
            "brought up to date, say so with `insurterms stamp`",
            len(outdated),
            " is" if len(outdated) == 1 else "s are",
            _listed(outdated),
        )


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
