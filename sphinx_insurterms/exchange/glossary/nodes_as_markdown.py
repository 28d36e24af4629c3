"""How is a part of a page Markdown?  As far as CommonMark has the words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from markdown_it.token import Token
from mdformat.renderer import MDRenderer
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PAIRS: dict[type[nodes.Node], tuple[str, str, str]] = {
    nodes.emphasis: ("em", "em", "*"),
    nodes.title_reference: ("em", "em", "*"),
    nodes.strong: ("strong", "strong", "**"),
}
"""What is written around a text: the token's name, its tag, and its signs."""

_UNSEEN = (
    *(nodes.comment, nodes.target, nodes.substitution_definition, nodes.system_message),
    addnodes.index,
)
"""What readers never saw; of what is wrong, Sphinx tells by itself."""

_PLAIN = (nodes.inline, nodes.generated, nodes.problematic)
"""What is no more than the text in it."""

_RAW = "what is HTML, or of another format, is left out"
_PLAIN_BLOCKS = (
    *(nodes.container, nodes.compound, nodes.definition, nodes.field_body),
    *(nodes.legend, addnodes.versionmodified),
)


class MarkdownWriter:
    """Writes nodes as Markdown, and notes what is lost on the way.

    :param find: returns the id of the term that ``:term:`` names, or None.
    """

    def __init__(self, find: Callable[[str], str | None]) -> None:
        self._find = find
        self.lost: list[str] = []
        """What Markdown has no words for, once each."""

    def blocks(self, parts: Iterable[nodes.Node]) -> str:
        """Return block nodes as Markdown."""
        tokens = [token for part in parts for token in self._block(part)]
        return _rendered(tokens).strip("\n")

    def inline(self, parts: Iterable[nodes.Node]) -> str:
        """Return inline nodes as Markdown, on one line."""
        text = _rendered(list(self._paragraph(parts)))
        return " ".join(text.replace("\\\n", " ").split())

    # blocks

    def _block(self, node: nodes.Node) -> Iterator[Token]:
        if isinstance(node, nodes.paragraph | nodes.caption):
            yield from self._paragraph(node.children)
        elif isinstance(node, nodes.attribution):
            yield from self._paragraph([nodes.Text("— "), *node.children])
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            yield from self._list(node)
        elif isinstance(node, nodes.literal_block | nodes.doctest_block):
            yield from _fence(node.astext(), str(node.get("language", "")))
        elif isinstance(node, nodes.block_quote):
            yield from self._around("blockquote", "", node.children)
        elif isinstance(node, _PLAIN_BLOCKS):
            yield from self._all(node.children)
        elif not isinstance(node, _UNSEEN):
            yield from self._reworded(node)

    def _reworded(self, node: nodes.Node) -> Iterator[Token]:
        """Yield what comes near to a block that Markdown has not."""
        if isinstance(node, nodes.Admonition):
            self._lose(f"the box {_name(node)!r} becomes a quotation")
            title = [] if _name(node) == "admonition" else [_title(node)]
            yield from self._around("blockquote", "", [*title, *node.children])
        elif isinstance(node, nodes.title | nodes.rubric):
            yield from self._paragraph([nodes.strong("", "", *_copies(node))])
        elif isinstance(node, nodes.definition_list | nodes.field_list):
            self._lose("a list of definitions becomes a list")
            yield from self._list_of(node.children)
        elif isinstance(node, nodes.table):
            self._lose("a table becomes a list, with a line for each row")
            yield from self._list_of(node.findall(nodes.row))
        elif isinstance(node, nodes.line_block):
            yield from self._paragraph(list(_lines(node)))
        elif isinstance(node, nodes.math_block):
            self._lose("a formula stays as it is written")
            yield from _fence(node.astext().rstrip(), "")
        elif isinstance(node, nodes.raw):
            self._lose(_RAW)
        elif isinstance(node, nodes.Inline):
            yield from self._paragraph([node])
        else:
            self._lose(f"of {_name(node)!r} the text stays")
            blocks = (nodes.Body, nodes.Structural, nodes.Part)
            if any(isinstance(child, blocks) for child in node.children):
                yield from self._all(node.children)
            else:
                yield from self._paragraph(node.children)

    def _all(self, parts: Iterable[nodes.Node]) -> Iterator[Token]:
        for part in parts:
            yield from self._block(part)

    def _around(
        self, tag: str, markup: str, parts: Iterable[nodes.Node]
    ) -> Iterator[Token]:
        yield Token(f"{tag}_open", tag, 1, markup=markup)
        yield from self._all(parts)
        yield Token(f"{tag}_close", tag, -1, markup=markup)

    def _list(self, node: nodes.Element) -> Iterator[Token]:
        is_ordered = isinstance(node, nodes.enumerated_list)
        if is_ordered and node.get("enumtype", "arabic") != "arabic":
            self._lose("the letters of a list become numbers")
        name, tag = ("ordered_list", "ol") if is_ordered else ("bullet_list", "ul")
        markup = "." if is_ordered else "-"
        start = {"start": node["start"]} if "start" in node else {}
        yield Token(f"{name}_open", tag, 1, attrs=start, markup=markup)
        is_tight = not any(map(_has_several_paragraphs, node.children))
        for item in node.children:
            yield from self._item(markup, item.children, is_tight=is_tight)
        yield Token(f"{name}_close", tag, -1, markup=markup)

    def _item(
        self, markup: str, parts: Iterable[nodes.Node], *, is_tight: bool
    ) -> Iterator[Token]:
        """Yield an item; in a tight list, no blank lines stand between them."""
        yield Token("list_item_open", "li", 1, markup=markup)
        for part in parts:
            for token in self._block(part):
                if is_tight and isinstance(part, nodes.paragraph):
                    token.hidden = token.type.startswith("paragraph")
                yield token
        yield Token("list_item_close", "li", -1, markup=markup)

    def _list_of(self, rows: Iterable[nodes.Node]) -> Iterator[Token]:
        """Yield a list of what stands side by side in each row."""
        yield Token("bullet_list_open", "ul", 1, markup="-")
        for row in rows:
            if isinstance(row, nodes.row):
                cells = " – ".join(cell.astext() for cell in row.children)
                parts: list[nodes.Node] = [nodes.paragraph("", cells)]
            else:
                first, *parts = row.children
                name = nodes.strong("", f"{first.astext()}:")
                parts.insert(0, nodes.paragraph("", "", name))
            yield from self._item("-", parts, is_tight=len(parts) == 1)
        yield Token("bullet_list_close", "ul", -1, markup="-")

    # inline

    def _paragraph(self, parts: Iterable[nodes.Node]) -> Iterator[Token]:
        children = [token for part in parts for token in self._inline(part)]
        yield Token("paragraph_open", "p", 1)
        yield Token("inline", "", 0, children=children, content="")
        yield Token("paragraph_close", "p", -1)

    def _inline(self, node: nodes.Node) -> Iterator[Token]:
        if isinstance(node, nodes.Text):
            yield Token("text", "", 0, content=" ".join(node.astext().split("\n")))
        elif isinstance(node, nodes.literal):
            yield Token("code_inline", "code", 0, content=node.astext(), markup="`")
        elif pair := next(
            (p for kind, p in _PAIRS.items() if isinstance(node, kind)), None
        ):
            yield from self._between(pair, {}, node)
        elif isinstance(node, nodes.reference) and "refuri" in node:
            link = {"href": node["refuri"]}
            yield from self._between(("link", "a", ""), link, node)
        elif isinstance(node, addnodes.pending_xref):
            yield from self._reference(node)
        elif isinstance(node, _LineEnd):
            yield Token("hardbreak", "br", 0)
        elif not isinstance(node, _UNSEEN):
            if not isinstance(node, _PLAIN):
                self._lose(_lost_inline(node))
            yield from self._text_of(node)

    def _text_of(self, node: nodes.Node) -> Iterator[Token]:
        if isinstance(node, nodes.image):
            yield Token("text", "", 0, content=str(node.get("alt", "")))
        elif isinstance(node, nodes.math):
            yield Token("code_inline", "code", 0, content=node.astext(), markup="`")
        elif not isinstance(node, nodes.raw):
            for child in node.children:
                yield from self._inline(child)

    def _between(
        self,
        pair: tuple[str, str, str],
        attributes: dict[str, str | int | float],
        node: nodes.Node,
    ) -> Iterator[Token]:
        name, tag, markup = pair
        yield Token(f"{name}_open", tag, 1, attrs=attributes, markup=markup)
        for child in node.children:
            yield from self._inline(child)
        yield Token(f"{name}_close", tag, -1, markup=markup)

    def _reference(self, node: addnodes.pending_xref) -> Iterator[Token]:
        """Yield a link to a term; of what else Sphinx finds, the text."""
        target = node["reftarget"]
        is_term = node["refdomain"] == "std" and node["reftype"] == "term"
        identifier = self._find(target) if is_term else None
        text = nodes.inline("", node.astext())
        if identifier is not None:
            link: dict[str, str | int | float] = {"href": f"/{identifier}"}
            yield from self._between(("link", "a", ""), link, text)
            return
        role = f":{node['reftype']}:"
        why = "no term of this page" if is_term else "no term"
        self._lose(f"{role}`{target}` leads to {why}, and its text stays")
        yield from self._text_of(text)

    def _lose(self, what: str) -> None:
        if what not in self.lost:
            self.lost.append(what)


