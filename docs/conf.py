"""The documentation of sphinx-insurterms, which is its demonstration too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_insurterms import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

sys.path.insert(0, str(Path(__file__).parent))

project = "sphinx-insurterms"
author = "the sphinx-insurterms authors"
project_copyright = f"2026, {author}"
version = release = __version__

extensions = ["myst_parser", "sphinx_insurterms", "_pictures", "_reference"]
myst_enable_extensions = ["fieldlist"]
insurterms_pages = "glossary"

exclude_patterns = ["_build"]

# Python's own documentation has it; no build asks other servers.
nitpick_ignore = [("py:class", "Path"), ("py:class", "pathlib.Path")]

# Translations: the pages by these catalogs, the terms by the corpora themselves.
locale_dirs = ["locale"]
gettext_compact = False
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


def setup(app: Sphinx) -> None:
    """Register what depends on the language, which is known after this file is read."""
    app.connect("config-inited", set_up_arabic_pdf, priority=100)
