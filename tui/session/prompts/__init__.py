"""Questions that are answered by single keys: words to point at, categories, entities."""
