"""The words that no name in `tui/` may be: each has a plain one that says what the thing is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BETTER = {
    "said": "annotation",
    "place": "offset, index, workspace or span",
    **dict.fromkeys(("found", "one", "told", "wanted"), "match, entity, item, message ... what it is there"),
    "performers": "handlers",
    "Asked": "OpenHints",
    "Asking": "PromptMode",
    "Typing": "TextInputMode",
    "take_in": "merge",
    "take_out": "remove",
    "Shelf": "ArticleList",
    "Ink": "Styles",
    "Looks": "MarkStyles",
    "thrifty": "compact",
    "left_out": "skip_unchanged, skipped",
    "heed": "track",
    "asks_behind": "should_probe",
    "farewells": "exit_messages",
    "let_go": "close_reader",
    "give_up": "force",
    "set_terminal_up_anew": "reinitialise_terminal",
    "breathe": "yield_to_event_loop",
    "GoingKeys": "NavigationKeys",
    "united": "merge_annotations",
    "carry_over": "migrate_to_segmentation",
    "bound_entity": "set_entity_bounds",
    "keeps_aside": "has_conflicting_annotation",
    "Frame": "Clause",
    "Sayings": "SpeechVerbs",
    "incise": "parenthetical",
    "Tied": "NoMajority",
    "Seal": "Checksum",
    "Tail": "HistoryTail",
    "Survey": "DamageReport",
    "root": "sync_parents",
    "LogEnd": "AppendOnlyFile",
    "setting_up": "context",
    "side_by_side": "parallel",
    "bring_in": "ingest",
    "stored_twin": "find_duplicate",
    "join_clubs": "merge_fc_prefix",
    "lot": "blind_order_key",
    "tame_environment": "sanitise_environment",
}
"""A word to what to say instead. Leading and trailing underscores do not matter: `_said` is `said`."""

BETTER_METHODS = {
    ("tui/reader/background.py", "begin"): "start_background_work",
    ("tui/reader/background.py", "point"): "find_hints",
    ("Session", "take"): "commit",
    ("Ink", "take"): "set_palette",
    ("Styles", "take"): "set_palette",
    ("BackgroundSaver", "settle"): "flush(timeout)",
    ("Activity", "settle"): "reconcile",
}
"""Words that only these classes and modules may not use for a function."""


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a module defines, with its line: whatever is assigned, imported, or a parameter, too."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr, node.lineno
            case ast.Global() | ast.Nonlocal():
                yield from ((name, node.lineno) for name in node.names)
            case ast.Import() | ast.ImportFrom():
                yield from ((alias.asname or alias.name.split(".")[0], node.lineno) for alias in node.names)
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
                yield node.name, node.lineno
            case ast.MatchMapping() if node.rest:
                yield node.rest, node.lineno
            case _:
                pass


def methods(tree: ast.Module, path: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Functions by their class, or by their module if they have none, with their lines."""
    for owner, body in (
        (path, tree.body),
        *((c.name, c.body) for c in ast.walk(tree) if isinstance(c, ast.ClassDef)),
    ):
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (owner, node.name.strip("_")), node.lineno


def faults(source: str, path: str) -> list[str]:
    """A line for each bad name."""
    tree = ast.parse(source)
    bad = [
        f"{path}:{line}: {name} → {BETTER[name.strip('_')]}"
        for name, line in names(tree)
        if name.strip("_") in BETTER
    ]
    bad += [
        f"{path}:{line}: {owner}.{name} → {BETTER_METHODS[owner, name]}"
        for (owner, name), line in methods(tree, path)
        if (owner, name) in BETTER_METHODS
    ]
    stem = Path(path).stem.strip("_")
    return [*bad, *([f"{path}: the module → {BETTER[stem]}"] if stem in BETTER else [])]


def test_every_name_says_what_the_thing_is() -> None:
    bad: list[str] = []
    for file in sorted((ROOT / "tui").rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        bad += faults(file.read_text(encoding="utf-8"), path)
    assert not bad, "Rename these to what they are in their place:\n" + "\n".join(bad)


@pytest.mark.parametrize(
    "source",
    [
        "def said(): pass",
        "async def _found(): pass",
        "class Tail: pass",
        "def f(place): pass",
        "def f(*, wanted=1): pass",
        "def f(*told): pass",
        "f = lambda one: 1",
        "said = 1",
        "said: int",
        "a, (b, *said) = f()",
        "self._said = 1",
        "x = [said for said in y]",
        "for one in y: pass",
        "if (found := f()): pass",
        "with f() as told: pass",
        "try:\n  pass\nexcept E as wanted:\n  pass",
        "import x as said",
        "from x import y as said",
        "from x import said",
        "def f():\n  global said",
        "match x:\n  case [1, *said]: pass",
        "match x:\n  case {'a': 1, **said}: pass",
        "match x:\n  case int() as said: pass",
        "class Session:\n  def take(self): pass",
        "class BackgroundSaver:\n  def settle(self, timeout): pass",
    ],
)
def test_a_bad_name_is_noticed_wherever_it_is_defined(source: str) -> None:
    assert faults(source, "tui/session/made.py")


@pytest.mark.parametrize(
    "source",
    [
        "x.said",
        "f(said=1)",
        "one_line = 1",
        "def found_quotation(): pass",
        "class Reviewing:\n  def take(self): pass",
        "def point(): pass",
        "'said'",
    ],
)
def test_other_names_and_uses_are_allowed(source: str) -> None:
    assert not faults(source, "tui/session/made.py")


def test_a_function_of_a_named_module_and_a_module_itself_are_noticed() -> None:
    assert faults("async def begin(reader): pass", "tui/reader/background.py")
    assert faults("", "tui/commands/setting_up.py")
    assert not faults("def begin(): pass", "tui/reader/screen.py")
