"""What differs in a manual page?  It is plain text, and in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_insurterms.nodes import LINK, foreign, term_reference

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Make what is ours readable there."""
    app.add_post_transform(MakePlain)


def _is_ours(reference: nodes.reference) -> bool:
    """Tell whether a link leads to a term: in a text, or from a list to its page."""
    content = next(iter(reference.children), None)
    return isinstance(reference, term_reference) or (
        isinstance(content, nodes.inline) and LINK in content["classes"]
    )


class MakePlain(SphinxPostTransform):
    """Take out what manual pages have no form for."""

    default_priority = 250
    builders = ("man",)

    def run(self, **_kwargs: Any) -> None:
        """Take the addresses off our links, and the marks off other languages."""
        for reference in self.document.findall(nodes.reference):
            # It would be printed, `#term-premium`, after each name (docutils 0.22).
            if _is_ours(reference):
                reference.attributes.pop("refuri", None)
        for block in list(self.document.findall(foreign)):
            # Its first paragraph would go on in the line of what stands before it.
            block.replace_self(block.children)
