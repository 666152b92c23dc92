"""Copying: what is sent to which terminal, what never is, and where the text lies if none takes it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app import PostilApp
from tui.screens.copying import MOST_BYTES, cleaned, copy, is_known_to_refuse, through_multiplexer

SEQUENCE = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


class Sent:
    """Stands for an app, and keeps what is sent to its terminal."""

    def __init__(self, *, restricted: bool) -> None:
        self.bytes = ""
        self.workspace = SimpleNamespace(restricted=restricted)
        self._driver = SimpleNamespace(write=self._write)

    def _write(self, data: str) -> None:
        self.bytes += data

    def copy_to_clipboard(self, text: str) -> None:
        self._write(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[str, str]]:
    """What is told and what is sent, in a terminal with this environment."""

    def run(text: str, *, restricted: bool = False, **environment: str) -> tuple[str, str]:
        for name in ("TMUX", "STY", "TERM", "TERM_PROGRAM", "VTE_VERSION"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        monkeypatch.setenv("HOME", str(tmp_path))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        app = Sent(restricted=restricted)
        return copy(cast(PostilApp, app), text), app.bytes

    return run


def copied(sequence: str) -> str:
    found = SEQUENCE.fullmatch(sequence)
    assert found
    return base64.b64decode(found[1]).decode()


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("copied.txt") if path.is_file()]


def test_a_terminal_gets_one_sequence(sent, tmp_path: Path) -> None:
    told, data = sent("Musk a dit « non ».", TERM="xterm-256color")
    assert told == "copied 19 characters"
    assert copied(data) == "Musk a dit « non »."
    assert kept(tmp_path) == []


def test_tmux_gets_it_plain_and_wrapped(sent) -> None:
    told, data = sent("mot", TERM="screen-256color", TMUX="/tmp/tmux-0/default,1,0")
    plain, wrapped = data.split("\x1bPtmux;")
    assert copied(plain) == "mot"
    assert wrapped.endswith("\x1b\\")
    assert copied(wrapped.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == "mot"
    assert "set -s set-clipboard on" in told


@pytest.mark.parametrize("length", [1, 100, 185, 186, 187, 2000])
def test_screen_gets_strings_that_it_can_hold(length: int) -> None:
    text = "é" * length
    wrapped = through_multiplexer(text, {"STY": "1234.pts-0.host", "TERM": "screen"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == wrapped
    assert max(map(len, pieces)) <= 252
    assert copied("".join(pieces)) == text


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "linux"},
        {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"},
        {"VTE_VERSION": "7600"},
    ],
    ids=str,
)
def test_where_a_terminal_is_known_to_refuse_a_file_holds_it_too(sent, tmp_path: Path, environment) -> None:
    sent("un mot avant", **environment)
    told, data = sent("mot", **environment)
    [path] = kept(tmp_path)
    assert path.read_text(encoding="utf-8") == "mot"
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path) in told
    assert copied(data) == "mot"


def test_a_link_in_the_files_place_is_not_followed(sent, tmp_path: Path) -> None:
    sent("mot", TERM="linux")
    [path] = kept(tmp_path)
    path.unlink()
    (tmp_path / "precious").write_text("all")
    path.symlink_to(tmp_path / "precious")
    sent("mot", TERM="linux")
    assert (tmp_path / "precious").read_text() == "all"
    assert not path.is_symlink()


def test_restricted_writes_no_file(sent, tmp_path: Path) -> None:
    told, data = sent("mot", restricted=True, TERM="linux")
    assert "if this terminal supports copying" in told
    assert copied(data) == "mot"
    told, data = sent("x" * (MOST_BYTES + 1), restricted=True, TERM="xterm")
    assert told.startswith("too long to copy")
    assert data == ""
    assert kept(tmp_path) == []


def test_what_is_too_long_for_a_terminal_goes_to_the_file(sent, tmp_path: Path) -> None:
    assert copied(sent("x" * MOST_BYTES, TERM="xterm")[1]) == "x" * MOST_BYTES
    told, data = sent("x" * (MOST_BYTES + 1), TERM="xterm")
    assert data == ""
    assert kept(tmp_path)[0].stat().st_size == MOST_BYTES + 1
    assert "copied.txt" in told


def test_a_file_that_cannot_be_written_is_told(sent, tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    assert "not copied" in sent("mot", TERM="linux")[0]


def test_nothing_is_not_copied(sent) -> None:
    assert sent("\x1b\u202e") == ("nothing to copy", "")


def test_what_could_act_where_it_is_pasted_is_left_out() -> None:
    hostile = "a\x1b[201~\x00b\r\nc\td\u202e\u2066e\x9b31mf\ud800"
    assert cleaned(hostile) == "a[201~b\nc de31mf"
    harmless = "l’été\u00a0! 👩\u200d👩\u200d👧 می\u200cخواهم \u200fעברית\u200e e\u0301"
    assert cleaned(harmless) == harmless


@given(st.text(max_size=400))
def test_only_base64_goes_to_the_terminal(text: str) -> None:
    for environment in ({"TMUX": "x"}, {"STY": "x"}, {}):
        wrapped = through_multiplexer(cleaned(text), environment)
        bare = re.sub(r"\x1bPtmux;\x1b|\x1bP|\x1b\\", "", wrapped)
        assert wrapped == "" or SEQUENCE.fullmatch(bare)


def test_tmux_over_any_terminal_is_not_known_to_refuse() -> None:
    assert not is_known_to_refuse({"TMUX": "x", "VTE_VERSION": "7600"})
    assert not is_known_to_refuse({"TERM": "xterm-kitty"})
