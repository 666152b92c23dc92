"""What a line of a plain text is, recognised by its shape: a paragraph, part of one (hard-wrapped text), or a sentence.

In doubt a line is a paragraph. Hard-wrapped lines end in the middle of sentences, near a common width, where the next
word would not have fitted. Of one sentence a line nearly all lines end like a sentence, and hardly any holds two:
a text taken for such lines by mistake would lose the sentence ends within them. Takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from tui.documents.document import Layout, ReadingOptions
from tui.text.mail_header import header_end

_MOST_LINES = 4000
"""Lines at the start of a text that are examined."""
_LONGEST = 2000
"""Code points of a line that are examined."""


def of(text: str, options: ReadingOptions) -> tuple[Layout, tuple[str, ...]]:
    """The layout that the user states or else that is recognised, and a warning if lines are not paragraphs."""
    if options.layout is not None:
        return options.layout, ()
    lines = list(islice(_lines(text, header_end(text)), _MOST_LINES))
    if (width := _wrapped_at(lines)) is not None:
        return "wrapped", (
            f"lines end at about {width} characters, so they were joined to paragraphs: "
            "use --layout paragraphs if each line is one",
        )
    if _is_a_sentence_each(lines):
        return "lines", ("each line is one sentence: use --layout paragraphs if lines are paragraphs",)
    return "paragraphs", ()


class _Line(NamedTuple):
    text: str
    """With blanks for tabs and none at its end; it may be cut."""
    body: str
    """Without blanks at either end and the `>` of quoted mail."""
    follows: bool
    """True if the line before is not blank."""


_NOT_BLANK = re.compile(r"\S")
_QUOTED = re.compile(r"\s*(?:>\s?)*")


def _lines(text: str, begin: int) -> Iterator[_Line]:
    """The lines that are not blank, from the offset of a line on."""
    end, was_blank = begin - 1, True
    while (shown := _NOT_BLANK.search(text, end + 1)) is not None:
        start = text.rfind("\n", end + 1, shown.start()) + 1 or end + 1
        before, end = end, text.find("\n", shown.start())
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + _LONGEST)].rstrip().expandtabs()
        quoted = _QUOTED.match(line)
        body = line[quoted.end() :] if quoted else line
        if body:
            yield _Line(line, body, start == before + 1 and not was_blank)
        was_blank = not body


_STOPS = ".!?…。！？｡؟۔।॥։။។"
_CLOSERS = "\"'”’“‘»«›)\\]}」』）》〉】"
_ENDS_LIKE_A_SENTENCE = re.compile(rf"[{_STOPS}:;：；][{_CLOSERS}\s]*\Z")


def _ends_like_a_sentence(line: _Line) -> bool:
    return _ENDS_LIKE_A_SENTENCE.search(line.body, max(0, len(line.body) - 8)) is not None


# Hard-wrapped text

_NARROWEST, _WIDEST = 20, 140
"""Width of hard-wrapped text, in code points."""
_WIDER = 0.03
"""Share of lines that may be wider, as a web address is."""
_OPEN = 0.4
"""Least share of the lines with a next line that do not end like a sentence."""
_FULL = 0.8
"""Least share of those for whose next word there was no room."""
_CONTINUED = 0.15
"""Least share of those whose next line begins with a small letter, or a letter that has no case. German has few."""
_SEVERAL_JOINS = 3
"""Where all of so many joins are full, it does not matter how many of the lines end like a sentence."""
_SURE = 40
"""Cells: of so few joins that they prove little, both lines are at least as long."""
_ALIKE = 0.8
"""Least share of those that are about as long as most, where letters differ in width (text of a PDF file)."""
Measure = Callable[[str], int]


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", errors="surrogatepass"))


_MEASURES: tuple[Measure, ...] = (len, _cells, _bytes)
"""What programs count: code points, cells of a terminal, or bytes."""


def _wrapped_at(lines: Sequence[_Line]) -> int | None:
    """The width in code points at which the lines were wrapped; None if they were not."""
    joins = [(line, following) for line, following in pairwise(lines) if following.follows]
    open_joins = [join for join in joins if not _ends_like_a_sentence(join[0])]
    if not open_joins or len(joins) * 5 < len(lines):
        return None
    if len(open_joins) < _OPEN * len(joins) and not (
        len(joins) >= _SEVERAL_JOINS and _share_of_full(joins, _width(lines, len), len) == 1
    ):
        return None
    width = _width(lines, len)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    if not _goes_on(open_joins, width):
        return None
    measures = _MEASURES[:1] if all(line.text.isascii() for line in lines) else _MEASURES
    if any(_are_full(lines, open_joins, measure) for measure in measures):
        return width
    return width if width >= 50 and _are_alike(open_joins) else None


def _width(lines: Sequence[_Line], measure: Measure) -> int:
    widths = sorted(measure(line.text) for line in lines)
    return widths[len(widths) - 1 - int(_WIDER * len(widths))]


def _goes_on(joins: Sequence[tuple[_Line, _Line]], width: int) -> bool:
    """True if enough lines begin with what may stand within a sentence."""
    # A line that holds the end of a sentence and then a part of another is no title, and no line of a list.
    inside = [
        (following.body[0].isalpha() and not following.body[0].isupper()) or _holds_several(line.body)
        for line, following in joins
    ]
    if len(joins) < 3:
        # A line or two that end in the middle are no evidence, unless they are long and most go on.
        shortest = min((_cells(line.text) for line, _ in joins), default=0)
        is_inside = 2 * sum(inside) >= len(inside) > 0
        return is_inside and shortest >= max(_SURE, 0.75 * width)
    return sum(inside) >= _CONTINUED * len(inside)


def _are_full(lines: Sequence[_Line], joins: Sequence[tuple[_Line, _Line]], measure: Measure) -> bool:
    width = _width(lines, measure)
    return _share_of_full(joins, width, measure) >= _FULL


def _share_of_full(joins: Sequence[tuple[_Line, _Line]], width: int, measure: Measure) -> float:
    """The share of joins at which the next line's first word had no room."""
    full = sum(
        measure(line.text) + 1 + measure(_first_word(following.body)) > width for line, following in joins
    )
    return full / len(joins)


