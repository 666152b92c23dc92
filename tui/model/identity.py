"""Ids of articles and names of annotators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

DIGITS = 8
"""Digits of the hash in an article's id, unless another text already has that id."""
_SLUG_LENGTH = 40

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ŋ": "ng"}
)
"""Letters that Unicode does not decompose into an ASCII letter and marks."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_UNWRITTEN = re.compile("['`]")
"""Signs of transliteration for sounds that have no letter in ASCII."""

EARLIER_SECOND_PASS = ".again"
"""Earlier versions stored the second pass of `NAME` as the work of an annotator `NAME.again`."""

_ANNOTATOR = re.compile(r"(?!\.)[a-z0-9._-]{1,64}")


def text_sha256(text: str) -> str:
    """Hex SHA-256 of the text in UTF-8."""
    # Imported here: opening a stored article needs no hash, and a module-level import would delay the first paint.
    import hashlib

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def article_id(title: str, text: str) -> str:
    """A readable id; the same text under the same title always gives the same id."""
    return f"{_slug(title) or 'article'}-{text_sha256(text)[:DIGITS]}"


def longer_ids(article: str, sha256: str) -> Iterator[str]:
    """The ids that a text may have, shortest first: with 8, 12, 16 ... digits of its hash.

    If `article` does not end with the beginning of the hash, the digits are appended to it.
    """
    yield article
    slug, _, digits = article.rpartition("-")
    if not is_hash(digits, sha256):
        slug, digits = article, ""
    for length in range(len(digits) + 4 if digits else DIGITS, len(sha256) + 1, 4):
        yield f"{slug}-{sha256[:length]}"


def is_hash(digits: str, sha256: str) -> bool:
    """True if the hash begins with these digits and there are at least eight of them."""
    return len(digits) >= DIGITS and sha256.startswith(digits)


def annotator_name(raw: str) -> str:
    """The name in the form that is stored and used as a folder. Raises ValueError with a message for the user."""
    name = unicodedata.normalize("NFC", raw).lower()
    if not _ANNOTATOR.fullmatch(name):
        allowed = "1 to 64 of a-z 0-9 . _ -, not beginning with a dot"
        raise ValueError(f"{raw[:80]!a} is not a valid annotator name: use {allowed}")
    return name


def is_mistakable(annotator: str) -> bool:
    """True if an earlier version would have stored another annotator's second pass under this name."""
    return annotator.endswith(EARLIER_SECOND_PASS)


def _slug(title: str) -> str:
    """Lower-case ASCII words joined by hyphens; a word that exceeds the limit is left out.

    A title that is mostly in another script than Latin is transliterated.
    """
    lower = title.lower()
    letters = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    words = "".join(char for char in letters if not unicodedata.combining(char))
    if 2 * sum(map(str.isalpha, _NOT_ASCII.sub("", words))) < sum(map(str.isalpha, words)):
        words = _transliterated(lower)
    slug = re.sub(r"[^a-z0-9]+", "-", words).strip("-")
    if len(slug) <= _SLUG_LENGTH:
        return slug
    return slug[:_SLUG_LENGTH].rpartition("-")[0] or slug[:_SLUG_LENGTH]


def _transliterated(title: str) -> str:
    """The letters of a title in ASCII, a Han character as a word."""
    # Imported here: titles in Latin letters, and articles that are stored, do without it.
    from anyascii import anyascii

    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in title)
    return _UNWRITTEN.sub("", anyascii(_HAN.sub(r" \g<0> ", unicodedata.normalize("NFC", kept))).lower())
