"""Decoding the bytes of a file to text that is harmless to a terminal.

Line ends become `\n` before anything is counted. Every other replacement is one code point
by one code point, so positions in the text do not change.
"""

from __future__ import annotations

import codecs
import re
import string

import msgspec

from tui.documents.signatures import binary_reason

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused."""

REPLACEMENT = "\ufffd"

_SAMPLE_BYTES = 256 * 1024
"""Size of the sample used to guess a legacy encoding."""


class UnreadableFileError(Exception):
    """A file without readable text; the message follows the file's name."""


class Decoded(msgspec.Struct, frozen=True):
    """Text without control characters other than newline and tab, and without lone surrogates."""

    text: str
    encoding: str
    """Python's name of the encoding, e.g. `utf-8`."""
    is_guess: bool = False
    """True if the encoding is neither declared nor proved by the bytes."""
    warnings: tuple[str, ...] = ()
    """What had to be replaced or guessed, one line each."""


def check_size(n_bytes: int) -> None:
    """Raises UnreadableFileError if a file of this size is refused."""
    if n_bytes > MAX_BYTES:
        megabytes = n_bytes / 1024 / 1024
        raise UnreadableFileError(
            f"is {megabytes:.0f} MB, and the maximum is 64 MB: split it into smaller files"
        )


def decode(data: bytes, declared: str | None = None, stated: str | None = None) -> Decoded:
    """The text of a file's bytes.

    `declared` is the encoding named by the file itself; it is used only if the bytes have no byte order mark
    and are not valid UTF-8. `stated` is the user's, which is used in any case. Raises UnreadableFileError.
    """
    check_size(len(data))
    bom, bom_encoding = _byte_order_mark(data)
    if bom_encoding is None and (reason := binary_reason(data)):
        raise UnreadableFileError(reason)
    body = data[len(bom) :]
    known = bom_encoding or stated
    encoding, guess = (known, ()) if known else _unmarked_encoding(body, declared)
    text, undecodable = _decode_as(body, encoding, len(bom))
    text, controls = without_controls(unix_newlines(text))
    refuse_blank(text)
    return Decoded(text, encoding, bool(guess), (*guess, *undecodable, *controls))


def unix_newlines(text: str) -> str:
    """The text with CRLF and CR replaced by LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def refuse_blank(text: str) -> None:
    """Raises UnreadableFileError if the text is only white space."""
    if not text or text.isspace():
        raise UnreadableFileError("is empty: choose a file that contains text")


# Control characters

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REPORTED = (
    (re.compile("\x00"), "NUL character", f"replaced by {REPLACEMENT}"),
    (re.compile("[\ud800-\udfff]"), "lone surrogate", f"replaced by {REPLACEMENT}"),
    (re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"), "control character", "made visible"),
)
_CONTROL_TABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    0x00: REPLACEMENT,
    0x7F: "\u2421",
    **dict.fromkeys(map(ord, "\r\x85"), "\n"),
}
del _CONTROL_TABLE[ord("\n")], _CONTROL_TABLE[ord("\t")]


def without_controls(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every control character made visible, code point by code point, and the warnings.

    Newline and tab stay; a next-line character (U+0085) and a carriage return become newlines; NUL,
    C1 controls and lone surrogates become U+FFFD; the rest become control pictures.
    """
    if _CONTROL.search(text) is None:
        return text, ()
    warnings: list[str] = []
    for pattern, noun, done in _REPORTED:
        if first := pattern.search(text):
            warnings.append(
                f"{_count(len(pattern.findall(text)), noun)} {done}, the first at {first.start()}"
            )
    return text.translate(_CONTROL_TABLE), tuple(warnings)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# Encodings

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _byte_order_mark(data: bytes) -> tuple[bytes, str | None]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    return b"", None


def _decode_as(body: bytes, encoding: str, skipped: int) -> tuple[str, tuple[str, ...]]:
    try:
        return body.decode(encoding), ()
    except UnicodeDecodeError as error:
        first = error.start + skipped
    text = body.decode(encoding, errors="replace")
    honest = body.count(REPLACEMENT.encode()) if encoding == "utf-8" else 0
    count = _count(text.count(REPLACEMENT) - honest, "undecodable place")
    return text, (f"{count} ({encoding}) replaced by {REPLACEMENT}, the first at byte {first}",)


def _unmarked_encoding(body: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """The encoding, and a warning if it is a guess."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        first_bad = error.start
    else:
        return "utf-8", ()
    if declared and (known := _known_encoding(declared)):
        return known, ()
    text = body.decode("utf-8", errors="replace")
    bad = text.count(REPLACEMENT) - body.count(REPLACEMENT.encode())
    good = len(text) - text.count(REPLACEMENT) - len(text.encode("ascii", errors="ignore"))
    if bad <= good:
        return "utf-8", ()
    begin = body.rfind(b"\n", 0, first_bad) + 1 if first_bad > _SAMPLE_BYTES // 2 else 0
    sample = body[begin : begin + _SAMPLE_BYTES]
    guessed = _western_encoding(sample)
    if guessed is None and bad >= _LEAST_EVIDENCE and bad * 50 >= len(body):
        guessed = _guessed_encoding(sample)
    if guessed is None:
        return "utf-8", ()
    return guessed, (f"read as {guessed}, which is a guess: if letters look wrong, save it as UTF-8",)


def _known_encoding(declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    # Pages that declare latin-1 are in cp1252 (WHATWG Encoding Standard).
    name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)
    return name if name.startswith(_TEXT_ENCODINGS) else None


_TEXT_ENCODINGS = (
    "cp",
    "iso8859",
    "koi8",
    "mac",
    "gb",
    "big5",
    "shift_jis",
    "euc",
    "iso2022",
    "utf-8",
    "tis",
)
"""Prefixes of text codec names; Python also has codecs such as `zip` and `rot13`."""

_WESTERN_LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ"
_WESTERN_MARKS = "«»“”„‘’…–—•·€£§°ªº¿¡©®™\u00a0"
_NOT_WESTERN = re.compile(f"[^\x00-\x7f{_WESTERN_LETTERS}{_WESTERN_MARKS}]")
_WESTERN_LETTER = re.compile(f"[{_WESTERN_LETTERS}]")
_LEAST_EVIDENCE = 8
"""With fewer undecodable bytes an encoding cannot be guessed."""
_GUESSABLE = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)


def _western_encoding(sample: bytes) -> str | None:
    """The encoding in which the sample contains only characters of Western European languages, or None.

    charset-normalizer takes every fourth paragraph of French or Spanish in cp1252 for cp1250.
    """
    ascii_letters = len(sample) - len(sample.translate(None, string.ascii_letters.encode()))
    for encoding in ("cp1252", "iso8859_15", "mac_roman"):
        text = sample.decode(encoding, errors="replace")
        if not _NOT_WESTERN.search(text) and len(_WESTERN_LETTER.findall(text)) <= ascii_letters:
            return encoding
    return None


def _guessed_encoding(sample: bytes) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample, cp_isolation=list(_GUESSABLE)).best()
    return best.encoding if best else None
