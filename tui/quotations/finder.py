"""The quotations of a text: their bounds by their marks, and who speaks by the words around them.

Names and verbs are known in the languages of `sayings.LANGUAGES`; in any other a stretch between marks is a
quotation where it is as long as one, and nobody is its speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tui.model import quotation as model
from tui.model.article import Article
from tui.quotations.clause import Frame
from tui.quotations.dialogue import begins_with_dash, spoken
from tui.quotations.marks import Stretch, paragraphs, stretches
from tui.quotations.reported import reported
from tui.quotations.saying_verbs import SpeechVerbs, sayings
from tui.quotations.speakers import Attribution, announced_by, reported_by

_LONGEST_SPEAKER = 120
_PAUSED = 4
"""Code points of the marks and blanks between a quotation and its verb."""
_FRAME = 400
"""Code points on either side of a quotation among which a verb of saying is looked for."""
_MOST_PAUSES = 60
"""Pauses within marks behind which a verb of saying is looked for."""
_PAUSE = re.compile(r"(?:\.\s*|(?<!\s)\s+)?,\s+|(?<=[!?…])\s+")
_STOP = re.compile(r"[.!?…;]\s")
_LONG = 8
"""Words of a stretch that is speech whatever stands around it."""
_SENTENCE = 4
"""Words of a stretch that is speech where it ends as a sentence does."""
_WORDS = re.compile(r"\w+")
_LAST_WORD = re.compile(r"[^\W\d_][\w-]*\Z")

Kind = Literal["speech", "reported", "term"]


class Quotation(NamedTuple):
    """Words of somebody's, in code points, without their marks."""

    start: int
    end: int
    kind: Kind
    """`speech` within marks or behind a dash, `reported` without marks, `term` for marks that quote nobody."""
    speaker: tuple[int, int] | None
    """Where who speaks stands: a name, a noun or a pronoun; None where the rules are not sure."""
    closed: bool


def find(
    text: str, language: str, starts: Sequence[int] | None = None, ends: Sequence[int] | None = None
) -> list[Quotation]:
    """All of them in order, none overlapping another. `starts` and `ends` are the sentences', or lines count."""
    if starts is None or ends is None:
        lines = list(paragraphs(text))
        starts, ends = [start for start, _ in lines], [end for _, end in lines]
    return _Finder(text, sayings(language), starts, ends).run()


def find_quotations(article: Article) -> list[model.Quotation]:
    """The quotations of an article as it stores them, which terms are none of. `hints.VERSION` is theirs too."""
    text = article.text
    return [
        model.Quotation(
            start=one.start,
            end=one.end,
            speaker=_named(text, one.speaker),
            closed=one.closed,
        )
        for one in find(text, article.language, article.starts, article.ends)
        if one.kind != "term"
    ]


def _named(text: str, place: tuple[int, int] | None) -> str | None:
    """The words of a speaker, in one line; nobody's name is very long."""
    if place is None or place[1] - place[0] > _LONGEST_SPEAKER:
        return None
    return " ".join(text[slice(*place)].split())


