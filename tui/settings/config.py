"""The settings: the command line comes first, then the environment, the config file, and the default.

```toml
annotator = "ana"
theme = "light"

[keys]
"tag.fact" = ["1"]
```

Errors in the file are reported with their line, and the setting is ignored. Postil refuses to start only if your work
could end up under the wrong name, in the wrong folder or with the wrong tags.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

import msgspec

from tui.model.hint import HINT_MODES, HintMode
from tui.model.identity import annotator_name
from tui.settings import theme
from tui.settings import toml_file as tomlfile
from tui.settings.toml_file import TomlError, TomlFile
from tui.text.bounded_toml import LARGEST


class ConfigError(Exception):
    """A setting cannot be used; `str()` is one line with the fix."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting."""

    name: str
    kind: Literal["text", "path", "name or path", "flag"]
    does: str
    example: str
    """The value in the example file."""
    is_safe: bool = True
    """True if Postil may start with the default when the file is wrong."""

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return f"POSTIL_{self.name.upper()}"


SETTINGS = (
    Setting(
        name="annotator",
        kind="text",
        does="your name as annotator: a-z, 0-9, dot, underscore, hyphen",
        example='"ana"',
        is_safe=False,
    ),
    Setting(
        name="annotations",
        kind="path",
        does="the folder of articles and annotations",
        example='"~/annotations"',
        is_safe=False,
    ),
    Setting(name="theme", kind="text", does=f"auto, {', '.join(theme.PALETTES)}", example='"auto"'),
    Setting(
        name="keymap",
        kind="name or path",
        does="a keymap that ships with Postil, or your own TOML file",
        example='"default"',
    ),
    Setting(
        name="scheme",
        kind="name or path",
        does="tags, categories and severities: news, or your own TOML file",
        example='"news"',
        is_safe=False,
    ),
    Setting(name="panel", kind="flag", does="show the panel if there is room for it", example="true"),
    Setting(name="lean", kind="flag", does="paint as little as possible, for a slow line", example="false"),
    Setting(
        name="hints",
        kind="text",
        does="on; blind: shown once a sentence is decided, and compared; off",
        example='"on"',
    ),
    Setting(name="prose", kind="flag", does="begin with flowing prose", example="false"),
)

_FLAGS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_MOST_LISTED = 20
"""How many unknown settings are listed, one on each line."""
_PLAIN_NAME = re.compile(r"[a-z0-9_-]+")
_SAYS_WHERE_WORK_GOES = re.compile(
    rf"^\s*[\"']?(?:{'|'.join(setting.name for setting in SETTINGS if not setting.is_safe)})\b", re.MULTILINE
)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings in force, and where each comes from."""

    annotator: str = ""
    """Empty for the login name."""
    annotations: str = ""
    """Empty for `./annotations` if it exists, otherwise the user's data folder."""
    theme: str = "auto"
    keymap: str = "default"
    scheme: str = "news"
    panel: bool = True
    lean: bool = False
    prose: bool = False
    hints: HintMode = "on"
    keys: dict[str, object] = {}
    """The table `[keys]` of the file, unchecked."""
    file: TomlFile | None = None
    origins: dict[str, str] = {}
    """For each setting that is not the default: its option, its variable, or `file:line`."""
    problems: tuple[str, ...] = ()
    """Errors that were ignored, one line each."""

    def origin_in_file(self, name: str) -> str | None:
        """`file:line` of a setting, if its value comes from the config file."""
        origin = self.origins.get(name, "")
        return origin if self.file is not None and origin.startswith(str(self.file.path)) else None


def config_path(environment: Mapping[str, str]) -> Path:
    """POSTIL_CONFIG, or else `config.toml` in the user's config folder. Raises ConfigError."""
    chosen = environment.get("POSTIL_CONFIG")
    if chosen:
        return _expanded("POSTIL_CONFIG", chosen)
    from platformdirs import user_config_path

    return user_config_path("postil", appauthor=False) / "config.toml"


def read(
    given: Mapping[str, str | bool | None], environment: Mapping[str, str], *, restricted: bool = False
) -> Settings:
    """The settings in force; `given` has those of the command line by name.

    `restricted` ignores paths in the config file: `annotations`, and a `scheme` or `keymap` that is a file. Raises
    ConfigError.
    """
    file, problems = _file(environment)
    document = file.document if file is not None else {}
    values: dict[str, str | bool] = {}
    origins: dict[str, str] = {}
    for setting in SETTINGS:
        name = setting.name
        option, variable = given.get(name), environment.get(setting.variable)
        if option or option is False:
            values[name], origins[name] = option, f"--{name}" if option else f"--no-{name}"
        elif variable:
            values[name], origins[name] = _of_variable(setting, variable), setting.variable
        elif file is not None and name in document:
            where = file.where(name)
            try:
                value = _of_file(setting, document[name])
            except ConfigError as wrong:
                if not setting.is_safe:
                    raise ConfigError(f"{where}: {wrong}") from wrong
                problems.append(f"{where}: {wrong}")
                continue
            if isinstance(value, str) and _is_path(setting, value):
                if restricted:
                    problems.append(
                        f"{where}: {name} is a path, which --restricted ignores: set {setting.variable} instead"
                    )
                    continue
                value = str(file.path.parent / _expanded(where, value))
            values[name], origins[name] = value, where
    if file is not None:
        problems += _unknown(file)
    settings = Settings(keys=_keys(file, problems), file=file, origins=origins, problems=tuple(problems))
    return msgspec.structs.replace(settings, **values)


