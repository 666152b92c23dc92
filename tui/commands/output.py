"""Where a command writes what it was asked for: a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
from argparse import Namespace
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from tui.cli import UsageError
from tui.commands.context import is_restricted
from tui.input_paths import as_path
from tui.store.errors import cannot_write
from tui.store.protocol import NotPermitted


def out_path(options: Namespace, annotations: Path) -> Path | None:
    """What `--out` names; None for standard output. Raises UsageError, NotPermitted."""
    if not options.out or options.out == "-":
        return None
    if is_restricted(options):
        raise NotPermitted("--out names a path, which --restricted forbids: write to standard output")
    path = as_path(options.out)
    if path.resolve().is_relative_to(annotations.resolve()):
        raise UsageError(f"{path} lies among the annotations: write elsewhere")
    return path


@contextlib.contextmanager
def whole_file(path: Path) -> Generator[BinaryIO, None, None]:
    """A file beside `path` to write to, which takes its place in the end. Raises StoreError."""
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
