"""What is fuzzed holds for what hypothesis makes too, and for the whole corpus of hostile text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.corpus import cases
from tests.fuzz.targets import TARGETS

CORPUS = [
    case if isinstance(case, bytes) else case.encode("utf-8", "surrogatepass") for case in cases().values()
]
STRINGS = st.text(max_size=30).map(lambda text: '"' + text.replace("\\", "").replace('"', "") + '"')
KEYS = st.sampled_from(
    [
        "tag.fact",
        "note",
        "quit",
        "keys",
        "theme",
        "keymap",
        "annotator",
        "annotations",
        "scheme",
        "lean",
        "id",
        "name",
    ]
)
LINES = st.one_of(
    st.builds("{} = {}\n".format, KEYS.map(repr), st.one_of(STRINGS, STRINGS.map("[{}]".format))),
    st.builds("{} = {}\n".format, STRINGS, STRINGS),
    st.sampled_from(
        ["[keys]\n", "[[tags]]\n", "[[categories]]\n", "[renamed.tags]\n", "version = 1\n", "#\n"]
    ),
)
TOML = st.lists(LINES, max_size=12).map(lambda lines: "".join(lines).encode())
TEXT = st.text(st.characters(), max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
ANY = st.one_of(st.binary(max_size=400), TEXT, st.lists(st.sampled_from(CORPUS), max_size=4).map(b" ".join))
READS_TOML = {"keys", "settings", "labels"}


@pytest.mark.parametrize("name", TARGETS)
def test_it_holds_for_anything(name: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.one_of(ANY, TOML) if name in READS_TOML else ANY)
    @example(b'keymap = "\\u0000"\nannotations = "a\\u0000"\nscheme = "~\\u0000"')
    @example(b'[keys]\n"tag.fact" = ["\\u001b", "\\u202e", "ctrl+\\u0007"]')
    def holds(data: bytes) -> None:
        TARGETS[name](data)

    holds()


@pytest.mark.parametrize(
    "target", [TARGETS[name] for name in TARGETS if name not in READS_TOML], ids=lambda t: t.__name__
)
def test_it_holds_for_the_corpus(target: Callable[[bytes], None]) -> None:
    for case in CORPUS:
        target(case)
