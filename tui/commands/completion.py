"""`postil completion`: what a shell needs to complete commands, options and article ids."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.query.fields import View


def run(options: Namespace) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["postil"], shell=options.shell))
    return 0


def keymaps(prefix: str, options: Namespace) -> list[str]:
    """Those that ship, else nothing, so that the shell offers files."""
    from tui.settings import keymap

    return [name for name in keymap.names() if name.startswith(prefix)]


def themes(prefix: str, options: Namespace) -> list[str]:
    from tui.settings.theme import PALETTES

    return [name for name in ("auto", *PALETTES) if name.startswith(prefix)]


def tag_ids(prefix: str, options: Namespace) -> list[str]:
    from tui.commands.context import scheme_in_force
    from tui.settings.config import ConfigError
    from tui.settings.scheme_file import SchemeError

    try:
        tags = [tag.id for tag in scheme_in_force(options).tags]
    except (ConfigError, SchemeError):
        return []
    return [name for name in (*tags, "none") if name.startswith(prefix)]


def article_expressions(prefix: str, options: Namespace) -> list[str]:
    return _expressions(prefix, "articles", options)


def record_expressions(prefix: str, options: Namespace) -> list[str]:
    return _expressions(prefix, "records", options)


def _expressions(prefix: str, view: View, options: Namespace) -> list[str]:
    from tui.commands.context import scheme_in_force
    from tui.query.completions import completions
    from tui.settings.config import ConfigError
    from tui.settings.scheme_file import SchemeError

    try:
        return completions(prefix, view, scheme_in_force(options))
    except (ConfigError, SchemeError):
        return []


def detectors(prefix: str, options: Namespace) -> list[str]:
    from tui.hints.registry import BY_NAME

    return [name for name in BY_NAME if name.startswith(prefix)]


def article_ids(prefix: str, options: Namespace) -> list[str]:
    """The ids of the library's articles that begin with `prefix`."""
    from tui.settings.config import ConfigError, annotations_folder, read
    from tui.store.library import Library
    from tui.store.protocol import StoreError

    try:
        folder = annotations_folder(read({"annotations": getattr(options, "annotations", None)}, os.environ))
        return [article_id for article_id in Library(folder).ids() if article_id.startswith(prefix)]
    except (ConfigError, StoreError):
        return []
