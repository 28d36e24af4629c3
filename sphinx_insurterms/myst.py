"""How does MyST's renderer show text that nobody reviewed?  It includes and runs nothing.

Imported when the first such text is met: it takes half as long to import as a build in
which nothing changed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from sphinx import addnodes

from sphinx_insurterms.corpus.links import Destination, destination
from sphinx_insurterms.corpus.locales import direction, language_tag
from sphinx_insurterms.corpus.parser import markdown
from sphinx_insurterms.nodes import isolated
from sphinx_insurterms.rendered import Complaint, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

    from sphinx_insurterms.corpus.problems import WarningName

_COMMENT = re.compile(r"(?:\s*<!--(?:(?!-->).)*-->)+\s*", re.DOTALL)
_LANGUAGE = re.compile(r"[\w+#.-]+")


@cache
def renderer() -> BodyRenderer:
    """Return the renderer of this process: to make one costs as much as a body."""
    return BodyRenderer(markdown())


@cache
def _settings() -> Any:
    return get_default_settings()


def _detached(document: nodes.document) -> list[nodes.Node]:
    """Return what *document* holds, so that it does not live on in its nodes.

    Sphinx keeps the trees of all pages until they are written.
    """
    children = document.children
    for child in children:
        for node in child.findall():
            node.document = None  # type: ignore[assignment]
            if node.parent is document:
                node.parent = None
    return children


class BodyRenderer(DocutilsRenderer):
    """MyST's renderer for text that nobody reviewed: it includes and runs nothing."""

    def run(
        self,
        tokens: list[Token],
        link_target: Callable[[str], str | None],
        section_ids: Sequence[str] | None,
    ) -> Rendered:
        """Render *tokens*, and leave them as they were."""
        self.rendered = Rendered([])
        self.link_target = link_target
        self.section_ids = None if section_ids is None else list(section_ids)
        lines = [token.map for token in tokens]
        options = {
            "myst_config": MdParserConfig(),
            "document": new_document("corpus", settings=_settings()),
        }
        document = self.render(tokens, options, {})
        # MyST counts from 1, in the tokens themselves, and others will want them.
        for token, line in zip(tokens, lines, strict=True):
            token.map = line
        self.rendered.children = _detached(document)
        return self.rendered

    def setup_render(
        self, options: dict[str, Any], env: MutableMapping[str, Any]
    ) -> None:
        """Begin a text; MyST's own way makes a document each time, though it has one.

        With its settings, that takes longer than most bodies (myst-parser 4 and 5).
        """
        if "document" not in vars(self):
            super().setup_render(options, env)
        self.md_env = env
        self.document = self.current_node = options["document"]
        self.reporter = self.document.reporter
        self._heading_offset = 0
        self._level_to_section = {0: self.document}
        self._heading_slugs = {}

    def _complain(self, name: WarningName, message: str, token: SyntaxTreeNode) -> None:
        """Note a complaint; MyST's own line numbers are counted from 1."""
        line = token.map[0] - 1 if token.map else 0
        self.rendered.complaints.append(Complaint(name, message, line))

    def create_warning(self, message: str, *_: Any, **__: Any) -> None:
        """Keep MyST from warnings of its own, which would name the page, not us."""

    def render_heading(self, token: SyntaxTreeNode) -> None:
        """Render a section where they may stand, else a rubric."""
        in_flow = isinstance(self.current_node, (nodes.document, nodes.section))
        if self.section_ids is not None and in_flow:
            section = nodes.section(ids=[self.section_ids.pop(0)])
            # Levels that are skipped become one level: docutils knows no gaps.
            self.update_section_level_state(section, int(token.tag[1]))
            title = nodes.title()
            section.append(title)
            with self.current_node_context(title):
                self.render_children(token)
            self.current_node = section
            return
        with self.current_node_context(nodes.rubric(), append=True):
            self.render_children(token)

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link to a term or to the outside, else its text."""
        target = str(token.attrs.get("href", ""))
        where = destination(target)
        if where is Destination.OUTSIDE:
            with self.current_node_context(
                nodes.reference(refuri=target, internal=False), append=True
            ):
                self.render_children(token)
            return
        if where is Destination.REFUSED:
            fact = (
                f"the link to {target!r} is shown as text; only http, https, mailto "
                "and tel lead out of a corpus"
            )
            self._complain("markup", fact, token)
        term = self.link_target(target) if where is Destination.TERM else None
        if term is None:
            self.render_children(token)
            return
        self.rendered.links.append(term)
        content = nodes.inline(classes=["xref", "insurterms", "insurterms-term"])
        reference = addnodes.pending_xref(
            "",
            content,
            refdomain="insurterms",
            reftype="term",
            reftarget=term,
            refexplicit=True,
            refwarn=False,
        )
        self.current_node.append(reference)
        with self.current_node_context(content):
            self.render_children(token)

    def render_foreign(self, token: SyntaxTreeNode) -> None:
        """Mark a block that has no translation yet."""
        locale = str(token.attrs["lang"])
        mark = isolated(lang=language_tag(locale), dir=direction(locale))
        with self.current_node_context(mark, append=True):
            self.render_children(token)

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Show raw HTML as the text that it is; a comment is for authors only."""
        if not _COMMENT.fullmatch(token.content):
            self._complain("markup", _RAW_HTML, token)
            self.current_node.append(nodes.Text(token.content))

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Show raw HTML as the text that it is, in a paragraph."""
        if not _COMMENT.fullmatch(token.content):
            self._complain("markup", _RAW_HTML, token)
            text = token.content.strip()
            self.current_node.append(nodes.paragraph(text, text))

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Show code, and a directive as code: nothing in a corpus is run."""
        words = token.info.split() if token.info else []
        if words and words[0].startswith("{"):
            fact = (
                f"the directive {words[0]} is shown as text, and not run; "
                "write what it stands for"
            )
            self._complain("markup", fact, token)
        text = token.content.rstrip("\n")
        if words and not _LANGUAGE.fullmatch(words[0]):
            text = f"{token.markup}{token.info}\n{text}\n{token.markup}"
        block = nodes.literal_block(text, text, language="none")
        self.current_node.append(block)

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        """Show indented code."""
        text = token.content.rstrip("\n")
        self.current_node.append(nodes.literal_block(text, text, language="none"))

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Show an image's alternative text: its file is not part of a corpus."""
        fact = "an image is shown as its alternative text; say in words what it shows"
        self._complain("markup", fact, token)
        alternative = self.renderInlineAsText(token.children or [])
        self.current_node.append(nodes.Text(alternative))


_RAW_HTML = "raw HTML is shown as text; write it in Markdown"
