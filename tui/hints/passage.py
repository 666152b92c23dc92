"""A text as the detectors read it: its words, each within its sentence, its quotations and its language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar, cast

from tui.hints.lexicon import Lexicon, lexicon

_TOKEN = re.compile(
    r"""
    [^\W\d_]+['’ʼ](?=[^\W_])                  # an elided word: l' in l'avion
    | [^\W\d_]+(?:[-‐‑][^\W\d_]+)*           # a word, with its hyphens
    | \d+(?:[.,:]\d+)*                        # a number
    | [^\w\s]|_                               # a mark
    """,
    re.VERBOSE,
)
Known = TypeVar("Known")

_MAY_BE_SPACE = " \u00a0\u202f\u2009"
_QUOTATIONS = re.compile(r'«[^«»\n]*»|“[^“”\n]*”|„[^„“”\n]*[“”]|"[^"\n]*"|‘[^‘’\n]*’(?!\w)')

_ADDRESS = re.compile(
    r"(?:https?://|www\.|ftp://)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}"
    r"|(?<![\w.-])[\w-]{1,64}(?:\.[\w-]{1,64}){0,8}"
    r"\.(?:com|org|net|fr|it|es|de|uk|ru|io|gov|edu|info|eu|tv|co|ch|be|ca)(?:/\S*)?(?![\w])",
    re.IGNORECASE,
)

_LONGEST = 20_000
"""Code points. A longer sentence is no prose: it is not taken apart into words."""


class Token(NamedTuple):
    """A word, a number or a mark."""

    start: int
    end: int
    text: str
    lower: str
    """In lower case, with a straight apostrophe."""
    before: str
    """What lies between it and the token before in its sentence: white space or nothing."""

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_elided(self) -> bool:
        return self.lower.endswith("'") and len(self.lower) > 1

    @property
    def is_spaced(self) -> bool:
        """Whether one space stands before it, of whatever kind."""
        return len(self.before) == 1 and self.before in _MAY_BE_SPACE


class Passage:
    """An article's text and bounds. What is not asked for is not worked out."""

    def __init__(
        self,
        text: str,
        language: str,
        *,
        sentences: Sequence[tuple[int, int]],
        paragraphs: Sequence[tuple[int, int]],
        headings: frozenset[int] = frozenset(),
        source_language: str | None = None,
        counts: Counter[str] | None = None,
        worked_out: dict[str, object] | None = None,
    ) -> None:
        """`headings` are the starts of the sentences that are headings.

        `counts` is how often each word occurs in the whole article, where this is a part of it; `worked_out`
        is then one for all its parts.
        """
        self.text = text
        self.language = language
        self.source_language = source_language
        self.sentences = sentences
        self.paragraphs = paragraphs
        self.headings = headings
        self._counts = counts
        self._worked_out = worked_out if worked_out is not None else {}

    @cached_property
    def tokens(self) -> list[list[Token]]:
        """The tokens of each sentence."""
        return [self._tokens(start, end) for start, end in self.sentences]

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The words of the language; None where there is no table of it."""
        return lexicon(self.language)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word occurs in the article, as it is written."""
        return self._counts or Counter(
            token.text for sentence in self.tokens for token in sentence if token.is_word
        )

    def of_counts(self, name: str, work: Callable[[Counter[str]], Known]) -> Known:
        """What `work` makes of the counts, once for all the parts of an article that share them; `name` is its own."""
        found = self._worked_out.get(name)
        if found is None:
            found = self._worked_out[name] = work(self.counts)
        return cast(Known, found)

    def is_quoted(self, offset: int) -> bool:
        """Whether the place lies between quotation marks that are opened and closed in one paragraph."""
        return bool(self._quoted[offset])

    @cached_property
    def _quoted(self) -> bytearray:
        mask = bytearray(len(self.text) + 1)
        for found in _QUOTATIONS.finditer(self.text):
            mask[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
        return mask

    def is_address(self, start: int, end: int) -> bool:
        """Whether any of it belongs to an address of the Web or of mail."""
        return 1 in self._addresses[start:end]

    @cached_property
    def _addresses(self) -> bytearray:
        mask = bytearray(len(self.text))
        for found in _ADDRESS.finditer(self.text):
            mask[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
        return mask

    def _tokens(self, start: int, end: int) -> list[Token]:
        text, found, last = self.text, list[Token](), start
        if end - start > _LONGEST:
            return found
        for match in _TOKEN.finditer(text, start, end):
            word = match.group()
            place = match.start()
            lower = word.lower()
            if "’" in lower or "ʼ" in lower:
                lower = lower.replace("’", "'").replace("ʼ", "'")
            found.append(Token(place, match.end(), word, lower, text[last:place]))
            last = match.end()
        return found


def count_words(text: str) -> Counter[str]:
    """How often each word occurs, as `Passage.counts`, without keeping the words."""
    return Counter(word for found in _TOKEN.finditer(text) if (word := found.group())[0].isalpha())
