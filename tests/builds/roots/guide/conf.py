project = "Claims guide"
version = release = "1"
copyright = "the authors"

extensions = ["sphinx_insurterms", "myst_parser"]
insurterms_pages = "terms"
