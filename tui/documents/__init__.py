"""From the bytes of a file to the clean text of its articles: one module for each kind of file."""
