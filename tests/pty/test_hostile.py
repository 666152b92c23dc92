"""Files that mean harm: each becomes a readable article or one clear line, and no byte of theirs acts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tui.cli import main

ACTS = {
    "window title": "\x1b]0;OWNED\x07",
    "colour": "\x1b[31;1mOWNED\x1b[0m",
    "clear": "\x1b[2J\x1b[H",
    "clipboard": "\x1b]52;c;T1dORUQ=\x1b\\",
    "C1 sequence": "\x9b31m\x9d0;OWNED\x9c",
    "override": "\u202eOWNED\u202c",
    "isolate": "\u2066OWNED\u2069",
    "null and bell": "a\x00b\x07c\x08\x08\x7f",
    "markup": "[bold red]OWNED[/] [/nope] [@click=app.quit]x[/] [link=http://e]y[/]",
    "lone return": "visible\roverwritten",
    "separators": "a\u2028b\u2029c\x85d\x0ce",
    "tags": "flag\U000e0041\U000e007f",
}
"""What it tries, and how."""

FORBIDDEN = (
    b"\x1b]0;OWNED",
    b"\x1b[31;1mOWNED",
    b"\x1b]52;c;T1d",
    b"\xc2\x9b",
    b"\xc2\x9d",
    b"\xe2\x80\xae",
    b"\xe2\x81\xa6",
    b"\x00",
    b"\x08",
    b"\x7f",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xf3\xa0\x81\x81",
)
"""Bytes that only such an article could send."""


def harmless(raw: bytes) -> bool:
    return not [forbidden for forbidden in FORBIDDEN if forbidden in raw]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One article with all of it, in the title, in the text and in the file's name."""
    name = "bad \x1b]0;OWNED\x07 name.txt"
    path = tmp_path_factory.mktemp("hostile") / name
    lines = [
        "Titre " + ACTS["window title"] + ACTS["override"],
        *(f"Essai {what} : {text} fin." for what, text in ACTS.items()),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_nothing_acts_in_the_reader(start, hostile: Path) -> None:
    terminal = start("open", str(hostile), columns=100, rows=40)
    terminal.wait_for("decided")
    terminal.send("jjjfFGgh")
    terminal.wait_for("Which tags?")
    terminal.send("\x1b")
    terminal.wait_for(lambda screen: "Which tags?" not in screen)
    terminal.send("l")
    terminal.wait_for("Library")
    terminal.wait_for("Titre")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0
    assert harmless(bytes(terminal.raw))
    assert b"[bold red]OWNED[/]" in bytes(terminal.raw)


@pytest.mark.parametrize("words", [["show"], ["show", "--json"], ["list"], ["list", "--json"], ["export"]])
def test_nothing_acts_in_what_commands_print(start, hostile: Path, tmp_path: Path, words: list[str]) -> None:
    annotations = str(tmp_path / "annotations")
    assert main(["add", str(hostile), "--annotations", annotations]) == 0
    for sentence in range(1, 10):
        assert (
            main(["tag", "titre", str(sentence), "fact", "--annotations", annotations, "--annotator", "ana"])
            == 0
        )
    target = ["titre"] if words[0] in {"show", "export"} else []
    terminal = start(words[0], *target, *words[1:], columns=200, rows=200)
    assert terminal.wait_for_end() == 0
    assert harmless(bytes(terminal.raw).replace(b"\r\n", b"\n"))
    assert b"Essai" in terminal.raw or words[0] == "list"


def test_nothing_acts_in_errors(start, tmp_path: Path) -> None:
    for words in (
        ["show", "\x1b]0;OWNED\x07"],
        ["open", "./\x1b[31;1mOWNED.txt"],
        ["--keymap", "\x1b]0;OWNED", "keys"],
    ):
        terminal = start(*words)
        assert terminal.wait_for_end() in {1, 2}
        assert harmless(bytes(terminal.raw))


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n \t\n", "is empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ""),
    "binary.txt": (os.urandom(0) + bytes(range(256)) * 64, ""),
    "lines.txt": (b"\n" * 10_000, "is empty"),
}
"""What is no article, and what is said about it."""


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_article_gets_one_clear_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, says = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["show", str(path), "--annotations", str(tmp_path / "a")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert name in printed.err
    assert says in printed.err
    assert not list((tmp_path / "a").rglob("*.json"))


def test_a_folder_a_pipe_and_a_device_are_no_articles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "fifo.txt")
    for path in (tmp_path, tmp_path / "fifo.txt", Path("/dev/zero")):
        assert main(["show", str(path), "--annotations", str(tmp_path / "a")]) == 1
        assert capsys.readouterr().err.count("\n") == 1


READABLE = {
    "latin.txt": "L’été a été très chaud à Orléans, où il a gelé en février.".encode("cp1252"),
    "broken.txt": "Une phrase correcte en français, déjà là. ".encode() * 9 + b"Un octet \xff perdu.",
    "utf16.txt": "Le titre\nUne phrase.".encode("utf-16"),
    "bom.txt": b"\xef\xbb\xbf" + b"Le titre\r\nUne phrase.\rUne autre.",
    "spaced.txt": b"\n" * 10_000 + b"Une phrase.\n" + b"\n" * 10_000,
    "long.txt": ("mot " * 2_500_000).encode(),
    "unbroken.txt": b"a" * 10_000_000,
    "marks.txt": ("e" + "\u0301" * 100_000 + " fin.").encode(),
}
"""What is an article, however odd."""


@pytest.mark.parametrize("name", READABLE)
def test_odd_files_are_readable_on_a_terminal(start, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(READABLE[name])
    terminal = start("open", str(path), columns=80, rows=24)
    terminal.wait_for("decided")
    terminal.send("f")
    terminal.wait_for("1/")
    terminal.send(" Gg\x11")
    assert terminal.wait_for_end() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_without_permission_one_clear_line(tmp_path: Path) -> None:
    """Under an unprivileged user, since root may read everything."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Rien.", encoding="utf-8")
    secret.chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == Path.home().owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    said = tmp_path / "said.txt"
    said.touch()
    said.chmod(0o666)
    main(["show", str(tmp_path / "none.txt"), "--annotations", str(tmp_path / "a")])
    child = os.fork()
    if child == 0:
        code = 99
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            sys.stderr = said.open("w")
            code = main(["show", str(secret), "--annotations", str(tmp_path / "a"), "--annotator", "ana"])
            sys.stderr.close()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {1, 3}
    line = said.read_text(encoding="utf-8")
    assert line.count("\n") == 1
    assert "secret.txt may not be read by you" in line
