"""Whose folders a store reads: those of the person they are named after, where accounts are registered.

What is left out is kept here as lines for the user, since readers of everyone's work go on without it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.model.identity import EARLIER_SECOND_PASS
from tui.store.disk import Disk, State
from tui.store.protocol import NotPermitted, StoreError
from tui.store.safe_names import is_safe
from tui.store.work_files import ACCOUNTS_FILE, ArticleFiles

if TYPE_CHECKING:
    from tui.store.accounts import Accounts

_TRIES = 5
"""How often the names of a file are counted that change meanwhile."""


class Owners:
    """The owners of the folders in one annotations folder."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        """Nothing is read before it is needed; the accounts file is read once."""
        self._folder = folder
        self._disk = disk
        self._refused: dict[str, None] = {}
        self._warnings: dict[str, None] = {}

    @property
    def refused(self) -> list[str]:
        """What was left out so far and why, a line each."""
        return list(self._refused)

    @property
    def warnings(self) -> list[str]:
        """What was read though something about it is worth knowing, a line each."""
        return list(self._warnings)

    @cached_property
    def accounts(self) -> Accounts | None:
        """Raises Damaged, TooNew, NotPermitted for an accounts file that cannot be read."""
        # Every article that is opened asks for them, and most folders have none.
        if not os.path.lexists(self._folder / ACCOUNTS_FILE):
            return None
        from tui.store.accounts import NotBelieved, read_accounts

        try:
            return read_accounts(self._folder)
        except NotBelieved as error:
            self._refused[str(error)] = None
            return None

    def problems_with_accounts(self) -> list[str]:
        """Reads the accounts file; what is wrong with it, a line each. No owner is compared where it is damaged."""
        try:
            self.accounts  # noqa: B018 - reading is what is wanted
        except StoreError as error:
            self.__dict__["accounts"] = None
            return [str(error)]
        return self.refused

    # -- readers of everyone's work ----------------------------------------

    def people(self, names: Iterable[str]) -> list[str]:
        """The names in `people/` that can be an annotator's, in order."""
        problems: list[str] = []
        for name in sorted(names):
            if is_safe(name):
                problems.append(name)
            elif self.accounts is not None and not name.startswith("."):
                from tui.store.accounts import ASK

                own = self._folder / "people" / name
                self._refused[f"{own} is not an annotator's name: {ASK} move it out of people"] = None
        return problems

    def accepts(self, own: Path, state: State) -> bool:
        """True if what is there is the folder of the person it is named after; else it is noted as refused."""
        problem = self.folder_problem(own, state)
        if problem is not None:
            self._refused[problem] = None
        elif stat.S_ISLNK(state.mode):
            self._refused[f"{own} is no folder but a link: put a real folder there"] = None
        return stat.S_ISDIR(state.mode) and problem is None

    def accepts_person(self, name: str) -> bool:
        """False, and noted, for an account's second name: work of `NAME.again` that is not NAME's second pass."""
        problem = None if self.accounts is None else self.accounts.person_problem(name)
        if problem is not None:
            self._refused[f"{self._folder / 'people' / name} {problem}"] = None
        return problem is None

    def accepts_files(self, files: ArticleFiles) -> bool:
        """True if the files on an article are of their folder's owner; else that is noted as refused."""
        problem = self.files_problem(files)
        if problem is not None:
            self._refused[problem] = None
        return problem is None

    # -- readers and writers of one person's -------------------------------

    def check(self, own: Path, state: State) -> None:
        """Raises NotPermitted for a folder that is not the person's it is named after."""
        problem = self.folder_problem(own, state)
        if problem is not None:
            raise NotPermitted(problem)

    def check_new(self, own: Path, disk: Disk) -> None:
        """Raises NotPermitted where the folder is still to be made, by a user who is not that person; OSError.

        `disk` is where the folder above is held.
        """
        if self.accounts is None:
            return
        try:
            disk.state(own)
        except FileNotFoundError:
            problem = self.accounts.writer_problem(own.name, os.geteuid())
            if problem is not None:
                raise NotPermitted(problem) from None

    def check_files(self, files: ArticleFiles, disk: Disk | None = None) -> None:
        """Raises NotPermitted where a file on the article is not of its folder's owner.

        `disk` is where the folder is held, if it is.
        """
        problem = self.files_problem(files, disk)
        if problem is not None:
            raise NotPermitted(problem)

    # -- what is wrong -----------------------------------------------------

    def folder_problem(self, own: Path, state: State) -> str | None:
        """A line, or None. Without registered accounts everything is in order."""
        if self.accounts is None:
            return None
        from tui.store.accounts import ASK, described

        if not stat.S_ISDIR(state.mode):
            return (
                f"{own} of {described(state.owner)} is not a folder but a link or a file: {ASK} move it away"
            )
        problem = self.accounts.owner_problem(own.name, state.owner)
        if problem is not None:
            return f"{own} {problem}"
        gone = self.accounts.gone(own.name)
        if gone is not None:
            self._warnings[gone] = None
        return None

    def files_problem(self, files: ArticleFiles, disk: Disk | None = None) -> str | None:
        """A line, or None; what is wrong with the folder itself is not looked at."""
        if self.accounts is None:
            return None
        from tui.store.accounts import ASK, described

        disk = disk or self._disk
        try:
            owner = disk.state(files.folder).owner
        except OSError:
            return None
        for path in files.data():
            try:
                state = disk.state(path)
            except OSError:
                continue
            if not stat.S_ISREG(state.mode):
                return f"{path} is not a file but a link or a folder: {ASK} move it away"
            if state.owner != owner:
                return (
                    f"{path} belongs to {described(state.owner)}, its folder to {described(owner)}: "
                    f"{ASK} move it away"
                )
            with suppress(FileNotFoundError):
                if has_name_elsewhere(path, state, disk):
                    return f"{path} has a second name in another folder: {ASK} put a copy in its place"
        return None

    # -- elsewhere ---------------------------------------------------------

    def others(self) -> dict[str, str]:
        """The folders that belong to another account than their names suggest: name and owner's name.

        Empty where accounts are registered, since those folders are refused there.
        """
        if not hasattr(os, "geteuid") or self.accounts is not None:
            return {}
        from tui.store.accounts import described

        owners: dict[str, int] = {}
        try:
            names = self._disk.names(self._folder / "people")
        except OSError:
            return {}
        for name in sorted(filter(is_safe, names)):
            try:
                owners[name] = self._disk.state(self._folder / "people" / name).owner
            except OSError:
                continue
        several = len(set(owners.values())) > 1
        return {name: described(uid) for name, uid in owners.items() if _is_anothers(name, uid, several)}


def has_name_elsewhere(path: Path, state: State, disk: Disk) -> bool:
    """True if a file has a name outside its folder. Inside, a crash while files are replaced can leave two.

    Its writer may be replacing it just now: names that change while they are counted are counted again. `state` is
    the file's. Raises OSError, FileNotFoundError where the file has gone.
    """
    for _ in range(_TRIES):
        if state.links <= 1:
            return False
        here, are_the_same = 0, True
        for name in disk.names(path.parent):
            try:
                file_state = disk.state(path.with_name(name))
            except FileNotFoundError:
                are_the_same = False
            else:
                here += (file_state.device, file_state.inode) == (state.device, state.inode)
        if here >= state.links:
            return False
        before, state = state, disk.state(path)
        if are_the_same and (state.inode, state.links) == (before.inode, before.links):
            return True
    return True


def _is_anothers(name: str, uid: int, several: bool) -> bool:
    """`several` is True where the folders do not all belong to one account."""
    from tui.store.accounts import account_name, account_uid

    person = name.removesuffix(EARLIER_SECOND_PASS)
    if account_name(uid) in {name, person}:
        return False
    own = account_uid(name)
    own = account_uid(person) if own is None else own
    return several if own is None else own != uid
