"""Checks that each person of a host is registered, and owns everything in their folder.

Each fix is a command for root's shell. None changes who owns a file: files of others are moved aside.
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
"""The problem, and the fix."""


def check_accounts(host: Host, members: Mapping[str, int]) -> Iterator[Finding]:
    """The accounts file, compared with the members of the group and their user ids."""
    what, path = "accounts", host.annotations / ACCOUNTS_FILE
    try:
        accounts = read_accounts(host.annotations)
    except StoreError as error:
        problem, _, fix = str(error).partition(": ")
        # A file that the disk cannot read may still be complete.
        if isinstance(error, NotBelieved | Damaged) and not isinstance(error, Unreadable):
            fix = f"{aside(host, path)} && {_register(host, members)}"
        yield Finding(what, problem, "bad", fix)
        return
    if accounts is None:
        problem = f"{path} is missing: another account can take a name"
        yield Finding(what, problem, "bad", _register(host, members))
        return
    wrong = list(_wrong_members(host, accounts.uids, members))
    for problem, fix in wrong:
        yield Finding(what, problem, "bad", fix)
    for name in sorted(accounts.uids):
        if name not in members and (gone := accounts.gone(name)) is not None:
            yield Finding(what, gone.partition(": ")[0], "note")
    if not wrong:
        yield Finding(what, f"{path}: {len(accounts.uids)} registered, only root can change it")


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
        elif not _exists(host.annotations / "people" / name):
            yield f"{name} has no folder", _register(host, [name])


def wrong_people(host: Host, members: Mapping[str, int]) -> Iterator[Wrong]:
    """Files and folders in `people/` that do not belong to the person they are named after."""
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
            yield f"{own} is not a folder", _replaced(host, own, members)
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
            yield f"{path} is not a plain file of its owner", aside(host, path)
        elif mode & ~FILE_MODE:
            yield f"{path} is {mode:o}", _as_owner(path, f"chmod {FILE_MODE:o}")


def aside(host: Host, path: Path) -> str:
    """The command that moves a path to `.taken`, which only root can read.

    Its folder may belong to somebody else, who could replace it by a link: the shell goes there first and checks
    where it is.
    """
    taken = host.annotations / ".taken"
    name = path.name if path.parent == host.annotations / "people" else f"{path.parent.name}-{path.name}"
    folder, moving = shlex.quote(str(path.parent)), shlex.quote(f"./{path.name}")
    made = f"install -d -o root -g root -m 0700 {shlex.quote(str(taken))}"
    moved = f'mv -- {moving} {shlex.quote(str(taken / name))}-"$(date -u +%Y%m%dT%H%M%SZ)-$$"'
    is_there = f'[ "$(pwd -P)" = {shlex.quote(str(path.parent.resolve()))} ]'
    return f"{made} && (cd -P {folder} && {is_there} && {moved})"


def _replaced(host: Host, own: Path, members: Collection[str]) -> str:
    """The command that replaces it by a folder of the person's own."""
    return _register(host, [own.name]) if own.name in members else aside(host, own)


def _register(host: Host, names: Collection[str]) -> str:
    python, annotations = shlex.quote(str(host.python)), shlex.quote(str(host.annotations))
    if not names:
        return f"{python} -I -m tui.serving.registration {annotations}"
    people = " ".join(f"--person {shlex.quote(name)}" for name in sorted(names))
    words = f"--annotations {annotations} --group {shlex.quote(host.group)} {people}"
    return f"{python} -I -m tui serve-setup {words} | sh"


def _as_owner(path: Path, command: str) -> str:
    """The command, run with the owner's rights alone: they could replace the path by a link to a file of root's."""
    state = path.lstat()
    rights = f"--reuid {state.st_uid} --regid {state.st_gid} --clear-groups"
    return f"setpriv {rights} -- {command} {shlex.quote(str(path))}"


def _exists(path: Path) -> bool:
    try:
        DISK.state(path)
    except OSError:
        return False
    return True
