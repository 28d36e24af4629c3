"""The terms of the handbook: the folder ``terms`` is a corpus."""
