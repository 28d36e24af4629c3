project = "Handbook"
extensions = ["myst_parser"]
