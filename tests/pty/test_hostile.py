"""Files that mean harm: each becomes a readable article or one clear line, and no byte of theirs acts."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.corpus import cases, file_names
from tests.escapes import PAINTED, foreign
from tests.hostile_library import ALL, article_of, damage, fill, stored_texts, workspace_in
from tests.long import IS_LONG, long_or_short
from tests.terminal import Terminal
from tui.cli import main

COLUMNS, ROWS = 140, 60

ESCAPE = "\x1b[27u"
"""As terminals of today send it: never the beginning of something else."""


def untouched(terminal: Terminal) -> None:
    """That only sequences of our own came, and the terminal is as the program would have it."""
    raw = bytes(terminal.raw)
    assert not foreign(raw, PAINTED, columns=COLUMNS, rows=ROWS)
    screen = terminal.emulator
    # The emulator takes the sequence for the pointer's shape for a title.
    assert screen.title in {"", ";default", ";pointer", ";text"}
    assert screen.icon_name == ""
    assert screen.charset == 0
    assert screen.margins is None
    assert raw.count(b"\x1b[?1049h") == raw.count(b"\x1b[?1049l") == 1


def quiet(terminal: Terminal) -> None:
    """Read until nothing has come for a moment."""
    before = -1
    while len(terminal.raw) != before:
        before = len(terminal.raw)
        terminal.read(0.1)


def press(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.send(key)
        quiet(terminal)


def leave(terminal: Terminal) -> None:
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0
    untouched(terminal)


def _is_text(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_no_file_acts_in_the_reader(start, tmp_path: Path) -> None:
    """Read at the door: in the text, in the title and in the file's name."""
    held = (case if isinstance(case, bytes) else case.encode("utf-8", "replace") for case in cases().values())
    # A file with many bytes that are not text is refused; a single one is shown.
    lines = [
        *(line[:300] for line in held if _is_text(line[:300]) and line.count(0) < 9),
        b"\xff\x1b]0;OWNED\x07",
    ]
    name = max(file_names()[:8], key=len)
    path = tmp_path / os.fsdecode(name)
    path.write_bytes("Un titre \x1b]0;OWNED\x07 là".encode() + b"\n" + b"\n".join(lines))
    terminal = start("open", str(path), columns=COLUMNS, rows=ROWS)
    terminal.wait_for("decided")
    press(terminal, "f", "v", *(" " * 12), "v", "G", "d", "h", ESCAPE, "l")
    terminal.wait_for("Library")
    leave(terminal)


def test_nothing_that_is_stored_acts_in_the_reader(start, tmp_path: Path) -> None:
    """Everything that a hand-written library can say: text, marks, notes, speakers, names, history, languages."""
    annotations = tmp_path / "annotations"
    fill(annotations, titles=3)
    terminal = start("open", ALL, annotations=annotations, columns=COLUMNS, rows=ROWS)
    terminal.wait_for("decided")
    for _ in range(5):
        press(terminal, "\x1b[C", "jjjjj")
    press(terminal, "\x1b[C", "=", ESCAPE, "n", ESCAPE, "c", *(" " * 8), "v", "g", " ")
    press(terminal, ":", ESCAPE, "D", ESCAPE, "&", ESCAPE, "/OWNED\r", ">", "u", "u", "U", "h", ESCAPE)
    leave(terminal)


