"""What an administrator installs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tui.serving import registration
from tui.serving.recipe import Host, login_script, setup_script, sshd_settings

HOST = Host(Path("/srv/postil"), Path("/opt/postil/bin/python"))


def checked(script: str) -> None:
    done = subprocess.run(["sh", "-n"], input=script.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_scripts_are_shell() -> None:
    checked(login_script(HOST))
    checked(setup_script(HOST))
    if shutil.which("shellcheck"):
        for script in (login_script(HOST), setup_script(HOST)):
            done = subprocess.run(
                ["shellcheck", "-s", "sh", "-"], input=script.encode(), capture_output=True, check=False
            )
            assert done.returncode == 0, done.stdout


def test_nothing_is_left_to_fill_in() -> None:
    for text in (login_script(HOST), sshd_settings(HOST), setup_script(HOST)):
        assert re.findall("@[A-Z]+@", text) == []


@pytest.mark.parametrize("folder", ["/srv/with blank", "/srv/$(id)", "/srv/`id`;x", "/srv/it's"])
def test_a_strange_folder_is_quoted(folder: str) -> None:
    script = login_script(HOST._replace(annotations=Path(folder)))
    checked(script)
    line = next(line for line in script.splitlines() if "POSTIL_ANNOTATIONS=" in line)
    told = subprocess.run(
        ["sh", "-c", f'{line.strip().removesuffix(chr(92))}; printf %s "$POSTIL_ANNOTATIONS"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == folder


@pytest.mark.parametrize("name", ["a\nb", "a@b", "a\0b"])
def test_what_cannot_be_written_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="choose another"):
        login_script(HOST._replace(group=name))


def test_sshd_takes_no_blanks() -> None:
    with pytest.raises(ValueError, match="spaces"):
        sshd_settings(HOST._replace(login=Path("/a b/login")))


def test_registering_without_a_folder_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert registration.main([]) == 2
    assert capsys.readouterr().err.startswith("postil: the folder is missing: ")
