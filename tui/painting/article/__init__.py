"""The page of the article as it is painted: rows, blocks, styles, the part in view."""
