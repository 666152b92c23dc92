"""TOML that somebody wrote by hand: what is wrong is told in one line, with the line it stands on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings import toml_file as tomlfile
from tui.settings.toml_file import TomlError

SOURCE = """\
# theme = "no"
theme = "dark"
"quoted" = 1

[keys]
"tag.fact" = ["f"]
'tag.quote' = ["q"]
theme = ["t"]

[other]
late = 1
"""


@pytest.fixture
def file(tmp_path: Path) -> tomlfile.TomlFile:
    path = tmp_path / "a.toml"
    path.write_text(SOURCE, encoding="utf-8")
    return tomlfile.read(path)


@pytest.mark.parametrize(
    ("key", "table", "line"),
    [
        ("theme", "", 2),
        ("quoted", "", 3),
        ("tag.fact", "keys", 6),
        ("tag.quote", "keys", 7),
        ("theme", "keys", 8),
        ("late", "other", 11),
        ("missing", "keys", 5),
    ],
)
def test_a_key_is_found_in_its_table(file: tomlfile.TomlFile, key: str, table: str, line: int) -> None:
    assert file.where(key, table) == f"{file.path}:{line}"


def test_a_key_that_is_nowhere_has_no_line(file: tomlfile.TomlFile) -> None:
    assert file.where("missing") == str(file.path)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1\ntheme = dark\n", 2),
        ("a = 1\n\nb = ", 3),
        ("a = 1\na = 2\n", 2),
        ('x = """\n\n', 2),
        ("[a", 1),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, source: str, line: int) -> None:
    path = tmp_path / "a.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(TomlError) as refused:
        tomlfile.read(path)
    assert str(refused.value).startswith(f"{path}:{line}: this is not TOML")
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    told = str(path)
    try:
        tomlfile.read(path)
    except TomlError as error:
        told = str(error)
    assert told.startswith(str(path))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a = " + "[" * 20_000, encoding="utf-8")
    with pytest.raises(TomlError):
        tomlfile.read(path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(TomlError, match="give the path of a TOML file"):
            tomlfile.read(path)
