"""Hints: probable translation errors, found by rules, each with its reason.

A detector reads a `Passage` and yields `Finding`s. To add a detector, write a module in `detectors` and add it
to `registry`.
"""

from __future__ import annotations

VERSION = "hints 3"
"""Stored in `Article.prepared_by`; hints of an earlier version are computed again. Raise it whenever a rule changes."""
