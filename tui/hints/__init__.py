"""What machines can point at by rule: probable errors of a translation, each with its reason.

A detector reads a `Passage` and tells what it found. To add one, write its module in `detectors` and name
it in `registry`.
"""

from __future__ import annotations

VERSION = "hints 2"
"""In `Article.prepared_by`: what an earlier version found is looked for anew. Raise it with any change of a rule."""
