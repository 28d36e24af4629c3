"""Which rules count?  By their names, or patterns of them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from sphinx_insurterms.checking.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable


class UnknownRuleError(ValueError):
    """A name, or a pattern, that no rule has."""


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """Return the names of the rules that count.

    :param select: names or patterns, such as ``link*``; all rules if there are none.
    :param ignore: the same, of rules that do not count.
    :raises UnknownRuleError: if no rule has such a name.
    """
    chosen = _matching(select) or {rule.name for rule in RULES}
    return frozenset(chosen - _matching(ignore))


def _matching(patterns: Iterable[str]) -> set[str]:
    found = set()
    for pattern in patterns:
        names = {rule.name for rule in RULES if fnmatchcase(rule.name, pattern)}
        if not names:
            raise UnknownRuleError(pattern)
        found |= names
    return found
