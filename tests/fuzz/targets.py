"""What is fuzzed: each takes any bytes, and fails where a promise is broken. Hypothesis and atheris run the same."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len

from tui.documents.decoding import UnreadableFileError, without_controls
from tui.documents.decoding import decode as decoded
from tui.documents.reading import documents
from tui.painting.wrap import thinned
from tui.painting.wrap import wrap as wrapped
from tui.settings import actions, config, keymap
from tui.settings import scheme_file as scheme
from tui.settings.actions import Action
from tui.text.clean import escape_json, is_safe, visible

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def decode(data: bytes) -> None:
    """Any file comes to text without controls, or is refused in a line, whatever it declares or the user states."""
    for declared, stated in (
        (None, None),
        ("latin-1", None),
        ("shift_jis", None),
        (None, "cp1252"),
        (None, "utf-16"),
    ):
        with suppress(UnreadableFileError):
            text = decoded(data, declared, stated).text
            assert text
            assert not _CONTROL.search(text)
            assert text.encode()


def extract(data: bytes) -> None:
    """So does one of each kind of file; headings begin within the text."""
    for suffix in (".txt", ".md", ".jsonl", ".json", ".rtf", ".docx"):
        with suppress(UnreadableFileError):
            for document in documents(data, suffix):
                assert not _CONTROL.search(document.text + (document.title or "") + (document.source or ""))
                assert all(0 <= start < len(document.text) for start in document.heading_starts)


def clean(data: bytes) -> None:
    """Text is cleaned code point for code point, once and for all; as JSON it stays equal."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    painted = visible(text)
    assert len(painted) == len(text)
    assert is_safe(painted)
    assert visible(painted) == painted
    assert is_safe(escape_json(text).translate({9: "", 10: "", 13: ""}))
    held, _ = without_controls(text)
    assert len(held) == len(text)
    assert not _CONTROL.search(held)


def wrap(data: bytes) -> None:
    """Rows fit, and lose nothing but the blanks at which they are broken."""
    width = 2 + data[0] % 40 if data else 2
    text = visible(data[1:].decode("utf-8", "replace")) * (1 + len(data) % 3)
    # Of joiners with nothing before them Rich has two opinions.
    text = text.lstrip("\u200d")
    rows = wrapped(text, 0, len(text), width)
    assert (rows[0][0], rows[-1][1]) == (0, len(text))
    assert all(text[end:start] in {"", " "} for (_, end), (start, _) in pairwise(rows))
    for start, end in rows:
        assert cell_len(text[start:end]) <= width
        assert cell_len(thinned(text[start:end])) <= width


def keys(data: bytes) -> None:
    """A keymap file is taken in, as far as it is sound, or refused in a line; its keys can be shown."""
    found = None
    with suppress(keymap.KeymapError):
        found = keymap.load(str(_file(data)), _actions())
    for action, bound in found.keys.items() if found is not None else ():
        assert all(key and is_safe(keymap.shown(key)) and is_safe(keymap.as_written(key)) for key in bound), (
            action
        )


def settings(data: bytes) -> None:
    """A config file is taken in, as far as it is sound, or refused in a line."""
    environment = {"POSTIL_CONFIG": str(_file(data))}
    with suppress(config.ConfigError):
        found = config.read({}, environment)
        assert all(isinstance(problem, str) for problem in found.problems)
        config.annotations_folder(found).exists()
        if found.file is not None and found.keys:
            keymap.changed(keymap.load("default", _actions()), found.file, _actions())


def labels(data: bytes) -> None:
    """A scheme file is sound or refused in a line."""
    with suppress(scheme.SchemeError):
        found = scheme.load(_file(data))
        assert all(is_safe(tag.name + tag.letter + tag.definition) for tag in found.tags)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (decode, extract, clean, wrap, keys, settings, labels)
}

SEEDS: dict[str, tuple[str, ...]] = {
    "keys": ("keymaps/*.toml",),
    "settings": ("keymaps/vim.toml",),
    "labels": ("tui/settings/schemes/*.toml", "tests/fixtures/schemes/*.toml"),
}
"""Files to begin with, by target; the others begin with the hostile corpus."""


@cache
def _actions() -> tuple[Action, ...]:
    return tuple(actions.actions(scheme.load()))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="postil-fuzz-")


def _file(data: bytes) -> Path:
    path = Path(_folder().name) / "a.toml"
    path.write_bytes(data)
    return path
