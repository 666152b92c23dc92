"""Checks that each person of a host is registered, and has a folder in which everything is theirs.

Every fix is a command for root's shell. None gives a file to another account: another's files are moved aside.
"""

from __future__ import annotations

import shlex
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from tui.serving.finding import Finding
from tui.serving.recipe import Host
from tui.store.accounts import Accounts, NotBelieved, read_accounts
from tui.store.disk import DISK
from tui.store.earlier_passes import EarlierPasses
from tui.store.files import FILE_MODE, OWN_FOLDER_MODE
from tui.store.folder import FolderStore
from tui.store.owners import has_name_elsewhere
from tui.store.protocol import Damaged, StoreError, Unreadable
from tui.store.work_files import ACCOUNTS_FILE

Wrong = tuple[str, str]
"""What was found, and the fix."""


def look_at_accounts(host: Host, members: Mapping[str, int]) -> Iterator[Finding]:
    """The accounts file, compared with the members of the group and their user ids."""
    what, path = "accounts", host.annotations / ACCOUNTS_FILE
    try:
        accounts = read_accounts(host.annotations)
    except StoreError as error:
        found, _, fix = str(error).partition(": ")
        # One that the disk does not give back may be whole.
        if isinstance(error, NotBelieved | Damaged) and not isinstance(error, Unreadable):
            fix = f"{aside(host, path)} && {_register(host, members)}"
        yield Finding(what, found, "bad", fix)
        return
    if accounts is None:
        found = f"{path} is missing: a name can be taken by another account"
        yield Finding(what, found, "bad", _register(host, members))
        return
    wrong = list(_wrong_members(host, accounts.uids, members))
    for found, fix in wrong:
        yield Finding(what, found, "bad", fix)
    for name in sorted(accounts.uids):
        if name not in members and (gone := accounts.gone(name)) is not None:
            yield Finding(what, gone.partition(": ")[0], "note")
    if not wrong:
        yield Finding(what, f"{path}: {len(accounts.uids)} registered, only root may change it")


def _wrong_members(host: Host, uids: Mapping[str, int], members: Mapping[str, int]) -> Iterator[Wrong]:
    for name, uid in sorted(members.items()):
        if uid == 0:
            continue
        registered = uids.get(name)
        if registered is None:
            yield f"{name} is not registered", _register(host, [name])
        elif registered != uid:
            yield (
                f"{name} is registered with the user id {registered}, and has {uid}",
                f"usermod -u {registered} {shlex.quote(name)}",
            )
        elif not _is_there(host.annotations / "people" / name):
            yield f"{name} has no folder", _register(host, [name])


def wrong_people(host: Host, members: Mapping[str, int]) -> Iterator[Wrong]:
    """What is in `people/` and is not the work of the person it is named after."""
    people = host.annotations / "people"
    try:
        accounts = read_accounts(host.annotations)
    except StoreError:
        accounts = None
    known = Accounts(members) if accounts is None else accounts
    earlier = EarlierPasses(host.annotations, FolderStore(host.annotations, scheme=""))
    for own in sorted(people.iterdir()) if people.is_dir() and not people.is_symlink() else ():
        state = DISK.state(own)
        mode = stat.S_IMODE(state.mode)
        problem = known.owner_problem(own.name, state.owner)
        if problem is None and earlier.owner_of(own.name) == own.name:
            problem = known.person_problem(own.name)
        if not stat.S_ISDIR(state.mode):
            yield f"{own} is no folder", _replaced(host, own, members)
        elif problem is not None:
            yield f"{own} {problem.partition(': ')[0]}", _replaced(host, own, members)
        elif mode & ~OWN_FOLDER_MODE:
            yield f"{own} is {mode:o}", _as_owner(own, f"chmod {OWN_FOLDER_MODE:o}")
        else:
            yield from _wrong_files(host, own, state.owner)


def _wrong_files(host: Host, own: Path, owner: int) -> Iterator[Wrong]:
    for path in sorted(own.iterdir()):
        state = DISK.state(path)
        mode = stat.S_IMODE(state.mode)
        if not stat.S_ISREG(state.mode) or state.owner != owner or has_name_elsewhere(path, state, DISK):
            yield f"{path} is no plain file of its owner", aside(host, path)
        elif mode & ~FILE_MODE:
            yield f"{path} is {mode:o}", _as_owner(path, f"chmod {FILE_MODE:o}")


def aside(host: Host, path: Path) -> str:
    """The command that moves a path to `.taken`, which only root reads.

    The folder it is in may be another's, who can put a link in its place: the shell goes there first and looks
    where it is.
    """
    taken = host.annotations / ".taken"
    name = path.name if path.parent == host.annotations / "people" else f"{path.parent.name}-{path.name}"
    where, there = shlex.quote(str(path.parent)), shlex.quote(f"./{path.name}")
    made = f"install -d -o root -g root -m 0700 {shlex.quote(str(taken))}"
    moved = f'mv -- {there} {shlex.quote(str(taken / name))}-"$(date -u +%Y%m%dT%H%M%SZ)-$$"'
    is_there = f'[ "$(pwd -P)" = {shlex.quote(str(path.parent.resolve()))} ]'
    return f"{made} && (cd -P {where} && {is_there} && {moved})"


def _replaced(host: Host, own: Path, members: Collection[str]) -> str:
    """A person gets a folder of their own in its place."""
    return _register(host, [own.name]) if own.name in members else aside(host, own)


def _register(host: Host, names: Collection[str]) -> str:
    python, annotations = shlex.quote(str(host.python)), shlex.quote(str(host.annotations))
    if not names:
        return f"{python} -I -m tui.serving.registration {annotations}"
    people = " ".join(f"--person {shlex.quote(name)}" for name in sorted(names))
    words = f"--annotations {annotations} --group {shlex.quote(host.group)} {people}"
    return f"{python} -I -m tui serve-setup {words} | sh"


def _as_owner(path: Path, command: str) -> str:
    """With the owner's rights alone: they could put a link to a file of root's in its place."""
    state = path.lstat()
    rights = f"--reuid {state.st_uid} --regid {state.st_gid} --clear-groups"
    return f"setpriv {rights} -- {command} {shlex.quote(str(path))}"


def _is_there(path: Path) -> bool:
    try:
        DISK.state(path)
    except OSError:
        return False
    return True
