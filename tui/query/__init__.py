"""The language of `--where` and of the filters: from its text to a TinyDB query over articles and sentences."""
