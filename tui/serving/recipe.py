"""The files and commands that make a host serve Postil over SSH."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from tui.serving.registration import Refused, check_name

_UNSAFE = frozenset("@\n\r\0")


class Host(NamedTuple):
    """How the host is laid out."""

    annotations: Path
    python: Path
    """The interpreter that has Postil."""
    group: str = "postil"
    reviewers: str = "postil-reviewers"
    login: Path = Path("/usr/local/lib/postil/login")
    """What sshd runs."""
    keys: Path = Path("/etc/ssh/postil-keys")
    """A folder with one file of public keys for each person."""
    sshd: Path = Path("/etc/ssh/sshd_config.d/postil.conf")


def login_script(host: Host) -> str:
    """The program that sshd runs. Raises ValueError for a path that cannot be written into a script."""
    return _filled("login.sh", host)


def sshd_settings(host: Host) -> str:
    """The part of sshd's configuration. Raises ValueError for a path that cannot be written into it."""
    if any(" " in str(path) or '"' in str(path) for path in (host.login, host.keys)):
        raise ValueError("sshd allows no spaces in these paths: choose others")
    return _filled("sshd.conf", host)


def setup_script(host: Host) -> str:
    """A shell script for the administrator to read, then run as root. It may be run again."""
    group, reviewers = shlex.quote(host.group), shlex.quote(host.reviewers)
    annotations, python, login, keys = (
        shlex.quote(str(path)) for path in (host.annotations, host.python, host.login, host.keys)
    )
    return f"""\
#!/bin/sh
# Serves Postil over SSH. Read it, then run it as root; it may be run again.
set -euf

getent group {group} >/dev/null || groupadd {group}
getent group {reviewers} >/dev/null || groupadd {reviewers}

# Each person makes their own folder below. No one can remove another person's.
install -d -o root -g {group} -m 2750 {annotations}
install -d -o root -g {group} -m 3770 {annotations}/articles {annotations}/people

# Keys are stored where only root writes: people could add options to a file of their own.
install -d -o root -g root -m 0755 {keys} {shlex.quote(str(host.login.parent))}

cat > {login} <<'POSTIL-LOGIN'
{login_script(host)}POSTIL-LOGIN
chown root:root {login}
chmod 0755 {login}

cat > {shlex.quote(str(host.sshd))} <<'POSTIL-SSHD'
{sshd_settings(host)}POSTIL-SSHD
chown root:root {shlex.quote(str(host.sshd))}
chmod 0644 {shlex.quote(str(host.sshd))}
sshd -t

{_filled("person.sh", host)}
# Only registered names are read: this registers everyone who is in the group now.
{python} -I -m tui.serving.registration {annotations}
members() {{
    getent group {group} | cut -d: -f4 | tr , ' '
    getent passwd | awk -F: -v "gid=$(getent group {group} | cut -d: -f3)" '$4 == gid {{ print $1 }}'
}}
code=0
for name in $(members); do
    person "$name" || code=1
done

# To add a person: the account (-M: no home is needed), their key, the second group if they review, their folder:
#   useradd -M -d / -s /bin/sh -p '*' -G {group} ana
#   install -m 0644 ana.pub {keys}/ana
#   usermod -a -G {reviewers} ana
#   postil serve-setup --annotations {annotations} --person ana | sh

echo "now: systemctl reload ssh, and postil serve-setup --check --annotations {annotations}"
exit "$code"
"""


def people_script(host: Host, names: Sequence[str]) -> str:
    """A shell script that registers accounts and makes their folders, for the administrator to read, then run as root.

    It may be run again. Raises ValueError for a name that no person's account can have.
    """
    for name in names:
        try:
            check_name(name)
        except Refused as error:
            raise ValueError(str(error)) from error
    lines = "\n".join(f"person {shlex.quote(name)} || code=1" for name in dict.fromkeys(names))
    return f"""\
#!/bin/sh
# Registers people who annotate. Read it, then run it as root; it may be run again.
set -euf

{_filled("person.sh", host)}
code=0
{lines}
exit "$code"
"""


def _filled(name: str, host: Host) -> str:
    values = {
        "@GROUP@": host.group,
        "@GROUPNAME@": shlex.quote(host.group),
        "@REVIEWERS@": host.reviewers,
        "@LOGIN@": str(host.login),
        "@KEYS@": str(host.keys),
        "@ANNOTATIONS@": shlex.quote(str(host.annotations)),
        "@PYTHON@": shlex.quote(str(host.python)),
    }
    for value in values.values():
        if _UNSAFE & set(value):
            raise ValueError(f"{value!r} cannot be written into a script: choose another name")
    text = files("tui.serving").joinpath(name).read_text(encoding="utf-8")
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
