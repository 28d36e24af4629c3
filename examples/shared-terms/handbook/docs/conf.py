project = "Handbook"
extensions = ["myst_parser", "sphinx_insurterms"]
insurterms_corpora = ["../../handbook-terms/handbook_terms/terms", "starter"]
insurterms_pages = "glossary"
