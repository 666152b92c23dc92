"""Plain data: what an article and its annotations are. No input, no output."""
