"""Keymaps: TOML files that bind keys to actions. Errors name the line and the fix.

```toml
name = "mine"

[keys]
"sentence.next" = ["j", "down"]
```

An action that a file leaves out keeps the keys of the default keymap, unless another action has taken them; an empty
list unbinds it. Keys are written as typed (`f`, `F`, `}`) or by name (`down`, `pagedown`, `shift+tab`, `ctrl+q`, `f1`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

import msgspec

from tui.resources import data_folder
from tui.settings import toml_file as tomlfile
from tui.settings.actions import Action, Scope
from tui.settings.toml_file import TomlError, TomlFile

_NAMED = (
    "up down left right home end pageup pagedown space tab enter escape backspace delete insert "
    + " ".join(f"f{n}" for n in range(1, 13))
).split()
_NAMES_WITH_CTRL = {
    "_": "underscore",
    "/": "slash",
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
}
"""Textual's names of these keys with a modifier."""

_KEY = re.compile(
    rf"(?:(?:ctrl|shift|alt)\+)*(?:\S|{'|'.join([*_NAMED, *_NAMES_WITH_CTRL.values()])})", re.IGNORECASE
)

_SHOWN = {name: character for character, name in _NAMES_WITH_CTRL.items()} | {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "esc",
    "delete": "del",
}


_MOST_KEYS = 40
"""For one action."""
_MOST_LISTED = 20
"""How many wrong lines of a file are listed, one on each line."""


class KeymapError(Exception):
    """A keymap cannot be used; `str()` is one line with the file and the fix."""


