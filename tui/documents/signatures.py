"""Files that are not text, recognised by their first bytes or by their control bytes.

The signatures are those of the formats' specifications, as the list of `file` (magic(5)) has them.
"""

from __future__ import annotations

_UNPACK = "unpack it, then add the files in it"
_PICTURE = ("a picture", "recognise its text first, e.g. with tesseract, and add the text")
_SOUND = ("a sound or video file", "transcribe it, then add the text")
_PROGRAM = ("a program", "choose a file that contains text")
_FONT = ("a font", "choose a file that contains text")

_SIGNATURES: tuple[tuple[int, bytes, tuple[str, str]], ...] = (
    (0, b"\x1f\x8b", ("compressed with gzip", _UNPACK)),
    (0, b"BZh", ("compressed with bzip2", _UNPACK)),
    (0, b"\xfd7zXZ\x00", ("compressed with xz", _UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", ("compressed with Zstandard", _UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", ("a 7-Zip archive", _UNPACK)),
    (0, b"Rar!\x1a\x07", ("a RAR archive", _UNPACK)),
    (0, b"\x89PNG\r\n", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF87a", _PICTURE),
    (0, b"GIF89a", _PICTURE),
    (0, b"II*\x00", _PICTURE),
    (0, b"MM\x00*", _PICTURE),
    (0, b"AT&TFORM", ("a DjVu file", "convert it to text first, e.g. with djvutxt")),
    (0, b"%!PS-", ("PostScript", "convert it to PDF first, e.g. with ps2pdf")),
    (0, b"SQLite format 3\x00", ("a database", "export its text first")),
    (0, b"PAR1", ("a Parquet table", "write its texts as JSON lines and name the field with --text-field")),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"MZ\x90\x00", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"wOF2", _FONT),
    (0, b"wOFF", _FONT),
    (0, b"OTTO\x00", _FONT),
    (0, b"ID3\x03", _SOUND),
    (0, b"ID3\x04", _SOUND),
    (0, b"OggS\x00", _SOUND),
    (0, b"fLaC\x00", _SOUND),
    (0, b"RIFF", ("a picture, sound or video file", "add its text")),
    (4, b"ftyp", _SOUND),
    (60, b"BOOKMOBI", ("a Kindle book", "convert it to .epub first, e.g. with Calibre")),
    (257, b"ustar", ("a tar archive", _UNPACK)),
)
_TEXT_LIKE = frozenset(
    (b"BZh", b"PAR1", b"RIFF", b"ftyp", b"GIF87a", b"GIF89a", b"%!PS-", b"AT&TFORM", b"ustar")
)
"""Signatures that a text can begin with: they count only where other control bytes follow."""

_SAMPLE_BYTES = 256 * 1024
_HEAD_BYTES = 512
_MANY = 8
"""With fewer control bytes than this, even a short file does not count as binary."""
_NOT_TEXT = bytes(code for code in range(0x20) if code not in b"\t\n\r\f\x1b")


def binary_reason(data: bytes) -> str | None:
    """Why a file is not text, and what to do, as a line that follows its name; None if it may be text."""
    for offset, signature, (what, remedy) in _SIGNATURES:
        if data.startswith(signature, offset) and (signature not in _TEXT_LIKE or _has_controls(data)):
            return f"is {what}, not text: {remedy}"
    sample = data[:_SAMPLE_BYTES]
    nuls = sample.count(0)
    if nuls >= _MANY and nuls * 10 > len(sample):
        share = round(100 * nuls / len(sample))
        return (
            f"is binary, or UTF-16 without a byte order mark (NUL in {share} % of it): save it as UTF-8 text"
        )
    controls = len(sample) - len(sample.translate(None, _NOT_TEXT))
    if controls >= _MANY and controls * 20 > len(sample):
        share = round(100 * controls / len(sample))
        return f"is binary (control bytes in {share} % of it): save it as UTF-8 text"
    return None


def _has_controls(data: bytes) -> bool:
    head = data[:_HEAD_BYTES]
    return len(head) != len(head.translate(None, _NOT_TEXT))
