project = "Handbook"
extensions = ["myst_parser", "sphinx_insurterms"]
