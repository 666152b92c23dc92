"""Every key's bytes, torn apart anywhere and slowly, are still that key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE
from textual.message import Message

from tui.settings.actions import actions
from tui.settings.keymap import load, names
from tui.settings.scheme_file import load as load_scheme
from tui.terminal.key_reader import KeyReader
from tui.terminal.sequences import LONE_ESCAPE, SEQUENCE_TIMEOUT, TYPING_INTERVAL

GAP = 0.2
"""Seconds between two bytes."""

ACTIONS = actions(load_scheme())
BOUND = {key for name in names() for keys in load(name, ACTIONS).keys.values() for key in keys}
OF_ALT = ["alt+x", "alt+shift+x", "alt+slash", "alt+é", "ctrl+w", "ctrl+left", "ctrl+right"]

KNOWN = [
    sequence
    for sequence, keys in ANSI_SEQUENCES_KEYS.items()
    # An escape character twice is twice the key; what has one in its middle is alt with a key that is there too.
    if keys is not IGNORE_SEQUENCE and "\x1b" not in sequence[1:] and len(sequence) > 2
]
KITTY = [
    "\x1b[27u",
    "\x1b[97u",
    "\x1b[97;;97u",
    "\x1b[97;5u",
    "\x1b[1;5A",
    "\x1b[3;2~",
    "\x1b[57425;1u",
    "\x1b[233;;233u",
]
MODIFIED = ["\x1b[27;5;9~", "\x1b[27;6;106~"]
LETTERS = ["é", "ß", "你", "🦊", "e\u0301", "A", " ", "\t", "\r", "\x7f", "\x11"]
TEXT = ["\x1b[200~", "un texte\ncollé 🦊", "\x1b[201~"]


class Line:
    """Keys over a line with a clock of its own."""

    def __init__(self, *bound: str) -> None:
        self.keys = KeyReader(bound)
        self.now = 100.0
        self.messages: list[Message] = []

    def send(self, data: bytes, gap: float = 0.0) -> None:
        """Bytes that arrive `gap` seconds after those before."""
        self.wait(gap)
        self.messages += self.keys.feed(data, self.now)

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while (deadline := self.keys.deadline) is not None and deadline <= until:
            self.now = deadline
            self.messages += self.keys.expire(self.now)
        self.now = until

    @property
    def heard(self) -> list[str]:
        return [told(message) for message in self.messages]


def told(message: Message) -> str:
    if isinstance(message, events.Key):
        return message.key
    if isinstance(message, events.Paste):
        return f"paste {message.text!r}"
    return type(message).__name__


def at_once(text: str, *bound: str) -> list[str]:
    line = Line(*bound)
    line.send(text.encode())
    line.wait(10)
    return line.heard


def slowly(text: str, *bound: str, gap: float = GAP) -> list[str]:
    line = Line(*bound)
    for byte in text.encode():
        line.send(bytes([byte]), gap)
    line.wait(10)
    return line.heard


@pytest.mark.parametrize("sequence", [*KNOWN, *KITTY, *MODIFIED, *LETTERS, "".join(TEXT)], ids=ascii)
def test_a_key_is_that_key_split_at_every_byte(sequence: str) -> None:
    whole = at_once(sequence)
    assert whole
    assert slowly(sequence) == whole
    data = sequence.encode()
    for place in range(1, len(data)):
        line = Line()
        line.send(data[:place])
        line.send(data[place:], GAP)
        line.wait(10)
        assert line.heard == whole


def test_every_key_of_every_keymap_has_been_tried() -> None:
    tried = {key for sequence in [*KNOWN, *KITTY] for key in at_once(sequence)}
    special = {key for key in BOUND if len(key) > 1 and not key.startswith("ctrl+")} - {"escape", "space"}
    assert special - tried - {key for one in "\t\r\x7f" for key in at_once(one)} == set()


@pytest.mark.parametrize("character", "x/éX\x7fbf")
def test_a_key_with_alt_that_does_something_is_that_key(character: str) -> None:
    whole = at_once(f"\x1b{character}")
    assert len(whole) == 1
    assert slowly(f"\x1b{character}", *OF_ALT) == whole


def test_a_key_with_alt_that_does_nothing_is_no_other_key_when_it_comes_at_once() -> None:
    assert at_once("\x1bx") == ["alt+x"]
    assert slowly("\x1bx", gap=TYPING_INTERVAL / 2) == ["alt+x"]


def test_escape_and_a_letter_typed_after_one_another_are_both_heard() -> None:
    line = Line()
    for byte in b"\x1b", b"f", b"\x1b", b"j", b"\x1b", b"]", b"j":
        line.send(byte, 0.1)
    assert line.heard == ["escape", "f", "escape", "j", "escape", "right_square_bracket", "j"]


def test_a_lone_escape_is_heard_in_decent_time() -> None:
    line = Line()
    line.send(b"\x1b")
    line.wait(LONE_ESCAPE)
    assert line.heard == ["escape"]


def test_what_waited_to_be_read_was_not_late() -> None:
    keys = KeyReader(BOUND)
    heard = [*keys.feed(b"\x1b", 0.0), *keys.feed(b"[A", 5.0)]
    assert [told(message) for message in heard] == ["up"]


def test_escape_twice_is_heard_twice() -> None:
    assert at_once("\x1b\x1b") == ["escape", "escape"]
    assert slowly("\x1b\x1b[A") == ["escape", "up"]


@pytest.mark.parametrize(
    "noise",
    [
        "\x1b[?62;1;4c",
        "\x1b[99;99;99X",
        "\x1b]11;rgb:1212/1515/1b1b\x1b\\",
        "\x1b]11;rgb:1212/1515/1b1b\x07",
        "\x1bP>|xterm(388)\x1b\\",
    ],
    ids=ascii,
)
def test_what_a_terminal_answers_types_nothing(noise: str) -> None:
    assert at_once(noise + "j") == ["j"]


def test_the_beginning_of_a_sequence_that_broke_off_types_nothing() -> None:
    line = Line()
    line.send(b"\x1b[1;")
    line.wait(SEQUENCE_TIMEOUT)
    line.send(b"j")
    assert line.heard == ["j"]


@pytest.mark.parametrize("beginning", ["\x1b[", "\x1bO"])
def test_brackets_and_letters_with_alt_are_heard_in_the_end(beginning: str) -> None:
    line = Line()
    line.send(beginning.encode())
    line.wait(SEQUENCE_TIMEOUT)
    line.send(b"j")
    assert len(line.heard) == 3
    assert line.heard[0] == "escape"


def test_a_paste_types_nothing_but_text() -> None:
    assert at_once("\x1b[200~a\x1b[201\x1bx\x1b[201~j") == ["paste 'a[201x'", "j"]


def test_bytes_that_are_no_text_type_nothing() -> None:
    line = Line()
    for byte in b"\xe9", b"j", b"\xff", b"\x1b", b"[", b"A":
        line.send(byte, GAP)
    assert line.heard == ["j", "up"]


pieces = st.sampled_from([*KNOWN, *KITTY, *LETTERS[:8], "".join(TEXT), "j", "f"])


@given(st.lists(pieces, min_size=1, max_size=8), st.data())
def test_keys_in_a_row_are_all_heard_wherever_the_line_tears_them(
    keys: list[str], data: st.DataObject
) -> None:
    sent = "".join(keys).encode()
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(sent) - 1)))))
    line = Line()
    for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
        line.send(sent[start:end], data.draw(st.sampled_from([0.0, 0.1, GAP])))
    line.wait(10)
    assert line.heard == [key for one in keys for key in at_once(one)]
