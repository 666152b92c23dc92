"""Each error that a user can meet, as one line and an exit code."""

from __future__ import annotations

from tui.formats.records import RecordError
from tui.prepare import PreparationError
from tui.query.tokens import ExpressionError
from tui.settings.config import ConfigError
from tui.settings.keymap import KeymapError
from tui.settings.scheme_file import SchemeError
from tui.settings.theme import ThemeError
from tui.store.library import Ambiguous
from tui.store.protocol import (
    Conflict,
    Locked,
    NoSuchArticle,
    NotPermitted,
    NotSaved,
    StoreError,
    UnsafeName,
)

FOUND_A_PROBLEM = 1
WRONG_USE = 2
NOT_PERMITTED = 3
STORAGE_FAILED = 4

_CODES: tuple[tuple[tuple[type[Exception], ...], int], ...] = (
    ((ConfigError, KeymapError, SchemeError, ThemeError), WRONG_USE),
    ((ExpressionError,), WRONG_USE),
    ((NoSuchArticle, Ambiguous, UnsafeName), WRONG_USE),
    ((Locked, NotPermitted, PermissionError), NOT_PERMITTED),
    ((NotSaved, Conflict), STORAGE_FAILED),
    ((StoreError, PreparationError, RecordError), FOUND_A_PROBLEM),
)


def explained(error: Exception) -> tuple[str, int]:
    """The line to print for an error, and the exit code."""
    code = exit_code(error)
    if isinstance(error, PermissionError):
        return (
            f"you have no permission for {error.filename or 'this'}: ask its owner for access",
            NOT_PERMITTED,
        )
    if isinstance(error, ExpressionError):
        return f"--where, {error}", WRONG_USE
    if code is not None:
        return str(error), code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return (
            f"{where}{error.strerror or error}: check the path, the disk and its free space",
            STORAGE_FAILED,
        )
    kind = type(error).__name__
    return f"unexpected {kind}: {error}: run it again with POSTIL_DEBUG=1 and report it", FOUND_A_PROBLEM


def traceback_lines(error: Exception) -> list[str]:
    """The traceback of an error and of its causes."""
    from traceback import format_exception

    return "".join(format_exception(error)).rstrip("\n").split("\n")


def exit_code(error: Exception) -> int | None:
    """The exit code of an expected error; None for any other error."""
    if isinstance(error.__cause__, PermissionError):
        return NOT_PERMITTED
    for kinds, code in _CODES:
        if isinstance(error, kinds):
            return code
    return None
