project = "Handbook"
extensions = ["myst_parser", "sphinx_insurterms"]
locale_dirs = ["locales"]
insurterms_pages = "glossary"
