"""Which key does what: keymaps are TOML files, checked, with errors that say where and how to fix them.

```toml
name = "mine"

[keys]
"sentence.next" = ["j", "down"]
```

An action that a file leaves out keeps the keys of the default keymap, unless another action
took them; an empty list unbinds it. Keys are written as they are typed (`f`, `F`, `}`) or by name
(`down`, `pagedown`, `shift+tab`, `ctrl+q`, `f1`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tui.actions import Action, Place
from tui.resources import data_folder

_NAMED = (
    "up down left right home end pageup pagedown space tab enter escape backspace delete insert "
    + " ".join(f"f{n}" for n in range(1, 13))
).split()
_KEY = re.compile(rf"(?:(?:ctrl|shift|alt)\+)*(?:\S|{'|'.join(_NAMED)})", re.IGNORECASE)

_SHOWN = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "esc",
    "delete": "del",
}


class KeymapError(Exception):
    """A keymap that cannot be used at all; `str()` is one line with the file and the fix."""


class Keymap(msgspec.Struct, frozen=True, kw_only=True):
    """Keys by action id, and what was wrong in the file that could be passed over."""

    name: str
    keys: dict[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def by_key(self, known: Sequence[Action], *places: Place) -> dict[str, str]:
        """Action id by key where all these places are in force; where two want a key, the later one has it.

        `"reader", "mark"` is the reader while a mark is focused, `"mark", "reader"` while none is.
        """
        return {
            key: action.id
            for place in places
            for action in known
            if place in action.places
            for key in self.keys.get(action.id, ())
        }

    def keys_beside_typing(self, action_id: str) -> tuple[str, ...]:
        """Those of an action's keys that type nothing: they still work where characters are typed."""
        return tuple(key for key in self.keys.get(action_id, ()) if len(key) > 1 and key != "space")

    def first_key(self, action_id: str) -> str:
        """The key to show for an action; empty when it has none."""
        keys = self.keys.get(action_id, ())
        return shown(keys[0]) if keys else ""


def shown(key: str) -> str:
    """A key as help and footer print it."""
    if len(key) == 1:
        return key
    modifiers, _, name = key.rpartition("+")
    pressed = f"{modifiers}+".replace("shift+", "⇧") if modifiers else ""
    return pressed + _SHOWN.get(name, name)


def load(name_or_path: str, known: Sequence[Action]) -> Keymap:
    """The named keymap of `keymaps/`, or a file. Raises KeymapError."""
    path = _find(name_or_path)
    default = _read(data_folder("keymaps") / "default.toml", known)
    if path.name == "default.toml" and path.parent == data_folder("keymaps"):
        return default
    own = _read(path, known)
    return Keymap(name=own.name, keys=_merged(default.keys, own.keys, known), problems=own.problems)


def names() -> list[str]:
    """The keymaps that ship."""
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


def _read(path: Path, known: Sequence[Action]) -> Keymap:
    try:
        source = path.read_text(encoding="utf-8")
        document = tomllib.loads(source)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KeymapError(f"{path}: cannot be read as TOML: {error}") from error
    try:
        table = msgspec.convert(document.get("keys"), dict[str, list[str]])
    except msgspec.ValidationError as error:
        raise KeymapError(
            f'{path}: {error}: write a [keys] table of lists, like "tag.fact" = ["f"]'
        ) from error
    places = {action.id: action.places for action in known}
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for action_id, wanted in table.items():
        where = f"{path}:{_line_of(source, action_id)}"
        if action_id not in places:
            problems.append(f"{where}: there is no action {action_id!r}: postil keys lists them")
            continue
        good: list[str] = []
        for key in map(_normal, wanted):
            taken = _taken_by(key, action_id, keys, places)
            if not _KEY.fullmatch(key):
                problems.append(f"{where}: {key!r} is not a key: write f, F, ctrl+q, down, f1 ...")
            elif taken:
                problems.append(f"{where}: {key!r} is bound to {taken} already: give one of them another key")
            else:
                good.append(key)
        keys[action_id] = tuple(good)
    name = document.get("name", path.stem)
    return Keymap(name=str(name), keys=keys, problems=tuple(problems))


def _normal(key: str) -> str:
    """Names and modifiers in lower case; a single character as it is typed."""
    return key if len(key) == 1 else key.lower()


def _taken_by(
    key: str, action_id: str, keys: dict[str, tuple[str, ...]], places: dict[str, tuple[Place, ...]]
) -> str | None:
    for other, bound in keys.items():
        if key in bound and set(places[other]) & set(places[action_id]):
            return other
    return None


def _merged(
    default: dict[str, tuple[str, ...]], own: dict[str, tuple[str, ...]], known: Sequence[Action]
) -> dict[str, tuple[str, ...]]:
    places = {action.id: action.places for action in known}
    merged = dict(own)
    for action_id, keys in default.items():
        if action_id not in own:
            merged[action_id] = tuple(key for key in keys if not _taken_by(key, action_id, own, places))
    return merged


def _line_of(source: str, action_id: str) -> int:
    for number, line in enumerate(source.splitlines(), 1):
        if line.lstrip().startswith((f'"{action_id}"', f"'{action_id}'", f"{action_id} ", f"{action_id}=")):
            return number
    return 1