def _first_word(body: str) -> str:
    """Where no blanks part words, a letter and the mark after it, which may not begin a line."""
    return body[:2] if "\u3040" <= body[0] <= "\u9fff" else body.split(None, 1)[0]


def _are_alike(joins: Sequence[tuple[_Line, _Line]]) -> bool:
    small = sum(following.body[0].islower() for _, following in joins)
    lengths = sorted(len(line.text) for line, _ in joins)
    usual = lengths[len(lengths) // 2]
    alike = sum(0.75 * usual <= length <= 1.3 * usual for length in lengths)
    return alike >= _ALIKE * len(joins) and small >= 0.5 * len(joins)


# One sentence a line

_FEWEST_LINES = 3
_FEW_LINES = 5
"""Of fewer lines than these each must end like a sentence, and hold no other."""
_ENDED = 0.7
"""Least share of lines that end like a sentence; titles do not."""
_MANY_LINES = 50
_SEVERAL, _SEVERAL_OF_MANY = 1 / 10, 1 / 5
"""Largest share of lines with more than one sentence: in translated sentences some are cut in two. An article whose
paragraphs are short has more of them, but in a few lines that may be chance."""
_LONGEST_SENTENCE = 200
"""Code points of the line in the middle, by length."""
_SHORTEST_SENTENCE = 25
"""Cells of that line: shorter lines are a list or a poem."""
_ITEMS = 0.3
"""Largest share of lines that begin like the items of a list or the speeches of a dialogue."""
_ITEM = re.compile(r"[-–—―•*·‣▪◦○●]|\(?(?:\d{1,3}[.)]|\w\))\s")
_WITHOUT_STOPS = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao, which end no sentence with a mark."""


def _is_a_sentence_each(lines: Sequence[_Line]) -> bool:
    """True if the lines are a sentence each. Blank lines between all of them make them paragraphs."""
    count = len(lines)
    if count < _FEWEST_LINES or 2 * sum(not line.follows for line in lines) > count:
        return False
    middle = sorted(lines, key=lambda line: len(line.body))[count // 2].body
    if len(middle) > _LONGEST_SENTENCE or _cells(middle) < _SHORTEST_SENTENCE:
        return False
    if sum(_ITEM.match(line.body) is not None for line in lines) > _ITEMS * count:
        return False
    ended = sum(_ends_like_a_sentence(line) or _has_no_stops(line.body) for line in lines)
    several = sum(_holds_several(line.body) for line in lines)
    if count < _FEW_LINES:
        return ended == count and not several
    most = _SEVERAL_OF_MANY if count >= _MANY_LINES else _SEVERAL
    return ended >= _ENDED * count and several <= most * count


def _has_no_stops(body: str) -> bool:
    return 2 * len(_WITHOUT_STOPS.findall(body)) > len(body)


_END_WITHIN = re.compile(
    r"(?P<word>[^\W_]{0,4})[\"'”’»)\]]{0,3}(?P<stop>[.!?…؟۔।॥։။។])[.!?…]{0,5}[\"'”’“«»›)\]]{0,3}\s"
    r"[\"'“„«»‘(\[¿¡—–\s-]{0,4}(?P<next>[^\W_])"
    r"|[。！？｡][\"'”’」』》）)]{0,3}(?=[^\s」』，、”\"’》）)とっ])"
)


def _holds_several(body: str) -> bool:
    """True if a sentence seems to end within the line: a stop, a blank, and no small letter. Abbreviations do not count."""
    for match in _END_WITHIN.finditer(body):
        following = match["next"]
        if following is None:
            return True
        word = match["word"]
        is_short = match["stop"] == "." and (
            len(word) < 3 or word.isdigit() or (len(word) == 3 and word[0].isupper())
        )
        if not following.islower() and not is_short:
            return True
    return False
