"""`postil doctor`: what is wrong is found, named with its fix, and stops no other check."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.cli import main
from tui.commands import doctor


@pytest.fixture
def checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, dict]]]:
    """The exit code, and the worst check by what it is about."""

    def run(*words: str, annotations: Path = tmp_path / "annotations") -> tuple[int, dict[str, dict]]:
        code = main(["doctor", "--json", "--annotations", str(annotations), *words])
        checks = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        order = ("ok", "note", "bad")
        return code, {
            check["what"]: check for check in sorted(checks, key=lambda check: order.index(check["state"]))
        }

    return run


def test_all_is_well(checked, article: str) -> None:
    code, found = checked("--annotator", "ana")
    assert code == 0
    assert found["annotator"]["found"] == "ana"
    assert "1 article," in found["annotations"]["found"]
    assert {"postil", "libraries", "entities", "terminal", "keys", "encoding", "keymap", "theme"} <= set(
        found
    )


def test_wrong_settings_are_found_all_at_once(checked, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, found = checked(
        "--annotator", "a b", "--keymap", "none-such", "--theme", "pink", annotations=tmp_path / "file"
    )
    assert code == 1
    assert [what for what, check in found.items() if check["state"] == "bad"] == [
        "annotator",
        "keymap",
        "theme",
        "annotations",
    ]
    assert all(check["fix"] for check in found.values() if check["state"] == "bad")


def test_a_full_disk_is_bad(checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    code, found = checked()
    assert (code, found["annotations"]["fix"]) == (1, "free some space")


def test_a_network_file_system_is_told_with_what_may_not_hold_there(
    checked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        doctor, "network_file_system", lambda folder: "nfs4" if folder.name == "shared" else None
    )
    code, found = checked("--annotator", "ana", annotations=tmp_path / "shared")
    assert (code, found["annotations"]["state"]) == (0, "note")
    assert "nfs4" in found["annotations"]["found"]
    assert "local disk" in found["annotations"]["fix"]
    _, found = checked("--annotator", "ana")
    assert found["annotations"]["state"] == "ok"


@pytest.mark.parametrize(
    ("size", "state"), [((80, 24), "ok"), ((39, 24), "bad"), ((80, 9), "bad"), ((0, 0), "note")]
)
def test_a_terminal_that_is_too_small_is_bad(size: tuple[int, int], state: str) -> None:
    assert doctor._size(os.terminal_size(size)).state == state


def test_what_is_found_does_not_act_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["doctor", "--annotations", str(tmp_path / "\x1b]0;OWNED\x07")])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "OWNED" in out
