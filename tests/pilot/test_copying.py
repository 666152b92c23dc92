"""Copying in the real app: what goes to the terminal, and what its own fields would paste."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.app import PostilApp
from tui.screens.copying import copy
from tui.workspace import Workspace


async def test_the_terminal_and_tmux_are_sent_the_text(
    tmp_path: Path, workspace_in: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    app = PostilApp(workspace_in(tmp_path / "annotations"), None)
    sent: list[str] = []
    async with app.run_test():
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", sent.append)
        told = copy(app, "Le mot\x1b[31m juste.")
    text = base64.b64encode(b"Le mot[31m juste.").decode()
    assert f"\x1b]52;c;{text}\x07" in sent
    assert f"\x1bPtmux;\x1b\x1b]52;c;{text}\x07\x1b\\" in sent
    assert app.clipboard == "Le mot[31m juste."
    assert told.startswith("copied 17 characters")
