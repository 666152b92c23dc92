"""Postil: read and annotate news articles in a terminal."""

__version__ = "0.1.0"
