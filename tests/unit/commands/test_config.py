"""`postil config` and `postil keys`: what is in force, where it comes from, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main

Told = tuple[int, str, str]


@pytest.fixture
def configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Told]:
    """Run a command with this config file: exit code, standard output, standard error."""
    path = tmp_path / "settings" / "config.toml"
    monkeypatch.setenv("POSTIL_CONFIG", str(path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(source: str | None, *words: str) -> Told:
        if source is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_text(source, encoding="utf-8")
        code = main(list(words))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def rows(out: str) -> dict[str, tuple[str, str]]:
    """Value and origin by the name of a setting."""
    cells = (line.split(maxsplit=2) for line in out.splitlines()[2:])
    return {name: (value, origin) for name, value, origin in cells}


def test_each_setting_is_told_with_where_it_comes_from(configured, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("POSTIL_KEYMAP", "vim")
    source = 'annotator = "Eva"\nlean = true\n\n[keys]\n"tag.fact" = ["1", "ctrl+_"]\n'
    code, out, error = configured(source, "config", "--theme", "light")
    file = tmp_path / "settings" / "config.toml"
    assert (code, error) == (0, "")
    assert out.splitlines()[0] == f"config file {file}"
    told = rows(out.replace("1 ctrl+_", "1,ctrl+_"))
    assert told["annotator"] == ("eva", f"{file}:1")
    assert told["lean"] == ("true", f"{file}:2")
    assert told["theme"] == ("light", "--theme")
    assert told["keymap"] == ("vim", "POSTIL_KEYMAP")
    assert told["prose"] == ("false", "default")
    assert told["keys.tag.fact"] == ("1,ctrl+_", f"{file}:5")


def test_the_same_as_json(configured, tmp_path: Path) -> None:
    code, out, _ = configured('theme = "mono"\n', "config", "--json")
    told = json.loads(out)
    file = str(tmp_path / "settings" / "config.toml")
    assert code == 0
    assert (told["path"], told["exists"], told["problems"]) == (file, True, [])
    assert told["settings"]["theme"] == {"value": "mono", "from": f"{file}:1"}
    assert told["settings"]["panel"] == {"value": True, "from": "default"}


def test_what_is_wrong_is_told_and_the_rest_holds(configured, tmp_path: Path) -> None:
    source = 'theme = "pink"\nkeymap = "nano"\n[keys]\n"tag.fict" = ["1"]\n"tag.fact" = ["1"]\n'
    code, out, error = configured(source, "config")
    file = tmp_path / "settings" / "config.toml"
    assert code == 1
    assert [line.removeprefix(f"postil: {file}:").split(":")[0] for line in error.splitlines()] == [
        "1",
        "2",
        "4",
    ]
    assert rows(out)["keys.tag.fact"] == ("1", f"{file}:5")


def test_commands_go_on_with_a_config_that_is_wrong(configured) -> None:
    code, _, error = configured('theme = "pink"\n', "list", "--annotator", "ana")
    assert code == 0
    assert "config.toml:1: there is no theme 'pink'" in error
    code, out, error = configured("annotator = 3\n", "list")
    assert (code, out) == (2, "")
    assert error.count("\n") == 1
    assert 'config.toml:1: annotator is 3: write annotator = "ana"' in error


def test_doctor_finds_it_too(configured) -> None:
    assert "there is no theme 'pink'" in configured('theme = "pink"\n', "doctor")[1]
    code, out, _ = configured("annotator = 3\n", "doctor")
    assert code == 1
    assert "✗ config" in out


def test_path_and_init(configured, tmp_path: Path) -> None:
    file = tmp_path / "settings" / "config.toml"
    assert configured(None, "config", "--path") == (0, f"{file}\n", "")
    assert configured(None, "config", "--init") == (0, f"{file}\n", "")
    assert '# theme = "auto"' in file.read_text(encoding="utf-8")
    code, _, error = configured(None, "config", "--init")
    assert code == 1
    assert "exists already" in error
    assert configured(None, "config")[0] == 0


@pytest.mark.parametrize("option", ["--restricted", "--read-only"])
def test_init_writes_nothing_where_nothing_may_be_written(configured, tmp_path: Path, option: str) -> None:
    code, out, error = configured(None, "config", "--init", option)
    assert (code, out) == (3, "")
    assert f"which {option} forbids" in error
    assert list(tmp_path.iterdir()) == []


def test_init_where_no_folder_can_be_made(configured, tmp_path: Path) -> None:
    (tmp_path / "settings").touch()
    code, _, error = configured(None, "config", "--init")
    assert code == 4
    assert "POSTIL_CONFIG" in error


def test_a_hostile_config_does_not_act_on_the_terminal(configured) -> None:
    source = '"\\u001b]0;OWNED\\u0007" = 1\nkeymap = "\\u001b[31m"\n[keys]\n"\\u001b[2J" = ["f"]\n'
    _, out, error = configured(source, "config")
    assert "\x1b" not in out + error
    assert "OWNED" in error


def test_keys_prints_the_map_in_force(configured) -> None:
    code, out, error = configured('[keys]\n"tag.fact" = ["1"]\n', "keys", "--keymap", "vim")
    assert (code, error) == (0, "")
    assert out.startswith("keymap vim\n")
    lines = [line.split() for line in out.splitlines()]
    assert ["1", "tag.fact", "tag", "as", "fact,", "decide", "and", "go", "to", "the", "next"] in lines
    assert any(line[:3] == ["m", "note", "write"] for line in lines)
    assert len({line.index("sentence.") for line in out.splitlines() if "sentence." in line[:50]}) == 1


def test_keys_as_json_are_written_as_keymaps_write_them(configured) -> None:
    told = json.loads(configured("", "keys", "--keymap", "emacs", "--json")[1])
    assert told["name"] == "emacs"
    assert told["keys"]["undo"] == ["ctrl+_", "u", "ctrl+/"]
    assert told["keys"]["sentence.split"] == []
