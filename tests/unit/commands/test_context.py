"""The context of a command: its parts are read when they are first used, and only once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tui.commands.context import CommonOptions, Context
from tui.commands.streams import Streams
from tui.settings import config
from tui.settings.config import Settings


def context_in(folder: Path, *, annotator: str = "ana") -> Context:
    return Context(CommonOptions(annotations=str(folder), annotator=annotator), Streams.standard())


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, object]]:
    """The options with which the settings were read, each time."""
    read, readings = config.read, list[Mapping[str, object]]()

    def counted(
        given: Mapping[str, str | bool | None], environment: Mapping[str, str], *, restricted: bool = False
    ) -> Settings:
        readings.append(given)
        return read(given, environment, restricted=restricted)

    monkeypatch.setattr(config, "read", counted)
    return readings


def test_settings_are_read_once(tmp_path: Path, readings: list[Mapping[str, object]]) -> None:
    context = context_in(tmp_path)
    assert readings == []
    assert context.workspace.annotator == context.annotator == "ana"
    assert context.workspace.folder == context.folder == tmp_path
    assert context.palette is context.workspace.palette
    assert context.keymap is context.workspace.keymap
    assert len(readings) == 1


def test_a_workspace_is_made_when_it_is_used(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    assert "workspace" not in vars(context)
    assert context.workspace is context.workspace


def test_another_annotator_has_a_context_of_their_own(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    other = context.named("ben")
    assert (context.annotator, other.annotator) == ("ana", "ben")
    assert other.folder == tmp_path


def test_what_another_context_refuses_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    context = context_in(tmp_path)
    store = context.named("ben").workspace.store
    assert not context.say_refused()
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "ana").symlink_to(tmp_path)
    assert store.annotated() == {}
    assert context.say_refused()
    assert str(tmp_path / "people" / "ana") in capsys.readouterr().err
