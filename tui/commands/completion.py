"""`postil completion`: the values with which a shell completes commands, options and article ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import msgspec

from tui.commands.context import Context

if TYPE_CHECKING:
    from tui.query.fields import View


class Options(msgspec.Struct, frozen=True, kw_only=True):
    shell: Literal["bash", "zsh", "fish"]


def run(context: Context, options: Options) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["postil"], shell=options.shell), file=context.streams.output)
    return 0


def keymaps(*_: object) -> Iterable[str]:
    """The keymaps that ship. If none of them begins as typed, the shell offers files."""
    from tui.settings import keymap

    return keymap.names()


def themes(*_: object) -> Iterable[str]:
    from tui.settings.theme import PALETTES

    return ("auto", *PALETTES)


def encodings(*_: object) -> Iterable[str]:
    """The encodings that files of news have, by Python's names; any other that Python knows may be typed."""
    return (
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254"),
        *("cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "cp852", "cp866", "mac-roman"),
        *("iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15", "koi8-r", "koi8-u"),
        *("big5", "gb18030", "euc-jp", "shift_jis", "iso2022_jp", "euc_kr", "tis-620"),
    )


def tag_ids(context: Context, _: str) -> Iterable[str]:
    from tui.settings.config import ConfigError
    from tui.settings.scheme_file import SchemeError

    try:
        tags = [tag.id for tag in context.scheme.tags]
    except (ConfigError, SchemeError):
        return ()
    return (*tags, "none")


def article_expressions(context: Context, typed: str) -> Iterable[str]:
    return _expressions(typed, "articles", context)


def record_expressions(context: Context, typed: str) -> Iterable[str]:
    return _expressions(typed, "records", context)


def _expressions(typed: str, view: View, context: Context) -> Iterable[str]:
    from tui.query.completions import completions
    from tui.settings.config import ConfigError
    from tui.settings.scheme_file import SchemeError

    try:
        return completions(typed, view, context.scheme)
    except (ConfigError, SchemeError):
        return ()


def detectors(*_: object) -> Iterable[str]:
    from tui.hints.registry import BY_NAME

    return BY_NAME


def article_ids(context: Context, _: str) -> Iterable[str]:
    from tui.commands.usage import UsageError
    from tui.settings.config import ConfigError
    from tui.store.library import Library
    from tui.store.protocol import StoreError

    try:
        return Library(context.folder).ids()
    except (ConfigError, StoreError, UsageError):
        return ()
