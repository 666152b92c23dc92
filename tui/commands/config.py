"""`postil config`: the settings in force, and where each comes from."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import NamedTuple

from tui.commands.context import (
    annotations_folder,
    annotator,
    is_read_only,
    is_restricted,
    keymap_in_force,
    palette,
    say,
    settings,
)
from tui.input_paths import exists
from tui.settings import config
from tui.settings import scheme_file as scheme
from tui.settings.keymap import as_written
from tui.store.protocol import NotPermitted, NotSaved
from tui.terminal.streams import write_exact
from tui.text.clean import escape_json, visible


class _Row(NamedTuple):
    name: str
    value: str | bool | list[str]
    origin: str


def run(options: Namespace) -> int:
    path = config.config_path(os.environ)
    if options.path:
        _print_path(path)
        return 0
    if options.init:
        return _write_example(path, options)
    return _print(path, options)


def _print(path: Path, options: Namespace) -> int:
    chosen = settings(options)
    keys = keymap_in_force(options, scheme.load())
    problems = list(dict.fromkeys((*chosen.problems, *keys.problems)))
    rows = _rows(options)
    for problem in problems:
        say(problem)
    if options.json:
        told = {
            "path": str(path),
            "exists": chosen.file is not None,
            "settings": {row.name: {"value": row.value, "from": row.origin} for row in rows},
            "problems": problems,
        }
        line = json.dumps(told, ensure_ascii=False)
        print(escape_json(line))
    else:
        there = "" if chosen.file is not None else " (not there: postil config --init writes an example)"
        print(visible(f"config file {path}{there}"), end="\n\n")
        _print_table([(row.name, _told(row.value), row.origin) for row in rows])
    return 1 if problems else 0


def _rows(options: Namespace) -> list[_Row]:
    """The settings, then the keys of the config file."""
    chosen = settings(options)
    worked_out = {
        "annotator": annotator(options),
        "annotations": str(annotations_folder(options)),
        "theme": palette(options).name,
    }
    rows: list[_Row] = []
    for setting in config.SETTINGS:
        value: str | bool = worked_out.get(setting.name) or getattr(chosen, setting.name)
        origin = chosen.origins.get(setting.name, "default")
        if setting.name == "theme" and chosen.theme == "auto":
            origin = f"auto, {origin}" if origin != "default" else "auto"
        if origin == "default" and setting.name == "annotator":
            origin = "login name"
        rows.append(_Row(setting.name, value, origin))
    if chosen.file is not None:
        bound = keymap_in_force(options, scheme.load()).keys
        rows += [
            _Row(
                f"keys.{action}",
                [as_written(key) for key in bound[action]],
                chosen.file.where(action, "keys"),
            )
            for action in chosen.keys
            if action in bound
        ]
    return rows


def _told(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else " ".join(value) or "–"


def _print_table(rows: list[tuple[str, str, str]]) -> None:
    shown = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in (0, 1)]
    for name, value, origin in shown:
        print(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}")


def _write_example(path: Path, options: Namespace) -> int:
    if is_read_only(options) or is_restricted(options):
        option = "--restricted" if is_restricted(options) else "--read-only"
        raise NotPermitted(f"--init writes a file, which {option} forbids: leave one of them out")
    if exists(path):
        say(f"{path} is there already: edit it, or move it away")
        return 1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(config.example())
    except PermissionError as error:
        raise NotPermitted(f"{path} may not be written: set POSTIL_CONFIG to another path") from error
    except OSError as error:
        raise NotSaved(f"{path}: {error.strerror or error}: set POSTIL_CONFIG to another path") from error
    _print_path(path)
    return 0


def _print_path(path: Path) -> None:
    if sys.stdout.isatty():
        print(visible(str(path)))
    else:
        write_exact(f"{path}\n")
