"""Checks that a host that serves Postil over SSH is safe: sshd, who can write which files, which account is whose."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tui.model.identity import EARLIER_SECOND_PASS, is_mistakable
from tui.serving.finding import Finding
from tui.serving.folders import check_accounts, wrong_people
from tui.serving.recipe import Host, login_script
from tui.store.files import SHARED_FOLDER_MODE

POWERFUL = frozenset({"root", "sudo", "wheel", "admin", "docker", "lxd", "disk", "shadow", "adm"})
"""Groups whose members can become root, or read root's files."""

ACCEPTED = frozenset(
    {"LANG", "LC_*", "COLORTERM", "NO_COLOR", "POSTIL_THEME", "POSTIL_KEYMAP"}
)  # The login script checks each of them before it passes it on.

_REQUIRED = {
    "disableforwarding": "yes",
    "permituserrc": "no",
    "permituserenvironment": "no",
    "permittunnel": "no",
    "permittty": "yes",
}
"""The effective settings that sshd must have for a member."""


def check(host: Host, settings_of: Mapping[str, Sequence[str]] | None = None) -> Iterator[Finding]:
    """The results of all checks, in order. `settings_of` replaces sshd's own answer for a member.

    Nothing is changed. Only root sees everything.
    """
    members = list(_members(host.group))
    if not members:
        yield Finding(
            "group",
            f"{host.group} has no members",
            "bad",
            f"groupadd {host.group}; usermod -aG {host.group} NAME",
        )
    for member in members:
        yield from _account(member, host)
        given = settings_of.get(member.pw_name) if settings_of is not None else _sshd_settings(member.pw_name)
        yield from _sshd(member.pw_name, given, host)
    yield from _login(host)
    yield from _program(host)
    uids = {member.pw_name: member.pw_uid for member in members}
    yield from _annotations(host, uids)
    yield from check_accounts(host, uids)


# -- people ----------------------------------------------------------------


def _members(group: str) -> Iterator[pwd.struct_passwd]:
    try:
        entry = grp.getgrnam(group)
    except KeyError:
        return
    for person in sorted(pwd.getpwall()):
        if person.pw_gid == entry.gr_gid or person.pw_name in entry.gr_mem:
            yield person


def _account(person: pwd.struct_passwd, host: Host) -> Iterator[Finding]:
    name = person.pw_name
    groups = {
        entry.gr_name for entry in grp.getgrall() if name in entry.gr_mem or entry.gr_gid == person.pw_gid
    }
    if person.pw_uid == 0 or groups & POWERFUL:
        powers = ", ".join(sorted(groups & POWERFUL)) or "root"
        yield Finding(
            name, f"is in {powers}", "bad", f"annotate with another account, or gpasswd -d {name} GROUP"
        )
    else:
        role = "reviews" if host.reviewers in groups else "annotates"
        yield Finding(name, role)
    if any(character.isupper() for character in name):
        yield Finding(
            name, "has capitals, and annotators' names are in lower case", "bad", "use a name in lower case"
        )
    if is_mistakable(name):
        fix = f"use a name that does not end in {EARLIER_SECOND_PASS}"
        yield Finding(name, "could be mistaken for another annotator's second pass", "bad", fix)


# -- sshd ------------------------------------------------------------------


