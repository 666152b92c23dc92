"""Finding the quotations of a text: bounds by quotation marks, speakers by the words around them.

Names and verbs are known for the languages of `saying_verbs.LANGUAGES`. In other languages a passage between
marks counts as a quotation if it is long enough, and has no speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tui.model.article import Article
from tui.model.quotation import Quotation
from tui.quotations.clause import Clause
from tui.quotations.dialogue import begins_with_dash, spoken
from tui.quotations.marks import QuotedSpan, paragraphs, quoted_spans
from tui.quotations.reported import reported
from tui.quotations.saying_verbs import SpeechVerbs, speech_verbs
from tui.quotations.speakers import Attribution, announced_by, reported_by
from tui.text.flowing import flowing_text

_LONGEST_SPEAKER = 120
_PAUSED = 4
"""Maximum number of code points of punctuation and blanks between a quotation and its verb."""
_CONTEXT = 400
"""Code points on either side of a quotation that are searched for a verb of saying."""
_MOST_PAUSES = 60
"""Maximum number of pauses within marks after which a verb of saying is searched for."""
_PAUSE = re.compile(r"(?:\.\s*|(?<!\s)\s+)?,\s+|(?<=[!?…])\s+")
_STOP = re.compile(r"[.!?…;]\s")
_LONG = 8
"""Number of words from which a marked passage always counts as speech."""
_SENTENCE = 4
"""Number of words from which a marked passage counts as speech if it ends like a sentence."""
_WORDS = re.compile(r"\w+")
_LAST_WORD = re.compile(r"[^\W\d_][\w-]*\Z")

Kind = Literal["speech", "reported", "term"]


class Candidate(NamedTuple):
    """A passage that may be a quotation, in code points and without its marks."""

    start: int
    end: int
    kind: Kind
    """`speech`: within marks or after a dash; `reported`: without marks; `term`: marks that quote no one."""
    speaker: tuple[int, int] | None
    """Bounds of the speaker (a name, a noun or a pronoun); None if the rules are not certain."""
    closed: bool


def find(
    text: str, language: str, starts: Sequence[int] | None = None, ends: Sequence[int] | None = None
) -> list[Candidate]:
    """All candidates, in order and without overlaps. Without `starts` and `ends` of sentences, lines are used."""
    if starts is None or ends is None:
        lines = list(paragraphs(text))
        starts, ends = [start for start, _ in lines], [end for _, end in lines]
    return _Finder(text, speech_verbs(language), starts, ends).run()


def find_quotations(article: Article) -> list[Quotation]:
    """The quotations of an article, without terms. If the rules change, raise `hints.VERSION`."""
    text = flowing_text(article)
    return [
        Quotation(
            start=candidate.start,
            end=candidate.end,
            speaker=_speaker_text(text, candidate.speaker),
            closed=candidate.closed,
        )
        for candidate in find(text, article.language, article.starts, article.ends)
        if candidate.kind != "term"
    ]


def _speaker_text(text: str, span: tuple[int, int] | None) -> str | None:
    """The speaker's name in one line; None if it is too long to be a name."""
    if span is None or span[1] - span[0] > _LONGEST_SPEAKER:
        return None
    return " ".join(text[slice(*span)].split())


