"""Keymaps: what ships is sound, and what a user writes wrongly is said with file, line and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui import keymap, scheme
from tui.actions import Action, actions

KNOWN = actions(scheme.load())


def written(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", keymap.names())
def test_every_action_has_a_key_in_every_keymap_that_ships(name: str) -> None:
    loaded = keymap.load(name, KNOWN)
    assert loaded.problems == ()
    assert [action.id for action in KNOWN if action.needs_key and not loaded.keys.get(action.id)] == []


def test_the_default_keys_are_those_that_scripts_and_fingers_rely_on() -> None:
    by_key = keymap.load("default", KNOWN).by_key(KNOWN, "reader")
    promised = {
        "f": "tag.fact",
        "T": "toggle.translation_error",
        "s": "tag.none",
        "ctrl+q": "quit",
        "}": "paragraph.next",
    }
    assert promised.items() <= by_key.items()


@pytest.mark.parametrize("name", keymap.names())
def test_a_key_means_one_thing_in_a_place(name: str) -> None:
    loaded = keymap.load(name, KNOWN)
    for place in ("reader", "mark", "library"):
        keys = [key for action in KNOWN if place in action.places for key in loaded.keys.get(action.id, ())]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", keymap.names())
def test_the_keys_of_hints_are_left_free(name: str) -> None:
    assert {"a", "r"}.isdisjoint(keymap.load(name, KNOWN).by_key(KNOWN, "reader", "mark"))


@pytest.mark.parametrize("name", keymap.names())
def test_only_enter_means_another_thing_while_a_mark_is_focused(name: str) -> None:
    loaded = keymap.load(name, KNOWN)
    focused = loaded.by_key(KNOWN, "reader", "mark")
    bare = loaded.by_key(KNOWN, "mark", "reader")
    assert {key for key in bare if bare[key] != focused[key]} == {"enter"}
    assert (bare["enter"], focused["enter"]) == ("article.next", "mark.edit")
    assert bare["delete"] == focused["delete"] == "mark.delete"


def test_the_plain_keymap_moves_without_letters() -> None:
    loaded = keymap.load("plain", KNOWN)
    moves = [key for action in KNOWN if action.group == "Move" for key in loaded.keys[action.id]]
    assert all(len(key) > 1 for key in moves)


def test_the_azerty_keymap_needs_no_altgr() -> None:
    loaded = keymap.load("azerty", KNOWN)
    first = {loaded.keys[action.id][0] for action in KNOWN if loaded.keys.get(action.id)}
    assert first.isdisjoint("~#{[|`\\^@]}")


def test_keys_that_type_nothing_still_count_while_something_is_typed() -> None:
    loaded = keymap.load("default", KNOWN)
    assert loaded.keys_beside_typing("help") == ("f1",)
    assert loaded.keys_beside_typing("page.down") == ("pagedown",)
    assert loaded.keys_beside_typing("sentence.split") == ()


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("+", "+"),
        ("shift+tab", "⇧tab"),
        ("ctrl+right", "ctrl+→"),
        ("shift+left", "⇧←"),
        ("delete", "del"),
        ("f", "f"),
    ],
)
def test_keys_are_told_shortly(key: str, told: str) -> None:
    assert keymap.shown(key) == told


def test_a_file_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    loaded = keymap.load(written(tmp_path, '[keys]\n"tag.fact" = ["1"]\n'), KNOWN)
    by_key = loaded.by_key(KNOWN, "reader")
    assert by_key["1"] == "tag.fact"
    assert "f" not in by_key
    assert by_key["o"] == "tag.opinion"


def test_a_key_that_a_file_takes_is_no_longer_what_it_was(tmp_path: Path) -> None:
    by_key = keymap.load(written(tmp_path, '[keys]\n"tag.fact" = ["j"]\n'), KNOWN).by_key(KNOWN, "reader")
    assert by_key["j"] == "tag.fact"
    assert by_key["down"] == "sentence.next"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"tag.fict" = ["f"]', "there is no action 'tag.fict'"),
        ('"tag.fact" = ["hyper+f"]', "'hyper+f' is not a key"),
        ('"tag.opinion" = ["j"]', "'j' is bound to sentence.next already"),
    ],
)
def test_a_wrong_line_is_passed_over_and_told_with_its_number(tmp_path: Path, line: str, words: str) -> None:
    loaded = keymap.load(written(tmp_path, f'[keys]\n"sentence.next" = ["j"]\n{line}\n'), KNOWN)
    [problem] = loaded.problems
    assert words in problem
    assert "mine.toml:3:" in problem
    assert loaded.by_key(KNOWN, "reader")["j"] == "sentence.next"


@pytest.mark.parametrize("text", ["keys = 3", "[keys]\nx = 1", "[keys", "", "[keys]\n\"tag.fact\" = 'f'"])
def test_what_is_no_keymap_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(keymap.KeymapError) as refused:
        keymap.load(written(tmp_path, text), KNOWN)
    assert "mine.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(keymap.KeymapError, match="use one of azerty, default, plain"):
        keymap.load("nano", KNOWN)


def test_actions_are_told_apart() -> None:
    ids = [action.id for action in KNOWN]
    assert len(ids) == len(set(ids))
    assert all(isinstance(action, Action) and action.does and action.row for action in KNOWN)
