"""What a command works with: the settings in force, the annotations folder, the streams and the workspace.

It imports settings and store only when they are used: `postil completion` runs in each new shell.
"""

from __future__ import annotations

import os
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.commands.usage import UsageError

if TYPE_CHECKING:
    from tui.commands.streams import Streams
    from tui.model.scheme import Scheme
    from tui.settings.config import Settings
    from tui.settings.keymap import Keymap
    from tui.settings.theme import Palette
    from tui.store.folder import FolderStore
    from tui.workspace import Workspace

_MOST_REFUSED = 20
"""Refused folders and files that are listed, at most."""


class CommonOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options that every command has, as they were given."""

    annotations: str | None = None
    annotator: str | None = None
    keymap: str | None = None
    scheme: str | None = None
    theme: str | None = None
    lean: bool | None = None
    read_only: bool = False
    restricted: bool = False

    def of_setting(self, name: str) -> str | bool | None:
        """The value given for a setting; None if it was not given or is no option."""
        return getattr(self, name, None)


class Context:
    """Made once for each command. Each of its parts is read when it is first used, and only once."""

    def __init__(self, options: CommonOptions, streams: Streams) -> None:
        self.options = options
        self.streams = streams
        self._stores: list[FolderStore] = []
        self.has_left_out = False
        """True once a part of the input could not be read: the exit code is at least 1 then."""

    @property
    def read_only(self) -> bool:
        return self.options.read_only

    @property
    def restricted(self) -> bool:
        return self.options.restricted

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. Raises ConfigError."""
        from tui.settings import config

        given = {setting.name: self.options.of_setting(setting.name) for setting in config.SETTINGS}
        return config.read(given, os.environ, restricted=self.restricted)

    @cached_property
    def folder(self) -> Path:
        """The annotations folder. Raises UsageError for a file, NotPermitted for a path under `--restricted`."""
        from tui.settings import config
        from tui.store.errors import ABSENT, cannot_read
        from tui.store.protocol import NotPermitted

        if self.options.annotations and self.restricted:
            raise NotPermitted(
                "--annotations names a path, which --restricted forbids: set POSTIL_ANNOTATIONS instead"
            )
        folder = config.annotations_folder(self.settings)
        try:
            is_wrong = not stat.S_ISDIR(folder.stat().st_mode)
        except ABSENT:
            is_wrong = False
        except OSError as error:
            raise cannot_read(folder, error) from error
        if is_wrong:
            raise UsageError(f"{folder} is not a folder: name the annotations folder")
        return folder

    @cached_property
    def annotator(self) -> str:
        """Raises ConfigError."""
        from tui.settings import config

        return config.annotator(self.settings, os.environ)

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme that ships, or a file. Raises SchemeError, NotPermitted for a file under `--restricted`."""
        from tui.input_paths import as_path
        from tui.settings import scheme_file
        from tui.store.protocol import NotPermitted

        name = self.settings.scheme
        if name == scheme_file.BUILT_IN.stem:
            return scheme_file.load()
        if self.restricted and self.options.scheme:
            raise NotPermitted("--scheme names a file, which --restricted forbids: set POSTIL_SCHEME instead")
        return scheme_file.load(as_path(name))

    @cached_property
    def keymap(self) -> Keymap:
        """The keys in force, for the scheme in force. Raises as `keymap_for`, and as `scheme`."""
        return self.keymap_for(self.scheme)

    def keymap_for(self, tags: Scheme) -> Keymap:
        """The chosen keymap with the keys of the config file, or the default one if the file names a wrong one.

        Raises KeymapError, NotPermitted for a file under `--restricted`.
        """
        from tui.settings import keymap
        from tui.settings.actions import actions
        from tui.store.protocol import NotPermitted

        chosen, known = self.settings, actions(tags)
        if self.restricted and chosen.keymap not in keymap.names():
            shipped = ", ".join(keymap.names())
            raise NotPermitted(f"--restricted allows only the keymaps that ship: use one of {shipped}")
        try:
            keys = keymap.load(chosen.keymap, known)
        except keymap.KeymapError as error:
            origin = chosen.origin_in_file("keymap")
            if origin is None:
                raise
            keys = keymap.load("default", known)
            keys = msgspec.structs.replace(keys, problems=(f"{origin}: {error}",))
        return keymap.changed(keys, chosen.file, known) if chosen.file is not None and chosen.keys else keys

    @cached_property
    def palette(self) -> Palette:
        """Raises ThemeError."""
        from tui.settings import theme

        return theme.choose(self.settings.theme, os.environ, lean=self.settings.lean)

    @cached_property
    def workspace(self) -> Workspace:
        """One annotator's workspace. Raises UsageError, NotPermitted, ConfigError, KeymapError, ThemeError, SchemeError."""
        from tui.workspace import Workspace

        self.say_problems(self.keymap)
        folder, annotator = self.folder, self.annotator
        _check_new(annotator, folder, self.scheme)
        workspace = Workspace(
            folder,
            annotator=annotator,
            scheme=self.scheme,
            keymap=self.keymap,
            palette=self.palette,
            settings=self.settings,
            read_only=self.read_only,
            restricted=self.restricted,
        )
        self.watch_owners(workspace.store, workspace.reviews)
        return workspace

    def named(self, annotator: str) -> Context:
        """This context for another annotator. Refused annotations are still reported here."""
        context = Context(msgspec.structs.replace(self.options, annotator=annotator), self.streams)
        context._stores = self._stores
        return context

    def check_unused(self) -> None:
        """Refuse a wrong theme or keymap in a command that uses neither keys nor colours."""
        _ = self.palette
        if self.options.keymap:
            _ = self.keymap

    def say(self, message: str) -> None:
        """Print one line on standard error."""
        self.streams.say(message)

    def say_left_out(self, problem: str) -> None:
        """Print what is wrong with a part of the input, which is left out."""
        self.has_left_out = True
        self.say(problem)

    def say_problems(self, keys: Keymap) -> None:
        """Print what is wrong in the files of the settings and the keymap and was ignored."""
        for problem in dict.fromkeys((*self.settings.problems, *keys.problems)):
            self.say(problem)

    def watch_owners(self, *stores: FolderStore) -> None:
        """Let `say_refused` report whose annotations these stores refuse."""
        self._stores += stores

    def say_refused(self) -> bool:
        """Print a line for each folder or file that was refused, or was read although its account is gone.

        True if any was refused.
        """
        refused = list(dict.fromkeys(line for store in self._stores for line in store.owners.refused))
        for line in dict.fromkeys(line for store in self._stores for line in store.owners.warnings):
            self.say(line)
        for line in refused[:_MOST_REFUSED]:
            self.say(line)
        if len(refused) > _MOST_REFUSED:
            self.say(f"and {len(refused) - _MOST_REFUSED} more: postil verify lists them all")
        return bool(refused)


def _check_new(name: str, folder: Path, tags: Scheme) -> None:
    """Raises ConfigError for a name that looks like another annotator's second pass, unless it has work."""
    from tui.model.identity import EARLIER_SECOND_PASS, is_mistakable
    from tui.settings.config import ConfigError
    from tui.store.folder import FolderStore

    if is_mistakable(name) and not FolderStore(folder, scheme=tags.label).articles_of(name):
        first = name.removesuffix(EARLIER_SECOND_PASS)
        raise ConfigError(
            f"{name} could be mistaken for the second pass of {first}: choose another name with "
            "--annotator NAME, or decide your own sentences again with postil agreement --redo"
        )