def _has_several_paragraphs(item: nodes.Node) -> bool:
    return sum(isinstance(part, nodes.paragraph) for part in item.children) > 1


class _LineEnd(nodes.Inline, nodes.Element):
    """Where a line of a poem, or of an address, ends."""


def _lines(block: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what the lines of a block hold, and the ends between them."""
    lines = list(block.findall(nodes.line))
    for number, line in enumerate(lines):
        if number:
            yield _LineEnd()
        yield from line.children


def _fence(content: str, language: str) -> Iterator[Token]:
    info = "" if language in {"default", "none"} else language
    # Of a block in MyST, the last line ends already.
    lines = content.removesuffix("\n") + "\n"
    yield Token("fence", "code", 0, content=lines, info=info, markup="```")


def _copies(node: nodes.Node) -> list[nodes.Node]:
    return [child.deepcopy() for child in node.children]


def _name(node: nodes.Node) -> str:
    return type(node).__name__.replace("_", " ")


def _title(node: nodes.Node) -> nodes.title:
    return nodes.title("", _name(node).capitalize())


def _lost_inline(node: nodes.Node) -> str:
    if isinstance(node, nodes.image):
        return "an image becomes its alternative text"
    if isinstance(node, nodes.math):
        return "a formula stays as it is written"
    if isinstance(node, nodes.raw):
        return _RAW
    return f"of {_name(node)!r} the text stays"


def _rendered(tokens: list[Token]) -> str:
    options: dict[str, Any] = {"parser_extension": [], "mdformat": {"number": True}}
    return MDRenderer().render(tokens, options, {})
