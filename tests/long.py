"""Whether the tests run in their long form, as `make test-all` does: `POSTIL_LONG=1`."""

from __future__ import annotations

import os
from typing import TypeVar

Form = TypeVar("Form")

IS_LONG = os.environ.get("POSTIL_LONG") == "1"


def long_or_short(long: Form, short: Form) -> Form:
    """What a test marked `longer` uses: one thing in `make test-all`, another in `make test`."""
    return long if IS_LONG else short
