"""Splitting terminal input into keys, even if it arrives a few bytes at a time.

Most keys other than letters arrive as an escape sequence (ECMA-48, section 5.4; XTerm Control Sequences), and a
poor line may split it anywhere. Only time distinguishes the key `escape` from the start of a sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

ESCAPE = "\x1b"

LONE_ESCAPE = 0.3
"""Seconds after which a lone escape character counts as the key `escape`."""

LONE_ESCAPE_REMOTE = 0.5
"""The same for a remote terminal, as the line may delay what follows."""

SEQUENCE_TIMEOUT = 2.0
"""Seconds to wait for each further character of a sequence: no one types the start of one by hand."""

TYPING_INTERVAL = 0.05
"""Minimum seconds between two keys typed by a person; the characters of one key arrive closer together."""

PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"

_STRINGS = "]P^_X"
"""Characters that, after an escape character, begin a string, such as a terminal's answer to a query."""

_LONGEST = 4096
"""Maximum length of a sequence; longer ones are noise."""


class Sequences:
    """Splits a stream of characters into units: a character, a lone escape, a complete sequence or paste.

    `is_alt_bound(character)` is True if the key alt+character is in use. If it is not, and the characters came slowly
    enough to be typed, `escape` and the character are two keys. Times are seconds of any clock.
    """

    def __init__(self, is_alt_bound: Callable[[str], bool], lone_escape: float = LONE_ESCAPE) -> None:
        self._is_alt_bound = is_alt_bound
        self._lone_escape = lone_escape
        self._pending = ""
        self._since = 0.0
        self._paste: list[str] | None = None
        self._paste_tail = ""

    @property
    def deadline(self) -> float | None:
        """The time at which to call `expire` if no more input arrives."""
        if not self._pending:
            return None
        if self._pending == ESCAPE:
            return self._since + self._lone_escape
        return self._since + (TYPING_INTERVAL if self._may_begin_a_string else SEQUENCE_TIMEOUT)

    @property
    def _may_begin_a_string(self) -> bool:
        return len(self._pending) == 2 and self._pending[1] in _STRINGS

    def feed(self, text: str, now: float) -> Iterator[str]:
        """The units completed by this text, regardless of how long it waited to be read."""
        start = 0
        while start < len(text):
            if self._paste is not None:
                length, unit = self._pasted(text, start)
                start += length
                yield from unit
            elif not self._pending and text[start] != ESCAPE:
                yield text[start]
                start += 1
            else:
                yield from self._escaped(text[start], now)
                start += 1

    def hold(self, now: float) -> None:
        """Part of a character has arrived, so pending input is not complete yet."""
        self._since = now

    def expire(self, now: float) -> Iterator[str]:
        """The pending units, if they have waited long enough."""
        if (deadline := self.deadline) is not None and now >= deadline:
            yield from self._abandoned(now - self._since)

    # -- a sequence --------------------------------------------------------

    def _escaped(self, character: str, now: float) -> Iterator[str]:
        """Process the next character when a sequence is pending or begins."""
        waited, self._since = now - self._since, now
        if self._may_begin_a_string and waited >= TYPING_INTERVAL:
            yield from self._abandoned(waited)
            yield from self.feed(character, now)
        elif len(self._pending) > 2 and self._pending[1] in _STRINGS:
            yield from self._within_string(character, now)
        elif character == ESCAPE:
            yield from self._abandoned(waited)
            self._pending = ESCAPE
        elif self._pending == ESCAPE and not self._continues(character, waited):
            self._pending = ""
            yield from self._with_alt(character, waited)
        elif character < " ":
            # Sequences contain no control characters: this one is a separate key.
            self._pending = ""
            yield character
        else:
            self._pending += character
            yield from self._complete()

    def _continues(self, character: str, waited: float) -> bool:
        return character in "[O" or (character in _STRINGS and waited < TYPING_INTERVAL)

    def _complete(self) -> Iterator[str]:
        if _is_whole(self._pending):
            whole, self._pending = self._pending, ""
            if whole == PASTE:
                self._paste, self._paste_tail = [], ""
            else:
                yield whole
        elif len(self._pending) > _LONGEST:
            self._pending = ""

    def _within_string(self, character: str, now: float) -> Iterator[str]:
        """Skip a string, which ends with `ESC \\` or a bell. No answer that Postil waits for is a string."""
        if self._pending[-1] == ESCAPE:
            self._pending = ""
            if character != "\\":
                yield from self.feed(ESCAPE + character, now)
        elif character == "\a" or len(self._pending) > _LONGEST:
            self._pending = ""
        else:
            self._pending += character

    def _abandoned(self, waited: float) -> Iterator[str]:
        """The keys of an incomplete sequence, if a person may have typed them."""
        pending, self._pending = self._pending, ""
        if pending == ESCAPE:
            yield ESCAPE
        elif len(pending) == 2:
            yield from self._with_alt(pending[1], waited)

    def _with_alt(self, character: str, waited: float) -> Iterator[str]:
        if waited < TYPING_INTERVAL or self._is_alt_bound(character):
            yield ESCAPE + character
        else:
            yield ESCAPE
            yield character

    # -- a paste -----------------------------------------------------------

    def _pasted(self, text: str, start: int) -> tuple[int, list[str]]:
        """The number of characters of `text` from `start` that belong to the paste, and the paste if complete.

        Escape characters are removed from it: pasting enters only text.
        """
        assert self._paste is not None
        # The end sequence may be split too.
        window = self._paste_tail + text[start:]
        end = window.find(PASTE_END)
        if end < 0:
            self._paste.append(text[start:])
            self._paste_tail = window[-len(PASTE_END) + 1 :]
            return len(text) - start, []
        length = end + len(PASTE_END) - len(self._paste_tail)
        whole = "".join([*self._paste, text[start : start + length]])
        self._paste = None
        return length, [PASTE + whole[: -len(PASTE_END)].replace(ESCAPE, "") + PASTE_END]


def _is_whole(sequence: str) -> bool:
    """True if a sequence that begins with `ESC [` or `ESC O` is complete."""
    last = sequence[-1]
    if len(sequence) == 2:
        return False
    if sequence[1] == "O":
        return not (last.isdecimal() or last == ";")
    if sequence == "\x1b[[":
        # The first function keys of the Linux console have one more character.
        return False
    if sequence.startswith("\x1b[M"):
        # A mouse report with three more bytes.
        return len(sequence) == 6
    if last == "$":
        # Some shifted keys of rxvt; a terminal's answer to a mode query has more characters.
        return sequence[2:-1].isdecimal()
    return "@" <= last <= "~"
