"""From bytes to clean text, its language, sentences and entities."""
