project = "Home insurance"
extensions = ["myst_parser", "sphinx_insurterms"]
insurterms_pages = "glossary"
