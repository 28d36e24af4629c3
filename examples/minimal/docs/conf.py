project = "Handbook"
extensions = ["sphinx_insurterms"]
