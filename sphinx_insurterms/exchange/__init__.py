"""In which other forms does a corpus travel?  One module for each."""
