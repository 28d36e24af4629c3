from importlib.resources import files

project = "Broker portal"
extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_insurterms"]

# The package of terms.
insurterms_corpora = [files("handbook_terms") / "terms", "starter"]

# The handbook itself: its address for readers, and its inventory for builds.
intersphinx_mapping = {
    "handbook": ("../../handbook/en/", "../../out/handbook/en/objects.inv"),
}
