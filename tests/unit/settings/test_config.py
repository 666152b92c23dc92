"""Settings: which of those who have a say is heard, and what is wrong is told with file, line and fix."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings import config
from tui.settings.config import SETTINGS, ConfigError, Settings

Read = Callable[..., Settings]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What is in force with this config file, command line and environment."""

    def run(
        source: str | None,
        given: dict[str, str | None] | None = None,
        *,
        restricted: bool = False,
        **environment: str,
    ) -> Settings:
        path = tmp_path / "config.toml"
        if source is not None:
            path.write_text(source, encoding="utf-8")
        return config.read(given or {}, {"POSTIL_CONFIG": str(path), **environment}, restricted=restricted)

    return run


def test_the_command_line_is_heard_before_the_environment_before_the_file_before_the_default(
    read: Read, tmp_path: Path
) -> None:
    file = f"{tmp_path / 'config.toml'}:2"
    source = '# mine\ntheme = "light"\n'
    for settings, value, origin in (
        (read(source, {"theme": "mono"}, POSTIL_THEME="ansi"), "mono", "--theme"),
        (read(source, POSTIL_THEME="ansi"), "ansi", "POSTIL_THEME"),
        (read(source, {"theme": None}, POSTIL_THEME=""), "light", file),
        (read(""), "auto", None),
    ):
        assert (settings.theme, settings.origins.get("theme")) == (value, origin)
        assert settings.problems == ()


def test_every_setting_can_come_from_the_file(read: Read, tmp_path: Path) -> None:
    source = (
        'annotator = "eva"\nannotations = "/a"\ntheme = "contrast"\nkeymap = "vim"\nscheme = "news"\n'
        'panel = false\nlean = true\nhints = "blind"\nprose = true\n[keys]\n"tag.fact" = ["1"]\n'
    )
    settings = read(source)
    assert [getattr(settings, setting.name) for setting in SETTINGS] == [
        "eva",
        "/a",
        "contrast",
        "vim",
        "news",
        False,
        True,
        "blind",
        True,
    ]
    assert settings.keys == {"tag.fact": ["1"]}
    assert settings.origin_in_file("lean") == f"{tmp_path / 'config.toml'}:7"


@pytest.mark.parametrize(("word", "flag"), [("1", True), ("yes", True), ("0", False), ("FALSE", False)])
def test_flags_in_the_environment(read: Read, word: str, flag: bool) -> None:
    assert read("panel = true", POSTIL_PANEL=word).panel is flag


def test_a_flag_in_the_environment_that_is_none_is_refused(read: Read) -> None:
    with pytest.raises(ConfigError, match="POSTIL_LEAN is 'maybe': set it to 1 or 0"):
        read("", POSTIL_LEAN="maybe")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('theme = "pink"', "there is no theme 'pink': use one of auto, dark, light"),
        ("theme = 3", 'theme is 3: write theme = "auto"'),
        ('panel = "no"', "panel is 'no': write panel = true or panel = false"),
        ("prose = 1", "prose is 1: write prose = true or prose = false"),
        ('keymap = ""', "keymap is '': write keymap = \"default\""),
        ("colour = 1", "there is no setting 'colour': use one of annotator,"),
        ("keys = 1", "keys is not a table: write [keys]"),
        ("theme = dark", 'this is not TOML (Invalid value): write name = "text"'),
    ],
)
def test_what_is_wrong_is_passed_over_and_told_with_its_line(
    read: Read, tmp_path: Path, line: str, says: str
) -> None:
    settings = read(f"# mine\n{line}\n")
    [problem] = settings.problems
    assert problem.startswith(f"{tmp_path / 'config.toml'}:2: {says}")
    assert "\n" not in problem
    assert (settings.theme, settings.panel, settings.prose, settings.keymap) == (
        "auto",
        True,
        False,
        "default",
    )


