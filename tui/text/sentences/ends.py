"""Which marks of a line end a sentence, by what follows them; `fullstops` decides about full stops."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from tui.text.sentences.fullstops import Stop, Verdict, verdict
from tui.text.sentences.marks import WITHOUT_SPACE, Mark, marks
from tui.text.sentences.proposals import Cutter, proposed_cuts
from tui.text.sentences.surroundings import LOOK_BACK
from tui.text.sentences.vocabulary import Vocabulary, vocabulary

_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def ends(line: str, language: str, propose: Cutter) -> Iterator[tuple[int, int]]:
    """The ends of sentences inside a line: where one ends, and where the next begins."""
    possible = list(marks(line, language))
    if not possible:
        return
    judge = _Judge(
        line, language, vocabulary(language), proposed_cuts(_without_references(line, possible), propose)
    )
    previous, has_letters = 0, False
    for index, mark in enumerate(possible):
        until = possible[index + 1].next if index + 1 < len(possible) else len(line)
        has_letters = has_letters or _LETTER.search(line, previous, mark.next) is not None
        previous = mark.next
        if not has_letters or not _LETTER_OR_DIGIT.search(line, mark.next, until):
            continue
        if judge.is_end(mark):
            yield mark.end, mark.next
            judge.sentence_start = mark.next
            has_letters = False


def _without_references(line: str, possible: list[Mark]) -> str:
    """The line as the splitter gets it: blanks for what it does not know."""
    pieces: list[str] = []
    position = 0
    for mark in possible:
        if mark.has_reference:
            end = mark.start + len(mark.text)
            pieces += [line[position:end], " " * (mark.end - end)]
            position = mark.end
    return "".join([*pieces, line[position:]])


_CONTINUERS = frozenset(",;:/%)]}،؛、，；：）」』")
_OPENERS = frozenset("«„“‹\"'([¿¡")
_DASH = re.compile(r"[–—―-]{1,3}[\s\u00a0\u202f]*")
_OPENING_RUN = re.compile(r"[\s\"'«“”„‟‹›»‘’‚(\[{¿¡]+")
_OPENING_ELLIPSIS = re.compile(r"[\"'«“”„‹»‘‚(\[]{1,3}[\s\u00a0\u202f]*(?:…|\.\.\.)")
_FIRST_LETTER = re.compile(r"[\s\"'«“„‹(\[¿¡‚‘”»›]*([^\W\d_])([^\W\d_]?)")
_ELLIPSIS = re.compile(r"…|‥|\.[ \u00a0\u202f\u2009\t]?\.")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){1,5}[^\W\d_]$")
_JAPANESE_PARTICLE = re.compile(
    "(?:と(?!ても|ころ|き|にかく|りわけ)|って|など|なんて|という|の(?!ち)|を|は(?!い)|が|に(?!も|は)|も(?!し|う|ちろん)|へ|や|"
    "で(?!も|は|す)|から|まで|だ(?!が|から|った)|です|である)"
)
"""After a quotation these go on with the sentence that it belongs to; not where they begin `とても` or `もし`."""
_JAPANESE_QUOTATIONS = re.compile("(?:「[^「」]{1,200}」|『[^『』]{1,200}』){1,5}")
"""Quotations that follow another at once: `「行く。」「帰る。」と言った`."""
_CHINESE_SPEECH = re.compile(
    "[^，。！？；：“”「」没沒不未]{0,10}?(?:问|問|说|說|喊|叫|嚷|吼|回答|答|表示|写|寫|道)(?:道|着|著|了)?"
    "(?:[我你您他她它](?:们|們)?)?[，。：]"
)
"""Who says what was quoted: `“谁签的字？”法官问道。`"""
_LONGEST_BRACKET = 200
_WORDS = 8
"""Words of a sentence that are counted at most."""
_WORDS_COUNTED = re.compile(r"\S+")


class _Judge:
    """Decides about the marks of one line, in order."""

    def __init__(self, line: str, language: str, words: Vocabulary, proposed: list[int]) -> None:
        self.line = line
        self.language = language
        self.words = words
        self.proposed = proposed
        self.sentence_start = 0
        self.needs_capital = not words.small_begins and _is_sentence_case(line)

    def is_end(self, mark: Mark) -> bool:
        """True if a sentence ends at the mark."""
        line = self.line
        if line[mark.next] in _CONTINUERS or self._goes_on_after_dash(mark):
            return False
        if mark.text[-1] in WITHOUT_SPACE or mark.end == mark.next:
            return self._is_end_without_space(mark)
        first = _FIRST_LETTER.match(line, mark.next)
        is_ellipsis = _ELLIPSIS.search(mark.text) is not None
        if first and first.group(1).islower() and not first.group(2).isupper():
            return self._is_end_before_small(mark, is_ellipsis)
        if is_ellipsis:
            return (first is not None and first.group(1).isupper()) or self._is_proposed(mark)
        if mark.text != ".":
            return True
        answer = self._verdict(mark)
        if answer is Verdict.UNKNOWN and _OPENING_ELLIPSIS.match(line, mark.next):
            return True
        return self._is_proposed(mark) if answer is Verdict.UNKNOWN else answer is Verdict.END

    def _verdict(self, mark: Mark) -> Verdict:
        line = self.line
        stop = Stop(
            before=_composed(line[max(self.sentence_start, mark.start - LOOK_BACK) : mark.start]),
            after=_composed(line[mark.next : mark.next + 2 * LOOK_BACK]),
            words=self._words_before(mark),
        )
        return verdict(stop, self.language, self.words)

    def _words_before(self, mark: Mark) -> int:
        end = min(mark.start, self.sentence_start + 3 * LOOK_BACK)
        return min(_WORDS, len(_WORDS_COUNTED.findall(self.line, self.sentence_start, end)))

    def _goes_on_after_dash(self, mark: Mark) -> bool:
        dash = _DASH.match(self.line, mark.next)
        if dash is None:
            return False
        if mark.quoted and dash.group()[0] in "–—" and self.line[dash.end() : dash.end() + 1].isalpha():
            return True
        first = _FIRST_LETTER.match(self.line, dash.end())
        return first is not None and first.group(1).islower()

    def _is_end_without_space(self, mark: Mark) -> bool:
        line = self.line
        if mark.text[-1] in WITHOUT_SPACE or (mark.text[-1] in "!?" and not line[mark.next].isascii()):
            return not (mark.closed and mark.end == mark.next and self._goes_on_after_quotation(mark))
        opens = line[mark.next] in _OPENERS and line[mark.end - 1] in '.!?…»”"'
        return opens and self._is_proposed(mark)

    def _goes_on_after_quotation(self, mark: Mark) -> bool:
        """True if a sentence that writes no spaces goes on after what it quotes or has in brackets."""
        line = self.line
        more = _JAPANESE_QUOTATIONS.match(line, mark.next)
        if _JAPANESE_PARTICLE.match(line, more.end() if more else mark.next):
            return True
        if mark.text[-1] in "？！?!" and mark.quoted and _CHINESE_SPEECH.match(line, mark.next):
            return True
        bracket = line.rfind("（", max(self.sentence_start, mark.start - _LONGEST_BRACKET), mark.start)
        return (
            line[mark.end - 1] == "）" and bracket > self.sentence_start and line[bracket - 1] not in "。！？"
        )

    def _is_end_before_small(self, mark: Mark, is_ellipsis: bool) -> bool:
        if mark.closed or is_ellipsis or self.needs_capital:
            return False
        if mark.text == "." and (
            _DOTTED.search(self.line, max(0, mark.start - 12), mark.start)
            or self._verdict(mark) is Verdict.NO_END
        ):
            return False
        return self._is_proposed(mark)

    def _is_proposed(self, mark: Mark) -> bool:
        """True if the splitter would begin a sentence after this mark and before the text that follows it."""
        at = bisect_right(self.proposed, mark.start)
        opening = _OPENING_RUN.match(self.line, mark.next)
        return at < len(self.proposed) and self.proposed[at] <= (opening.end() if opening else mark.next)


def _composed(text: str) -> str:
    """The text as the vocabulary writes it: `č` is one code point."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_sentence_case(line: str) -> bool:
    """True if the writer begins sentences with a capital, judging by the line's first letter."""
    first = _LETTER.search(line)
    return first is None or not first.group().islower()
