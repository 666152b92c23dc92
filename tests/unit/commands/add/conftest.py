from __future__ import annotations

from functools import partial

import pytest

from tui.commands.add import command
from tui.prepare import pipeline


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, without a model and without hints: that is fast, and the messages are the same."""
    monkeypatch.setattr(command, "read_articles", pipeline.read_articles)
    monkeypatch.setattr(command, "add_entities", partial(pipeline.add_entities, model=None))
    monkeypatch.setattr(command, "add_hints", lambda article, *_, **__: article)
