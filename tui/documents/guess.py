"""Guessing the encoding of bytes from the words that each candidate makes of them.

A candidate is a model of the text: its cost is -ln P(text | language), summed over the bytes that are not ASCII, for
the language that fits best, plus what the ASCII letters around them say against that language. The cheapest text
wins if no other text is nearly as cheap, and if it is as cheap as text of that language is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from tui.documents.control_characters import REPLACEMENT
from tui.documents.encodings import CANDIDATES, Candidate, candidate
from tui.documents.letters import CHARACTER_LANGUAGES, LANGUAGES, cost, kind

SAMPLE_BYTES = 64 * 1024
"""Bytes of the lines that are judged."""
MOST_PAIRS = 3000
"""Different pairs of bytes that are judged; text in one language has fewer."""
MULTIBYTE_CHARACTERS = 8192
"""Characters that are judged if a candidate has several bytes for one."""
PIECE_BYTES = 2048
"""Longest part of a line in the sample."""

MARGIN = 6.5
"""Nats by which the next other text must be less probable, for a guess; more for longer texts, since errors of the
model add up."""
MARGIN_OF_PAIR = 0.03
MOST_COST = 5.7
"""Mean cost of a pair above which the best text is not one, in nats; real text has about 3."""
MOST_WIDE_COST = 7.5
"""The same for Chinese, Japanese and Korean."""
MOST_ODD_SHARE = 0.1
"""Share of symbols among the characters that are not ASCII."""
DECLARED_BONUS = 12.0
MOST_SURPRISE = 10.0
"""A candidate that is rarer is never guessed, only declared or stated."""
MOST_DECLARED_COST = 10.0
MOST_LANGUAGE_COST = 40.0
"""What the ASCII letters may say against a language, in nats."""
OTHER_SCRIPT_COST = 20.0

GLUED_COST = 4.0
"""A no-break space between two letters, where a letter of another encoding is more probable."""

_LEAST_BAD, _MOST_BAD_SHARE = 3, 0.02
_GLUED = re.compile(r"[^\W\d_](?=\u00a0[^\W\d_])")
_HIGH = re.compile(rb"[\x80-\xff]")
_TAG = re.compile(rb"<[^<>]{0,1000}>")
_ASCII_BYTES = bytes(range(128))


class Guess(msgspec.Struct, frozen=True):
    """The best encoding, if it is good enough; else the ones that may be right."""

    encoding: str | None
    others: tuple[str, ...] = ()


class _Verdict(msgspec.Struct, frozen=True, kw_only=True):
    encoding: str
    total: float
    mean: float
    """Cost of a pair."""
    key: str
    """Equal for equal texts."""
    pairs: int
    odd_share: float
    most_cost: float
    surprise: float

    def is_text(self) -> bool:
        # A single word may well be a rare one.
        return self.odd_share <= MOST_ODD_SHARE and self.mean <= self.most_cost + min(8.0 / self.pairs, 1.8)

    def excludes(self, rival: _Verdict) -> bool:
        """True if the rival, if it is another text, is too improbable compared to this one."""
        return rival.key != self.key and rival.total >= self.total + MARGIN + MARGIN_OF_PAIR * min(
            self.pairs, 200
        )


def guess(body: bytes, declared: str | None = None) -> Guess:
    """The encoding of bytes that are neither UTF-8 nor UTF-16. A declared one counts if it gives text."""
    verdicts = sorted(_verdicts(_Evidence(body), declared), key=lambda verdict: verdict.total)
    if not verdicts:
        return Guess(None)
    best = verdicts[0]
    if declared is not None:
        by_declaration = next((verdict for verdict in verdicts if verdict.encoding == declared), None)
        if by_declaration is not None and (
            by_declaration.key == best.key
            or (not best.is_text() and by_declaration.mean <= MOST_DECLARED_COST)
        ):
            return Guess(declared)
    rivals = {verdict.key: verdict.encoding for verdict in reversed(verdicts) if not best.excludes(verdict)}
    if not best.is_text():
        return Guess(None)
    if len(rivals) > 1:
        return Guess(None, tuple(reversed(rivals.values())))
    # Another name for the same text may be less rare.
    named = min((verdict for verdict in verdicts if verdict.key == best.key), key=lambda same: same.surprise)
    if named.surprise > MOST_SURPRISE:
        next_best = next((verdict.encoding for verdict in verdicts if verdict.key != best.key), None)
        return Guess(None, (named.encoding, *([next_best] if next_best else ())))
    return Guess(best.encoding if best.surprise <= MOST_SURPRISE else named.encoding)


class _Evidence:
    """What is known of the bytes before they are decoded."""

    def __init__(self, body: bytes) -> None:
        self.present = bytes(sorted(set(body.translate(None, _ASCII_BYTES))))
        """The bytes that are not ASCII, each once."""
        # Where only tags have such bytes, they are all there is to judge.
        self.sample = b"\n".join(_pieces(body)) or b"\n".join(_pieces(body, without_tags=False))
        pairs = Counter(zip(b"\n" + self.sample, self.sample + b"\n", strict=True))
        high = Counter({pair: count for pair, count in pairs.items() if max(pair) > 127})
        self.pairs = dict(high.most_common(MOST_PAIRS))
        self.judged_share = sum(self.pairs.values()) / high.total() if high else 1.0
        self.against = _language_costs({pair: count for pair, count in pairs.items() if max(pair) < 128})
        """What the ASCII letters say against each language, in nats."""


def _verdicts(evidence: _Evidence, declared: str | None) -> Iterator[_Verdict]:
    own = candidate(declared) if declared else None
    for each in CANDIDATES if own is None or own in CANDIDATES else (own, *CANDIDATES):
        text = evidence.sample.decode(each.encoding, errors="replace")
        bad = text.count(REPLACEMENT)
        if bad >= _LEAST_BAD and bad > _MOST_BAD_SHARE * (len(text) - len(text.encode("ascii", "ignore"))):
            continue
        pairs, share, key = _pairs(evidence, each, text)
        odd, chars = _odd_characters(pairs)
        if odd * 4 > chars + 4:
            continue
        glued = GLUED_COST * len(_GLUED.findall(text))
        language, total = min(
            (
                (language, _total(pairs, language) / share + evidence.against[language])
                for language in each.languages
            ),
            key=lambda item: item[1],
        )
        n_pairs = max(1, round(sum(pairs.values()) / share))
        yield _Verdict(
            encoding=declared if declared and each == own else each.encoding,
            total=total + glued + each.surprise - (DECLARED_BONUS if each == own else 0.0),
            mean=(total + glued - evidence.against[language]) / n_pairs,
            key=key,
            pairs=n_pairs,
            odd_share=_share(odd, chars),
            most_cost=MOST_WIDE_COST if language in CHARACTER_LANGUAGES else MOST_COST,
            surprise=each.surprise,
        )


def _odd_characters(pairs: Mapping[tuple[str, str], int]) -> tuple[int, int]:
    """How many symbols and controls that are not ASCII there are, and how many characters that are not."""
    odd = chars = 0
    for (_, char), count in pairs.items():
        if not char.isascii():
            chars += count
            odd += count if kind(char) in ("odd", "bad") else 0
    return odd, chars


def _share(odd: int, chars: int) -> float:
    """Share of symbols, of which any text may have one."""
    is_one_of_several = odd == 1 and chars != 2
    return 0.0 if is_one_of_several else odd / max(1, chars)


def _pairs(
    evidence: _Evidence, each: Candidate, text: str
) -> tuple[Mapping[tuple[str, str], int], float, str]:
    """How often each pair of characters occurs that is not ASCII, how much of the sample they are (0 to 1), and a key
    that is equal for equal texts."""
    if each.is_multibyte:
        part = text[:MULTIBYTE_CHARACTERS]
        pairs = Counter(zip("\n" + part, part + "\n", strict=True))
        high = {pair: count for pair, count in pairs.items() if max(pair) > "\x7f"}
        return high, len(part) / len(text) if text else 1.0, text
    table = bytes(range(256)).decode(each.encoding, errors="replace")
    counts = Counter[tuple[str, str]]()
    for (first, second), count in evidence.pairs.items():
        counts[table[first], table[second]] += count
    return counts, evidence.judged_share, "".join(table[byte] for byte in evidence.present)


def _total(pairs: Mapping[tuple[str, str], int], language: str) -> float:
    return sum(count * cost(first, second, language) for (first, second), count in pairs.items())


def _pieces(body: bytes, *, without_tags: bool = True) -> Iterator[bytes]:
    """The lines that have bytes other than ASCII, without tags, up to the size of a sample."""
    size = position = 0
    while size < SAMPLE_BYTES and (high := _HIGH.search(body, position)):
        start = max(body.rfind(b"\n", 0, high.start()) + 1, high.start() - PIECE_BYTES // 2, position)
        end = body.find(b"\n", high.start(), start + PIECE_BYTES)
        position = end if end >= 0 else min(len(body), start + PIECE_BYTES)
        piece = body[start:position]
        piece = _TAG.sub(b" ", piece) if without_tags else piece
        if piece.translate(None, _ASCII_BYTES):
            size += len(piece)
            yield piece


def _language_costs(pairs: Mapping[tuple[int, int], int]) -> dict[str, float]:
    """What the pairs of ASCII letters say against each language, in nats."""
    letters = {(chr(a), chr(b)): n for (a, b), n in pairs.items() if chr(a).isalpha() or chr(b).isalpha()}
    totals = {
        language: sum(n * cost(a, b, language) for (a, b), n in letters.items())
        for language in LANGUAGES["LATIN"]
    }
    least = min(totals.values())
    against = {language: min(MOST_LANGUAGE_COST, total - least) for language, total in totals.items()}
    other = min(OTHER_SCRIPT_COST, 1.0 * sum(letters.values()))
    return {
        language: against.get(language, other) for languages in LANGUAGES.values() for language in languages
    }
