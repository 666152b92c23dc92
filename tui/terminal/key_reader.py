"""Turning the bytes that a terminal sends into Textual's events."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Collection, Iterable, Iterator

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.terminal.latency_probe import ANSWER
from tui.terminal.sequences import ESCAPE, LONE_ESCAPE, Sequences


class Answered(Message):
    """The terminal's answer to a question, sent after it has drawn everything before."""


class KeyReader:
    """Assembles keys from bytes, even if these arrive split. Times are seconds of any clock."""

    def __init__(self, bound: Collection[str], lone_escape: float = LONE_ESCAPE) -> None:
        """`bound` contains the names of the keys in use; `lone_escape` is as in `Sequences`."""
        self._bound = bound
        self._sequences = Sequences(self._is_alt_bound, lone_escape)
        self._parser = _Parser()
        # Invalid UTF-8 comes from a terminal with another encoding; it is ignored.
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode

    @property
    def deadline(self) -> float | None:
        """The time at which to call `expire` if no more input arrives."""
        return self._sequences.deadline

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """The events completed by this input."""
        text = self._decode(data)
        if not text:
            self._sequences.hold(now)
        yield from self._events(self._sequences.feed(text, now))

    def expire(self, now: float) -> Iterator[Message]:
        """The key `escape`, if its character has been alone for long enough."""
        yield from self._events(self._sequences.expire(now))

    def _events(self, units: Iterable[str]) -> Iterator[Message]:
        for unit in units:
            yield from self._parser.unit(unit)

    def _is_alt_bound(self, character: str) -> bool:
        keys = (message for message in _Parser().unit(ESCAPE + character) if isinstance(message, events.Key))
        return any(key.key in self._bound for key in keys)


class _Parser(XTermParser):
    """Textual's parser. It gets only complete units, so that its own timeout never applies."""

    def unit(self, unit: str) -> Iterator[Message]:
        """The events of a character, a lone escape, a complete sequence or a complete paste.

        An unknown sequence gives no events: its characters are not keys.
        """
        if unit == ANSWER:
            yield Answered()
        elif unit == ESCAPE:
            yield events.Key("escape", ESCAPE)
        elif len(unit) == 2 and unit not in ANSI_SEQUENCES_KEYS:
            yield events.Key(f"alt+{self._named(unit[1])}", None)
        elif unit != "\ufffd":
            yield from self.feed(unit)
            self._forget()

    def _named(self, character: str) -> str:
        name = next((event.key for event in self._sequence_to_key_events(character)), character)
        return f"shift+{name.lower()}" if len(name) == 1 and name.isupper() else name

    def _forget(self) -> None:
        """Discard an unknown sequence, which the parser would otherwise emit character by character."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            for _ in self.tick():
                pass
