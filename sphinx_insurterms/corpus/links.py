"""Where does a link in a body lead?  To a term, to the outside, or nowhere we allow."""

from __future__ import annotations

import re
from enum import Enum

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class Destination(Enum):
    """What a link's target is."""

    TERM = "term"
    OUTSIDE = "outside"
    FRAGMENT = "fragment"
    REFUSED = "refused"


def destination(target: str) -> Destination:
    """Tell what *target* is; everything without a scheme names a term.

    >>> destination("/liability_insurance"), destination("javascript:alert(1)")
    (<Destination.TERM: 'term'>, <Destination.REFUSED: 'refused'>)
    """
    # Browsers skip control characters inside a scheme, and spaces too in front of it.
    visible = "".join(filter(str.isprintable, target)).lstrip()
    if scheme := _SCHEME.match(visible):
        allowed = scheme[1].lower() in _ALLOWED_SCHEMES
        return Destination.OUTSIDE if allowed else Destination.REFUSED
    return Destination.FRAGMENT if visible.startswith("#") else Destination.TERM
