"""From the common options to a workspace."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from tui import config, keymap, scheme, theme
from tui.actions import actions
from tui.cli import UsageError
from tui.commands.paths import exists, is_folder
from tui.keymap import Keymap
from tui.model.scheme import Scheme
from tui.store.protocol import NotPermitted
from tui.text.clean import visible
from tui.theme import Palette
from tui.workspace import Workspace


def workspace(options: Namespace) -> Workspace:
    """Where work is done. Raises UsageError, NotPermitted, ConfigError, KeymapError, ThemeError, SchemeError."""
    news = scheme.load()
    keys = keymap_in_force(options, news)
    for problem in keys.problems:
        say(problem)
    return Workspace(
        annotations_folder(options),
        annotator=annotator(options),
        scheme=news,
        keymap=keys,
        palette=palette(options),
        read_only=is_read_only(options),
        restricted=is_restricted(options),
    )


def annotations_folder(options: Namespace) -> Path:
    """Raises UsageError for a file, NotPermitted for a folder that is named under `--restricted`."""
    given = getattr(options, "annotations", None)
    if given and is_restricted(options):
        raise NotPermitted(
            "--annotations names a path, which --restricted forbids: let POSTIL_ANNOTATIONS say it"
        )
    folder = config.annotations_folder(given, os.environ)
    if exists(folder) and not is_folder(folder):
        raise UsageError(f"{folder} is no folder: name the folder of the annotations")
    return folder


def annotator(options: Namespace) -> str:
    """Raises ConfigError."""
    return config.annotator(getattr(options, "annotator", None), os.environ)


def keymap_in_force(options: Namespace, news: Scheme) -> Keymap:
    """Raises KeymapError, NotPermitted for a file under `--restricted`."""
    name = getattr(options, "keymap", None) or "default"
    if is_restricted(options) and name not in keymap.names():
        shipped = ", ".join(keymap.names())
        raise NotPermitted(f"--restricted allows no keymap but those that ship: use one of {shipped}")
    return keymap.load(name, actions(news))


def palette(options: Namespace) -> Palette:
    """Raises ThemeError."""
    return theme.choose(getattr(options, "theme", None) or "auto", os.environ)


def check_given(options: Namespace) -> None:
    """For a command without a use for keys and colours: wrong ones are refused all the same."""
    palette(options)
    if getattr(options, "keymap", None):
        keymap_in_force(options, scheme.load())


def is_read_only(options: Namespace) -> bool:
    return bool(getattr(options, "read_only", False))


def is_restricted(options: Namespace) -> bool:
    return bool(getattr(options, "restricted", False))


def say(message: str) -> None:
    """A line on standard error, safe to print."""
    print(f"postil: {visible(message)}", file=sys.stderr)
