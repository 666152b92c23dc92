"""From the common options to a workspace."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from tui import config, keymap, scheme, theme
from tui.actions import actions
from tui.text.clean import visible
from tui.workspace import Workspace


def workspace(options: Namespace) -> Workspace:
    """Raises ConfigError, KeymapError, ThemeError, SchemeError."""
    environment = os.environ
    news = scheme.load()
    keys = keymap.load(getattr(options, "keymap", None) or "default", actions(news))
    for problem in keys.problems:
        say(problem)
    return Workspace(
        config.annotations_folder(getattr(options, "annotations", None), environment),
        annotator=config.annotator(getattr(options, "annotator", None), environment),
        scheme=news,
        keymap=keys,
        palette=theme.choose(getattr(options, "theme", None) or "auto", environment),
        read_only=is_read_only(options),
    )


def is_read_only(options: Namespace) -> bool:
    return bool(getattr(options, "read_only", False))


def is_restricted(options: Namespace) -> bool:
    return bool(getattr(options, "restricted", False))


def say(message: str) -> None:
    """A line on standard error, safe to print."""
    print(f"postil: {visible(message)}", file=sys.stderr)


def as_path(name: str) -> Path:
    return Path(name).expanduser()
