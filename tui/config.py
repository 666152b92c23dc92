"""Where the annotations lie and who annotates, when the command line does not say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tui.model.identity import annotator_name


class ConfigError(Exception):
    """A setting that cannot be used; `str()` is one line that says how to fix it."""


def annotations_folder(given: str | None, environment: Mapping[str, str]) -> Path:
    """`given`, else POSTIL_ANNOTATIONS, else `./annotations` when it exists, else the user's data folder."""
    chosen = given or environment.get("POSTIL_ANNOTATIONS")
    if chosen:
        return Path(chosen).expanduser()
    here = Path("annotations")
    if here.is_dir():
        return here
    from platformdirs import user_data_path

    return user_data_path("postil", appauthor=False) / "annotations"


def annotator(given: str | None, environment: Mapping[str, str]) -> str:
    """`given`, else POSTIL_ANNOTATOR, else the login name. Raises ConfigError when it makes no name."""
    name = given or environment.get("POSTIL_ANNOTATOR") or _login_name(environment)
    try:
        return annotator_name(name)
    except ValueError as error:
        raise ConfigError(f"{error}: name yourself with --annotator NAME") from error


def _login_name(environment: Mapping[str, str]) -> str:
    """The owner of this process; the environment's word only where the system has none."""
    if hasattr(os, "getuid"):
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            pass
    return environment.get("USER") or environment.get("USERNAME") or "annotator"
