"""What the reader's keys do while something else than reading goes on: a conversation of keys, or a line of text.

A mode takes keys until it is over, and then calls back. The reader asks it what to show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from tui.session.prompts.prompt import Answer, Choice, Prompt
from tui.widgets.line_edit import LONGEST_TEXT, MOST_HELD, LineEdit

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
"""What parts words in a text of several lines, and would be lost in a single one."""


class Mode(Protocol):
    """Something that takes the keys for a while."""

    @property
    def help_page(self) -> str:
        """The help page with its keys."""
        ...

    @property
    def asks(self) -> str:
        """What is expected next."""
        ...

    @property
    def choices(self) -> Sequence[Choice]:
        """The keys that are expected, where they are few."""
        ...

    @property
    def line(self) -> LineEdit | None:
        """The text that is being typed, if it is one."""
        ...

    @property
    def letters(self) -> Mapping[int, str]:
        """Letters on words, by offset."""
        ...

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The stretch that was pointed at so far."""
        ...

    def press(self, key: str, character: str | None) -> bool:
        """Take a key; True if the mode goes on."""
        ...

    def paste(self, text: str) -> None:
        """Take pasted text, where a line is being typed."""
        ...


class PromptMode:
    """A conversation of keys. `then` gets the answer; nothing is called when it is given up."""

    line = None

    def __init__(self, help_page: str, prompt: Prompt, then: Callable[[Answer], None]) -> None:
        self.help_page = help_page
        self._prompt = prompt
        self._then = then

    @property
    def asks(self) -> str:
        return self._prompt.asks

    @property
    def choices(self) -> Sequence[Choice]:
        return self._prompt.choices

    @property
    def letters(self) -> Mapping[int, str]:
        return self._prompt.letters

    @property
    def chosen(self) -> tuple[int, int] | None:
        return self._prompt.chosen

    def press(self, key: str, character: str | None) -> bool:
        if key == "escape":
            return False
        self._prompt.press(character if character is not None and character > " " else key)
        answer = self._prompt.answer
        if answer is not None:
            self._then(answer)
        return answer is None

    def paste(self, text: str) -> None:
        """What is pasted answers no question."""


class TextInputMode:
    """A line of text. `then` gets it on enter; `changed` each time it changes; `given_up` on escape.

    `problem` says what is wrong with a text that is taken all the same. Where it `replaces`, the first key that types takes the place of the whole text; one that moves keeps it.
    A text that is too long stays in the line until it is shortened: none of it is cut off.
    """

    choices: Sequence[Choice] = ()
    letters: Mapping[int, str] = {}

    def __init__(
        self,
        help_page: str,
        asks: str,
        text: str,
        then: Callable[[str], None],
        *,
        chosen: tuple[int, int] | None = None,
        replaces: bool = False,
        changed: Callable[[str], None] = lambda _: None,
        given_up: Callable[[], None] = lambda: None,
        problem: Callable[[str], str] = lambda _: "",
    ) -> None:
        self.help_page = help_page
        self._asks = asks
        self.line = LineEdit(text, chosen=replaces, longest=LONGEST_TEXT, held=MOST_HELD)
        self.chosen = chosen
        self._then = then
        self._changed = changed
        self._given_up = given_up
        self._problem = problem

    @property
    def asks(self) -> str:
        """What is typed; or what is wrong with it, in front, so that a narrow line shows it."""
        problem = self.line.problem or self._problem(self.line.text)
        return f"{problem} ({self._asks})" if problem else self._asks

    def press(self, key: str, character: str | None) -> bool:
        if key == "escape":
            self._given_up()
            return False
        if key == "enter" and self.line.problem:
            # Pressed blindly after a refused paste, it must not keep the text from before.
            self.line.press(key)
            return True
        if key == "enter":
            self._then(self.line.text)
            return False
        before = self.line.text
        if character is not None:
            self.line.insert(character)
        else:
            self.line.press(key)
        self._tell(before)
        return True

    def paste(self, text: str) -> None:
        before = self.line.text
        self.line.insert(_BREAKS.sub(" ", text.strip("\r\n")))
        self._tell(before)

    def _tell(self, before: str) -> None:
        if self.line.text != before:
            self._changed(self.line.text)
