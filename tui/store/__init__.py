"""Keeping articles and annotations: whole on disk, or an error that says so."""
