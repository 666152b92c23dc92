"""A language's abbreviations and first words of sentences, read from `data`; its README explains the keys."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec

SAME = {"nn": "nb", "no": "nb"}
"""Languages that use the data of another one."""

COMMON = ("names", "inside", "numbers", "anywhere", "final", "firms", "given")
"""What every language has in common with the others."""

Words = frozenset[str]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language, in small letters; `data/README.md` says what each set means."""

    names: Words = frozenset()
    inside: Words = frozenset()
    numbers: Words = frozenset()
    compounds: Words = frozenset()
    months: Words = frozenset()
    anywhere: Words = frozenset()
    final: Words = frozenset()
    firms: Words = frozenset()
    given: Words = frozenset()
    verbs: Words = frozenset()
    verb_endings: Words = frozenset()
    years: Words = frozenset()
    eras: Words = frozenset()
    lettered: Words = frozenset()
    openers: Words = frozenset()
    endings: Words = frozenset()
    elisions: Words = frozenset()
    particles: Words = frozenset()
    times: Words = frozenset()
    month_names: Words = frozenset()
    ordinals: bool = False
    nouns: bool = False
    capital_months: bool = False
    small_begins: bool = False


@lru_cache(maxsize=64)
def vocabulary(language: str) -> Vocabulary:
    """The words of a language together with those of `common`; those alone if there is no file for it."""
    common = msgspec.convert(_read("common"), Vocabulary)
    own = msgspec.convert(_read(SAME.get(language, language)), Vocabulary)
    shared = {name: getattr(common, name) | getattr(own, name) for name in COMMON}
    return msgspec.structs.replace(own, **shared)


def _read(name: str) -> dict[str, list[str] | bool]:
    if not re.fullmatch("[a-z]{2,8}", name):
        return {}
    path = files("tui.text.sentences").joinpath("data", f"{name}.toml")
    if not path.is_file():
        return {}
    values: dict[str, str | bool] = tomllib.loads(path.read_text(encoding="utf-8"))
    del values["source"]
    return {key: value.split() if isinstance(value, str) else value for key, value in values.items()}