class _Finder:
    def __init__(
        self, text: str, known: SpeechVerbs | None, starts: Sequence[int], ends: Sequence[int]
    ) -> None:
        self._text, self._known = text, known
        self._starts, self._ends = starts, ends

    def run(self) -> list[Quotation]:
        marked = self._marked()
        if self._known is None:
            return marked
        found = [*marked, *self._behind_dashes(self._known)]
        taken = _Taken([one for one in found if one.kind != "term"])
        clauses = list(self._reported(self._known, taken))
        within = _Taken(clauses)
        kept = [one for one in found if one.kind != "term" or within.is_free(one.start, one.end)]
        return _apart(sorted((*kept, *clauses)))

    # -- marks -------------------------------------------------------------

    def _marked(self) -> list[Quotation]:
        found: list[Quotation] = []
        all_stretches = stretches(self._text, self._end_of_unclosed)
        before: Stretch | None = None
        told_before: Attribution | None = None
        for number, stretch in enumerate(all_stretches):
            after = all_stretches[number + 1].opening if number + 1 < len(all_stretches) else len(self._text)
            left = before.after if before is not None else 0
            told = self._attribution(stretch, left, after)
            if before is not None and self._is_one_sentence(left, stretch.opening):
                told = self._going_on(told, told_before, left, stretch.opening)
            follows_term = bool(found) and found[-1].kind == "term" and self._is_beside(left, stretch.opening)
            is_speech = self._is_speech(stretch, told, follows_term)
            speaker = told.speaker if told is not None and is_speech else None
            kind: Kind = "speech" if is_speech else "term"
            found.append(Quotation(stretch.start, stretch.end, kind, speaker, stretch.closed))
            before, told_before = stretch, told
        return found

    def _attribution(self, stretch: Stretch, left: int, right: int) -> Attribution | None:
        """What reports a stretch; `left` and `right` are where its neighbours are."""
        if self._known is None:
            return None
        ahead = announced_by(self._frame_before(stretch, left, self._known))
        colon = self._text[max(0, stretch.opening - 4) : stretch.opening].rstrip().endswith(":")
        frame = self._frame_behind(stretch, right, self._known)
        behind = reported_by(frame) if frame is not None else None
        if behind is not None and behind.speaker is None and not self._has_pause(stretch):
            behind = None
        if ahead is not None and colon and (behind is None or behind.speaker is None):
            return ahead
        if behind is None and self._known.has_incises:
            behind = self._parenthetical(stretch.start, stretch.end, self._known)
        return behind or ahead

    def _going_on(
        self, told: Attribution | None, before: Attribution | None, left: int, opening: int
    ) -> Attribution | None:
        """What reports a stretch in whose sentence another stands: `“...”, said X, “...”`, `“...” and “...”`."""
        if before is None or (
            told is not None and told.speaker is not None and not left <= told.speaker[0] < opening
        ):
            return told
        if left <= before.end <= opening or told is None:
            return before._replace(is_close=left <= before.end <= opening)
        return told

    def _frame_before(self, stretch: Stretch, left: int, known: SpeechVerbs) -> Frame:
        sentence = bisect_right(self._starts, stretch.opening) - 1
        begun = self._starts[sentence] if sentence >= 0 else 0
        start = max(begun, left, stretch.opening - _FRAME)
        return Frame(self._text, start, stretch.opening, known)

    def _frame_behind(self, stretch: Stretch, right: int, known: SpeechVerbs) -> Frame | None:
        """What follows in the same sentence, or None where the quotation ends it."""
        text = self._text
        start = stretch.after
        if not stretch.closed:
            start += len(text[start : start + 4]) - len(text[start : start + 4].lstrip(" .,"))
        first = start
        while first < min(len(text), start + 4) and (text[first].isspace() or text[first] in ",—–-"):
            if text[first] == "\n":
                return None
            first += 1
        if first >= len(text):
            return None
        sentence = max(0, bisect_right(self._starts, first) - 1)
        is_new = self._starts[sentence] >= stretch.after or text[stretch.end - 1] == "."
        if is_new and text[first].isupper() and not self._has_pause(stretch) and stretch.closed:
            return None
        end = min(right, start + _FRAME, max(self._ends[sentence], first))
        line = text.find("\n", start, end)
        return Frame(text, start, end if line < 0 else line, known)

    def _has_pause(self, stretch: Stretch) -> bool:
        """Whether a stretch ends as one does that `said X` follows."""
        behind = self._text[stretch.after : stretch.after + 3].lstrip()[:1]
        return behind in (",", "–", "—", "-") or self._text[stretch.end - 1] in ",?!…"

    def _end_of_unclosed(self, start: int, end: int) -> int | None:
        """Where unclosed words end: before `, a-t-il déclaré`, `, said X`."""
        if self._known is None:
            return None
        for cut, _ in self._incises(start, end, self._known):
            return cut
        return None

    def _parenthetical(self, start: int, end: int, known: SpeechVerbs) -> Attribution | None:
        """`, dit X,` within the marks."""
        for _, told in self._incises(start, end, known):
            return told
        return None

    def _incises(self, start: int, end: int, known: SpeechVerbs) -> Iterator[tuple[int, Attribution]]:
        for count, pause in enumerate(_PAUSE.finditer(self._text, start, end)):
            if count == _MOST_PAUSES:
                return
            told = reported_by(Frame(self._text, pause.end(), min(end, pause.end() + 200), known))
            if told is not None and told.speaker is not None:
                yield pause.start(), told

    def _is_beside(self, start: int, end: int) -> bool:
        """Whether at most a comma or an `and` stands between."""
        return end - start < 8 and len(self._text[start:end].split()) <= 1

    def _is_one_sentence(self, start: int, end: int) -> bool:
        return (
            end - start < _FRAME
            and not _STOP.search(self._text, start, end)
            and "\n" not in self._text[start:end]
        )

    def _is_speech(self, stretch: Stretch, told: Attribution | None, follows_term: bool) -> bool:
        """Whether marks quote somebody; else they set off a term, a title, or words that are not meant."""
        text = self._text
        count = sum(
            1 for _ in zip(range(_LONG), _WORDS.finditer(text, stretch.start, stretch.end), strict=False)
        )
        if count == _LONG:
            return True
        ahead = text[max(0, stretch.opening - 40) : stretch.opening].rstrip()
        if self._known is not None and _last_word(ahead) in self._known.naming - self._known.finite:
            return False
        if told is not None and told.is_close:
            return True
        if self._is_title(stretch) or ahead.endswith("("):
            return False
        if ahead.endswith(":") or (told is not None and not follows_term):
            return count > 1
        return count >= _SENTENCE and text[stretch.end - 1] in ".!?…,"

    def _is_title(self, stretch: Stretch) -> bool:
        """Whether all longer words have capitals, as in the title of a song; German nouns say nothing."""
        if self._known is not None and self._known.language == "de":
            return False
        longer = [word for word in self._text[stretch.start : stretch.end].split() if len(word) > 3]
        return len(longer) > 1 and all(word[0].isupper() for word in longer)

    # -- without marks -----------------------------------------------------

    def _behind_dashes(self, known: SpeechVerbs) -> Iterator[Quotation]:
        for start, end in paragraphs(self._text):
            if begins_with_dash(self._text, start):
                for said in spoken(self._text, start, end, known):
                    yield Quotation(said.start, said.end, "speech", said.speaker, True)

    def _reported(self, known: SpeechVerbs, taken: _Taken) -> Iterator[Quotation]:
        for start, end in zip(self._starts, self._ends, strict=True):
            for said in reported(self._text, start, end, known):
                # A verb right behind a quotation reports that one.
                if taken.is_free(said.start, said.end) and taken.is_free(said.verb - _PAUSED, said.verb):
                    yield Quotation(said.start, said.end, "reported", said.speaker, True)


def _last_word(text: str) -> str:
    """In lower case; empty where something else than a word stands last."""
    found = _LAST_WORD.search(text)
    return found[0].lower() if found else ""


class _Taken:
    """Which places of the text are taken already."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        ordered = sorted(found)
        self._starts = [one.start for one in ordered]
        self._ends = [one.end for one in ordered]

    def is_free(self, start: int, end: int) -> bool:
        before = bisect_right(self._starts, end - 1)
        return not before or self._ends[before - 1] <= start


def _apart(ordered: Sequence[Quotation]) -> list[Quotation]:
    """Without those that begin within another."""
    kept: list[Quotation] = []
    for one in ordered:
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept
