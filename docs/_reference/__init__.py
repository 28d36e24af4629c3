"""Pages of the reference: what the code says of itself is never written twice.

A page has a line such as `% from the code: settings` where what the function of that
name in `MADE` returns is to stand, in MyST.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from _reference import commands, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

MADE: dict[str, Callable[[], str]] = {
    "settings": tables.settings,
    "options of insurterm": tables.entry_options,
    "options of insurterm-glossary": tables.glossary_options,
    "insurterms.toml": tables.manifest,
    "front matter": tables.front_matter,
    "rules": tables.rules,
    "warnings": tables.warnings,
    "commands": commands.commands,
    "classes": tables.classes,
    "anchors": tables.anchors,
    "custom properties": tables.properties,
}
_LINE = re.compile(r"^% from the code: (.+)$", re.MULTILINE)


def fill(_app: Sphinx, _docname: str, source: list[str]) -> None:
    """Put what the code says into a page.

    :raises KeyError: if a page asks for what there is not.
    """
    source[0] = _LINE.sub(lambda line: MADE[line[1]](), source[0])


class LeaveCode(SphinxTransform):
    """Keep from translators what is nothing but code, or the name of a file."""

    default_priority = 5  # before Sphinx looks for texts to translate (10)

    def apply(self, **_kwargs: Any) -> None:
        """Mark such texts."""
        for text in self.document.findall(nodes.TextElement):
            is_code = all(isinstance(child, nodes.literal) for child in text.children)
            if (text.children and is_code) or _is_file(text):
                text["translatable"] = False


def _is_file(text: nodes.TextElement) -> bool:
    """Tell whether *text* is the caption of a block of code: which file it is."""
    holder = text.parent
    return (
        isinstance(text, nodes.caption)
        and isinstance(holder, nodes.container)
        and "literal-block-wrapper" in holder["classes"]
    )


def hide_parameters(
    _app: Sphinx,
    what: str,
    name: str,
    _found: Any,
    _options: Any,
    signature: str | None,
    _returned: str | None,
) -> tuple[str, None] | None:
    """Leave out how values are made that a program is given, and never makes."""
    made = {"Corpus", "CorpusFolder"}
    is_given = what == "class" and name.rpartition(".")[2] not in made
    return ("", None) if is_given else None


def in_our_order(_app: Sphinx, config: Config) -> None:
    """Show Python's names as programs import them, in the order of the code."""
    config.autodoc_member_order = "bysource"
    config.add_module_names = False


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect all this."""
    said = "".join(make() for make in MADE.values())
    # Where the code says something else, the pages are read again.
    app.add_config_value("reference", sha256(said.encode()).hexdigest(), "env")
    app.connect("source-read", fill)
    app.add_transform(LeaveCode)
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("config-inited", in_our_order)
    app.connect("autodoc-process-signature", hide_parameters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
