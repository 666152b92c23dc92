"""Files of settings that are bombs: one line with the file and the limit, at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.settings import keymap
from tui.settings import scheme_file as scheme
from tui.settings import toml_file as tomlfile
from tui.settings.actions import actions
from tui.text import aliases

BOMBS = {
    "large": (b"#" * 5_000_000, "larger than"),
    "one long line": (b"a = '" + b"x" * 5_000_000 + b"'", "larger than"),
    "deep": (b"a = " + b"[" * 200_000, "nested too deeply"),
    "deep tables": (b"a = " + b"{a = " * 40_000, "nested too deeply"),
    "dotted": (b".".join([b"a"] * 20_000) + b" = 1", "more than 16 parts in line 1"),
    "dotted in marks": (b"\n" + b".".join([b'"a"'] * 20_000) + b" = 1", "more than 16 parts in line 2"),
    "dotted header": (b"[" + b" . ".join([b"a"] * 20_000) + b"]", "more than 16 parts in line 1"),
    "number": (b"a = " + b"1" * 50_000, "a number that is too long"),
    "twice": (b"a = 1\na = 2\n", "Cannot overwrite a value"),
}
READERS: dict[str, Callable[[Path], object]] = {
    "settings": tomlfile.read,
    "keymap": lambda path: keymap.load(str(path), actions(scheme.load())),
    "scheme": scheme.load,
    "aliases": lambda path: aliases.load([path]),
}
ERRORS = (tomlfile.TomlError, keymap.KeymapError, scheme.SchemeError, aliases.AliasFileError)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_one_line(bomb: str, reader: str, tmp_path: Path) -> None:
    content, what = BOMBS[bomb]
    path = tmp_path / "bomb.toml"
    path.write_bytes(content)
    with pytest.raises(ERRORS, match=what) as caught:
        READERS[reader](path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_ten_thousand_wrong_lines_of_keys_are_some_and_a_number(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[keys]\n" + "\n".join(f"k{n} = 1" for n in range(10_000)), encoding="utf-8")
    *_, last = problems = keymap.load(str(path), actions(scheme.load())).problems
    assert len(problems) == 21
    assert last == f"{path}: and 9,980 other lines of [keys] are wrong"


def test_names_in_dots_within_text_are_text() -> None:
    from tui.text.bounded_toml import loads

    text = "a.b.c.d.e.f.g"
    assert loads(f'[a.b.c]\nd = "{text}"\n') == {"a": {"b": {"c": {"d": text}}}}
