"""Which snippets does a page of the documentation have?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"

_DIRECTIVE = re.compile(r"\{(?P<name>[\w-]+)\}\s*(?P<argument>.*)")
_OPTION = re.compile(r":(?P<key>[\w-]+):\s*(?P<value>.*)")
_NAMED = re.compile(r"(?:#|\.\.|<!--) (?P<path>[\w/.-]+\.\w+)(?:[;,].*| -->)?\n")
"""A first line that says which file this is, where Markdown knows no captions."""

_CODE = ("code-block", "code", "sourcecode", "literalinclude")
_MADE_OF_MARKDOWN = ("figure", "note", "tip", "warning", "admonition", "tab-item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """One block of code, as a page shows it."""

    place: str
    """``page:line``, for whoever has to mend it."""

    language: str
    text: str
    caption: str = ""
    """The file that it is, or that it is a part of."""

    use: str = ""
    """``added`` at the end of the file, ``part`` of what the file has to hold by now."""


def pages() -> list[str]:
    """Return the pages that have snippets, without their suffix, README among them."""
    made = ("_build", "glossary", "terms", "examples", "locale")
    names = (
        path.relative_to(DOCS).with_suffix("").as_posix()
        for path in DOCS.rglob("*.md")
        if path.relative_to(DOCS).parts[0] not in made
    )
    return sorted(
        name for name in ("README", *names) if "```" in _path(name).read_text("utf-8")
    )


def _path(page: str) -> Path:
    return ROOT / "README.md" if page == "README" else DOCS / f"{page}.md"


def snippets(page: str) -> Iterator[Snippet]:
    """Yield the snippets of a page in the order in which a reader meets them."""
    yield from snippets_in(_path(page), page)


def snippets_in(path: Path, name: str) -> Iterator[Snippet]:
    """Yield the snippets of a file; a place says *name* for it."""
    yield from _snippets(path.read_text("utf-8"), path, name, 0)


def _snippets(text: str, path: Path, page: str, before: int) -> Iterator[Snippet]:
    for token in MarkdownIt().parse(text):
        line = before + (token.map[0] + 1 if token.map else 0)
        if token.type not in {"fence", "code_block"}:
            continue
        directive = _DIRECTIVE.fullmatch(token.info.strip())
        if directive is None:
            named = _NAMED.match(token.content)
            yield Snippet(
                place=f"{page}:{line}",
                language=token.info.strip(),
                text=token.content,
                caption=named["path"] if named else "",
            )
        elif directive["name"] in _CODE:
            yield _directive(directive, token.content, path, f"{page}:{line}")
        elif directive["name"] in _MADE_OF_MARKDOWN:
            yield from _snippets(token.content, path, page, line)


def _directive(
    directive: re.Match[str], content: str, path: Path, place: str
) -> Snippet:
    lines = content.splitlines(keepends=True)
    options: dict[str, str] = {}
    while lines and (option := _OPTION.fullmatch(lines[0].strip())):
        options[option["key"]] = option["value"].strip("'\"")
        del lines[0]
    argument, language = directive["argument"].strip(), options.get("language", "")
    if directive["name"] == "literalinclude":
        text = (path.parent / argument).read_text("utf-8")
    else:
        text, language = "".join(lines).lstrip("\n"), argument
    return Snippet(
        place=place,
        language=language,
        text=text,
        caption=options.get("caption", "").replace("\\", ""),  # of `__init__.py`
        use=options.get("class", ""),
    )
