"""The keys for the intended annotations: those that a person reading the letters on the words would press.

The letters come from the program's own pointing rules, applied to the same sentences and marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bench.intent import Meant, MeantQuote, MeantSpan
from tui.model.annotation import Annotation, Quote
from tui.model.article import Article
from tui.model.scheme import Scheme
from tui.session.found_quotations import found_quotation, found_speaker, quotation_to_mark
from tui.session.prompts.pointing import GAP, SAME, Pointing
from tui.session.prompts.prompt import (
    NO_ONE,
    TO_TYPE,
    Question,
    error_questions,
    holder_question,
    speaker_question,
)
from tui.settings.actions import actions
from tui.settings.keymap import Keymap, load
from tui.text.words import Target, grapheme_bounds, targets

Purpose = Literal["decide", "unsure", "note", "span", "repeat", "trim", "correct", "quote"]

AHEAD = 300
"""Maximum number of words over which a quotation can be marked with letters."""

TYPED = {"enter": "\r", "space": " ", "backspace": "\x7f", "end": "\x1b[F", "ctrl+q": "\x11"}
"""What a terminal sends for a named key."""


class Act(NamedTuple):
    """Keys that together do one thing."""

    purpose: Purpose
    sentence: int
    """Index."""
    keys: Sequence[str]
    letters: Mapping[int, int] = {}
    """The keys that are letters on words: index of the key to the word's offset."""


@dataclass
class Typist:
    """Generates keys from intended annotations, from the first sentence of an article without annotations."""

    article: Article
    scheme: Scheme
    people: Sequence[str]
    """The people that the digits refer to."""
    keymap: Keymap = field(init=False)
    _last: tuple[str, str] | None = None
    """Severity and category of the last non-empty span."""

    def __post_init__(self) -> None:
        self.keymap = load("default", actions(self.scheme))

    def key(self, action: str) -> str:
        """The first key of an action."""
        return self.keymap.keys[action][0]

    def acts(self, sentences: Sequence[Meant]) -> Iterator[Act]:
        """All acts, sentence by sentence; deciding a sentence moves to the next."""
        for intended in sentences:
            yield from self._sentence(intended)

    def _sentence(self, intended: Meant) -> Iterator[Act]:
        """First the acts that need no focus, then the tags that keep the cursor here, the marks, and the last tag."""
        if intended.unsure:
            yield Act("unsure", intended.sentence, [self.key("unsure")])
        if intended.note:
            yield Act("note", intended.sentence, [self.key("note"), *intended.note, "enter"])
        *staying, last = self._tag_keys(intended)
        if staying:
            yield Act("decide", intended.sentence, staying)
        ends: list[int] = []
        for span in intended.spans:
            yield from self._span(intended.sentence, span, ends)
            ends.append(span.end)
        for number, quote in enumerate(intended.quotes):
            yield self._quote(intended, quote, intended.quotes[:number])
        yield Act("decide", intended.sentence, [last])

    def _tag_keys(self, intended: Meant) -> list[str]:
        """The keys of the tags; the last one moves on. A marked error adds its tag automatically."""
        error = self.scheme.error_tag
        if intended.spans and error not in intended.tags:
            raise ValueError(f"sentence {intended.sentence + 1} has errors but not the error tag")
        tags = [tag for tag in intended.tags if tag != error or not intended.spans]
        if not tags:
            return [self.key(f"tag.{error}" if intended.spans else "tag.none")]
        return [*(self.key(f"toggle.{tag}") for tag in tags[:-1]), self.key(f"tag.{tags[-1]}")]

    # -- errors ------------------------------------------------------------

    def _span(self, sentence: int, span: MeantSpan, ends: Sequence[int]) -> Iterator[Act]:
        article = self.article
        words = targets(article.text, article.starts[sentence], article.ends[sentence], article.language)
        pointing = Pointing(words, max(ends, default=article.starts[sentence]))
        repeated = span.start < span.end and self._last == (span.severity, span.category)
        pointed = _Pointed([self.key("span.repeat" if repeated else "span.mark")], {})
        stretch = pointed.at(pointing, words, span.start, span.end)
        if not repeated:
            answers = (span.severity, span.category)
            for question, answer in zip(error_questions(self.scheme)(stretch), answers, strict=False):
                pointed.keys.append(_key_for(question, answer))
        yield Act("repeat" if repeated else "span", sentence, pointed.keys, pointed.letters)
        if stretch[0] < stretch[1]:
            self._last = (span.severity, span.category)
        if trims := self._trims(stretch, span):
            yield Act("trim", sentence, trims)
        if span.correction is not None:
            typed = _retyped(article.text[span.start : span.end], span.correction)
            yield Act("correct", sentence, [self.key("span.correct"), *typed, "enter"])
        if span.note:
            yield Act("note", sentence, [self.key("note"), *span.note, "enter"])

    def _trims(self, stretch: tuple[int, int], span: MeantSpan) -> list[str]:
        """The keys that trim whole words to the intended characters."""
        bounds = grapheme_bounds(self.article.text, *stretch)
        later, earlier = bounds.index(span.start), len(bounds) - 1 - bounds.index(span.end)
        return [self.key("mark.start.later")] * later + [self.key("mark.end.earlier")] * earlier

    # -- quotations --------------------------------------------------------

    def _quote(self, intended: Meant, quote: MeantQuote, marked: Sequence[MeantQuote]) -> Act:
        article, index = self.article, intended.sentence
        pointed = _Pointed([self.key("quote.mark")], {})
        if quotation_to_mark(article, index, _with_quotes(marked)) == (quote.start, quote.end):
            pointed.keys.append("enter")
        else:
            words = self._words_ahead(index)
            pointing = Pointing(words, article.starts[index], gaps=False)
            stretch = pointed.at(pointing, words, quote.start, quote.end)
            if stretch != (quote.start, quote.end):
                raise ValueError(f"the quotation of sentence {index + 1} does not begin and end with words")
        pointed.keys.extend(self._speaker(quote))
        if "opinion" in intended.tags:
            pointed.keys.append(_key_for(holder_question(), quote.holder or ""))
        return Act("quote", index, pointed.keys, pointed.letters)

    def _words_ahead(self, sentence: int) -> list[Target]:
        article = self.article
        words: list[Target] = []
        while sentence < len(article) and len(words) < AHEAD:
            words += targets(article.text, article.starts[sentence], article.ends[sentence], article.language)
            sentence += 1
        return words[:AHEAD]

    def _speaker(self, quote: MeantQuote) -> list[str]:
        quotation = found_quotation(self.article, quote.start, quote.end)
        offered = found_speaker(quotation, self.people) if quotation is not None else None
        question = speaker_question(self.people, offered)
        if quote.speaker == NO_ONE or quote.speaker in question.values.values():
            return [_key_for(question, quote.speaker)]
        return [_key_for(question, TO_TYPE), *quote.speaker, "enter"]


