"""What ctrl+c leaves of a command: one line that says what is kept."""

from __future__ import annotations

from collections.abc import Sequence

_NOTHING = "nothing was changed"
_ADDED = "whole articles that were added stay"

KEPT = {
    ("add", ""): f"{_ADDED}, run it again for the others",
    ("open", ""): f"{_ADDED}, no annotation was changed",
    ("show", ""): f"{_ADDED}, no annotation was changed",
    ("hints", ""): f"{_ADDED}, no annotation was changed",
    ("tag", ""): "tags that were saved stay: postil history lists them",
    ("export", ""): "a file is whole or as it was, run it again",
    ("report", ""): "a file is whole or as it was, run it again",
    ("agreement", "--redo"): "answers that you gave stay, run it again for the others",
    ("publish", ""): "either everything was published or nothing, run it again",
    ("scheme", "--apply"): "articles that were moved stay so, run it again for the others",
    ("verify", "--repair"): "what was repaired stays so, run it again for the others",
    ("config", "--init"): "the file is whole or missing, run it again",
}
"""What is kept, by command and by the option that makes it change something."""


def message(command: str, words: Sequence[str]) -> str:
    """The line for a command that was stopped, which is empty if none was read yet; `words` are its arguments."""
    kept = (KEPT[command, word] for word in ("", *words) if (command, word) in KEPT)
    return f"stopped: {next(kept, _NOTHING)}"