@pytest.mark.parametrize("line", ["annotator = 3", "annotations = []", "scheme = true", "annotator = ana"])
def test_nothing_starts_where_work_would_go_astray(read: Read, tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read(f"# mine\n{line}\n")
    assert str(refused.value).startswith(f"{tmp_path / 'config.toml'}:2: ")


def test_what_is_overruled_need_not_be_right(read: Read) -> None:
    assert read("annotator = 3", {"annotator": "ana"}).annotator == "ana"


def test_paths_in_the_file_are_seen_from_the_file(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    settings = read('annotations = "~/work"\nkeymap = "mine.toml"\nscheme = "news"\n')
    assert settings.annotations == "/home/ana/work"
    assert settings.keymap == str(tmp_path / "mine.toml")
    assert settings.scheme == "news"
    assert read("", {"keymap": "mine.toml"}).keymap == "mine.toml"


def test_restricted_lets_the_file_name_no_path(read: Read, tmp_path: Path) -> None:
    source = (
        'annotations = "/a"\nscheme = "./mine.toml"\nkeymap = "k.toml"\ntheme = "light"\nannotator = "eva"\n'
    )
    settings = read(source, restricted=True)
    assert (settings.annotations, settings.scheme, settings.keymap) == ("", "news", "default")
    assert (settings.theme, settings.annotator) == ("light", "eva")
    assert {problem.split(": ")[0].rpartition(":")[2] for problem in settings.problems} == {"1", "2", "3"}
    assert all("--restricted ignores" in problem for problem in settings.problems)
    assert read('keymap = "vim"', restricted=True).keymap == "vim"
    assert read(None, restricted=True, POSTIL_ANNOTATIONS=str(tmp_path)).annotations == str(tmp_path)


def test_a_file_that_was_named_must_be_there(read: Read) -> None:
    assert "config.toml, which does not exist: postil config --init" in read(None).problems[0]


def test_without_a_file_there_is_nothing_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert config.config_path({}).name == "config.toml"
    assert config.read({}, {}) == Settings()


def test_the_annotator_is_a_name(read: Read, tmp_path: Path) -> None:
    assert config.annotator(read('annotator = "Ana"'), {}) == "ana"
    assert config.annotator(Settings(), {"USER": "somebody"})
    with pytest.raises(ConfigError, match=r"config.toml:1: .*choose a name with --annotator"):
        config.annotator(read('annotator = "a b"'), {})


def test_the_folder_of_the_annotations(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.annotations_folder(read("", POSTIL_ANNOTATIONS="/a")) == Path("/a")
    assert config.annotations_folder(Settings()).is_absolute()
    (tmp_path / "annotations").mkdir()
    assert config.annotations_folder(Settings()) == Path("annotations")
    with pytest.raises(ConfigError, match="has an unknown home folder"):
        read('annotations = "~nobody-of-this-name/x"')


def test_the_example_is_read_as_all_defaults(read: Read) -> None:
    example = config.example()
    assert read(example).problems == ()
    assert read(example).origins == {}
    lines = [line.removeprefix("# ") for line in example.splitlines()]
    uncommented = "\n".join(
        line for line in lines if line.startswith("[") or line.split(" = ")[0] in {s.name for s in SETTINGS}
    )
    settings = read(uncommented)
    assert settings.problems == ()
    assert set(settings.origins) == {setting.name for setting in SETTINGS}
    assert tomllib.loads(uncommented)["panel"] is Settings().panel


@given(st.text(max_size=200))
def test_any_file_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, source: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(source.encode("utf-8", "surrogatepass"))
    try:
        settings = config.read({}, {"POSTIL_CONFIG": str(path)})
    except ConfigError as error:
        told = (str(error),)
    else:
        told = settings.problems
    assert all(str(path) in line and "\n" not in line for line in told)


def test_a_file_that_may_not_be_read_is_told(read: Read, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tmp_path / "config.toml").write_text("")
    (tmp_path / "config.toml").chmod(0)
    assert "Permission denied" in read(None).problems[0]


def test_a_mode_of_hints_that_there_is_not_is_told(read: Read) -> None:
    settings = read('hints = "loud"')
    assert settings.hints == "on"
    assert "hints is 'loud': use one of on, blind, off" in settings.problems[0]
    with pytest.raises(ConfigError, match="POSTIL_HINTS is 'loud': use one of on, blind, off"):
        read("", POSTIL_HINTS="loud")
