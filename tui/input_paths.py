"""Paths as you type them, on the command line or on the screen, and the text files that folders and patterns name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

SUFFIXES = (
    *(".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".json", ".jsonl", ".ndjson"),
    *(".docx", ".odt", ".epub", ".rtf", ".pdf"),
)
"""The files that are taken from a folder."""


def as_path(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:
        # `~somebody` that this system does not know is a name like any other.
        return Path(name)


def exists(path: Path) -> bool:
    """True if the user can reach a file or folder by this name."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def files_of(name: str, unreadable: Callable[[OSError], None]) -> list[Path]:
    """The files that a name means: the texts of a folder, the matches of a pattern, or the file itself.

    Without a match it is the name itself: the error when it is read explains the problem. Empty only for a folder
    without texts.
    """
    path = as_path(name)
    if is_folder(path):
        return list(text_files(path, unreadable))
    if exists(path):
        return [path]
    return matching(name) or [path]


def matching(pattern: str) -> list[Path]:
    """The files that match a quoted pattern such as `*.txt` or `**/*.md`, sorted."""
    import glob

    if not glob.has_magic(pattern):
        return []
    paths = (Path(name) for name in glob.glob(str(as_path(pattern)), recursive=True))  # noqa: PTH207
    return sorted(path for path in paths if path.is_file())


def text_files(folder: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    """The text files in a folder and its subfolders, in the order of their names.

    Names that begin with a dot are hidden, and those that begin with `~$` are Word's own notes about open files: both
    are left out. Links to folders are not followed. `unreadable` gets the error of each folder that cannot be listed.
    """
    for name, subfolders, files in os.walk(folder, onerror=unreadable):
        subfolders[:] = sorted(subfolder for subfolder in subfolders if not subfolder.startswith("."))
        if {"articles", "people"} <= set(subfolders):
            # A library of Postil's own, whose files are no input.
            subfolders[:] = [subfolder for subfolder in subfolders if subfolder not in ("articles", "people")]
        for path in (Path(name, file) for file in sorted(files) if not file.startswith((".", "~$"))):
            if path.suffix.lower() in SUFFIXES and path.name != "README.md" and path.is_file():
                yield path
