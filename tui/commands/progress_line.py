"""One line on the terminal, written over and over, that shows the progress of long work."""

from __future__ import annotations

import os
import sys

from tui.text.clean import visible


def show_progress(*parts: str) -> None:
    """Show this instead of the last line, if standard error is a terminal. Without parts, clear the line."""
    if sys.stderr.isatty():
        # A line that wraps could not be written over; a terminal may not know its width.
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        sys.stderr.write(f"\r\x1b[K{visible(' · '.join(parts))[: columns - 1]}")
        sys.stderr.flush()
