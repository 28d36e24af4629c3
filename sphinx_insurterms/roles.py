"""How does a writer name a term in a sentence?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

from sphinx_insurterms import domain
from sphinx_insurterms.nodes import WRITTEN

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment


class TermRole(XRefRole):
    """``:term:``, which knows the corpora, and leaves open who will answer.

    The id that the corpora give stands in the target while pages are read: a message
    and its translation that name one term in two languages then refer to the same.
    A post-transform puts the written name back before anybody resolves it.
    """

    def __init__(self) -> None:
        # What Sphinx's own role has.
        super().__init__(innernodeclass=nodes.inline, warn_dangling=True)

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Return the title, and the id of the term that *target* may name."""
        title, target = super().process_link(
            env, refnode, has_explicit_title, title, target
        )
        refnode[WRITTEN] = target
        ours = domain.get(env)
        found = ours.corpus.find_anywhere(target, ours.settings.locale)
        return title, found.term_id if found else target
