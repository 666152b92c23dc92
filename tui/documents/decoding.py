"""Decoding the bytes of a file to text that is harmless to a terminal.

Line ends become `\\n` before anything is counted. Every other replacement is one code point
by one code point, so positions in the text do not change.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import msgspec

from tui.documents.control_characters import REPLACEMENT, unix_newlines, without_controls
from tui.documents.signatures import binary_reason
from tui.text.plurals import counted

__all__ = [
    "MAX_BYTES",
    "REPLACEMENT",
    "Decoded",
    "UnreadableFileError",
    "check_size",
    "decode",
    "refuse_blank",
    "unix_newlines",
    "without_controls",
]

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused."""

_SAMPLE_BYTES = 256 * 1024
"""Size of the sample used to recognise a binary file."""


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

    `declared` is the encoding named by the file itself; it is used only if the bytes have no byte order mark, are not
    valid UTF-8 and are text in it. `stated` is the user's, which is used in any case. Raises UnreadableFileError, also
    if more than 2 % of the places that are not ASCII, and at least three, do not decode.
    """
    check_size(len(data))
    encoding, skipped, is_guess = encoding_of(data, declared, stated)
    text, undecodable = _decode_as(data[skipped:], encoding, is_strict=stated is not None)
    text, controls = without_controls(text)
    refuse_blank(text)
    guess = (
        (f"read as {encoding}, which is a guess: if letters look wrong, use --encoding NAME",)
        if is_guess
        else ()
    )
    return Decoded(text, encoding, is_guess, (*guess, *undecodable, *controls))


def refuse_blank(text: str) -> None:
    """Raises UnreadableFileError if the text is only white space."""
    if not text or text.isspace():
        raise UnreadableFileError("is empty: choose a file that contains text")


# Which encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r\f\x1b")


def encoding_of(data: bytes, declared: str | None, stated: str | None) -> tuple[str, int, bool]:
    """The encoding, the length of the byte order mark in bytes, and True if it is a guess.

    `declared` and `stated` are as in `decode`. Raises UnreadableFileError.
    """
    mark, marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None))
    if stated is not None:
        return _stated_encoding(data, stated, mark, marked)
    if marked is not None:
        return marked, len(mark), False
    from tui.documents.wide_encodings import wide_encoding

    bad, good = _utf8_places(data)
    if (bad > good or _may_be_wide(data)) and (wide := wide_encoding(data)):
        return wide, 0, True
    if not bad and (shifted := _seven_bit_encoding(data)):
        return shifted, 0, shifted == "hz" and declared is None
    if reason := binary_reason(data):
        raise UnreadableFileError(reason)
    if bad <= good and not is_refused(bad, good):
        return "utf-8", 0, False
    return _legacy_encoding(data, declared, can_be_utf8=not is_refused(bad, good))


def _stated_encoding(data: bytes, stated: str, mark: bytes, marked: str | None) -> tuple[str, int, bool]:
    from tui.documents.encodings import text_encoding
    from tui.documents.wide_encodings import wide_encoding

    encoding = text_encoding(stated)
    if encoding is None:
        raise UnreadableFileError(
            f"cannot be read: {stated[:40]!a} is no encoding; use a name such as utf-8, cp1252 or shift_jis"
        )
    family = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    if marked is not None and marked.startswith(family):
        return marked, len(mark), False
    if family in ("utf-16", "utf-32"):
        if encoding == family:
            guessed = wide_encoding(data)
            encoding = guessed if guessed and guessed.startswith(family) else f"{family}-le"
        return encoding, 0, False
    if reason := binary_reason(data):
        raise UnreadableFileError(reason)
    return family, 0, False


def _utf8_places(data: bytes) -> tuple[int, int]:
    """How many places that are not ASCII do not decode as UTF-8, and how many do."""
    if data.isascii():
        return 0, 0
    text = data.decode("utf-8", errors=_ERRORS)
    bad = text.count(UNDECODABLE)
    return bad, non_ascii(text) - bad


def _may_be_wide(data: bytes) -> bool:
    """True if every fourth byte of the sample at least is a control character, one of them NUL."""
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROLS + b"\t"))
    return 0 in sample and controls * 4 >= len(sample)


def _seven_bit_encoding(data: bytes) -> str | None:
    """An encoding whose bytes are all ASCII, other than ASCII."""
    if not data.isascii() or not any(sign in data for sign in (b"\x1b$", b"~{", b"+")):
        return None
    from tui.documents.wide_encodings import seven_bit_encoding

    encoding = seven_bit_encoding(data)
    if encoding == "utf-7":
        raise UnreadableFileError("is in UTF-7: use --encoding utf-7, or save it as UTF-8")
    return encoding


def _legacy_encoding(data: bytes, declared: str | None, *, can_be_utf8: bool) -> tuple[str, int, bool]:
    from tui.documents.encodings import declared_encoding
    from tui.documents.guess import guess

    known = declared_encoding(declared) if declared else None
    known = None if known == "utf-8" else known
    guessed = guess(data, known)
    if guessed.encoding is not None:
        return guessed.encoding, 0, guessed.encoding != known
    if guessed.others or not can_be_utf8:
        raise UnreadableFileError(_unknown(guessed.others))
    return "utf-8", 0, False


def _unknown(others: tuple[str, ...]) -> str:
    if len(others) > 1:
        names = " or ".join(others[:3])
        return f"could be in {names}: choose one with --encoding NAME, or save it as UTF-8"
    return "is not in an encoding that Postil recognises: use --encoding NAME, or save it as UTF-8"


# Places that do not decode

_ERRORS = "postil.undecodable"
UNDECODABLE = "\udcff"
"""A code point that no decoder gives: every U+FFFD of the file itself stays one."""
_MOST_BAD_SHARE = 0.02
_LEAST_BAD = 3
_MOST_LINES = 5
"""Lines that a warning names."""


def _replaced(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return UNDECODABLE, error.end


codecs.register_error(_ERRORS, _replaced)


def is_refused(bad: int, good: int, least: int | None = None) -> bool:
    """True if too many places do not decode; `least` is the number from which their share counts, 3 by default."""
    return bad >= (_LEAST_BAD if least is None else least) and bad > _MOST_BAD_SHARE * (bad + good)


def undecodable_marked(body: bytes, encoding: str) -> str:
    """The text with UNDECODABLE for each place that does not decode."""
    return body.decode(encoding, errors=_ERRORS)


def non_ascii(text: str) -> int:
    """How many code points are not ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _decode_as(body: bytes, encoding: str, *, is_strict: bool) -> tuple[str, tuple[str, ...]]:
    """The text with LF line ends, and a warning that names the lines of what does not decode."""
    try:
        return unix_newlines(body.decode(encoding)), ()
    except UnicodeDecodeError:
        text = unix_newlines(undecodable_marked(body, encoding))
    bad = text.count(UNDECODABLE)
    count, lines = counted(bad, "undecodable place"), _lines_of_undecodable(text)
    if is_refused(bad, non_ascii(text) - bad, 1 if is_strict else None):
        raise UnreadableFileError(
            f"has {count} as {encoding} in {lines}: use --encoding NAME, or save it as UTF-8"
        )
    warning = f"{count} ({encoding}) replaced by {REPLACEMENT}, in {lines}"
    return text.replace(UNDECODABLE, REPLACEMENT), (warning,)


def _lines_of_undecodable(text: str) -> str:
    return shown_lines([n for n, line in enumerate(text.split("\n"), 1) if UNDECODABLE in line])


def shown_lines(numbers: Sequence[int]) -> str:
    """E.g. `line 3`, or `lines 3, 8, 9, 12, 20 and 4 more`."""
    first = [f"{number:,}" for number in numbers[:_MOST_LINES]]
    if len(numbers) > _MOST_LINES:
        return f"lines {', '.join(first)} and {len(numbers) - _MOST_LINES:,} more"
    if len(first) == 1:
        return f"line {first[0]}"
    return f"lines {', '.join(first[:-1])} and {first[-1]}"
