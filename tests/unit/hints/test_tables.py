from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tui.hints import tables
from tui.hints.lexicon import LANGUAGES, lexicon
from tui.hints.tables import Table, table


def test_every_word_is_found_and_no_other() -> None:
    words = [f"w{number:03}" for number in range(200)]
    lines = [f"{word}\t{number}" for number, word in enumerate(words)]
    made = Table("\n\n".join("\n".join(lines[i : i + 7]) for i in range(0, 200, 7)))
    assert [made.get(word) for word in words] == [str(number) for number in range(200)]
    assert [made.get(word) for word in ("", "a", "w", "w00", "w0000", "w1999", "z", "w000\t0")] == [""] * 8


@pytest.mark.parametrize(
    "name", [*(f"{language}.words" for language in sorted(LANGUAGES)), "usual", "fr.forms"]
)
def test_a_shipped_table_is_in_order(name: str) -> None:
    path = Path(tables.__file__).parent / "data" / f"{name}.gz"
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    words = [line.partition("\t")[0] for line in text.split("\n") if line]
    assert words == sorted(set(words))
    made = table(name)
    assert made is not None
    assert all(made.get(word) for word in (words[0], words[63], words[64], words[len(words) // 2], words[-1]))


def test_what_is_known_of_words() -> None:
    french = lexicon("fr")
    assert french is not None
    assert french.readings("société") == {"Nfs"}
    assert french.readings("kilomètres") >= {"Nmp"}
    assert french.zipf("de") > 7 > french.zipf("société") > 5
    assert not french.knows("laacquisition")
    assert french.other_languages("guerra")["it"] > 5
    assert lexicon("sw") is None
