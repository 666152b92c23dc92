"""Names of encodings, and the candidates for text that states none."""

from __future__ import annotations

import codecs

import msgspec

from tui.documents.letters import CHARACTER_LANGUAGES, LANGUAGES

WEB_NAMES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
}
"""What a page means by a name, by Python's names (WHATWG Encoding Standard, section 4.2)."""

_BYTE_ORDERED = ("utf-16", "utf-32")


class Candidate(msgspec.Struct, frozen=True):
    encoding: str
    languages: tuple[str, ...]
    surprise: float
    """-ln of how often a file is in it, in nats, less that of the most frequent one."""
    is_multibyte: bool = False


_WESTERN = ("en", "fr", "de", "es", "it", "pt", "nl", "ca", "sv", "da", "nb", "fi", "is", "sq")
_CENTRAL = ("pl", "cs", "sk", "hu", "ro", "sl", "sh", "de", "sq")
_BALTIC = ("lt", "lv", "et", "pl")
_CYRILLIC = LANGUAGES["CYRILLIC"]

CANDIDATES: tuple[Candidate, ...] = (
    Candidate("cp1252", _WESTERN, 0.0),
    Candidate("iso8859-15", (*_WESTERN, "et"), 1.5),
    Candidate("mac-roman", _WESTERN, 2.0),
    Candidate("cp850", _WESTERN, 3.0),
    Candidate("cp858", _WESTERN, 4.0),
    Candidate("cp437", _WESTERN, 4.5),
    Candidate("cp860", ("pt",), 6.0),
    Candidate("cp861", ("is",), 6.0),
    Candidate("cp863", ("fr",), 6.0),
    Candidate("cp865", ("da", "nb"), 6.0),
    Candidate("mac-iceland", ("is",), 4.0),
    Candidate("cp1250", _CENTRAL, 1.0),
    Candidate("iso8859-2", _CENTRAL, 1.5),
    Candidate("cp852", _CENTRAL, 3.0),
    Candidate("mac-latin2", ("pl", "cs", "sk", "hu", "sl"), 4.0),
    Candidate("iso8859-16", _CENTRAL, 14.0),
    Candidate("mac-croatian", ("sh", "sl"), 5.0),
    Candidate("mac-romanian", ("ro",), 5.0),
    Candidate("cp1254", ("tr",), 1.0),
    Candidate("iso8859-3", ("tr",), 6.0),
    Candidate("cp857", ("tr",), 3.0),
    Candidate("mac-turkish", ("tr",), 4.0),
    Candidate("cp1257", _BALTIC, 1.0),
    Candidate("iso8859-13", _BALTIC, 2.0),
    Candidate("iso8859-13", _WESTERN, 14.0),
    Candidate("iso8859-4", _BALTIC, 3.0),
    Candidate("cp775", _BALTIC, 4.0),
    Candidate("cp1253", ("el",), 1.0),
    Candidate("iso8859-7", ("el",), 1.5),
    Candidate("cp737", ("el",), 3.0),
    Candidate("cp869", ("el",), 4.0),
    Candidate("mac-greek", ("el",), 4.0),
    Candidate("cp1251", _CYRILLIC, 0.5),
    Candidate("koi8-r", _CYRILLIC, 1.0),
    Candidate("koi8-u", _CYRILLIC, 1.5),
    Candidate("cp866", _CYRILLIC, 2.0),
    Candidate("cp1125", ("uk",), 3.0),
    Candidate("iso8859-5", _CYRILLIC, 3.0),
    Candidate("mac-cyrillic", _CYRILLIC, 3.0),
    Candidate("cp855", _CYRILLIC, 5.0),
    Candidate("cp1255", ("he",), 1.0),
    Candidate("iso8859-8", ("he",), 1.5),
    Candidate("cp862", ("he",), 3.0),
    Candidate("cp1256", ("ar", "fa"), 1.0),
    Candidate("iso8859-6", ("ar",), 2.0),
    Candidate("cp720", ("ar",), 4.0),
    Candidate("cp874", ("th",), 1.0),
    Candidate("cp932", ("ja",), 1.0, is_multibyte=True),
    Candidate("euc_jp", ("ja",), 1.5, is_multibyte=True),
    Candidate("gb18030", ("zh", "zt"), 1.0, is_multibyte=True),
    Candidate("cp950", ("zt",), 1.0, is_multibyte=True),
    Candidate("big5hkscs", ("zt",), 4.0, is_multibyte=True),
    Candidate("cp949", ("ko",), 1.0, is_multibyte=True),
    Candidate("johab", ("ko",), 5.0, is_multibyte=True),
)


def candidate(encoding: str) -> Candidate:
    """The candidate of that name; for an encoding that is never guessed, one of any language."""
    for known in CANDIDATES:
        if codecs.lookup(known.encoding).name == codecs.lookup(encoding).name:
            return known
    letters_of = tuple(language for languages in LANGUAGES.values() for language in languages)
    is_multibyte = encoding.startswith(("euc", "shift", "big5", "gb", "hz", "iso2022", "cp95", "utf"))
    return Candidate(encoding, CHARACTER_LANGUAGES if is_multibyte else letters_of, 0.0, is_multibyte)


def text_encoding(name: str) -> str | None:
    """Python's name of a text encoding, or None if there is no such encoding."""
    try:
        info = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in _NOT_OF_FILES else None


_NOT_OF_FILES = frozenset(
    ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem")
)


def declared_encoding(name: str) -> str | None:
    """Python's name of the encoding that a file declares, as browsers read the name; None if it is unknown.

    UTF-16 and UTF-32 are None too: a declaration that can be read byte by byte is not in one of them.
    """
    encoding = text_encoding(name)
    if encoding is None or encoding.startswith(_BYTE_ORDERED):
        return None
    return WEB_NAMES.get(encoding, encoding)
