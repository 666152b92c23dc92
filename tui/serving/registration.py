"""The registration of the accounts that annotate: `python -I -m tui.serving.registration ANNOTATIONS NAME...`, as root.

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
    """Add each name with its account's user id to the accounts file, which is made if it is missing.

    Returns the user id of each name. If it raises Refused or StoreError, nothing is changed.
    """
    if os.geteuid() != accounts.ROOT:
        raise NotPermitted("only root can register accounts: run this as root")
    if folder.stat().st_mode & 0o022:
        raise Refused(f"{folder} can be written by others: chmod go-w {folder}")
    with _lock(folder):
        stored = read_accounts(folder)
        known = {} if stored is None else dict(stored.uids)
        uids: dict[str, int] = {}
        for name in names:
            uids[name] = known[name] = checked(name, known)
        path = folder / ACCOUNTS_FILE
        try:
            if stored is None or known != stored.uids:
                replace_file(path, [encoded(known)], 0o644)
            path.chmod(0o644)
        except OSError as error:
            raise cannot_write(path, error) from error
    return uids


def checked(name: str, known: Mapping[str, int]) -> int:
    """The user id to register for `name`, if `known` are registered already. Raises Refused."""
    check_name(name)
    uid = account_uid(name)
    if uid is None:
        raise Refused(f"there is no account {name}: create it with useradd first")
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
    """Raises Refused for a name that an account or an annotator cannot have."""
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
    """Lets one registration run at a time; another one waits. Only root can open the lock file."""
    import fcntl

    number = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def main(words: Sequence[str]) -> int:
    """Prints one line for each name; returns the exit code."""
    if not words:
        print("postil: the folder is missing: give the annotations folder, then names", file=sys.stderr)
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
