"""How are all languages of a documentation built?  By Sphinx's own program, side by side."""
