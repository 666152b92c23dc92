"""Where one key ends and the next begins, in what a terminal sends a few bytes at a time.

Most keys but letters arrive as an escape character and more (ECMA-48, section 5.4; XTerm Control Sequences), and a
poor line may tear these apart anywhere. Only the clock tells the key `escape` from the beginning of such a sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

ESCAPE = "\x1b"

LONE_ESCAPE = 0.3
"""Seconds after which an escape character was the key `escape`."""

LONE_ESCAPE_FAR = 0.5
"""The same where the terminal is at the other end of a line, which may hold up what follows."""

UNDER_WAY = 2.0
"""Seconds that each further character of a sequence may take: nobody types the beginning of one by hand."""

BY_HAND = 0.05
"""Seconds between two keys that somebody types, at least; what a terminal sends for one key is closer together."""

PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"

_STRINGS = "]P^_X"
"""What follows an escape character where a string begins, such as a terminal's answer to a question."""

_LONGEST = 4096
"""Characters of a sequence; longer ones are noise."""


class Sequences:
    """Cuts a stream of characters into units: a character, an escape alone, a whole sequence, a whole paste.

    `alt_means(character)` tells whether the key alt+character does something. Where it does nothing, and somebody
    was slow enough to have typed them, `escape` and the character are two keys. Times are seconds of any clock.
    """

    def __init__(self, alt_means: Callable[[str], bool], lone_escape: float = LONE_ESCAPE) -> None:
        self._alt_means = alt_means
        self._lone_escape = lone_escape
        self._pending = ""
        self._since = 0.0
        self._paste: list[str] | None = None
        self._paste_tail = ""

    @property
    def deadline(self) -> float | None:
        """When to call `expire` if nothing more comes."""
        if not self._pending:
            return None
        if self._pending == ESCAPE:
            return self._since + self._lone_escape
        return self._since + (BY_HAND if self._may_begin_a_string else UNDER_WAY)

    @property
    def _may_begin_a_string(self) -> bool:
        return len(self._pending) == 2 and self._pending[1] in _STRINGS

    def feed(self, text: str, now: float) -> Iterator[str]:
        """The units that are whole with this, however long it has waited to be read."""
        start = 0
        while start < len(text):
            if self._paste is not None:
                taken, unit = self._pasted(text, start)
                start += taken
                yield from unit
            elif not self._pending and text[start] != ESCAPE:
                yield text[start]
                start += 1
            else:
                yield from self._escaped(text[start], now)
                start += 1

    def hold(self, now: float) -> None:
        """A part of a character has come, so that what is pending goes on."""
        self._since = now

    def expire(self, now: float) -> Iterator[str]:
        """What is pending, once it has waited long enough."""
        if (deadline := self.deadline) is not None and now >= deadline:
            yield from self._broken_off(now - self._since)

    # -- a sequence --------------------------------------------------------

    def _escaped(self, character: str, now: float) -> Iterator[str]:
        """The next character where a sequence is under way, or begins."""
        waited, self._since = now - self._since, now
        if self._may_begin_a_string and waited >= BY_HAND:
            yield from self._broken_off(waited)
            yield from self.feed(character, now)
        elif len(self._pending) > 2 and self._pending[1] in _STRINGS:
            yield from self._within_string(character, now)
        elif character == ESCAPE:
            yield from self._broken_off(waited)
            self._pending = ESCAPE
        elif self._pending == ESCAPE and not self._goes_on(character, waited):
            self._pending = ""
            yield from self._with_alt(character, waited)
        elif character < " ":
            # No sequence holds a control character: this one is a key of its own.
            self._pending = ""
            yield character
        else:
            self._pending += character
            yield from self._taken_if_whole()

    def _goes_on(self, character: str, waited: float) -> bool:
        return character in "[O" or (character in _STRINGS and waited < BY_HAND)

    def _taken_if_whole(self) -> Iterator[str]:
        if _is_whole(self._pending):
            whole, self._pending = self._pending, ""
            if whole == PASTE:
                self._paste, self._paste_tail = [], ""
            else:
                yield whole
        elif len(self._pending) > _LONGEST:
            self._pending = ""

    def _within_string(self, character: str, now: float) -> Iterator[str]:
        """A string ends with `ESC \\` or a bell. Nothing that Postil asks is answered with one."""
        if self._pending[-1] == ESCAPE:
            self._pending = ""
            if character != "\\":
                yield from self.feed(ESCAPE + character, now)
        elif character == "\a" or len(self._pending) > _LONGEST:
            self._pending = ""
        else:
            self._pending += character

    def _broken_off(self, waited: float) -> Iterator[str]:
        """What is pending and will never be whole, if anybody may have typed it."""
        pending, self._pending = self._pending, ""
        if pending == ESCAPE:
            yield ESCAPE
        elif len(pending) == 2:
            yield from self._with_alt(pending[1], waited)

    def _with_alt(self, character: str, waited: float) -> Iterator[str]:
        if waited < BY_HAND or self._alt_means(character):
            yield ESCAPE + character
        else:
            yield ESCAPE
            yield character

    # -- a paste -----------------------------------------------------------

    def _pasted(self, text: str, start: int) -> tuple[int, list[str]]:
        """How many characters of `text` from `start` belong to the paste, and the paste if it is whole.

        It loses its escape characters: what is pasted types nothing but text.
        """
        assert self._paste is not None
        # The end may be torn apart too.
        window = self._paste_tail + text[start:]
        found = window.find(PASTE_END)
        if found < 0:
            self._paste.append(text[start:])
            self._paste_tail = window[-len(PASTE_END) + 1 :]
            return len(text) - start, []
        taken = found + len(PASTE_END) - len(self._paste_tail)
        whole = "".join([*self._paste, text[start : start + taken]])
        self._paste = None
        return taken, [PASTE + whole[: -len(PASTE_END)].replace(ESCAPE, "") + PASTE_END]


def _is_whole(sequence: str) -> bool:
    """Of a sequence that begins with `ESC [` or `ESC O`."""
    last = sequence[-1]
    if len(sequence) == 2:
        return False
    if sequence[1] == "O":
        return not (last.isdecimal() or last == ";")
    if sequence == "\x1b[[":
        # The first function keys of the Linux console have one more.
        return False
    if sequence.startswith("\x1b[M"):
        # A mouse that tells its place in three bytes.
        return len(sequence) == 6
    if last == "$":
        # Some keys with shift of rxvt; in a terminal's answer to a question about modes more follows.
        return sequence[2:-1].isdecimal()
    return "@" <= last <= "~"
