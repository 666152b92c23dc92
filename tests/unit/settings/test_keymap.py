"""Keymaps: what ships is sound, and what a user writes wrongly is said with file, line and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings import keymap
from tui.settings import scheme_file as scheme
from tui.settings import toml_file as tomlfile
from tui.settings.actions import Action, actions

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
    for place in ("reader", "mark", "library", "review"):
        keys = [key for action in KNOWN if place in action.scopes for key in loaded.keys.get(action.id, ())]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", keymap.names())
def test_the_keys_of_hints_are_everywhere_the_same(name: str) -> None:
    keys = keymap.load(name, KNOWN).by_key(KNOWN, "reader", "mark")
    assert (keys["a"], keys["r"]) == ("hint.accept", "hint.refuse")


@pytest.mark.parametrize("name", keymap.names())
def test_only_enter_means_another_thing_while_a_mark_is_focused(name: str) -> None:
    loaded = keymap.load(name, KNOWN)
    focused = loaded.by_key(KNOWN, "reader", "mark")
    bare = loaded.by_key(KNOWN, "mark", "reader")
    assert {key for key in bare if bare[key] != focused[key]} == {"enter"}
    assert (bare["enter"], focused["enter"]) == ("article.next", "mark.edit")
    assert bare["delete"] == focused["delete"] == "mark.delete"


def test_the_arrows_keymap_moves_without_letters() -> None:
    loaded = keymap.load("arrows", KNOWN)
    moves = [key for action in KNOWN if action.group == "Move" for key in loaded.keys[action.id]]
    assert all(len(key) > 1 for key in moves)


def test_the_vim_keymap_does_what_vim_does() -> None:
    by_key = keymap.load("vim", KNOWN).by_key(KNOWN, "reader")
    known = {
        "j": "sentence.next",
        "h": "mark.previous",
        "l": "mark.next",
        "n": "search.next",
        "N": "search.previous",
        "ctrl+r": "redo",
        "ctrl+o": "jump.back",
        "y": "copy",
        ":": "palette",
    }
    assert known.items() <= by_key.items()


def test_the_emacs_keymap_does_what_emacs_does() -> None:
    by_key = keymap.load("emacs", KNOWN).by_key(KNOWN, "reader")
    known = {
        "ctrl+n": "sentence.next",
        "ctrl+p": "sentence.previous",
        "ctrl+f": "mark.next",
        "ctrl+v": "page.down",
        "ctrl+s": "search",
        "ctrl+g": "back",
        "ctrl+underscore": "undo",
    }
    assert known.items() <= by_key.items()


@pytest.mark.parametrize("name", keymap.names())
def test_no_keymap_needs_the_meta_key(name: str) -> None:
    """Terminals send it as escape and a letter, which a slow line may tear apart."""
    keys = [key for bound in keymap.load(name, KNOWN).keys.values() for key in bound]
    assert not [key for key in keys if "alt+" in key]


def test_the_azerty_keymap_needs_no_altgr() -> None:
    loaded = keymap.load("azerty", KNOWN)
    first = {loaded.keys[action.id][0] for action in KNOWN if loaded.keys.get(action.id)}
    assert first.isdisjoint("~#{[|`\\^@]}")


def test_the_azerty_keymap_takes_versions_by_the_unshifted_top_row() -> None:
    in_review = keymap.load("azerty", KNOWN).by_key(KNOWN, "mark", "reader", "review")
    assert [in_review[key] for key in "&é\"'(-è_ç"] == [f"review.take.{number}" for number in range(1, 10)]
    assert in_review["1"] == "review.take.1"


@pytest.mark.parametrize("name", keymap.names())
def test_a_focused_mark_has_its_keys_in_a_review_too(name: str) -> None:
    loaded = keymap.load(name, KNOWN)
    bare = loaded.by_key(KNOWN, "mark", "reader", "review")
    assert (bare["tab"], bare["enter"], bare["m"]) == ("disagreement.next", "review.take", "review.majority")
    assert loaded.by_key(KNOWN, "reader", "mark")["enter"] == "mark.edit"


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
        ("ctrl+underscore", "ctrl+_"),
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
        ('"tag.fict" = ["f"]', "there is no action 'tag.fict': did you mean tag.fact?"),
        ('"xyzzy" = ["f"]', "there is no action 'xyzzy': postil keys lists them"),
        ("\"tag.fact\" = 'f'", 'write "tag.fact" = ["f"]'),
        ('"tag.fact" = [1]', 'write "tag.fact" = ["f"]'),
        ('"tag.fact" = ["hyper+f"]', "'hyper+f' is not a key"),
        ('"tag.opinion" = ["j"]', "'j' is already bound to sentence.next"),
    ],
)
def test_a_wrong_line_is_passed_over_and_told_with_its_number(tmp_path: Path, line: str, words: str) -> None:
    loaded = keymap.load(written(tmp_path, f'[keys]\n"sentence.next" = ["j"]\n{line}\n'), KNOWN)
    [problem] = loaded.problems
    assert words in problem
    assert "mine.toml:3:" in problem
    assert loaded.by_key(KNOWN, "reader")["j"] == "sentence.next"


@pytest.mark.parametrize("text", ["keys = 3", "[keys", "", "x = \x00", "name = mine"])
def test_what_is_no_keymap_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(keymap.KeymapError) as refused:
        keymap.load(written(tmp_path, text), KNOWN)
    assert "mine.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(keymap.KeymapError, match="use one of arrows, azerty, default, emacs, vim"):
        keymap.load("nano", KNOWN)


def test_what_leaves_an_action_without_a_key_is_told(tmp_path: Path) -> None:
    loaded = keymap.load(written(tmp_path, '[keys]\n"tag.fact" = ["f"]\n"note" = ["ctrl+q"]\n'), KNOWN)
    [problem] = loaded.problems
    assert "mine.toml:3: note takes the only key of quit" in problem


def test_a_key_that_is_given_up_is_no_problem(tmp_path: Path) -> None:
    loaded = keymap.load(written(tmp_path, '[keys]\n"quit" = []\n'), KNOWN)
    assert loaded.problems == ()
    assert loaded.keys["quit"] == ()


def test_changes_lie_over_any_keymap(tmp_path: Path) -> None:
    text = 'theme = "dark"\n[keys]\n"search.next" = ["n"]\n"tag.fict" = ["f"]\n'
    file = tomlfile.read(Path(written(tmp_path, text)))
    for name, note in (("default", ()), ("vim", ("m",))):
        loaded = keymap.changed(keymap.load(name, KNOWN), file, KNOWN)
        assert loaded.name == name
        assert loaded.keys["search.next"] == ("n",)
        assert loaded.keys["note"] == note
        assert "mine.toml:4: there is no action" in loaded.problems[0]


@pytest.mark.parametrize(("written_as", "pressed"), [("ctrl+_", "ctrl+underscore"), ("CTRL+Q", "ctrl+q")])
def test_keys_are_what_textual_calls_them(tmp_path: Path, written_as: str, pressed: str) -> None:
    text = f'[keys]\n"tag.fact" = ["{written_as}"]\n"quit" = ["f10"]\n'
    assert keymap.load(written(tmp_path, text), KNOWN).by_key(KNOWN, "reader")[pressed] == "tag.fact"


def test_actions_are_told_apart() -> None:
    ids = [action.id for action in KNOWN]
    assert len(ids) == len(set(ids))
    assert all(isinstance(action, Action) and action.does and action.row for action in KNOWN)
