"""A number and what it counts, as messages say it: `1 sentence`, `1,200 sentences`."""

from __future__ import annotations


def counted(number: float, singular: str, plural: str = "") -> str:
    """The number and, after it, `singular` if it is 1, else `plural`, which is `singular` with an s unless it is given.

    Both may go on with a verb: `counted(2, "step is", "steps are")`. Thousands are separated by commas.
    """
    shown = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{shown} {singular if number == 1 else plural or singular + 's'}"
