project = "Claims guide"
version = release = "1"
copyright = "the authors"
html_title = "Claims guide"
html_static_path = ["_static"]
html_css_files = ["site.css"]
if not tags.has("bare"):
    extensions = ["sphinx_insurterms"]
