"""What the handlers of keys, and the work in the background, may use of the reader."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import Unpack

    from tui.app_base import AppBase
    from tui.model.article import Article
    from tui.screens.chooser import ChooserOptions
    from tui.screens.modes import Mode
    from tui.session.session import Outcome, Session
    from tui.widgets.choices import Row

Value = TypeVar("Value")


class Desk(Protocol):
    """The reader as the handlers of its keys see it."""

    @property
    def app(self) -> AppBase: ...

    @property
    def session(self) -> Session: ...

    @property
    def is_review(self) -> bool:
        """True while a reviewer resolves what annotators disagree on."""
        ...

    @property
    def has_changed(self) -> bool:
        """True once anything has been changed since the article was opened."""
        ...

    @property
    def failure(self) -> str:
        """Why the last steps are not on disk; empty if they are."""
        ...

    @property
    def focus_mark(self) -> str | None:
        """The id of the mark in the current sentence that has the focus."""
        ...

    @focus_mark.setter
    def focus_mark(self, mark: str | None) -> None: ...

    @property
    def people(self) -> Sequence[str]:
        """Who may be quoted: the article's people, those named most often first."""
        ...

    def key(self, action: str) -> str:
        """The key of an action in the current keymap."""
        ...

    @property
    def all_decided(self) -> str:
        """One line for an article in which every sentence is decided: that it is, and what comes next."""
        ...

    # -- messages and prompts ----------------------------------------------

    def say(self, message: str) -> None:
        """Show one line until the next key."""
        ...

    def hint(self, message: str) -> None:
        """The same, unless something more important is shown."""
        ...

    def show_filter(self, name: str) -> None:
        """Show in the header which sentences `search.next` goes through; empty for no filter."""
        ...

    def say_done(self, message: str) -> None:
        """Show what was done and, if that decided the last sentence, what comes next."""
        ...

    def enter(self, mode: Mode) -> None:
        """Let a mode take the keys from now on."""
        ...

    def choose(
        self,
        title: str,
        rows: Sequence[Row[Value]],
        then: Callable[[Value | None], None],
        **options: Unpack[ChooserOptions],
    ) -> None:
        """Let one of `rows` be chosen from a list; `then` gets its value, or None."""
        ...

    # -- what changes ------------------------------------------------------

    def may_change(self) -> bool:
        """True if annotations can be changed; otherwise a message says why not."""
        ...

    def apply(self, outcome: Outcome) -> bool:
        """Show and save what a command did; False, with the reason shown, if it refused."""
        ...

    def go(self, sentence: int, *, scroll: bool = True) -> None:
        """Make a sentence current and, unless `scroll` is off, bring it into view."""
        ...

    def hints_changed(self) -> None:
        """Show other hints, or none."""
        ...

    def versions_changed(self, sentences: list[int], *, columns: bool) -> None:
        """Show the annotators' work as it is now; `columns` if the columns or the highlighted one changed."""
        ...

    # -- what goes on meanwhile --------------------------------------------

    def start(self, work: Coroutine[None, None, None], *, keys_wait: bool = False) -> None:
        """Run something in the background; with `keys_wait`, the next keys wait until it is over."""
        ...

    def remember(self, name: str, label: str) -> None:
        """Add a name to the list that later preparations use, and say so."""
        ...

    def switch_detector(self, detector: str, *, is_off: bool) -> None:
        """Keep that a detector is switched off or on; a message says why if that fails."""
        ...

    # -- elsewhere ---------------------------------------------------------

    def perform(self, action: str) -> None:
        """Do what a key or the palette asks for."""
        ...

    def open_next_article(self) -> None:
        """Open the next article with an undecided sentence."""
        ...

    def close(self, *, to_library: bool) -> None:
        """Save and close the reader; then show the library, or end the program."""
        ...


class BackgroundDesk(Protocol):
    """The reader as the work in the background sees it."""

    @property
    def app(self) -> AppBase: ...

    @property
    def session(self) -> Session: ...

    @property
    def is_review(self) -> bool: ...

    def say(self, message: str) -> None: ...

    def hint(self, message: str) -> None: ...

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Run something in the background, and go on reading if it fails."""
        ...

    def entities_searched(self, share: float) -> None:
        """Show how much of the article has been searched for entities, 0 to 1."""
        ...

    def entities_found(self, article: Article | None) -> None:
        """Show the entities that were found; None: the search failed."""
        ...

    def hints_changed(self) -> None: ...
