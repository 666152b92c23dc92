"""Which account each annotator's folder must belong to: a file that only root writes lists their user ids.

It is `accounts.json` in the annotations folder, in the schema `postil.accounts/1`:
`{"schema": "postil.accounts/1", "accounts": {"ana": 1001}}`. `postil serve-setup` writes it. Without it, names
and accounts have nothing to do with each other.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tui.model.identity import EARLIER_SECOND_PASS, annotator_name
from tui.store.disk import NO_FOLLOW, NO_WAIT
from tui.store.errors import cannot_read, too_new
from tui.store.protocol import Damaged, StoreError
from tui.store.work_files import ACCOUNTS_FILE

SCHEMA = "postil.accounts/1"
ROOT = 0
"""The user id whose file is believed."""

LONGEST = 1 << 20
"""Bytes; tens of thousands of people."""

ASK = "ask the administrator to"


class NotBelieved(StoreError):
    """An accounts file that another user than root may have written."""


class Accounts:
    """Each registered person's user id."""

    def __init__(self, uids: Mapping[str, int]) -> None:
        self.uids = uids
        # A look at the system's accounts can take a network; there is one for every article.
        self._problems: dict[tuple[str, int], str | None] = {}
        self._gone: dict[str, str | None] = {}

    def uid_of(self, name: str) -> int | None:
        """The user id that the folder `name` must belong to; None for a name that is not registered."""
        if name in self.uids:
            return self.uids[name]
        first = name.removesuffix(EARLIER_SECOND_PASS)
        return self.uids.get(first, ROOT if first == "root" else None)

    def owner_problem(self, name: str, uid: int) -> str | None:
        """Why a folder `name` that `uid` owns is not that person's, and what to do; None where it is."""
        asked = (name, uid)
        if asked not in self._problems:
            self._problems[asked] = self._owner_problem(name, uid)
        return self._problems[asked]

    def gone(self, name: str) -> str | None:
        """A line where a registered person's account no longer exists; their folder is read all the same."""
        if name not in self._gone:
            uid = self.uids.get(name)
            is_there = uid is None or account_uid(name) == uid
            self._gone[name] = (
                None
                if is_there
                else f"the account {name} (user id {uid}) no longer exists: its annotations are still read"
            )
        return self._gone[name]

    def writer_problem(self, name: str, uid: int) -> str | None:
        """Why the user `uid` may not begin to annotate as `name`, and what to do; None where they may."""
        registered = self.uid_of(name)
        if registered == uid:
            return None
        if registered is None:
            return f"{name} is not registered in {ACCOUNTS_FILE}: {ASK} run {_person(name)}"
        return f"{name} is the account of {described(registered)}, not yours: annotate under your own name"

    def person_problem(self, name: str) -> str | None:
        """What is wrong with a folder that contains a person's own work, under a name that may be a second pass's."""
        if name in self.uids or not name.endswith(EARLIER_SECOND_PASS):
            return None
        first = name.removesuffix(EARLIER_SECOND_PASS)
        return f"is not a second pass of {first}, and {name} is not registered: {ASK} move it out of people"

    def _owner_problem(self, name: str, uid: int) -> str | None:
        owner, registered = described(uid), self.uid_of(name)
        if registered is None:
            if not _is_annotator(name):
                return f"belongs to {owner} and is not an annotator's name: {ASK} move it out of people"
            who = "who" if owner == name else f"and {name}"
            return f"belongs to {owner}, {who} is not registered: {ASK} run {_person(name)}"
        person = name if name in self.uids else name.removesuffix(EARLIER_SECOND_PASS)
        if uid != registered:
            return f"belongs to {owner}, not to {person}: {ASK} run {_person(person)}"
        holder = account_name(uid)
        if holder not in {None, person} and account_uid(person) != uid:
            return (
                f"belongs to {holder}, who was given the user id {uid} that was {person}'s: "
                f"{ASK} give {holder} another one"
            )
        return None


class _File(msgspec.Struct):
    schema: str
    accounts: dict[str, int] = {}


def read_accounts(folder: Path) -> Accounts | None:
    """Who is registered in an annotations folder; None where it has no accounts file.

    Raises NotBelieved where root is not the only one who can write it, Damaged, TooNew, NotPermitted.
    """
    if not hasattr(os, "geteuid"):
        return None
    path = folder / ACCOUNTS_FILE
    try:
        number = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR}:
            return None
        if error.errno == errno.ELOOP:
            raise NotBelieved(_not_believed(path, "is a symbolic link")) from error
        if error.errno == errno.EACCES and not os.access(folder, os.X_OK):
            # Then nothing below the folder can be read either.
            return None
        raise cannot_read(path, error) from error
    try:
        file, above = os.fstat(number), folder.stat()
        if (loose := _who_may_write(file, above, folder)) is not None:
            raise NotBelieved(_not_believed(path, loose))
        data = os.read(number, LONGEST + 1) if file.st_size <= LONGEST else b""
    except OSError as error:
        raise cannot_read(path, error) from error
    finally:
        os.close(number)
    return Accounts(_decoded(data, path))


def encoded(uids: Mapping[str, int]) -> bytes:
    """The file's bytes, a line a person in order of name."""
    lines = ",\n".join(f"    {msgspec.json.encode(name).decode()}: {uids[name]}" for name in sorted(uids))
    body = f"{{\n{lines}\n  }}" if lines else "{}"
    return f'{{\n  "schema": "{SCHEMA}",\n  "accounts": {body}\n}}\n'.encode()


def account_name(uid: int) -> str | None:
    """The name of the account with that user id; None without such an account."""
    try:
        import pwd
    except ImportError:
        return None
    try:
        return pwd.getpwuid(uid).pw_name
    except (KeyError, OverflowError):
        return None


def account_uid(name: str) -> int | None:
    """The user id of the account with that name; None without such an account."""
    try:
        import pwd
    except ImportError:
        return None
    try:
        return pwd.getpwnam(name).pw_uid
    except (KeyError, ValueError):
        return None


def described(uid: int) -> str:
    """The account's name, or its number where it has no name."""
    return account_name(uid) or f"user id {uid}"


def _decoded(data: bytes, path: Path) -> Mapping[str, int]:
    restore = "make it again with postil serve-setup"
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"{path} is damaged, so no one's annotations are read: {ASK} {restore}") from error
    if file.schema != SCHEMA:
        if file.schema.startswith(SCHEMA.rpartition("/")[0] + "/"):
            raise too_new(path, file.schema, "")
        raise Damaged(f"{path} is not a list of accounts: {ASK} {restore}")
    return file.accounts


def _who_may_write(file: os.stat_result, folder: os.stat_result, where: Path) -> str | None:
    """Why root is not the only one who can write the file; None where root is."""
    if not stat.S_ISREG(file.st_mode):
        return "is not a regular file"
    if file.st_uid != ROOT:
        return f"belongs to {described(file.st_uid)}, not to root"
    if file.st_mode & 0o022:
        return f"can be written by others than root (mode {stat.S_IMODE(file.st_mode):o})"
    if folder.st_mode & 0o022:
        return f"can be replaced by others: {where} has the mode {stat.S_IMODE(folder.st_mode):o}"
    return None


def _not_believed(path: Path, why: str) -> str:
    return f"{path} is not used, it {why}: {ASK} run postil serve-setup --check"


def _is_annotator(name: str) -> bool:
    try:
        return annotator_name(name) == name
    except ValueError:
        return False


def _person(name: str) -> str:
    return f"postil serve-setup --person {name}"