def _sshd_settings(person: str) -> Sequence[str] | None:
    """sshd's effective settings for a person, lines of `keyword value`; None if they are unknown."""
    sshd = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if sshd is None:
        return None
    command = [sshd, "-T", "-C", f"user={person},host=localhost,addr=127.0.0.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout.splitlines() if done.returncode == 0 else None


def _sshd(person: str, lines: Sequence[str] | None, host: Host) -> Iterator[Finding]:
    what = f"sshd {person}"
    if lines is None:
        yield Finding(
            what, "the settings of sshd are unknown", "bad", "run this as root, on a host with sshd"
        )
        return
    settings: dict[str, list[str]] = {}
    for line in lines:
        keyword, _, value = line.partition(" ")
        settings.setdefault(keyword.lower(), []).append(value.strip())
    wrong = list(_wrong_settings(settings, host))
    for problem, fix in wrong:
        yield Finding(what, problem, "bad", fix)
    if not wrong:
        yield Finding(what, f"runs {host.login}, forwards nothing")
    if settings.get("clientaliveinterval", ["0"])[-1] == "0":
        yield Finding(what, "a lost connection is not noticed", "note", "ClientAliveInterval 15")


def _wrong_settings(settings: Mapping[str, Sequence[str]], host: Host) -> Iterator[tuple[str, str]]:
    forced = settings.get("forcecommand", ["none"])[-1]
    if forced != f"exec {host.login}":
        yield f"runs {forced}, not {host.login}", f"ForceCommand exec {host.login}"
    for keyword, required in _REQUIRED.items():
        value = settings.get(keyword, ["?"])[-1].lower()
        if value != required:
            yield f"{keyword} is {value}", f"{keyword} {required}"
    accepted = {name for value in settings.get("acceptenv", []) for name in value.split()}
    if accepted - ACCEPTED:
        names = ", ".join(sorted(accepted - ACCEPTED))
        yield f"accepts {names} from the client", "AcceptEnv without them"
    keys = [path for value in settings.get("authorizedkeysfile", []) for path in value.split()]
    if any(not path.startswith("/") or "%h" in path for path in keys):
        yield "reads keys from the person's home", f"AuthorizedKeysFile {host.keys}/%u"
    else:
        for path in keys:
            folder = Path(path.split("%")[0])
            if (who := writable_by_others(folder)) is not None:
                yield f"{who} can be written by others than root", f"chown root {who}; chmod go-w {who}"


# -- files -----------------------------------------------------------------


def writable_by_others(path: Path) -> Path | None:
    """The first of the path and the folders above it that others than root can change; None if only root can.

    A missing path counts as its folder. A folder with the sticky bit protects root's files in it.
    """
    last = path
    for checked in (path, *path.resolve().parents, *path.absolute().parents):
        try:
            state = checked.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISLNK(state.st_mode):
            if state.st_uid != 0:
                return checked
            continue
        loose = state.st_mode & 0o022 and not (state.st_mode & stat.S_ISVTX and checked != last)
        if state.st_uid != 0 or loose:
            return checked
    return None


def _login(host: Host) -> Iterator[Finding]:
    what = "login"
    try:
        text = host.login.read_text(encoding="utf-8")
    except OSError as error:
        fix = "postil serve-setup prints how to make it"
        yield Finding(what, f"{host.login}: {error.strerror}", "bad", fix)
        return
    if (who := writable_by_others(host.login)) is not None:
        yield Finding(
            what, f"{who} can be changed by others than root", "bad", f"chown root {who}; chmod go-w {who}"
        )
    if not host.login.stat().st_mode & 0o001:
        yield Finding(what, f"{host.login} cannot be run", "bad", f"chmod 0755 {host.login}")
    if text != login_script(host):
        yield Finding(
            what,
            f"{host.login} is not the script of this version",
            "note",
            "compare it with postil serve-setup",
        )
    else:
        yield Finding(what, f"{host.login} is the script of this version")


def _program(host: Host) -> Iterator[Finding]:
    """Others who can write the interpreter, a library or Postil could change what runs."""
    loose = False
    for path in _installed(host):
        if (who := writable_by_others(path)) is not None:
            loose = True
            yield Finding(
                "program",
                f"{who} can be changed by others than root",
                "bad",
                f"chown -R root {who}; chmod -R go-w {who}",
            )
    if not loose:
        yield Finding("program", f"{host.python}: only root can change it")


def _installed(host: Host) -> Iterable[Path]:
    package = Path(__file__).parent.parent
    libraries = Path(sysconfig.get_path("purelib"))
    return dict.fromkeys((host.python, host.python.resolve(), libraries, package))


def _annotations(host: Host, members: Mapping[str, int]) -> Iterator[Finding]:
    what, folder = "annotations", host.annotations
    if not folder.is_dir():
        yield Finding(what, f"{folder} is not a folder", "bad", "postil serve-setup prints how to make it")
        return
    wrong = [*_wrong_modes(host), *wrong_people(host, members)]
    for problem, fix in wrong:
        yield Finding(what, problem, "bad", fix)
    if not wrong:
        yield Finding(what, f"{folder}: each person can write only their own files")


def _wrong_modes(host: Host) -> Iterator[tuple[str, str]]:
    folder = host.annotations
    if (who := writable_by_others(folder)) is not None and not _is_the_groups(who, host):
        yield f"{who} can be changed by others", f"chown root {who}; chmod go-w {who}"
    for shared in (folder / "articles", folder / "people"):
        if not shared.is_dir() or shared.is_symlink():
            yield f"{shared} is not a folder", f"install -d -o root -g {host.group} -m 3770 {shared}"
        elif (mode := stat.S_IMODE(shared.stat().st_mode)) != SHARED_FOLDER_MODE or not _is_the_groups(
            shared, host
        ):
            yield (
                f"{shared} is {mode:o}",
                f"chgrp {host.group} {shared}; chmod {SHARED_FOLDER_MODE:o} {shared}",
            )


def _is_the_groups(path: Path, host: Host) -> bool:
    try:
        return path.stat().st_gid == grp.getgrnam(host.group).gr_gid
    except KeyError:
        return False
