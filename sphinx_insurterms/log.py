"""How is a writer told?  By warnings with a place, and a name to suppress them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_insurterms.corpus.problems import Problem

TYPE = "insurterms"
"""What stands before the dot in the names of our warnings."""

logger = logging.getLogger(__name__)


def warn(problems: Iterable[Problem]) -> None:
    """Tell each problem once, in the order of their places."""
    unique = {(str(p.origin), p.message): p for p in problems}
    for problem in sorted(
        unique.values(), key=lambda p: (p.origin.path, p.origin.line or 0, p.message)
    ):
        # Without a colon Sphinx would take it for a document, and add a suffix.
        place = str(problem.origin)
        logger.warning(
            problem.message,
            location=place if ":" in place else f"{place}:",
            type=TYPE,
            subtype=problem.name,
        )
