"""Every action of the reader does something, and a test presses its key.

Each test of a key names the actions that it is about: `@pytest.mark.action("span.mark")`. That every action has a
key in every keymap, an entry in the palette and a line in the help is tested where actions are.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import BOTH, Reading
from tui.reader.screen import ReaderScreen
from tui.settings.actions import actions
from tui.settings.scheme_file import load

KNOWN = actions(load())
READER = [action.id for action in KNOWN if not {"reader", "mark"}.isdisjoint(action.scopes)]
REVIEW = [action.id for action in KNOWN if "review" in action.scopes]


def pressed_in(source: str) -> Iterator[str]:
    """The ids of the actions that the tests of a module are marked with."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.action":
                    yield from map(ast.literal_eval, mark.args)


PRESSED = {
    action
    for path in Path(__file__).parent.glob("test_*.py")
    for action in pressed_in(path.read_text("utf-8"))
}


@pytest.mark.parametrize("action", [*READER, *REVIEW])
def test_a_test_presses_its_key(action: str) -> None:
    assert action in PRESSED


def test_marks_name_actions_that_there_are() -> None:
    assert {action.id for action in KNOWN} >= PRESSED


def test_only_marked_tests_count() -> None:
    source = """
@pytest.mark.action("a", "b")
async def test_one(): ...

@pytest.mark.action("c")
def helper(): ...

@pytest.mark.other("d")
@pytest.mark.action("e")
def test_two(): ...
"""
    assert set(pressed_in(source)) == {"a", "b", "e"}


@pytest.mark.parametrize("action", READER)
async def test_the_reader_does_something_for_it(
    in_town: Callable[..., AbstractAsyncContextManager[Reading]], action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    async with in_town(BOTH) as reading:
        for way_out in ("leave_reader", "open_next_article", "to_shell"):
            monkeypatch.setattr(reading.app, way_out, lambda *_, **__: left.append(action) or "")
        if action == "back":
            await reading.press("right")
        before = reading.everything_painted(), reading.everything()
        reading.reader.perform(action)
        await reading.settled()
        assert left or (reading.everything_painted(), reading.everything()) != before
        while not isinstance(reading.app.screen, ReaderScreen):
            await reading.press("escape")
