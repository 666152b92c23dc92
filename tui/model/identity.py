"""What articles and annotators are known by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

DIGITS = 8
"""Digits of the hash in an article's id, unless another text has the same."""
_SLUG_LENGTH = 40

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ŋ": "ng"}
)
"""Letters that Unicode does not decompose into an ASCII one and marks."""

EARLIER_SECOND_PASS = ".again"
"""Earlier versions stored the second pass of `NAME` as the work of an annotator `NAME.again`."""

_ANNOTATOR = re.compile(r"(?!\.)[a-z0-9._-]{1,64}")


def text_sha256(text: str) -> str:
    """Hex SHA-256 of the text in UTF-8."""
    # Opening a stored article needs no hash, and its import is on the way to the first paint.
    import hashlib

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def article_id(title: str, text: str) -> str:
    """A readable id that is the same wherever the same text is added under the same title."""
    return f"{_slug(title) or 'article'}-{text_sha256(text)[:DIGITS]}"


def longer_ids(article: str, sha256: str) -> Iterator[str]:
    """The ids that a text may have, from its first one on: with 8, 12, 16 ... digits of its hash.

    An id that does not end with the beginning of the hash is followed by itself with these digits.
    """
    yield article
    slug, _, digits = article.rpartition("-")
    if not is_hash(digits, sha256):
        slug, digits = article, ""
    for length in range(len(digits) + 4 if digits else DIGITS, len(sha256) + 1, 4):
        yield f"{slug}-{sha256[:length]}"


def is_hash(digits: str, sha256: str) -> bool:
    """True for at least eight digits that the hash begins with."""
    return len(digits) >= DIGITS and sha256.startswith(digits)


def annotator_name(raw: str) -> str:
    """The name as it is stored and used as a folder; raises ValueError with a message for the user."""
    name = unicodedata.normalize("NFC", raw).lower()
    if not _ANNOTATOR.fullmatch(name):
        allowed = "1 to 64 of a-z 0-9 . _ -, not beginning with a dot"
        raise ValueError(f"{raw[:80]!a} is no annotator name: use {allowed}")
    return name


def is_mistakable(annotator: str) -> bool:
    """True for a name under which an earlier version would have stored another annotator's second pass."""
    return annotator.endswith(EARLIER_SECOND_PASS)


def _slug(title: str) -> str:
    """ASCII words in lower case joined by hyphens; a word that reaches the limit is left out."""
    letters = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    ascii_only = "".join(char for char in letters if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    if len(slug) <= _SLUG_LENGTH:
        return slug
    return slug[:_SLUG_LENGTH].rpartition("-")[0] or slug[:_SLUG_LENGTH]
