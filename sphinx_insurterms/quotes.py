"""What does a definition of the project's own glossary say in the words of others?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.util import docname_join

from sphinx_insurterms.nodes import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Element

    from sphinx_insurterms.domain import InsurtermDomain


def quotes(ours: InsurtermDomain, definition: Element) -> Iterator[str]:
    """Yield the titles that the references in a definition print, but for numbers.

    Tooltips elsewhere have them too, and are stale when one changes.
    """
    for reference in definition.findall(addnodes.pending_xref):
        if not reference.get("refexplicit"):
            for printed in _PRINTED.get(reference["reftype"], ()):
                if title := printed(ours, reference):
                    yield title


def _page(ours: InsurtermDomain, reference: Element) -> str:
    docname = docname_join(reference.get("refdoc", ""), reference["reftarget"])
    title = ours.env.titles.get(docname)
    return title.astext() if title else ""


def _part(ours: InsurtermDomain, reference: Element) -> str:
    labels: Any = ours.env.get_domain("std").data["labels"]
    found = labels.get(reference["reftarget"].lower())
    return str(found[2]) if found else ""


def _term(ours: InsurtermDomain, reference: Element) -> str:
    answer = ours.meant(reference.get(WRITTEN, reference["reftarget"]))
    return answer.printed if answer else ""


_PRINTED: dict[str, tuple[Callable[[InsurtermDomain, Element], str], ...]] = {
    "doc": (_page,),
    "ref": (_part,),
    "term": (_term,),
    "any": (_page, _part, _term),
    "myst": (_page, _part),
}
"""Role → who may be asked for what it prints, where the writer gave no text."""