def _with_quotes(marked: Sequence[MeantQuote]) -> Annotation:
    """The annotation of a sentence in which these quotations are already marked."""
    quotes = [Quote(id=str(quote.start), start=quote.start, end=quote.end, text="") for quote in marked]
    return Annotation(
        segmentation=1, start=0, end=0, text="", quotes=tuple(quotes), created_at="", updated_at=""
    )


class _Pointed(NamedTuple):
    """The keys so far, and the letters among them."""

    keys: list[str]
    letters: dict[int, int]

    def at(self, pointing: Pointing, words: Sequence[Target], start: int, end: int) -> tuple[int, int]:
        """Point at the fewest words that contain the span, or at the gap before a word; returns the span pointed at."""
        first = max(word[0] for word in words if word[0] <= start)
        self._letters(pointing, first)
        assert pointing.start is not None
        if start == end:
            if first != start:
                raise ValueError(f"no word begins at {start}: an omission must be before a word")
            self._press(pointing, GAP)
        elif end <= pointing.start[1]:
            self._press(pointing, SAME)
        else:
            self._letters(
                pointing, min((word for word in words if word[1] >= end), key=lambda word: word[1])[0]
            )
        assert pointing.stretch is not None
        return pointing.stretch

    def _letters(self, pointing: Pointing, word: int) -> None:
        for letter in pointing.letters[word]:
            self.letters[len(self.keys)] = word
            self._press(pointing, letter)

    def _press(self, pointing: Pointing, key: str) -> None:
        if not pointing.press(key):
            raise ValueError(f"{key!r} has no meaning there")
        self.keys.append(key)


def typed(key: str) -> str:
    """The characters that a terminal sends for a key."""
    return TYPED.get(key, key)


def _key_for(question: Question, answer: str) -> str:
    return next(key for key, value in question.values.items() if value == answer)


def _retyped(before: str, after: str) -> list[str]:
    """The fewest keys that change one line to another; typing first replaces the whole line."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    backwards = ["end", *["backspace"] * (len(before) - same), *after[same:]]
    anew = [*after] or ["backspace"]
    return min(backwards, anew, key=len)
