"""Wrong use of the command line, and an output that the reader has closed."""

from __future__ import annotations

import os
import sys


class UsageError(Exception):
    """Wrong use; `str()` is one line that says how to fix it."""


def discard_output() -> None:
    """Send the rest of standard output to nowhere, so that the closed pipe causes no second error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
