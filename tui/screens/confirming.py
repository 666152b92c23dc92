"""A question with yes and no, in the line of keys."""

from __future__ import annotations

from collections.abc import Callable


class Confirming:
    """Takes keys until one of them answers. `then` is called for yes."""

    line = None
    choices = (("y", "yes"), ("n", "no"))

    def __init__(self, asks: str, then: Callable[[], None]) -> None:
        self.asks = asks
        self._then = then

    def press(self, key: str, character: str | None) -> bool:
        """Take a key; True if the question is still open."""
        if key == "escape" or character in ("n", "N"):
            return False
        if character in ("y", "Y"):
            self._then()
            return False
        return True

    def paste(self, words: str) -> None:
        """Nothing: an answer is pressed."""
