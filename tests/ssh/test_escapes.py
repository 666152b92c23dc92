"""Ways out of the account that gets Postil and nothing else: none works.

Whatever could run a program tries to leave a file in a folder that everybody may write.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ssh.conftest import Server
from tests.ssh.test_serving import added
from tests.terminal import PATIENCE, Terminal


@pytest.fixture
def canary(server: Server) -> Iterator[Path]:
    """A folder that everybody may write, and that nobody writes."""
    folder = server.host.annotations.parent / "canary"
    folder.mkdir()
    folder.chmod(0o1777)
    yield folder
    left = sorted(path.name for path in folder.iterdir())
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert left == []


class Process(NamedTuple):
    """A process of somebody, as the system shows it."""

    words: list[str]
    state: str
    environment: dict[str, str]


def processes(server: Server, who: str) -> list[Process]:
    """What runs as somebody, beside sshd's own part."""
    uid = pwd.getpwnam(server.names[who]).pw_uid
    found: list[Process] = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if not folder.name.isdigit() or folder.stat().st_uid != uid:
                continue
            words = (folder / "cmdline").read_bytes().decode().strip("\0").split("\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            pairs = (folder / "environ").read_bytes().decode().strip("\0").split("\0")
            environment = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
            if not words[0].startswith("sshd"):
                found.append(Process(words, state, environment))
    return found


COMMANDS = (
    "id",
    "sh",
    "bash -i",
    "/bin/sh -c 'touch CANARY'",
    'python3 -c \'open("CANARY", "w")\'',
    "open; touch CANARY",
    "open && touch CANARY",
    "open | touch CANARY",
    "open & touch CANARY",
    "open $(touch CANARY)",
    "open `touch CANARY`",
    "open > CANARY",
    "open\ntouch CANARY",
    "open ../../etc/passwd",
    "open ~",
    "open *",
    "open -",
    "show /etc/passwd",
    "show file:///etc/passwd",
    "list --annotations CANARY",
    "export --out CANARY",
    "export --format jsonl --out CANARY",
    "export -o CANARY",
    "export --reviewer rita --out x",
    "export --reviewer --out",
    "export --reviewer",
    "export rita.x",
    "open .",
    "open ..",
    "open a.txt",
    "add /etc/passwd",
    "add .",
    "config --init",
    "config --path",
    "verify --repair",
    "publish x",
    "tag x 1 fact",
    "scheme check x",
    "scheme migrate --apply",
    "serve-setup",
    "completion bash",
    "doctor",
    "list --keymap CANARY",
    "list --theme CANARY",
    "open -c id",
    "open -- sh",
    "open --help",
    "OPEN",
    "ｏｐｅｎ",
    "open %n%s{0}",
    "open " + "a" * 100_000,
    "scp -t CANARY",
    "rsync --server . CANARY",
    "git-upload-pack CANARY",
    "internal-sftp",
    "/usr/lib/openssh/sftp-server",
    "review x",
    "agreement",
)
"""OpenHints for by an annotator, who may `open`, `show`, `list` and `export`, and nothing else."""


def test_no_command_but_those_for_everyone(server: Server, canary: Path) -> None:
    asked = [command.replace("CANARY", str(canary / str(number))) for number, command in enumerate(COMMANDS)]
    with ThreadPoolExecutor(4) as lines:
        answers = list(lines.map(partial(server.run, "ana"), asked))
    for command, done in zip(COMMANDS, answers, strict=True):
        assert done.stdout == b"", (command, done)
        assert done.returncode == 2, (command, done)
        assert done.stderr.startswith(b"postil: "), (command, done)
        assert done.stderr.count(b"\n") == 1, (command, done)


@pytest.mark.parametrize("subsystem", ["sftp", "shell", "netconf"])
def test_no_subsystem(server: Server, subsystem: str) -> None:
    done = server.run("ana", subsystem, options=("-s",), typed=b"\0\0\0\5\1\0\0\0\3")
    assert done.returncode != 0
    assert done.stdout == b""


def test_a_reader_wants_a_terminal(server: Server) -> None:
    done = server.run("ana", typed=b"!touch x\n:q\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"a terminal is needed" in done.stderr


def test_nothing_is_copied(server: Server, canary: Path) -> None:
    known = ["-o", f"UserKnownHostsFile={server.keys / 'known'}", "-o", "BatchMode=yes"]
    there = f"{server.names['ana']}@127.0.0.1"
    for program in (["scp", "-O"], ["scp"]):
        line = [*program, "-P", str(server.port), "-i", str(server.keys / "ana"), *known]
        for ends in (
            ["/etc/hostname", f"{there}:{canary}/up"],
            [f"{there}:/etc/passwd", str(canary / "down")],
        ):
            done = subprocess.run([*line, *ends], capture_output=True, check=False, timeout=PATIENCE)
            assert done.returncode != 0


def test_nothing_is_forwarded(server: Server, tmp_path: Path) -> None:
    done = server.run("ana", options=("-W", f"127.0.0.1:{server.port}"))
    assert b"SSH-2.0" not in done.stdout
    assert done.returncode != 0
    strict = ("-N", "-o", "ExitOnForwardFailure=yes")
    for way in (("-R", "0:127.0.0.1:22"), ("-R", f"{tmp_path}/back:127.0.0.1:22"), ("-w", "any:any")):
        assert server.run("ana", options=(*strict, *way)).returncode != 0, way
    ports = [_unused_port(), _unused_port(), _unused_port()]
    ways = (
        *("-L", f"{ports[0]}:127.0.0.1:{server.port}"),
        *("-L", f"{ports[1]}:/run/systemd/private"),
        *("-D", str(ports[2])),
    )
    line = subprocess.Popen(server.command("ana", options=(*strict, *ways)), stdin=subprocess.DEVNULL)
    try:
        to_sshd = b"\5\1\0" + b"\5\1\0\1\x7f\0\0\1" + server.port.to_bytes(2, "big")
        for port, said in zip(ports, (b"", b"x", to_sshd), strict=True):
            assert b"SSH-2.0" not in _answer(port, said)
    finally:
        # A client that is asked to end sometimes does so only half a minute later.
        line.kill()
        line.wait()


def _unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answer(port: int, said: bytes) -> bytes:
    """What comes over a connection until the other end closes it."""
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            line = socket.create_connection(("127.0.0.1", port), PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < limit
            continue
        break
    with line:
        got = b""
        with contextlib.suppress(ConnectionError):
            line.sendall(said)
            while part := line.recv(4096):
                got += part
        return got


HOSTILE = {
    "LC_ALL": "$(touch CANARY)",
    "LC_EVIL": "() { :; }; touch CANARY",
    "LANG": "../../CANARY",
    "COLORTERM": "truecolor; touch CANARY",
    "NO_COLOR": "$(touch CANARY)",
    "POSTIL_THEME": "../../CANARY",
    "POSTIL_KEYMAP": "/etc/passwd",
    "POSTIL_ANNOTATIONS": "/tmp",
    "POSTIL_ANNOTATOR": "ben",
    "POSTIL_CONFIG": "/etc/passwd",
    "POSTIL_SCHEME": "/etc/passwd",
    "POSTIL_DEBUG": "1",
    "PYTHONPATH": "CANARY",
    "PYTHONSTARTUP": "CANARY",
    "PYTHONINSPECT": "1",
    "PYTHONBREAKPOINT": "os.system",
    "TEXTUAL_DRIVER": "os:system",
    "TEXTUAL": "devtools",
    "LD_PRELOAD": "CANARY",
    "LD_LIBRARY_PATH": "CANARY",
    "BASH_ENV": "CANARY",
    "ENV": "CANARY",
    "IFS": "e",
    "PATH": "CANARY",
    "HOME": "CANARY",
    "BROWSER": "touch CANARY",
    "EDITOR": "touch CANARY",
    "VISUAL": "touch CANARY",
    "PAGER": "touch CANARY",
    "SHELL": "CANARY",
    "DISPLAY": ":99",
    "SSH_AUTH_SOCK": "/tmp/agent",
    "SSH_ORIGINAL_COMMAND": "sh",
    "_ARGCOMPLETE": "1",
    "TERM": "x;touch CANARY",
}


def test_nothing_of_the_environment_gets_through(server: Server, canary: Path) -> None:
    article = added(server)
    environment = {name: value.replace("CANARY", str(canary / name)) for name, value in HOSTILE.items()}
    sent = " ".join(f'"{name}={value}"' for name, value in environment.items() if name != "TERM")
    ours = {"TERM": environment["TERM"], "DISPLAY": ":99", "SSH_AUTH_SOCK": str(canary / "agent")}
    options = ("-o", f"SetEnv={sent}", "-X", "-A")
    reader = server.terminal("ana", "open", article, options=options, environment=ours)
    try:
        reader.wait_for("/41 decided")
        running = processes(server, "ana")
        assert running
        for process in running:
            known = dict(process.environment)
            assert known.pop("SSH_CONNECTION", "127.0.0.1 ").startswith("127.0.0.1 ")
            for name in ("TEXTUAL_ANIMATIONS", "ESCDELAY", "LC_CTYPE"):
                known.pop(name, None)
            assert known == {
                "PATH": "/usr/bin:/bin",
                "HOME": "/nonexistent",
                "LANG": "C.UTF-8",
                "BROWSER": "/bin/false",
                "TERM": "xterm",
                "NO_COLOR": "1",
                "POSTIL_ANNOTATIONS": str(server.host.annotations),
            }, process.words
        reader.send("\x11")
        assert reader.wait_for_end() == 0
    finally:
        reader.close()


@pytest.mark.parametrize("term", ["../../../etc/passwd", "$(id)", "x" * 1000, "xterm\nid"])
def test_a_hostile_terminal_name(server: Server, term: str) -> None:
    done = server.terminal("ana", "list", environment={"TERM": term})
    try:
        done.wait_for_end()
        assert "uid=" not in done.screen
        assert "root:" not in done.screen
    finally:
        done.close()


ESCAPE = "\x1b[27u"
"""As a terminal writes it whose escape key cannot be taken for the beginning of another."""

KEYS = (
    ("ctrl+z", "\x1a"),
    ("ctrl+c", "\x03"),
    ("ctrl+backslash", "\x1c"),
    ("ctrl+d", "\x04"),
    ("ctrl+s", "\x13"),
    ("ctrl+q is asked elsewhere: ctrl+v", "\x16"),
    ("ctrl+right bracket", "\x1d"),
    ("ctrl+x ctrl+e", "\x18\x05"),
    ("ctrl+o", "\x0f"),
    ("ctrl+p and a command of the shell", "\x10!touch CANARY\r"),
    ("palette: a path", ":/etc/passwd\r"),
    ("palette: open a file", ":open /etc/passwd\r"),
    ("palette: shell", ":sh\r"),
    ("palette: suspend", ":suspend\r"),
    ("palette: screenshot", ":screenshot\r"),
    ("palette: bang", ":!touch CANARY\r"),
    ("palette: write", ":w CANARY\r"),
    ("search with a pipe", "/| touch CANARY\r"),
    ("note with a command", "n$(touch CANARY)\r"),
    ("a pasted command", "\x1b[200~\n!touch CANARY\n\x1b[201~"),
    ("a pasted end of a paste", "\x1b[200~\x1b[201~\x1b]52;c;?\x07\x1b[201~"),
    ("answers of a terminal", "\x1b[?1;2c\x1b]11;rgb:00/00/00\x07\x1bP1+r\x1b\\\x1b[?2026;2$y"),
    (
        "mouse, with a modifier, on everything",
        "".join(f"\x1b[<8;{x};{y}M\x1b[<8;{x};{y}m" for x, y in ((3, 1), (30, 5), (110, 20), (20, 39))),
    ),
    ("f keys", "\x1bOP\x1b\x1b[15~\x1b[17~\x1b[24~"),
    ("a name for all, remembered in a file", "i"),
)


def settled(terminal: Terminal) -> None:
    """Wait until nothing of what was typed is left: help opens and closes."""
    terminal.send(f"{ESCAPE}h")
    terminal.wait_for("Which tags?")
    terminal.send(ESCAPE)
    terminal.wait_for(lambda screen: "Which tags?" not in screen)


def test_no_key_leads_out(server: Server, canary: Path) -> None:
    article = added(server)
    reader = server.terminal("ana", "open", article)
    try:
        reader.wait_for("/41 decided")
        for number, (what, keys) in enumerate(KEYS):
            reader.send(keys.replace("CANARY", str(canary / str(number))))
            settled(reader)
            running = processes(server, "ana")
            assert [process for process in running if "tui" not in " ".join(process.words)] == [], what
            assert [process for process in running if process.state == "T"] == [], what
            assert "root:x:0" not in reader.screen, what
        reader.send("l")
        reader.wait_for("Library")
        for keys, said in (("a", "restricted"), ("x", "restricted")):
            reader.send(keys)
            reader.wait_for(said)
            reader.send(ESCAPE)
        reader.send("\x11")
        assert reader.wait_for_end() == 0
    finally:
        reader.close()


def test_very_much_pasted(server: Server) -> None:
    article = added(server)
    reader = server.terminal("ana", "open", article)
    try:
        reader.wait_for("/41 decided")
        typing = threading.Thread(target=reader.send, args=("\x1b[200~" + "A" * 300_000 + "\x1b[201~" + "h",))
        typing.start()
        reader.wait_for("Which tags?")
        typing.join()
        reader.send(ESCAPE)
        reader.wait_for(lambda screen: "Which tags?" not in screen)
        reader.send("\x11")
        assert reader.wait_for_end() == 0
    finally:
        reader.close()


def test_the_line_of_a_master_is_no_way_around(server: Server, tmp_path: Path, canary: Path) -> None:
    control = ("-o", f"ControlPath={tmp_path / 'line'}", "-o", "ControlMaster=auto", "-o", "ControlPersist=5")
    server.run("ana", "list", options=control)
    done = server.run("ana", f"touch {canary / 'second'}", options=control)
    assert (done.returncode, done.stdout) == (2, b"")
    subprocess.run(server.command("ana", options=(*control, "-O", "exit")), check=False, capture_output=True)


def test_nobody_else_gets_in(server: Server) -> None:
    """Not as root with an annotator's key, not with another's key, not without one."""
    command = server.command("ana")
    for target in ("root", server.names["ben"]):
        asked = [*command[:-1], f"{target}@127.0.0.1", "list"]
        done = subprocess.run(asked, capture_output=True, check=False, timeout=PATIENCE)
        assert done.returncode == 255, target
    assert os.geteuid() == 0
