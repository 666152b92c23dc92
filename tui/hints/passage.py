"""A text as detectors read it: the tokens of each sentence, the quotations and the language."""

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
"""Code points. A longer sentence is not prose and is not tokenised."""


class Token(NamedTuple):
    """A word, a number or a punctuation mark."""

    start: int
    end: int
    text: str
    lower: str
    """In lower case, with a straight apostrophe."""
    before: str
    """The white space between it and the token before in its sentence, if any."""

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_elided(self) -> bool:
        return self.lower.endswith("'") and len(self.lower) > 1

    @property
    def is_spaced(self) -> bool:
        """True if exactly one space, of any kind, comes before it."""
        return len(self.before) == 1 and self.before in _MAY_BE_SPACE


class Passage:
    """An article's text and bounds. Everything else is computed on demand."""

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
        shared: dict[str, object] | None = None,
        is_line_each: bool = False,
    ) -> None:
        """`headings` contains the starts of the sentences that are headings. With `is_line_each` every sentence is a
        paragraph because it is a line, and a quotation may continue in the next ones.

        If this is a part of an article, `counts` has the number of occurrences of each word in the whole article, and
        all parts have the same `shared`, in which `derived_from_counts` keeps its results.
        """
        self.text = text
        self.language = language
        self.source_language = source_language
        self.sentences = sentences
        self.paragraphs = paragraphs
        self.headings = headings
        self.is_line_each = is_line_each
        self._counts = counts
        self._shared = shared if shared is not None else {}

    @cached_property
    def tokens(self) -> list[list[Token]]:
        """The tokens of each sentence."""
        return [self._tokens(start, end) for start, end in self.sentences]

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The words of the language; None if it has no table."""
        return lexicon(self.language)

    @cached_property
    def counts(self) -> Counter[str]:
        """The number of occurrences of each word in the article, as spelled."""
        return self._counts or Counter(
            token.text for sentence in self.tokens for token in sentence if token.is_word
        )

    def derived_from_counts(self, name: str, work: Callable[[Counter[str]], Known]) -> Known:
        """The result of `work` on the counts, computed once for all parts of an article; `name` must be unique to `work`."""
        result = self._shared.get(name)
        if result is None:
            result = self._shared[name] = work(self.counts)
        return cast(Known, result)

    def is_quoted(self, offset: int) -> bool:
        """True if the offset is between quotation marks that open and close in the same paragraph."""
        return bool(self._quoted[offset])

    @cached_property
    def _quoted(self) -> bytearray:
        mask = bytearray(len(self.text) + 1)
        for match in _QUOTATIONS.finditer(self.text):
            mask[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
        return mask

    def is_address(self, start: int, end: int) -> bool:
        """True if any part of it belongs to a web or e-mail address."""
        return 1 in self._addresses[start:end]

    @cached_property
    def _addresses(self) -> bytearray:
        mask = bytearray(len(self.text))
        for match in _ADDRESS.finditer(self.text):
            mask[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
        return mask

    def _tokens(self, start: int, end: int) -> list[Token]:
        text, tokens, last = self.text, list[Token](), start
        if end - start > _LONGEST:
            return tokens
        for match in _TOKEN.finditer(text, start, end):
            word = match.group()
            offset = match.start()
            lower = word.lower()
            if "’" in lower or "ʼ" in lower:
                lower = lower.replace("’", "'").replace("ʼ", "'")
            tokens.append(Token(offset, match.end(), word, lower, text[last:offset]))
            last = match.end()
        return tokens


def count_words(text: str) -> Counter[str]:
    """Like `Passage.counts`, without keeping the tokens."""
    return Counter(word for match in _TOKEN.finditer(text) if (word := match.group())[0].isalpha())
