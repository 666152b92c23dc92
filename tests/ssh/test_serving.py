"""Several people work on one host over real SSH lines."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.ssh.conftest import Server
from tests.terminal import Terminal
from tui.resources import sample
from tui.serving.checks import check


def added(server: Server) -> str:
    """The id of the sample, which the administrator puts into the library."""
    words = [str(server.host.python), "-I", "-m", "tui", "add", str(sample())]
    where = ["--annotations", str(server.host.annotations), "--annotator", "root"]
    subprocess.run([*words, *where], check=True, capture_output=True)
    [article] = (server.host.annotations / "articles").glob("[!.]*.json")
    os.chown(article, 0, server.host.annotations.stat().st_gid)
    return article.stem


def opened(server: Server, who: str, article: str) -> Terminal:
    terminal = server.terminal(who, "open", article)
    terminal.wait_for("/41 decided")
    return terminal


def test_two_annotate_and_a_line_is_cut(server: Server) -> None:
    article = added(server)
    ana = opened(server, "ana", article)
    ben = opened(server, "ben", article)
    ana.send("foq")
    ana.wait_for("3/41 decided")
    ben.send("fq")
    ben.wait_for("2/41 decided")
    ana.wait_for("saved ✓")
    ben.wait_for("saved ✓")
    # The line drops: the client is killed, and what was saved is there.
    ben.close()
    ana.send("\x11")
    assert ana.wait_for_end() == 0
    again = opened(server, "ben", article)
    again.wait_for("2/41 decided")
    again.send("\x11")
    assert again.wait_for_end() == 0
    for who in ("ana", "ben"):
        own = server.people / server.names[who]
        assert oct(own.stat().st_mode)[-4:] == "2750"
        assert {oct(path.stat().st_mode)[-3:] for path in own.glob("*.json")} == {"640"}
    findings = list(check(server.host, {}))
    assert [found for found in findings if found.what == "annotations" and found.state == "bad"] == []


def test_sshd_does_what_the_check_wants(server: Server) -> None:
    config = server.host.login.parent.parent / "sshd_config"
    told: dict[str, list[str]] = {}
    for name in server.names.values():
        asked = [
            "/usr/sbin/sshd",
            "-T",
            "-f",
            str(config),
            "-C",
            f"user={name},host=localhost,addr=127.0.0.1",
        ]
        told[name] = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    findings = list(check(server.host, told))
    assert [found for found in findings if found.what.startswith("sshd") and found.state != "ok"] == []
    assert [found for found in findings if found.what == "login" and found.state != "ok"] == []


def test_a_stranger_reads_nothing(server: Server) -> None:
    listed = subprocess.run(
        ["ls", str(server.host.annotations)],
        user=65534,
        group=65534,
        extra_groups=[],
        check=False,
        capture_output=True,
    )
    assert listed.returncode != 0
    assert Path(server.host.annotations).is_dir()