PIECES = st.one_of(
    st.sampled_from([text[:120] for text in stored_texts(120)]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text(
        st.sampled_from("\x1b\x9b\x9d\x90\x07\x18\x1a[]P_^X;:?0123456789mHhl\\\u202e\u2067\u0301\u200d漢"),
        max_size=40,
    ),
)
EXAMPLES = long_or_short(40, 2)
"""Random articles that are read on a terminal, each a second: the same two, or others at every long run."""


@pytest.mark.longer
@settings(
    max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], database=None, derandomize=not IS_LONG
)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=30, max_size=80), PIECES)
def test_no_random_article_acts(sentences: list[str], words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace_in(Path(folder)).library.save(article_of(sentences, ALL, words))
        command = [sys.executable, "-m", "tui", "open", ALL, "--annotations", folder, "--annotator", "ana"]
        terminal = Terminal(command, columns=COLUMNS, rows=ROWS)
        try:
            terminal.wait_for("decided")
            press(terminal, "ffff", " ", "c", "v", "G", "l")
            terminal.wait_for("Library")
            leave(terminal)
        finally:
            terminal.close()


def test_nothing_acts_in_the_library(start, tmp_path: Path) -> None:
    annotations = tmp_path / "annotations"
    workspace = workspace_in(annotations)
    for number, words in enumerate(stored_texts(50)[::4]):
        workspace.library.save(article_of(["Une phrase."], f"titled-{number:08x}", words))
    damage(annotations, file_names())
    terminal = start("open", annotations=annotations, columns=COLUMNS, rows=ROWS)
    terminal.wait_for("article")
    press(terminal, " ", " ", " ", "S", "S", "S", "/OWN\r", ESCAPE, "!", ESCAPE, "delete", "n", "h", ESCAPE)
    leave(terminal)


def test_nothing_acts_while_names_are_typed_or_added(start, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in file_names():
        (texts / os.fsdecode(name)).write_bytes(b"Une phrase. " + name)
    terminal = start("open", columns=COLUMNS, rows=ROWS, folder=tmp_path)
    terminal.wait_for("Nothing here yet")
    press(
        terminal,
        "a",
        "texts/",
        "\t",
        "\t",
        "\x1b[B",
        "\x1b[B",
        "\x1b[200~" + "\x1b]0;OWNED\x07\u202e" + "\x1b[201~",
    )
    press(terminal, "\x15", "texts\r")
    terminal.wait_for("OWNED")
    quiet(terminal)
    press(terminal, "!", " ", ESCAPE)
    leave(terminal)


def test_nothing_acts_in_keys_and_settings(start, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '"\\u001b]0;OWNED\\u0007" = 1\ntheme = "\\u202e[66m"\n[keys]\n'
        '"tag.fact" = ["\\u001b", "\\u202e", "\\u009b", "ctrl+\\u0007", "\\ufeff", "f"]\n'
        '"tag.opinion" = ["\\u2067"]\n"note" = ["[bold]"]\n',
        encoding="utf-8",
    )
    path = tmp_path / "a.txt"
    path.write_text("Une phrase. Une autre.", encoding="utf-8")
    environment = {"POSTIL_CONFIG": str(config)}
    terminal = start("open", str(path), columns=COLUMNS, rows=ROWS, environment=environment)
    terminal.wait_for("decided")
    press(terminal, "f", "h", " ", ESCAPE, ":", ESCAPE)
    leave(terminal)
    assert b"is not a key" in terminal.raw


def test_nothing_acts_when_the_app_breaks_down(tmp_path: Path) -> None:
    """A bug is told in a line, and shows nothing of what was in memory."""
    path = tmp_path / "a.txt"
    path.write_text("Une phrase.", encoding="utf-8")
    program = (
        "import sys; from tui.reader.panel import Panel; from tui.cli import main\n"
        "def show(self, *_): raise RuntimeError('\\x1b]0;OWNED\\x07[bold]\\u202e')\n"
        f"Panel.show = show; sys.exit(main(['open', {str(path)!r}, '--annotations', {str(tmp_path)!r}]))"
    )
    terminal = Terminal([sys.executable, "-c", program], columns=COLUMNS, rows=ROWS)
    assert terminal.wait_for_end() == 1
    terminal.raw = terminal.raw.replace(b"\x07", b"", 1)
    untouched(terminal)
    assert "unexpected RuntimeError" in terminal.screen
    assert b"Traceback" not in terminal.raw


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n \t\n", "is empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ""),
    "binary.txt": (os.urandom(0) + bytes(range(256)) * 64, ""),
    "lines.txt": (b"\n" * 10_000, "is empty"),
    "spaces.txt": (b" " * 10_000_000, "is empty"),
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
    for path, code in ((tmp_path, 2), (tmp_path / "fifo.txt", 1), (Path("/dev/zero"), 1)):
        assert main(["show", str(path), "--annotations", str(tmp_path / "a")]) == code
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
    "wide.txt": ("漢字" * 1_700_000).encode(),
    "paragraphs.txt": b"a\n" * 1_000_000,
    "blanks.txt": b" " * 10_000_000 + b"a",
}
"""What is an article, however odd."""


ONLY_LONG = {"spaced.txt", "long.txt", "wide.txt", "blanks.txt", "paragraphs.txt"}
"""Ten megabytes each: opening them takes seconds. `unbroken.txt` is one of them that `make test` opens."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in ONLY_LONG else []) for name in READABLE]
)
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
    assert "secret.txt: you have no permission to read it" in line
