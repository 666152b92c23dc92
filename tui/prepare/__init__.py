"""Preparing articles from files, in the calling process or in a worker process."""

from __future__ import annotations


class PreparationError(Exception):
    """A file, a list or a process cannot be used; `str()` is one line that says how to fix it."""
