"""On a full disk the real program keeps the work elsewhere: asked when it is quit, unasked when a signal ends it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.resources import sample
from tui.store.library import Library
from tui.workspace import Workspace

CHECKOUT = Path(__file__).parent.parent.parent


@pytest.fixture
def stuck(tmp_path: Path) -> Iterator[Terminal]:
    """A reader with one tag on disk and two that are not, since the disk is full."""
    annotations = tmp_path / "annotations"
    command = [sys.executable, "-m", "tests.pty.on_a_full_disk", "open", str(sample())]
    command += ["--annotator", "ana", "--annotations", str(annotations)]
    terminal = Terminal(command, folder=CHECKOUT, environment={"XDG_DATA_HOME": str(tmp_path / "data")})
    try:
        terminal.wait_for("0/41 decided")
        terminal.send("f")
        terminal.wait_for(lambda screen: "1/41 decided" in screen and "saved ✓" in screen)
        (annotations / "full").touch()
        terminal.send("oq")
        terminal.wait_for(lambda screen: "3/41 decided" in screen and "NOT SAVED" in screen)
        yield terminal
    finally:
        terminal.close()


@pytest.fixture
def stored(tmp_path: Path, workspace_in: Callable[..., Workspace]) -> Callable[[str], list[tuple[str, ...]]]:
    """The tags that lie in a folder, in the order of the sentences."""

    def tags(name: str) -> list[tuple[str, ...]]:
        [article] = Library(tmp_path / name).ids()
        said = workspace_in(tmp_path / name).store.load(article, "ana").annotations
        return [said[start].tags for start in sorted(said)]

    return tags


RESCUED = [("fact",), ("opinion",), ("quote",)]


def test_quitting_offers_a_copy_and_the_shell_is_told_where_it_lies(
    stuck: Terminal, stored: Callable[[str], object], tmp_path: Path
) -> None:
    stuck.send("\x11")
    stuck.wait_for("2 steps in memory only")
    stuck.send("\x7f" * len("rescued") + "kept here\r")
    assert stuck.wait_for_end() == 0
    assert stored("data/postil/kept here") == RESCUED
    assert stored("annotations") == RESCUED[:1]
    shown = bytes(stuck.raw).rpartition(b"\x1b[?1049l")[2].decode()
    assert f"--annotations '{tmp_path}/data/postil/kept here' --annotator ana" in " ".join(shown.split())


def test_leaving_without_is_possible_and_no_success(stuck: Terminal, stored: Callable[[str], object]) -> None:
    stuck.send("\x11")
    stuck.wait_for("2 steps in memory only")
    # Until the question has been there for a while this is not taken for an answer.
    for _ in range(40):
        if not stuck.read(0.5) or b"lost: " in stuck.raw:
            break
        stuck.send("\x11")
    assert stuck.wait_for_end() == 4
    assert b"2 steps are lost: not saved, No space left" in stuck.raw
    assert stored("annotations") == RESCUED[:1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("is_asked", [False, True], ids=["reading", "asked"])
def test_a_signal_keeps_a_copy_by_itself(
    stuck: Terminal, stored: Callable[[str], object], number: signal.Signals, is_asked: bool
) -> None:
    if is_asked:
        stuck.send("\x11")
        stuck.wait_for("2 steps in memory only")
    stuck.signal(number)
    assert stuck.wait_for_end() == 128 + number
    assert stored("data/postil/rescued") == RESCUED
    assert b"a copy is in " in stuck.raw


def test_a_line_that_drops_keeps_a_copy_by_itself(stuck: Terminal, stored: Callable[[str], object]) -> None:
    assert stuck.hang_up() == 128 + signal.SIGHUP
    assert stored("data/postil/rescued") == RESCUED


def test_a_copy_that_hangs_keeps_nobody_waiting(stuck: Terminal, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hangs").touch()
    stuck.signal(signal.SIGTERM)
    assert stuck.wait_for_end() == 128 + signal.SIGTERM


def test_where_nothing_can_be_kept_a_signal_still_ends_it(stuck: Terminal, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "full").touch()
    stuck.signal(signal.SIGTERM)
    assert stuck.wait_for_end() == 128 + signal.SIGTERM
    assert b"2 steps are lost: not saved, No space left" in stuck.raw