def annotations_folder(settings: Settings) -> Path:
    """The folder that is set, or else `./annotations` if it exists, or else the user's data folder. Raises ConfigError."""
    if settings.annotations:
        return _expanded(settings.origins["annotations"], settings.annotations)
    here = Path("annotations")
    if here.is_dir():
        return here
    from platformdirs import user_data_path

    return user_data_path("postil", appauthor=False) / "annotations"


def annotator(settings: Settings, environment: Mapping[str, str]) -> str:
    """The annotator that is set, or else the login name. Raises ConfigError if it is not a valid name."""
    try:
        return annotator_name(settings.annotator or _login_name(environment))
    except ValueError as error:
        where = settings.origin_in_file("annotator")
        lead = f"{where}: " if where else ""
        raise ConfigError(f"{lead}{error}: choose a name with --annotator NAME") from error


def example() -> str:
    """A config file with every setting commented out."""
    lines = ["# Settings of Postil. Remove the # at the start of a line to use it.", ""]
    for setting in SETTINGS:
        lines += [f"# {setting.does}", f"# {setting.name} = {setting.example}", ""]
    return "\n".join(
        [
            *lines,
            "# Your own keys, which replace those of the keymap. postil keys lists the actions.",
            "[keys]",
            '# "tag.fact" = ["f", "1"]',
            "",
        ]
    )


# -- the file --------------------------------------------------------------


def _file(environment: Mapping[str, str]) -> tuple[TomlFile | None, list[str]]:
    """The config file, and its errors. A missing file is an error only if POSTIL_CONFIG names it."""
    path = config_path(environment)
    if not _is_there(path):
        if environment.get("POSTIL_CONFIG"):
            return None, [f"POSTIL_CONFIG names {path}, which does not exist: postil config --init writes it"]
        return None, []
    try:
        return tomlfile.read(path), []
    except TomlError as error:
        try:
            with path.open("rb") as file:
                begun = file.read(LARGEST).decode("utf-8", errors="replace")
            decides = _SAYS_WHERE_WORK_GOES.search(begun)
        except OSError:
            decides = None
        if decides:
            raise ConfigError(str(error)) from error
        return None, [str(error)]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # It may exist: reading it gives the error.
        return True


def _of_file(setting: Setting, value: object) -> str | bool:
    name = setting.name
    if setting.kind == "flag":
        if not isinstance(value, bool):
            raise ConfigError(f"{name} is {_shortened(value)}: write {name} = true or {name} = false")
        return value
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{name} is {_shortened(value)}: write {name} = {setting.example}")
    if name == "theme" and value != "auto" and value not in theme.PALETTES:
        raise ConfigError(
            f"there is no theme {_shortened(value)}: use one of auto, {', '.join(theme.PALETTES)}"
        )
    if name == "hints":
        _check_mode(name, value)
    return value


def _of_variable(setting: Setting, value: str) -> str | bool:
    if setting.kind != "flag":
        if setting.name == "hints":
            _check_mode(setting.variable, value)
        return value
    flag = _FLAGS.get(value.lower())
    if flag is None:
        raise ConfigError(f"{setting.variable} is {_shortened(value)}: set it to 1 or 0")
    return flag


def _check_mode(name: str, value: str) -> None:
    if value not in HINT_MODES:
        raise ConfigError(f"{name} is {_shortened(value)}: use one of {', '.join(HINT_MODES)}")


def _is_path(setting: Setting, value: str) -> bool:
    return setting.kind == "path" or (setting.kind == "name or path" and _PLAIN_NAME.fullmatch(value) is None)


def _keys(file: TomlFile | None, problems: list[str]) -> dict[str, object]:
    if file is None:
        return {}
    keys = file.document.get("keys", {})
    if isinstance(keys, dict):
        return cast("dict[str, object]", keys)
    problems.append(
        f'{file.where("keys")}: keys is not a table: write [keys], and "tag.fact" = ["f"] below it'
    )
    return {}


def _unknown(file: TomlFile) -> list[str]:
    """Reports unknown settings, so that a misspelt one is noticed."""
    known = [setting.name for setting in SETTINGS] + ["keys"]
    unknown = [key for key in file.document if key not in known]
    problems = [
        f"{file.where(key)}: there is no setting {_shortened(key)}: use one of {', '.join(known)}"
        for key in unknown[:_MOST_LISTED]
    ]
    if len(unknown) > len(problems):
        from tui.text.plurals import counted

        more = counted(len(unknown) - len(problems), "other unknown setting")
        problems.append(f"{file.path}: and {more}")
    return problems


def _expanded(where: str, path: str) -> Path:
    if "\0" in path:
        raise ConfigError(f"{where}: {_shortened(path)} contains a NUL character: write the path without it")
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise ConfigError(
            f"{where}: {_shortened(path)} has an unknown home folder: write the whole path"
        ) from error


def _shortened(value: object) -> str:
    return repr(value)[:60]


def _login_name(environment: Mapping[str, str]) -> str:
    """The owner of this process; from the environment only if the system does not know the owner."""
    if hasattr(os, "getuid"):
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            pass
    return environment.get("USER") or environment.get("USERNAME") or "annotator"
