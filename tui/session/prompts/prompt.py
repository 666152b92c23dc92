"""Prompts of a few keys: mark an error, change one, mark a quotation, name its speaker.

Pure: keys in; what is expected next, and finally an answer, out. Every state follows from the typed keys, so that
`backspace` removes exactly one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tui.model.scheme import OMISSION, Scheme
from tui.session.prompts.pointing import GAP, SAME, Pointing

Choice = tuple[str, str]
"""A key and its meaning."""

NO_ONE = ""
"""The speaker of a quotation that names no one."""
TO_TYPE = "/"
"""The answer for a speaker whose name will be typed."""


class Answer(NamedTuple):
    """The complete answer."""

    start: int
    end: int
    values: tuple[str, ...]
    """The answers to the questions, in their order."""


class Question(NamedTuple):
    """A question that is answered with one of a few keys."""

    asks: str
    choices: Sequence[Choice]
    values: Mapping[str, str]
    """The answer for each key."""
    ends: str | None = None
    """The answer after which no more questions follow, because something must be typed first."""


class Prompt:
    """Chooses words, unless they are known, and then asks questions about them."""

    def __init__(
        self,
        pointing: Callable[[], Pointing] | None,
        stretch: tuple[int, int] | None,
        questions: Callable[[tuple[int, int]], Sequence[Question]],
        shortcut: tuple[str, str, tuple[int, int]] | None = None,
        *,
        points_at: str = "start word",
    ) -> None:
        """Takes either `pointing` or a known `stretch`.

        `questions` may depend on the stretch. `shortcut` is a key, its name and the stretch that it chooses without
        pointing; `points_at` names the first thing to point at.
        """
        self._make_pointing = pointing
        self._known = stretch
        self._make_questions = questions
        self._shortcut = shortcut
        self._points_at = points_at
        self._keys: list[str] = []
        self._replay()

    @property
    def asks(self) -> str:
        """What to choose next, in a few words."""
        if self._pointing is not None and self.stretch is None:
            return "end word" if self._pointing.start is not None else self._points_at
        question = self._question
        return question.asks if question is not None else ""

    @property
    def choices(self) -> Sequence[Choice]:
        """The valid keys, if they are few."""
        if self._pointing is not None and self.stretch is None:
            if self._pointing.start is not None:
                same = (SAME, "the same word")
                return [same, (GAP, "missing before it")] if self._pointing.gaps else [same]
            return [self._shortcut[:2]] if self._shortcut is not None else []
        question = self._question
        return question.choices if question is not None else []

    @property
    def letters(self) -> Mapping[int, str]:
        """Letters to paint on words, by offset; empty once the stretch is known."""
        return self._pointing.letters if self._pointing is not None and self.stretch is None else {}

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The words chosen so far: the start word, or all of them."""
        if self.stretch is not None or self._pointing is None:
            return self.stretch
        return self._pointing.start

    def press(self, key: str) -> bool:
        """Handle a key; True if it was valid. `backspace` removes the last one."""
        if key == "backspace":
            if not self._keys:
                return False
            self._keys.pop()
            self._replay()
            return True
        if not self._take(key):
            return False
        self._keys.append(key)
        return True

    @property
    def answer(self) -> Answer | None:
        """The answer; None until it is complete."""
        if self.stretch is None or self._question is not None:
            return None
        return Answer(*self.stretch, tuple(self._values))

    # -- how it works ------------------------------------------------------

    @property
    def _question(self) -> Question | None:
        index = len(self._values)
        if index and self._values[-1] == self._questions[index - 1].ends:
            return None
        return self._questions[index] if index < len(self._questions) else None

    def _replay(self) -> None:
        self._pointing = self._make_pointing() if self._make_pointing is not None else None
        self._values: list[str] = []
        self._questions: Sequence[Question] = []
        self.stretch: tuple[int, int] | None = None
        if self._known is not None:
            self._know(self._known)
        for key in self._keys:
            self._take(key)

    def _know(self, stretch: tuple[int, int]) -> None:
        self.stretch = stretch
        self._questions = self._make_questions(stretch)

    def _take(self, key: str) -> bool:
        if self.stretch is None:
            return self._point(key)
        question = self._question
        if question is None or key not in question.values:
            return False
        self._values.append(question.values[key])
        return True

    def _point(self, key: str) -> bool:
        assert self._pointing is not None
        if self._shortcut is not None and self._pointing.start is None and key == self._shortcut[0]:
            self._know(self._shortcut[2])
            return True
        if not self._pointing.press(key):
            return False
        if self._pointing.stretch is not None:
            self._know(self._pointing.stretch)
        return True


def severity_question(scheme: Scheme) -> Question:
    """Asks how bad an error is."""
    return Question(
        "severity",
        [(severity.key, severity.name) for severity in scheme.severities],
        {severity.key: severity.id for severity in scheme.severities},
    )


def category_question(scheme: Scheme) -> Question:
    """Asks what kind of error it is."""
    return Question(
        "category",
        [(category.key, category.name) for category in scheme.categories],
        {category.key: category.id for category in scheme.categories},
    )


def error_questions(scheme: Scheme) -> Callable[[tuple[int, int]], Sequence[Question]]:
    """Asks for severity, then category; an omission has its own category if the scheme has one for it."""

    def questions(stretch: tuple[int, int]) -> Sequence[Question]:
        asked = [severity_question(scheme)]
        has_category = stretch[0] == stretch[1] and scheme.omission is not None
        return asked if has_category else [*asked, category_question(scheme)]

    return questions


def speaker_question(people: Sequence[str], default: str | None = None) -> Question:
    """Asks who speaks: the speaker that was found, one of the article's people by digit, no one, or a typed name."""
    named = [(str(number), name) for number, name in enumerate(people[:9], 1)]
    if default is not None:
        named.insert(0, (SAME, default))
    choices = [*named, ("0", "none"), ("/", "type a name")]
    values = dict(named) | {"0": NO_ONE, "/": TO_TYPE}
    return Question("speaker", choices, values, ends=TO_TYPE)


def holder_question() -> Question:
    """Asks whose opinion it is."""
    return Question(
        "whose opinion",
        [("a", "author"), ("s", "source"), ("0", "no opinion")],
        {"a": "author", "s": "source", "0": ""},
    )


def category_of(answer: Answer) -> str:
    """The category in an answer about an error."""
    return answer.values[1] if len(answer.values) > 1 else OMISSION


def yes_question(asks: str) -> Question:
    """Asks yes or no."""
    return Question(asks, [("y", "yes"), ("n", "no")], {"y": "yes", "n": "no"})
