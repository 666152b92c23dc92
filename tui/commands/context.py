"""From the common options to a workspace."""

from __future__ import annotations

import os
import stat
import sys
from argparse import Namespace
from pathlib import Path

import msgspec

from tui.cli import UsageError
from tui.input_paths import as_path
from tui.model.identity import EARLIER_SECOND_PASS, is_mistakable
from tui.model.scheme import Scheme
from tui.settings import config, keymap, theme
from tui.settings import scheme_file as scheme
from tui.settings.actions import actions
from tui.settings.config import ConfigError, Settings
from tui.settings.keymap import Keymap, KeymapError
from tui.settings.theme import Palette
from tui.store.errors import ABSENT, cannot_read
from tui.store.folder import FolderStore
from tui.store.protocol import NotPermitted
from tui.text.clean import visible
from tui.workspace import Workspace


def workspace(options: Namespace) -> Workspace:
    """Where work is done. Raises UsageError, NotPermitted, ConfigError, KeymapError, ThemeError, SchemeError."""
    news = scheme_in_force(options)
    keys = keymap_in_force(options, news)
    tell_problems(options, keys)
    folder, who = annotations_folder(options), annotator(options)
    _check_new(who, folder, news)
    place = Workspace(
        folder,
        annotator=who,
        scheme=news,
        keymap=keys,
        palette=palette(options),
        settings=settings(options),
        read_only=is_read_only(options),
        restricted=is_restricted(options),
    )
    watch_owners(options, place.store, place.reviews)
    return place


def watch_owners(options: Namespace, *stores: FolderStore) -> None:
    """Let the command end by saying whose annotations the stores refused."""
    options.stores = (*getattr(options, "stores", ()), *stores)


def say_refused(options: Namespace) -> bool:
    """A line for each folder or file that was refused, or was read though its account is gone.

    True if any was refused.
    """
    stores: tuple[FolderStore, ...] = getattr(options, "stores", ())
    refused = dict.fromkeys(line for store in stores for line in store.owners.refused)
    for line in dict.fromkeys(line for store in stores for line in store.owners.warnings):
        say(line)
    for line in list(refused)[:_MOST_SAID]:
        say(line)
    if len(refused) > _MOST_SAID:
        say(f"and {len(refused) - _MOST_SAID} more: postil verify lists them all")
    return bool(refused)


_MOST_SAID = 20
"""Refused folders and files that are listed, at most."""


def settings(options: Namespace) -> Settings:
    """What is in force; read once a command. Raises ConfigError."""
    known: Settings | None = getattr(options, "settings", None)
    if known is None:
        given = {setting.name: getattr(options, setting.name, None) for setting in config.SETTINGS}
        known = options.settings = config.read(given, os.environ, restricted=is_restricted(options))
    return known


def tell_problems(options: Namespace, keys: Keymap) -> None:
    """Say what was wrong in the files of the settings and the keymap, and was passed over."""
    for problem in dict.fromkeys((*settings(options).problems, *keys.problems)):
        say(problem)


def annotations_folder(options: Namespace) -> Path:
    """Raises UsageError for a file, NotPermitted for a folder that is named under `--restricted`."""
    if getattr(options, "annotations", None) and is_restricted(options):
        raise NotPermitted(
            "--annotations names a path, which --restricted forbids: let POSTIL_ANNOTATIONS say it"
        )
    folder = config.annotations_folder(settings(options))
    try:
        is_wrong = not stat.S_ISDIR(folder.stat().st_mode)
    except ABSENT:
        is_wrong = False
    except OSError as error:
        raise cannot_read(folder, error) from error
    if is_wrong:
        raise UsageError(f"{folder} is no folder: name the folder of the annotations")
    return folder


def annotator(options: Namespace) -> str:
    """Raises ConfigError."""
    return config.annotator(settings(options), os.environ)


def _check_new(name: str, folder: Path, news: Scheme) -> None:
    """Raises ConfigError for a name that could be mistaken for another's second pass, unless it has work."""
    if is_mistakable(name) and not FolderStore(folder, scheme=news.label).articles_of(name):
        first = name.removesuffix(EARLIER_SECOND_PASS)
        raise ConfigError(
            f"{name} could be mistaken for the second pass of {first}: name yourself otherwise with "
            "--annotator NAME, or decide your own sentences again with postil agreement --redo"
        )


def scheme_in_force(options: Namespace) -> Scheme:
    """The scheme that ships, or a file. Raises SchemeError, NotPermitted for a file under `--restricted`."""
    name = settings(options).scheme
    if name == scheme.BUILT_IN.stem:
        return scheme.load()
    if is_restricted(options) and getattr(options, "scheme", None):
        raise NotPermitted("--scheme names a file, which --restricted forbids: let POSTIL_SCHEME say it")
    return scheme.load(as_path(name))


def keymap_in_force(options: Namespace, news: Scheme) -> Keymap:
    """The chosen keymap with the keys of the config file; the default one where the file names one in vain.

    Raises KeymapError, NotPermitted for a file under `--restricted`.
    """
    chosen, known = settings(options), actions(news)
    if is_restricted(options) and chosen.keymap not in keymap.names():
        shipped = ", ".join(keymap.names())
        raise NotPermitted(f"--restricted allows no keymap but those that ship: use one of {shipped}")
    try:
        keys = keymap.load(chosen.keymap, known)
    except KeymapError as error:
        where = chosen.origin_in_file("keymap")
        if where is None:
            raise
        keys = keymap.load("default", known)
        keys = msgspec.structs.replace(keys, problems=(f"{where}: {error}",))
    return keymap.changed(keys, chosen.file, known) if chosen.file is not None and chosen.keys else keys


def palette(options: Namespace) -> Palette:
    """Raises ThemeError."""
    chosen = settings(options)
    return theme.choose(chosen.theme, os.environ, lean=chosen.lean)


def check_given(options: Namespace) -> None:
    """For a command without a use for keys and colours: wrong ones are refused all the same."""
    palette(options)
    if getattr(options, "keymap", None):
        keymap_in_force(options, scheme_in_force(options))


def is_read_only(options: Namespace) -> bool:
    return bool(getattr(options, "read_only", False))


def is_restricted(options: Namespace) -> bool:
    return bool(getattr(options, "restricted", False))


def say(message: str) -> None:
    """A line on standard error, safe to print."""
    print(f"postil: {visible(message)}", file=sys.stderr)
