"""What the tables in the code say, as parts of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms import hooks
from sphinx_insurterms.checking.explaining import explanations
from sphinx_insurterms.checking.rules import RULES
from sphinx_insurterms.config import OPTIONS, PREFIX
from sphinx_insurterms.corpus.manifest import MANIFEST_KEYS, Manifest
from sphinx_insurterms.corpus.problems import WARNINGS
from sphinx_insurterms.corpus.readers.keys import FRONT_MATTER
from sphinx_insurterms.directives import ENTRY_OPTIONS, GLOSSARY_OPTIONS
from sphinx_insurterms.log import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_insurterms.checking.rules import Rule
    from sphinx_insurterms.directives import DirectiveOption
    from sphinx_insurterms.hooks import Hook


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: str) -> str:
    """Return *text* as code."""
    return f"`{text}`"


def settings() -> str:
    """Return what a project may set."""
    return "\n\n".join(
        # Not by options of `confval`: Sphinx gives these to no translator.
        f"```{{confval}} {PREFIX}{option.name}\n"
        f"{option.help}\n\n"
        f":Form: {option.form}\n"
        f":Default: `{option.default!r}`\n"
        "```"
        for option in OPTIONS
    )


def _options(options: Iterable[DirectiveOption]) -> str:
    rows = ([code(f":{one.name}:"), one.help] for one in options)
    return table(("Option", "Meaning"), rows)


def entry_options() -> str:
    """Return the options of `insurterm`."""
    return _options(ENTRY_OPTIONS)


def glossary_options() -> str:
    """Return the options of `insurterm-glossary`."""
    return _options(GLOSSARY_OPTIONS)


def manifest() -> str:
    """Return the keys of `insurterms.toml`."""
    rows = []
    for key in MANIFEST_KEYS:
        form = f"{key.form}, such as {code(key.example)}" if key.example else key.form
        default = getattr(Manifest(), key.name)
        words = default if isinstance(default, str) else ", ".join(default)
        rows.append((code(key.name), form, key.meaning, code(words) if words else ""))
    return table(("Key", "Form", "Meaning", "Default"), rows)


def front_matter() -> str:
    """Return the keys of front matter."""
    rows = ((code(key.name), key.form, key.meaning) for key in FRONT_MATTER)
    return table(("Key", "Form", "Meaning"), rows)


def warnings() -> str:
    """Return the names of warnings."""
    rows = ((code(f"{TYPE}.{name}"), says) for name, says in WARNINGS.items())
    return table(("Name", "Says"), rows)


def rules() -> str:
    """Return a section about each rule of the check, with an example that is tested."""
    return "\n".join(map(_rule, RULES))


def _rule(rule: Rule) -> str:
    known = explanations()[rule.name]
    parts = [
        f"(rule-{rule.name})=\n## `{rule.name}`",
        known.says,
        known.why,
        *(["`insurterms check --fix` mends it."] if known.mends else []),
        f":Severity: `{rule.severity.word}`",
    ]
    before = ""
    for caption, path, content in known.examples():
        if caption != before:
            parts.append(f"{caption}:")
        parts.append(
            f"```{{code-block}} text\n:caption: {path}\n\n{content.strip()}\n```"
        )
        before = caption
    return "\n\n".join(parts) + "\n"


def _hooks(found: Iterable[Hook]) -> str:
    rows = ((code(hook.name), hook.meaning) for hook in found)
    return table(("Name", "Meaning"), rows)


def classes() -> str:
    """Return the public classes."""
    return _hooks(hooks.CLASSES)


def anchors() -> str:
    """Return the public anchors."""
    return _hooks(hooks.ANCHORS)


def properties() -> str:
    """Return the public custom properties."""
    return _hooks(hooks.PROPERTIES)