class Keymap(msgspec.Struct, frozen=True, kw_only=True):
    """Keys by action id, and the errors in the file that could be ignored."""

    name: str
    keys: dict[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def by_key(self, known: Sequence[Action], *scopes: Scope) -> dict[str, str]:
        """Action ids by key in all these scopes; if two actions have the same key, the later scope wins.

        `"reader", "mark"` is the reader while a mark has the focus, `"mark", "reader"` while none has.
        """
        return {
            key: action.id
            for scope in scopes
            for action in known
            if scope in action.scopes
            for key in self.keys.get(action.id, ())
        }

    def keys_beside_typing(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action that type no character: they work during text input too."""
        return tuple(key for key in self.keys.get(action_id, ()) if len(key) > 1 and key != "space")

    def first_key(self, action_id: str) -> str:
        """The key to show for an action; empty if it has none."""
        keys = self.keys.get(action_id, ())
        return shown(keys[0]) if keys else ""


def shown(key: str) -> str:
    """A key as shown in help and footer."""
    if len(key) == 1:
        return key
    modifiers, _, name = key.rpartition("+")
    pressed = f"{modifiers}+".replace("shift+", "⇧") if modifiers else ""
    return pressed + _SHOWN.get(name, name)


def as_written(key: str) -> str:
    """A key as written in keymap files."""
    modifiers, _, name = key.rpartition("+")
    characters = {name: character for character, name in _NAMES_WITH_CTRL.items()}
    return f"{modifiers}+{characters.get(name, name)}" if modifiers else key


def load(name_or_path: str, known: Sequence[Action]) -> Keymap:
    """The keymap with this name in `keymaps/`, or a file. Raises KeymapError."""
    path = _find(name_or_path)
    shipped = _file(data_folder("keymaps") / "default.toml")
    default = _checked("default", shipped, known)
    if path == shipped.path:
        return _completed(default, known)
    file = _file(path)
    return _completed(_laid_over(default, _checked(_name(file), file, known), file, known), known)


def changed(keymap: Keymap, file: TomlFile, known: Sequence[Action]) -> Keymap:
    """The keymap with the changes from the table `[keys]` of a file."""
    return _laid_over(keymap, _checked(keymap.name, file, known), file, known)


def names() -> list[str]:
    """The keymaps that ship with Postil."""
    return sorted(path.stem for path in data_folder("keymaps").glob("*.toml"))


def _find(name_or_path: str) -> Path:
    shipped = data_folder("keymaps") / f"{name_or_path}.toml"
    if re.fullmatch(r"[a-z0-9_-]+", name_or_path) and shipped.is_file():
        return shipped
    path = Path(name_or_path)
    if not path.is_file():
        raise KeymapError(
            f"there is no keymap {name_or_path!r}: use one of {', '.join(names())}, or the path of a TOML file"
        )
    return path


def _file(path: Path) -> TomlFile:
    try:
        file = tomlfile.read(path)
    except TomlError as error:
        raise KeymapError(str(error)) from error
    if not isinstance(file.document.get("keys"), dict):
        raise KeymapError(f'{path}: there is no table [keys]: write [keys], and "tag.fact" = ["f"] below it')
    return file


def _name(file: TomlFile) -> str:
    return str(file.document.get("name", file.path.stem))


def _checked(name: str, file: TomlFile, known: Sequence[Action]) -> Keymap:
    """The valid lines of a file's table `[keys]`, and the errors in the others."""
    table = cast("Mapping[str, object]", file.document["keys"])
    scopes = {action.id: action.scopes for action in known}
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    others = 0

    def wrong(action_id: str, what: Callable[[], str]) -> None:
        nonlocal others
        if len(problems) < _MOST_LISTED:
            problems.append(f"{file.where(action_id, 'keys')}: {what()}")
        else:
            others += 1

    for action_id, value in table.items():
        if action_id not in scopes:
            if action_id.startswith(("tag.", "toggle.")) and _is_shipped(file):
                # Written for the scheme that ships.
                continue
            shown = action_id[:60]
            wrong(action_id, lambda shown=shown: f"there is no action {shown!r}: {_meant(shown, scopes)}")
            continue
        given = _strings(value)
        if given is None:
            wrong(action_id, lambda name=action_id: f'this is not a list of keys: write "{name}" = ["f"]')
            continue
        if len(given) > _MOST_KEYS:
            wrong(action_id, lambda: f"more than {_MOST_KEYS} keys for one action: leave some out")
            continue
        good: list[str] = []
        for key in map(_normal, given):
            taken = _taken_by(key, action_id, keys, scopes)
            if not _KEY.fullmatch(key) or not key.isprintable():
                wrong(
                    action_id, lambda key=key: f"{key[:40]!r} is not a key: write f, F, ctrl+q, down, f1 ..."
                )
            elif taken:
                bound = f"{key!r} is already bound to {taken}: give one of them another key"
                wrong(action_id, lambda bound=bound: bound)
            elif key not in good:
                good.append(key)
        if good or not given:
            keys[action_id] = tuple(good)
    if others:
        from tui.text.plurals import counted

        wrong_lines = counted(others, "other line of [keys] is", "other lines of [keys] are")
        problems.append(f"{file.path}: and {wrong_lines} wrong")
    return Keymap(name=name, keys=keys, problems=tuple(problems))


def _is_shipped(file: TomlFile) -> bool:
    return file.path.parent == data_folder("keymaps")


def _completed(keymap: Keymap, known: Sequence[Action]) -> Keymap:
    """With keys for tags that the keymap does not know, as far as keys are free."""
    scopes = {action.id: action.scopes for action in known}
    keys = dict(keymap.keys)
    for action in known:
        free = (key for key in action.otherwise if not _taken_by(key, action.id, keys, scopes))
        if not keys.get(action.id):
            keys[action.id] = tuple(islice(free, 1))
    return msgspec.structs.replace(keymap, keys=keys)


def _strings(value: object) -> list[str] | None:
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    return (
        [item for item in items if isinstance(item, str)] if all(isinstance(i, str) for i in items) else None
    )


def _meant(action_id: str, known: Iterable[str]) -> str:
    """The fix for an unknown action."""
    from difflib import get_close_matches

    near = get_close_matches(action_id, known, n=1)
    return f"did you mean {near[0]}?" if near else "postil keys lists them"


def _normal(key: str) -> str:
    """Textual's name of a key: names and modifiers in lower case, a single character as typed."""
    if len(key) == 1:
        return key
    modifiers, _, name = key.lower().rpartition("+")
    return f"{modifiers}+{_NAMES_WITH_CTRL.get(name, name)}" if modifiers else name


def _taken_by(
    key: str, action_id: str, keys: dict[str, tuple[str, ...]], scopes: dict[str, tuple[Scope, ...]]
) -> str | None:
    for other, bound in keys.items():
        if key in bound and not set(scopes[other]).isdisjoint(scopes[action_id]):
            return other
    return None


def _laid_over(base: Keymap, own: Keymap, file: TomlFile, known: Sequence[Action]) -> Keymap:
    """`own`, which was read from `file`, completed with the keys of `base` that it does not use itself."""
    scopes = {action.id: action.scopes for action in known}
    keys = dict(own.keys)
    problems = [*base.problems, *own.problems]
    for action in known:
        if action.id in own.keys:
            continue
        before = base.keys.get(action.id, ())
        keys[action.id] = tuple(key for key in before if not _taken_by(key, action.id, own.keys, scopes))
        if before and not keys[action.id] and action.needs_key:
            taker = str(_taken_by(before[0], action.id, own.keys, scopes))
            where = file.where(taker, "keys")
            problems.append(f"{where}: {taker} takes the only key of {action.id}: give that another one")
    return Keymap(name=own.name, keys=keys, problems=tuple(problems))
