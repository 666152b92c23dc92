"""`postil config`: the settings in force, and where each of them comes from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.commands.context import Context
from tui.commands.streams import Streams
from tui.input_paths import exists
from tui.settings import config
from tui.settings import scheme_file as scheme
from tui.settings.keymap import Keymap, as_written
from tui.store.protocol import NotPermitted, NotSaved
from tui.terminal.streams import write_exact
from tui.text.clean import escape_json, visible


class _Row(NamedTuple):
    name: str
    value: str | bool | list[str]
    origin: str


class Options(msgspec.Struct, frozen=True, kw_only=True):
    json: bool = False
    path: bool = False
    init: bool = False


def run(context: Context, options: Options) -> int:
    path = config.config_path(os.environ)
    if options.path:
        _print_path(context.streams, path)
        return 0
    if options.init:
        return _write_example(context, path)
    return _print(context, path, as_json=options.json)


def _print(context: Context, path: Path, *, as_json: bool) -> int:
    settings = context.settings
    keymap = context.keymap_for(scheme.load())
    problems = list(dict.fromkeys((*settings.problems, *keymap.problems)))
    rows = _rows(context, keymap)
    for problem in problems:
        context.say(problem)
    if as_json:
        value = {
            "path": str(path),
            "exists": settings.file is not None,
            "settings": {row.name: {"value": row.value, "from": row.origin} for row in rows},
            "problems": problems,
        }
        # Escaped in a pipe too: values may hold anything.
        print(escape_json(json.dumps(value, ensure_ascii=False)), file=context.streams.output)
    else:
        missing = "" if settings.file is not None else " (missing: postil config --init writes an example)"
        context.streams.print(f"config file {path}{missing}")
        context.streams.print()
        _print_table(context.streams, [(row.name, _as_text(row.value), row.origin) for row in rows])
    return 1 if problems else 0


def _rows(context: Context, keymap: Keymap) -> list[_Row]:
    """The settings, then the keys of the config file."""
    chosen = context.settings
    worked_out = {
        "annotator": context.annotator,
        "annotations": str(context.folder),
        "theme": context.palette.name,
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
        bound = keymap.keys
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


def _as_text(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else " ".join(value) or "–"


def _print_table(streams: Streams, rows: list[tuple[str, str, str]]) -> None:
    shown = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in (0, 1)]
    for name, value, origin in shown:
        streams.print(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}")


def _write_example(context: Context, path: Path) -> int:
    if context.read_only or context.restricted:
        option = "--restricted" if context.restricted else "--read-only"
        raise NotPermitted(f"--init writes a file, which {option} forbids: leave one of them out")
    if exists(path):
        context.say(f"{path} exists already: edit it, or move it away")
        return 1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(config.example())
    except PermissionError as error:
        raise NotPermitted(f"you may not write {path}: set POSTIL_CONFIG to another path") from error
    except OSError as error:
        raise NotSaved(f"{path}: {error.strerror or error}: set POSTIL_CONFIG to another path") from error
    _print_path(context.streams, path)
    return 0


def _print_path(streams: Streams, path: Path) -> None:
    if streams.is_terminal:
        streams.print(str(path))
    else:
        write_exact(f"{path}\n")
