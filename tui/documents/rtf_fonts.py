"""Code pages and languages of Rich Text Format, by their numbers in the specification 1.9.1 and [MS-LCID]."""

from __future__ import annotations

import codecs
from functools import cache

CODE_PAGE_OF_CHARSET = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
}

LANGUAGES = {
    0x01: "ar",
    0x03: "ca",
    0x04: "zh",
    0x05: "cs",
    0x06: "da",
    0x07: "de",
    0x08: "el",
    0x0A: "es",
    0x0B: "fi",
    0x0C: "fr",
    0x0D: "he",
    0x0E: "hu",
    0x10: "it",
    0x11: "ja",
    0x12: "ko",
    0x13: "nl",
    0x14: "no",
    0x15: "pl",
    0x16: "pt",
    0x18: "ro",
    0x19: "ru",
    0x1D: "sv",
    0x1F: "tr",
    0x22: "uk",
    0x39: "hi",
}
"""By the primary language, the lower ten bits of the number. English is left out: it is the default everywhere."""


@cache
def has_codec(name: str) -> bool:
    try:
        return codecs.lookup(name).name.startswith(("cp", "mac", "gb", "johab", "utf-8"))
    except LookupError:
        return False


def decoded(raw: bytes, code_page: str) -> str:
    """The text; Windows leaves a few places of its code pages empty."""
    return raw.decode(code_page, errors="replace")
