"""Where a command writes its result: a file is complete or not there at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from tui.commands.context import Context
from tui.commands.usage import UsageError
from tui.input_paths import as_path
from tui.store.errors import cannot_write
from tui.store.protocol import NotPermitted


def out_path(context: Context, out: str | None) -> Path | None:
    """The path that `--out` names; None for standard output. Raises UsageError, NotPermitted."""
    if not out or out == "-":
        return None
    if context.restricted:
        raise NotPermitted("--out names a path, which --restricted forbids: write to standard output")
    path = as_path(out)
    if path.resolve().is_relative_to(context.folder.resolve()):
        raise UsageError(f"{path} is in the annotations folder: write to another folder")
    return path


@contextlib.contextmanager
def whole_file(path: Path) -> Generator[BinaryIO, None, None]:
    """A temporary file that replaces `path` once all is written. Raises StoreError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
