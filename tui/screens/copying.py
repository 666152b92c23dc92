"""Copying to the clipboard of the user's terminal, also over SSH.

By the escape sequence OSC 52 (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html), which many terminals obey,
some only if set up for it, and which none answers. If a terminal is known not to obey, the text goes to a file too.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tui.text.plurals import counted

if TYPE_CHECKING:
    from tui.app_base import AppBase

MOST_BYTES = 74_994
"""Of UTF-8: 100,000 in base64, the longest sequence that common terminals take."""

_MOST_IN_SCREEN = 252
"""Bytes of one string that every GNU screen passes on; older ones take 256, with the bytes around it."""

_ACTS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONSOLES = {"linux", "cons25", "vt100", "vt102", "vt220", "ansi"}


def copy(app: AppBase, text: str) -> str:
    """Put text on the clipboard, without what could act on where it is pasted; what to tell about it in a line."""
    text = cleaned(text)
    size = len(text.encode())
    if not text:
        return "nothing to copy"
    if size <= MOST_BYTES:
        # Textual's own clipboard, from which its fields paste, and the plain sequence.
        app.copy_to_clipboard(text)
        wrapped = through_multiplexer(text, os.environ)
        if wrapped and app._driver is not None:  # pyright: ignore[reportPrivateUsage]
            app._driver.write(wrapped)  # pyright: ignore[reportPrivateUsage]
        if not is_known_to_refuse(os.environ):
            return f"copied {_count(text)}{_hint(os.environ)}"
    if app.workspace.restricted:
        too_long = f"too long to copy: {size:,} bytes, and a terminal takes {MOST_BYTES:,}"
        return too_long if size > MOST_BYTES else f"copied {_count(text)}, if this terminal supports copying"
    try:
        path = _keep(text)
    except OSError as error:
        return f"not copied, and not written to a file either: {error.strerror or error}"
    return f"copied {_count(text)} to {path}: this terminal may not support copying"


def cleaned(text: str) -> str:
    """Text without control characters, direction overrides and hidden characters; newlines stay."""
    one_way = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _ACTS.sub("", one_way)


def through_multiplexer(text: str, environment: Mapping[str, str]) -> str:
    """The sequence as tmux or GNU screen hand it through to the terminal; empty where there is neither.

    tmux passes on the plain sequence with `set-clipboard on`, this one with `allow-passthrough on`.
    """
    sequence = f"\x1b]52;c;{b64encode(text.encode()).decode()}\a"
    if _in_tmux(environment):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if environment.get("STY"):
        # Each string is passed on without the bytes around it, so that they join again.
        pieces = [sequence[at : at + _MOST_IN_SCREEN] for at in range(0, len(sequence), _MOST_IN_SCREEN)]
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return ""


def is_known_to_refuse(environment: Mapping[str, str]) -> bool:
    """Consoles, Apple's Terminal and what is made with VTE, such as GNOME Terminal; tmux hides its terminal."""
    if _in_tmux(environment):
        return False
    return (
        environment.get("TERM", "") in _CONSOLES
        or environment.get("TERM_PROGRAM") == "Apple_Terminal"
        or "VTE_VERSION" in environment
    )


def _in_tmux(environment: Mapping[str, str]) -> bool:
    return "TMUX" in environment or environment.get("TERM", "").startswith("tmux")


def _hint(environment: Mapping[str, str]) -> str:
    return " (in tmux this needs: set -s set-clipboard on)" if _in_tmux(environment) else ""


def _count(text: str) -> str:
    return counted(len(text), "character")


def _keep(text: str) -> Path:
    """Write a file that only its owner may read, in place of the one before. Raises OSError."""
    from platformdirs import user_state_path

    path = user_state_path("postil", appauthor=False) / "copied.txt"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path
