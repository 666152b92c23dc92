"""Recognising encodings that need no guess: UTF-16 and UTF-32 without a byte order mark, and those of ASCII bytes only."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from tui.documents.letters import CHARACTER_LANGUAGES, is_wide, kind, letters

_SAMPLE_BYTES = 64 * 1024
_LEAST_CHARACTERS = 4
_LEAST_SHARE = 0.97
"""Share of the characters that must be ASCII, typographic or of the text's main script."""
_MOST_WIDE_COST = 9.0
"""Mean cost of the characters of Chinese, Japanese or Korean text, in nats; real text has about 6."""


def encoding_of_text(data: bytes) -> str | None:
    """The encoding, if bytes that look binary are text in UTF-16, UTF-32 or ISO-2022."""
    return (seven_bit_encoding(data) if data.isascii() and 0 not in data else None) or wide_encoding(data)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 in one byte order, if the bytes are text in it; the data have no byte order mark."""
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        sample = data[: min(_SAMPLE_BYTES, len(data) // width * width)]
        text = sample.decode(encoding, errors="replace")
        if len(text) >= _LEAST_CHARACTERS and _is_text(text):
            return encoding
    return None


def _is_text(text: str) -> bool:
    scripts = Counter(map(_script, text))
    if scripts["bad"] > 1 and scripts["bad"] * 200 > len(text):
        return False
    common = scripts.pop("common", 0)
    scripts -= Counter(bad=scripts["bad"], odd=scripts["odd"])
    main, count = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    if common + count < _LEAST_SHARE * len(text):
        return False
    if main != "wide":
        return True
    wide = [char for char in text if _script(char) == "wide"]
    return any(_mean_cost(wide, language) <= _MOST_WIDE_COST for language in CHARACTER_LANGUAGES)


def _mean_cost(chars: list[str], language: str) -> float:
    singles = letters(language).singles
    return sum(3.0 if not char.isalpha() else singles.get(char, 13.0) for char in chars) / len(chars)


@lru_cache(maxsize=8192)
def _script(char: str) -> str:
    """`common` for ASCII and typographic characters, `odd` and `bad` for what text has rarely or never, or a script."""
    match kind(char):
        case "bad":
            return "bad"
        case "wide" | "mark" | "edge" | "digit" if not is_wide(char):
            return "common"
        case "letter" if char.isascii():
            return "common"
        case "odd":
            return "odd"
        case _:
            return "wide" if is_wide(char) else unicodedata.name(char, "").partition(" ")[0]


# Encodings whose bytes are all ASCII

_ISO_2022_KR = re.compile(rb"\x1b\$\)C")
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\$\([DOPQ]")
_JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){1,400}~\}")
_UTF_7 = re.compile(rb"\+[A-Za-z0-9+/]{3,400}-?")


def seven_bit_encoding(data: bytes) -> str | None:
    """ISO-2022, HZ or UTF-7, if ASCII bytes are text in it."""
    if _ISO_2022_KR.search(data):
        return "iso2022_kr"
    if _ISO_2022_JP.search(data):
        return next((encoding for encoding in _JAPANESE if _decodes(data, encoding)), _JAPANESE[0])
    if _HZ.search(data) and _decodes(data, "hz"):
        chars = [char for char in data[:_SAMPLE_BYTES].decode("hz", errors="ignore") if is_wide(char)]
        if chars and _mean_cost(chars, "zh") <= _MOST_WIDE_COST:
            return "hz"
    if _UTF_7.search(data) and _decodes(data, "utf-7"):
        text = data[:_SAMPLE_BYTES].decode("utf-7", errors="ignore")
        if not text.isascii() and _is_text(text):
            return "utf-7"
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
