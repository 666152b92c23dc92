"""Writing down whose accounts annotate: `python -I -m tui.serving.registration ANNOTATIONS NAME...`, as root.

The scripts that `postil serve-setup` prints run it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.model.identity import annotator_name, is_mistakable
from tui.store import accounts
from tui.store.accounts import account_uid, encoded, read_accounts
from tui.store.errors import cannot_write
from tui.store.files import replace_file
from tui.store.protocol import NotPermitted, StoreError
from tui.store.work_files import ACCOUNTS_FILE
from tui.text.clean import visible

_LOCK = ".accounts.lock"


class Refused(Exception):
    """A name or account that cannot be registered; `str()` is one line with the fix."""


def register(folder: Path, names: Sequence[str]) -> dict[str, int]:
    """Add each name with its account's user id to the accounts file, which is made where it is missing.

    Returns the user id of each name. Raises Refused, StoreError; then nothing is changed.
    """
    if os.geteuid() != accounts.ROOT:
        raise NotPermitted("only root registers accounts: run this as root")
    if folder.stat().st_mode & 0o022:
        raise Refused(f"{folder} can be written by others: chmod go-w {folder}")
    with _lock(folder):
        there = read_accounts(folder)
        known = {} if there is None else dict(there.uids)
        found: dict[str, int] = {}
        for name in names:
            found[name] = known[name] = checked(name, known)
        path = folder / ACCOUNTS_FILE
        try:
            if there is None or known != there.uids:
                replace_file(path, [encoded(known)], 0o644)
            path.chmod(0o644)
        except OSError as error:
            raise cannot_write(path, error) from error
    return found


def checked(name: str, known: Mapping[str, int]) -> int:
    """The user id to register for `name`, where `known` are registered. Raises Refused."""
    check_name(name)
    uid = account_uid(name)
    if uid is None:
        raise Refused(f"there is no account {name}: make it first with useradd")
    if uid == 0:
        raise Refused(f"{name} has root's user id: annotate with another account")
    before = known.get(name, uid)
    if before != uid:
        raise Refused(
            f"{name} was registered with the user id {before} and has {uid} now: give it back with "
            f"usermod -u {before} {name}, or remove {name} from {ACCOUNTS_FILE} if this is another person"
        )
    for other, taken in known.items():
        if taken == uid and other != name:
            raise Refused(
                f"{name} has the user id {uid}, which is registered for {other}: "
                f"give {name} another one with usermod -u"
            )
    return uid


def check_name(name: str) -> None:
    """Raises Refused for what cannot be the name of an account and of an annotator."""
    try:
        same = annotator_name(name) == name
    except ValueError as error:
        raise Refused(str(error)) from error
    if not same:
        raise Refused(f"{name} is not an annotator's name: use lower case")
    if is_mistakable(name):
        raise Refused(f"{name} could be mistaken for another annotator's second pass: choose another")
    if name.startswith("-") or name.isdigit() or name == "root":
        raise Refused(f"{name} is not the name of a person's account: choose another")


@contextmanager
def _lock(folder: Path) -> Generator[None]:
    """Of two registrations at once the second waits. Only root can open the lock's file."""
    import fcntl

    number = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def main(words: Sequence[str]) -> int:
    """Prints a line a name; returns the exit code."""
    if not words:
        print("postil: no folder is named: give the annotations folder, then names", file=sys.stderr)
        return 2
    try:
        for name, uid in register(Path(words[0]), words[1:]).items():
            print(visible(f"{name}: registered with the user id {uid}"))
    except (Refused, StoreError, OSError) as error:
        print(visible(f"postil: {error}"), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
