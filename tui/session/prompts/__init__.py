"""Prompts that are answered with single keys: words to point at, categories, entities."""
