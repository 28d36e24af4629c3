"""The documentation of sphinx-insurterms, which is its demonstration too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_insurterms import __version__
from sphinx_insurterms.checking.explaining import explanations
from sphinx_insurterms.checking.rules import RULES
from sphinx_insurterms.config import OPTIONS, PREFIX

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_insurterms.checking.rules import Rule

project = "sphinx-insurterms"
author = "the sphinx-insurterms authors"
project_copyright = f"2026, {author}"
version = release = __version__

extensions = ["myst_parser", "sphinx_insurterms"]
insurterms_pages = "glossary"

exclude_patterns = ["_build"]

# Translations: the pages by these catalogs, the terms by the corpora themselves.
locale_dirs = ["locale"]
gettext_location = False
gettext_uuid = False

html_theme = "furo"
html_title = f"{project} {version}"

# PDF: pages in one script quote others, so the fonts have to have them all.
latex_engine = "lualatex"


def set_up_arabic_pdf(_app: Sphinx, config: Config) -> None:
    """Let LaTeX write from right to left, which Sphinx leaves to packages that fail.

    With XeLaTeX `bidi` wants to be loaded after others, and is not; with LuaLaTeX
    `luabidi` takes code blocks apart (sphinx 9.0, TeX Live 2022).
    """
    if config.language == "ar":
        config.latex_elements = {
            "polyglossia": "",
            "babel": r"\usepackage[bidi=basic,provide=*]{babel}",
            "fontpkg": "".join(
                rf"\babelfont{{{family}}}{{{font}}}"
                for family, font in (
                    ("rm", "Amiri"),
                    ("sf", "Amiri"),
                    ("tt", "FreeMono"),
                )
            ),
        }


def list_rules(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Let the page of the rules go on with all of them, as the command explains them."""
    if docname == "rules":
        source[0] += "".join(map(described, RULES))


def described(rule: Rule) -> str:
    """Return a section about a rule, with an example that its test runs, too."""
    known = explanations()[rule.name]
    mends = " `--fix` mends it." if known.mends else ""
    examples = "".join(
        f"\n```{{code-block}} text\n:caption: '{caption}: {path}'\n\n{content.strip()}\n```\n"
        for caption, path, content in known.examples()
    )
    return (
        f"(rule-{rule.name})=\n## `{rule.name}`\n\n{known.says} *{rule.severity.word}*"
        f"\n\n{known.why}{mends}\n{examples}\n"
    )


def setup(app: Sphinx) -> None:
    """Register what depends on the language, which is known after this file is read."""
    app.connect("config-inited", set_up_arabic_pdf, priority=100)
    app.connect("source-read", list_rules)


# The reference shows the settings as the code declares them.
myst_enable_extensions = ["substitution"]
myst_substitutions = {
    "settings": "\n\n".join(
        f"```{{confval}} {PREFIX}{option.name}\n"
        f":type: {option.form}\n"
        f":default: `{option.default!r}`\n\n"
        f"{option.help}\n"
        "```"
        for option in OPTIONS
    )
}
