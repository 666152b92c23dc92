"""A folder of an open article is replaced by a symbolic link: the screen never says that the work is saved there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.resources import sample
from tui.store.disk import CAN_HOLD
from tui.store.library import Library
from tui.workspace import Workspace

pytestmark = pytest.mark.skipif(not CAN_HOLD, reason="this system looks names up by path only")


@pytest.mark.parametrize("name", ["people/ana", "people"])
@pytest.mark.parametrize("before", ["", "f"], ids=["before the first key", "between two keys"])
def test_a_link_is_said_and_work_goes_on_when_the_folder_is_back(
    start: Callable[..., Terminal],
    workspace_in: Callable[..., Workspace],
    tmp_path: Path,
    name: str,
    before: str,
) -> None:
    annotations, elsewhere = tmp_path / "annotations", tmp_path / "elsewhere"
    (elsewhere / "ana").mkdir(parents=True)
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    if before:
        terminal.send(before)
        terminal.wait_for(lambda screen: "1/41 decided" in screen and "saved ✓" in screen)
    path = annotations / name
    away = path.rename(path.with_name("away"))
    path.symlink_to(elsewhere if name == "people" else elsewhere / "ana")
    terminal.send("oq")
    decided = len(before) + 2
    terminal.wait_for(lambda screen: f"{decided}/41 decided" in screen and "NOT SAVED" in screen)
    assert [found.name for found in elsewhere.rglob("*")] == ["ana"]
    path.unlink()
    away.rename(path)
    terminal.send("j")
    terminal.wait_for("saved ✓")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0
    [article] = Library(annotations).ids()
    said = workspace_in(annotations).store.load(article, "ana").annotations
    tags = [said[start].tags for start in sorted(said)]
    assert tags == [*([("fact",)] if before else []), ("opinion",), ("quote",)]
    assert [found.name for found in elsewhere.rglob("*")] == ["ana"]
