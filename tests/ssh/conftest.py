"""A real OpenSSH server on loopback, with throw-away keys and accounts, set up as Postil itself says."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal import PATIENCE, Terminal
from tui.serving.recipe import Host, setup_script

CHECKOUT = Path(__file__).parent.parent.parent

FACTS = (("ana", False), ("ben", False), ("rita", True))
"""The people, and whether they review."""

ALIVE = "D,R,S,T"
"""The states of a process that has not ended."""


class Server(NamedTuple):
    """A host that serves Postil."""

    host: Host
    port: int
    keys: Path
    """Private keys, by name, and the host's public one."""
    names: Mapping[str, str]
    """The accounts of `ana`, `ben` and `rita`."""

    def command(self, who: str, *words: str, options: Sequence[str] = ()) -> list[str]:
        """`ssh` as somebody; `words` are what is asked for."""
        known = ["-o", f"UserKnownHostsFile={self.keys / 'known'}", "-o", "LogLevel=ERROR", "-F", "/dev/null"]
        return [
            *("ssh", "-p", str(self.port), "-i", str(self.keys / who), *known, "-o", "IdentitiesOnly=yes"),
            *("-o", "BatchMode=yes", *options, f"{self.names[who]}@127.0.0.1", *words),
        ]

    def run(
        self,
        who: str,
        *words: str,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        typed: bytes = b"",
    ) -> subprocess.CompletedProcess[bytes]:
        """Without a terminal; what it printed and its exit code."""
        return subprocess.run(
            self.command(who, *words, options=options),
            input=typed,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env={**os.environ, **(environment or {})},
        )

    def terminal(
        self,
        who: str,
        *words: str,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        columns: int = 120,
    ) -> Terminal:
        """With one."""
        command = self.command(who, *words, options=("-tt", *options))
        return Terminal(command, columns=columns, environment=environment)

    def here(self, who: str, *command: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """On the host itself, with somebody's rights: what they could do if they had got a shell."""
        person = pwd.getpwnam(self.names.get(who, who))
        groups = [group.gr_gid for group in grp.getgrall() if person.pw_name in group.gr_mem]
        return subprocess.run(
            command,
            user=person.pw_uid,
            group=person.pw_gid,
            extra_groups=groups,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            input=typed,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )

    def postil_here(self, who: str, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """A command there, not restricted."""
        where = ("--annotations", str(self.host.annotations))
        return self.here(who, str(self.host.python), "-I", "-m", "tui", *words, *where, typed=typed)

    def wait_until_gone(self, *people: str) -> None:
        """Until nothing runs as these, or as any of them: a cut line leaves a program that saves, and ends."""
        limit = time.monotonic() + PATIENCE
        names = [self.names[who] for who in people] or list(self.names.values())
        asked = ["pgrep", "-r", ALIVE, "-u", ",".join(names)]
        while (found := subprocess.run(asked, check=False, capture_output=True)).returncode == 0:
            assert time.monotonic() < limit, found.stdout
            time.sleep(0.02)

    @property
    def people(self) -> Path:
        return self.host.annotations / "people"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can make accounts and start an SSH server")
    missing = [name for name in ("sshd", "ssh", "ssh-keygen", "useradd", "groupadd") if _found(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    base = python_for_everybody()
    if base is None:
        pytest.skip("no Python here that other accounts may run")
    # Everything above the keys must be writable for root alone, or sshd does not read them.
    place = Path(tempfile.mkdtemp(prefix="postil-ssh-", dir="/var/lib"))
    place.chmod(0o755)
    tail = place.name[-6:].lower().replace("_", "x")
    names = {name: f"p{tail}-{name}" for name, _ in FACTS}
    host = Host(
        annotations=place / "annotations",
        python=place / "venv" / "bin" / "python",
        group=f"p{tail}",
        reviewers=f"p{tail}-rev",
        login=place / "lib" / "login",
        keys=place / "keys",
        sshd=place / "postil.conf",
    )
    sshd: subprocess.Popen[bytes] | None = None
    try:
        install(place, base)
        port = _free_port()
        (place / "secret").mkdir(mode=0o700)
        _server_settings(place, host, port)
        # Tells of a mistake in what it wrote by `sshd -t`, which looks at this host's own configuration.
        script = setup_script(host).replace("sshd -t", f"{_found('sshd')} -t -f {place / 'sshd_config'}")
        _shell(script)
        _make_people(host, names, place / "secret")
        # Run again, it registers everyone who is in the group by now.
        _shell(script)
        sshd = subprocess.Popen(
            [str(_found("sshd")), "-D", "-e", "-f", str(place / "sshd_config")],
            stdin=subprocess.DEVNULL,
            stderr=(place / "sshd.log").open("wb"),
        )
        _wait_for(port, sshd, place / "sshd.log")
        (place / "secret" / "known").write_text(
            f"[127.0.0.1]:{port} " + (place / "secret" / "host.pub").read_text(encoding="utf-8"),
            encoding="utf-8",
        )
        yield Server(host, port, place / "secret", names)
    finally:
        if sshd is not None:
            sshd.terminate()
            sshd.wait()
        for name in names.values():
            # An account is not removed as long as anything runs in it.
            killed = ["pkill", "-KILL", "-r", ALIVE, "-u", name]
            while not subprocess.run(killed, check=False, capture_output=True).returncode:
                time.sleep(0.02)
            subprocess.run(["userdel", name], check=False, capture_output=True)
        for group in (host.reviewers, host.group):
            subprocess.run(["groupdel", group], check=False, capture_output=True)
        shutil.rmtree(place, ignore_errors=True)


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def python_for_everybody() -> str | None:
    """An interpreter of our version that an account without rights may run, with our libraries."""
    same = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = (os.path.realpath(sys.executable), f"/usr/bin/{same}", f"/usr/local/bin/{same}")
    tried = "import sys; sys.path[:0] = sys.argv[1:]; import tui.app"
    for python in candidates:
        asked = [python, "-I", "-c", tried, str(CHECKOUT), sysconfig.get_path("purelib")]
        try:
            done = subprocess.run(
                asked, user=65534, group=65534, extra_groups=[], check=False, capture_output=True, cwd="/"
            )
        except OSError:
            continue
        if done.returncode == 0:
            return python
    return None


def install(place: Path, base: str) -> None:
    """A virtual environment that sees this checkout and the libraries of this one."""
    subprocess.run([base, "-m", "venv", "--without-pip", str(place / "venv")], check=True)
    [libraries] = (place / "venv" / "lib").glob("python*/site-packages")
    paths = f"{CHECKOUT}\n{sysconfig.get_path('purelib')}\n"
    (libraries / "postil.pth").write_text(paths, encoding="utf-8")


def _server_settings(place: Path, host: Host, port: int) -> None:
    """As loose as a host may be where the settings for the group do not hold it back."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / "secret" / "host")], check=True
    )
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    (place / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {place / 'secret' / 'host'}\nPidFile none\n"
        "UsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin no\n"
        "AcceptEnv LANG LC_*\nSubsystem sftp internal-sftp\nMaxStartups 100\nMaxSessions 20\n"
        f"Include {host.sshd}\n",
        encoding="utf-8",
    )


def _shell(script: str) -> None:
    subprocess.run(["sh", "-s"], input=script.encode(), check=True, capture_output=True)


def _make_people(host: Host, names: Mapping[str, str], secret: Path) -> None:
    for person, reviews in FACTS:
        name = names[person]
        groups = f"{host.group},{host.reviewers}" if reviews else host.group
        made = ["useradd", "-M", "-d", "/", "-s", "/bin/sh", "-p", "*", "-G", groups, name]
        subprocess.run(made, check=True, capture_output=True)
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(secret / person)], check=True
        )
        shutil.copy(secret / f"{person}.pub", host.keys / name)
        (host.keys / name).chmod(0o644)
    assert {names["ana"], names["rita"]} <= set(grp.getgrnam(host.group).gr_mem)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, sshd: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            said = log.read_text(encoding="utf-8", errors="replace")
            assert sshd.poll() is None, said
            assert time.monotonic() < limit, said
            time.sleep(0.02)
        else:
            return
