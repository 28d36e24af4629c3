"""The documentation of sphinx-insurterms, which is its demonstration too."""

from __future__ import annotations

from sphinx_insurterms import __version__
from sphinx_insurterms.config import OPTIONS, PREFIX

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
html_static_path = ["_static"]
html_css_files = ["languages.css"]
templates_path = ["_templates"]
# What furo has, and the links to the other languages below the name.
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_context = {"languages": {"en": "English", "nb": "Norsk", "ar": "العربية"}}

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