class _Finder:
    def __init__(
        self, text: str, known: SpeechVerbs | None, starts: Sequence[int], ends: Sequence[int]
    ) -> None:
        self._text, self._known = text, known
        self._starts, self._ends = starts, ends

    def run(self) -> list[Candidate]:
        marked = self._marked()
        if self._known is None:
            return marked
        candidates = [*marked, *self._dialogue(self._known)]
        occupied = _Occupied([candidate for candidate in candidates if candidate.kind != "term"])
        clauses = list(self._reported(self._known, occupied))
        within = _Occupied(clauses)
        kept = [
            candidate
            for candidate in candidates
            if candidate.kind != "term" or within.is_free(candidate.start, candidate.end)
        ]
        return _without_nested(sorted((*kept, *clauses)))

    # -- marks -------------------------------------------------------------

    def _marked(self) -> list[Candidate]:
        candidates: list[Candidate] = []
        all_spans = quoted_spans(self._text, self._end_of_unclosed)
        before: QuotedSpan | None = None
        attribution_before: Attribution | None = None
        for number, span in enumerate(all_spans):
            after = all_spans[number + 1].opening if number + 1 < len(all_spans) else len(self._text)
            left = before.after if before is not None else 0
            attribution = self._attribution(span, left, after)
            if before is not None and self._is_one_sentence(left, span.opening):
                attribution = self._continued(attribution, attribution_before, left, span.opening)
            follows_term = (
                bool(candidates) and candidates[-1].kind == "term" and self._is_adjacent(left, span.opening)
            )
            is_speech = self._is_speech(span, attribution, follows_term)
            speaker = attribution.speaker if attribution is not None and is_speech else None
            kind: Kind = "speech" if is_speech else "term"
            candidates.append(Candidate(span.start, span.end, kind, speaker, span.closed))
            before, attribution_before = span, attribution
        return candidates

    def _attribution(self, span: QuotedSpan, left: int, right: int) -> Attribution | None:
        """The attribution of a quoted span; `left` and `right` are where its neighbours end and begin."""
        if self._known is None:
            return None
        ahead = announced_by(self._clause_before(span, left, self._known))
        colon = self._text[max(0, span.opening - 4) : span.opening].rstrip().endswith(":")
        clause = self._clause_after(span, right, self._known)
        after = reported_by(clause) if clause is not None else None
        if after is not None and after.speaker is None and not self._has_pause(span):
            after = None
        if ahead is not None and colon and (after is None or after.speaker is None):
            return ahead
        if after is None and self._known.has_parentheticals:
            after = self._parenthetical(span.start, span.end, self._known)
        return after or ahead

    def _continued(
        self, attribution: Attribution | None, before: Attribution | None, left: int, opening: int
    ) -> Attribution | None:
        """The attribution of a quoted span that follows another in its sentence: `“...”, said X, “...”`, `“...” and “...”`."""
        if before is None or (
            attribution is not None
            and attribution.speaker is not None
            and not left <= attribution.speaker[0] < opening
        ):
            return attribution
        if left <= before.end <= opening or attribution is None:
            return before._replace(is_close=left <= before.end <= opening)
        return attribution

    def _clause_before(self, span: QuotedSpan, left: int, known: SpeechVerbs) -> Clause:
        sentence = bisect_right(self._starts, span.opening) - 1
        begun = self._starts[sentence] if sentence >= 0 else 0
        start = max(begun, left, span.opening - _CONTEXT)
        return Clause(self._text, start, span.opening, known)

    def _clause_after(self, span: QuotedSpan, right: int, known: SpeechVerbs) -> Clause | None:
        """What follows in the same sentence; None if the quotation ends the sentence."""
        text = self._text
        start = span.after
        if not span.closed:
            start += len(text[start : start + 4]) - len(text[start : start + 4].lstrip(" .,"))
        first = start
        while first < min(len(text), start + 4) and (text[first].isspace() or text[first] in ",—–-"):
            if text[first] == "\n":
                return None
            first += 1
        if first >= len(text):
            return None
        sentence = max(0, bisect_right(self._starts, first) - 1)
        is_new = self._starts[sentence] >= span.after or text[span.end - 1] == "."
        if is_new and text[first].isupper() and not self._has_pause(span) and span.closed:
            return None
        end = min(right, start + _CONTEXT, max(self._ends[sentence], first))
        line = text.find("\n", start, end)
        return Clause(text, start, end if line < 0 else line, known)

    def _has_pause(self, span: QuotedSpan) -> bool:
        """True if the quoted span ends with a pause, as before `said X`."""
        after = self._text[span.after : span.after + 3].lstrip()[:1]
        return after in (",", "–", "—", "-") or self._text[span.end - 1] in ",?!…"

    def _end_of_unclosed(self, start: int, end: int) -> int | None:
        """The end of an unclosed quotation: before `, a-t-il déclaré` or `, said X`."""
        if self._known is None:
            return None
        for cut, _ in self._parentheticals(start, end, self._known):
            return cut
        return None

    def _parenthetical(self, start: int, end: int, known: SpeechVerbs) -> Attribution | None:
        """The attribution in a parenthetical such as `, dit X,` within the marks."""
        for _, attribution in self._parentheticals(start, end, known):
            return attribution
        return None

    def _parentheticals(self, start: int, end: int, known: SpeechVerbs) -> Iterator[tuple[int, Attribution]]:
        for count, pause in enumerate(_PAUSE.finditer(self._text, start, end)):
            if count == _MOST_PAUSES:
                return
            attribution = reported_by(Clause(self._text, pause.end(), min(end, pause.end() + 200), known))
            if attribution is not None and attribution.speaker is not None:
                yield pause.start(), attribution

    def _is_adjacent(self, start: int, end: int) -> bool:
        """True if there is at most one word or a comma between."""
        return end - start < 8 and len(self._text[start:end].split()) <= 1

    def _is_one_sentence(self, start: int, end: int) -> bool:
        return (
            end - start < _CONTEXT
            and not _STOP.search(self._text, start, end)
            and "\n" not in self._text[start:end]
        )

    def _is_speech(self, span: QuotedSpan, attribution: Attribution | None, follows_term: bool) -> bool:
        """True if the marks quote someone; else they set off a term, a title, or words used ironically."""
        text = self._text
        count = sum(1 for _ in zip(range(_LONG), _WORDS.finditer(text, span.start, span.end), strict=False))
        if count == _LONG:
            return True
        ahead = text[max(0, span.opening - 40) : span.opening].rstrip()
        if self._known is not None and _last_word(ahead) in self._known.naming - self._known.finite:
            return False
        if attribution is not None and attribution.is_close:
            return True
        if self._is_title(span) or ahead.endswith("("):
            return False
        if ahead.endswith(":") or (attribution is not None and not follows_term):
            return count > 1
        return count >= _SENTENCE and text[span.end - 1] in ".!?…,"

    def _is_title(self, span: QuotedSpan) -> bool:
        """True if all longer words are capitalised, as in the title of a song. Always False for German."""
        if self._known is not None and self._known.language == "de":
            return False
        longer = [word for word in self._text[span.start : span.end].split() if len(word) > 3]
        return len(longer) > 1 and all(word[0].isupper() for word in longer)

    # -- without marks -----------------------------------------------------

    def _dialogue(self, known: SpeechVerbs) -> Iterator[Candidate]:
        for start, end in paragraphs(self._text):
            if begins_with_dash(self._text, start):
                for speech in spoken(self._text, start, end, known):
                    yield Candidate(speech.start, speech.end, "speech", speech.speaker, True)

    def _reported(self, known: SpeechVerbs, occupied: _Occupied) -> Iterator[Candidate]:
        for start, end in zip(self._starts, self._ends, strict=True):
            for clause in reported(self._text, start, end, known):
                # A verb right after a quotation belongs to that quotation.
                if occupied.is_free(clause.start, clause.end) and occupied.is_free(
                    clause.verb - _PAUSED, clause.verb
                ):
                    yield Candidate(clause.start, clause.end, "reported", clause.speaker, True)


def _last_word(text: str) -> str:
    """The last word in lower case; empty if the text does not end with a word."""
    match = _LAST_WORD.search(text)
    return match[0].lower() if match else ""


class _Occupied:
    """The parts of the text that are already used by candidates."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        ordered = sorted(candidates)
        self._starts = [candidate.start for candidate in ordered]
        self._ends = [candidate.end for candidate in ordered]

    def is_free(self, start: int, end: int) -> bool:
        before = bisect_right(self._starts, end - 1)
        return not before or self._ends[before - 1] <= start


def _without_nested(ordered: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that begin within another one."""
    kept: list[Candidate] = []
    for candidate in ordered:
        if not kept or kept[-1].end <= candidate.start:
            kept.append(candidate)
    return kept
