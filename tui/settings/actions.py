"""Everything a key can do: one table that the keymap, the footer, the help and the screens share."""

from __future__ import annotations

from typing import Literal

import msgspec

from tui.model.scheme import Scheme

Scope = Literal["reader", "mark", "library", "review"]
"""Where a key is pressed. `mark` is the reader again: what its keys do to a mark of the sentence; `review` too:
what they do while everybody's work is reviewed and no mark is focused."""


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a key can do."""

    id: str
    name: str
    """One or two words for the footer."""
    does: str
    """One line that says what it does."""
    row: str
    """The help's line for it; actions that share a line are explained together."""
    group: str
    scopes: tuple[Scope, ...] = ("reader",)
    needs_key: bool = True
    """Whether every keymap must give it a key; what is rarely used may be left to the palette."""
    otherwise: tuple[str, ...] = ()
    """Keys for it where a keymap names none: the first that is free."""


_READER: tuple[Scope, ...] = ("reader",)
_ON_MARK: tuple[Scope, ...] = ("mark",)
_LIBRARY: tuple[Scope, ...] = ("library",)
_IN_REVIEW: tuple[Scope, ...] = ("review",)
_BOTH: tuple[Scope, ...] = ("reader", "library")

_MOVE = (
    ("sentence.next", "next", "next sentence", "sentence down, up", _BOTH),
    ("sentence.previous", "previous", "previous sentence", "sentence down, up", _BOTH),
    ("mark.next", "next mark", "next mark or name of the sentence", "mark or name right, left", _READER),
    (
        "mark.previous",
        "previous mark",
        "previous mark or name of the sentence",
        "mark or name right, left",
        _READER,
    ),
    ("paragraph.next", "next paragraph", "next paragraph", "paragraph down, up", _READER),
    ("paragraph.previous", "previous paragraph", "previous paragraph", "paragraph down, up", _READER),
    ("page.down", "read on", "a page down", "a page down, up", _BOTH),
    ("page.up", "page up", "a page up", "a page down, up", _BOTH),
    ("undecided.next", "undecided", "next sentence without a decision", "undecided down, up", _READER),
    (
        "undecided.previous",
        "undecided",
        "previous sentence without a decision",
        "undecided down, up",
        _READER,
    ),
    ("article.start", "start", "first sentence", "first, last", _BOTH),
    ("article.end", "end", "last sentence", "first, last", _BOTH),
)
_DECIDE = (
    ("tag.none", "none", "decided: no tag applies; go on", "no tag applies: go on", _READER),
    ("tags.clear", "clear", "clear tags and decision, and stay", "clear tags and decision", _READER),
    ("unsure", "unsure", "flag the sentence as unsure, or take the flag back", "unsure, on or off", _READER),
    ("undo", "undo", "take back the last step, wherever it was", "undo, redo", _READER),
    ("redo", "redo", "do again what was undone", "undo, redo", _READER),
)
_MARK = (
    (
        "span.mark",
        "mark error",
        "mark a translation error, word by word",
        "mark an error; the same again",
        _READER,
    ),
    (
        "span.repeat",
        "mark again",
        "mark an error of the same kind as the last one",
        "mark an error; the same again",
        _READER,
    ),
    ("quote.mark", "mark quote", "mark a quotation and who says it", "mark a quotation", _READER),
    ("entity.edit", "name", "correct the focused name, or mark a new one", "correct or add a name", _READER),
    ("note", "note", "write a note on the sentence, or on the focused mark", "write a note", _READER),
    ("span.correct", "correct", "write what the focused error should say", "its correction", _ON_MARK),
    ("mark.edit", "edit mark", "change what the focused mark says", "change it, delete it", _ON_MARK),
    ("mark.delete", "delete mark", "delete the focused mark", "change it, delete it", _ON_MARK),
    (
        "mark.end.later",
        "end →",
        "move the focused mark's end on by a character",
        "its end on, back",
        _ON_MARK,
    ),
    (
        "mark.end.earlier",
        "end ←",
        "move the focused mark's end back by a character",
        "its end on, back",
        _ON_MARK,
    ),
    (
        "mark.start.later",
        "start →",
        "move the focused mark's start on by a character",
        "its start on, back",
        _ON_MARK,
    ),
    (
        "mark.start.earlier",
        "start ←",
        "move the focused mark's start back by a character",
        "its start on, back",
        _ON_MARK,
    ),
    ("sentence.split", "split", "split the sentence in two at a word", "split a sentence", _READER),
    ("sentence.merge", "merge", "merge the sentence with the next one", "merge it with the next", _READER),
)
_HINT = (
    (
        "hint.accept",
        "yes",
        "accept the hint: it becomes a mark",
        "hint: yes, no, next, all",
        _READER,
    ),
    (
        "hint.refuse",
        "no",
        "refuse the hint: these words are no error",
        "hint: yes, no, next, all",
        _READER,
    ),
    ("hint.next", "next hint", "next hint that waits for an answer", "hint: yes, no, next, all", _READER),
    (
        "hint.previous",
        "previous hint",
        "previous hint that waits for an answer",
        "hint: yes, no, next, all",
        _READER,
    ),
    (
        "hint.accept_all",
        "accept all",
        "accept all hints of this kind, after a look at them",
        "hint: yes, no, next, all",
        _READER,
    ),
)
_FIND = (
    ("search", "search", "find words in the article", "search; next, previous match", _READER),
    (
        "search.next",
        "next match",
        "next place where the words are found",
        "search; next, previous match",
        _READER,
    ),
    (
        "search.previous",
        "previous match",
        "previous place where the words are found",
        "search; next, previous match",
        _READER,
    ),
    ("filter", "filter", "go from one sentence of a kind to the next", "one kind; headings", _READER),
    ("outline", "outline", "choose one of the article's headings", "one kind; headings", _READER),
    ("sentence.jump", "go to", "go to a sentence by its number", "sentence by number, and back", _READER),
    (
        "jump.back",
        "jump back",
        "back to where you were before a jump",
        "sentence by number, and back",
        _READER,
    ),
    ("done.check", "missing", "what is still missing in the article", "what is still missing", _READER),
)
_LOOK = (
    ("article.open", "open", "open the article under the bar", "open the article", _LIBRARY),
    (
        "article.next",
        "next article",
        "when all is decided: the next article",
        "next article; the library",
        _READER,
    ),
    (
        "view.corrected",
        "corrected",
        "read with the corrections, or without",
        "corrected reading, prose",
        _READER,
    ),
    ("view.prose", "prose", "read as flowing prose, or by sentence", "corrected reading, prose", _READER),
    ("copy", "copy", "copy the sentence, or what is selected", "copy the sentence or selection", _READER),
    ("palette", "commands", "every command by its name", "every command by name", _BOTH),
    ("panel.toggle", "panel", "show or hide the panel", "show panel, hints", _READER),
    ("hints.show", "hints", "show hints, or hide them", "show panel, hints", _READER),
    (
        "hints.blind",
        "blind",
        "hide the hints of a sentence until it is decided, then compare",
        "hints later; which",
        _READER,
    ),
    (
        "hints.detectors",
        "detectors",
        "switch detectors off or on, and see how often each is right",
        "hints later; which",
        _READER,
    ),
    ("library", "library", "back to the library", "next article; the library", _READER),
    ("help", "help", "the keys for where you are", "this help", _BOTH),
    ("back", "back", "close what is open", "close what is open", _BOTH),
    ("suspend", "suspend", "back to the shell for a while; fg returns", "to the shell: fg returns", _BOTH),
    ("quit", "quit", "leave; everything is saved", "leave: all is saved", _BOTH),
)
_REVIEW = (
    ("disagreement.next", "next", "next sentence to settle", "to settle: next, previous", _IN_REVIEW),
    (
        "disagreement.previous",
        "previous",
        "previous sentence to settle",
        "to settle: next, previous",
        _IN_REVIEW,
    ),
    *(
        (
            f"review.take.{number}",
            f"version {number}",
            f"take the version of annotator {number} and go on",
            f"take version {(number - 1) // 3 * 3 + 1} to {(number - 1) // 3 * 3 + 3}",
            _IN_REVIEW,
        )
        for number in range(1, 10)
    ),
    (
        "review.take",
        "take",
        "take the highlighted version and go on",
        "take the highlighted version",
        _IN_REVIEW,
    ),
    ("review.column", "column", "highlight the next version", "highlight the next version", _IN_REVIEW),
    (
        "review.majority",
        "majority",
        "take what a strict majority says and go on",
        "take the majority's",
        _IN_REVIEW,
    ),
    (
        "review.reject",
        "reject",
        "reject all versions, with a reason, and go on",
        "reject, with a reason",
        _IN_REVIEW,
    ),
    (
        "review.choose",
        "choose",
        "choose whose version to take from a list",
        "choose whose version",
        _IN_REVIEW,
    ),
)
_SHELVE = (
    ("library.add", "add", "add files, folders or patterns", "add files", _LIBRARY),
    ("library.filter", "filter", "show only articles with some words", "filter; sort", _LIBRARY),
    ("library.sort", "sort", "sort by what comes next: touched, title, ...", "filter; sort", _LIBRARY),
    ("library.remove", "remove", "remove the article to the trash", "remove; bring back", _LIBRARY),
    ("library.restore", "restore", "bring back what was removed last", "remove; bring back", _LIBRARY),
    ("library.problems", "problems", "list what could not be added or read", "what went wrong", _LIBRARY),
)

_LEFT_TO_THE_PALETTE = {
    "sentence.split",
    "sentence.merge",
    "review.choose",
    "hints.blind",
    "hints.detectors",
}
"""A slip of the finger must not take a sentence apart; what is rarely needed wants no key."""

ANNOTATORS_ONLY = frozenset(
    {
        "entity.edit",
        "hint.accept",
        "hint.accept_all",
        "hint.next",
        "hint.previous",
        "hint.refuse",
        "hints.blind",
        "hints.detectors",
        "hints.show",
        "sentence.merge",
        "sentence.split",
    }
)
"""What a reviewer may not do: sentences and names stay as the annotators have them, and hints are for these."""


def actions(scheme: Scheme) -> tuple[Action, ...]:
    """All actions, with one to set and one to toggle each tag of the scheme."""
    tags = [
        (
            f"tag.{tag.id}",
            tag.name,
            f"tag as {tag.name}, decide and go on",
            f"{tag.name}: go on / stay",
            _READER,
        )
        for tag in scheme.tags
    ]
    toggles = [
        (
            f"toggle.{tag.id}",
            f"{tag.name} ±",
            f"{tag.name} on or off, and stay",
            f"{tag.name}: go on / stay",
            _READER,
        )
        for tag in scheme.tags
    ]
    otherwise = {
        f"tag.{tag.id}": (tag.letter.lower(), str(number)) for number, tag in enumerate(scheme.tags, 1)
    }
    otherwise |= {f"toggle.{tag.id}": (tag.letter.upper(),) for tag in scheme.tags}
    groups = (
        ("Move", _MOVE),
        ("Decide", (*tags, *toggles, *_DECIDE)),
        ("Mark", (*_MARK, *_HINT)),
        ("Find", _FIND),
        ("Look", _LOOK),
        ("Review", _REVIEW),
        ("Library", _SHELVE),
    )
    return tuple(
        Action(
            id=action_id,
            name=name,
            does=does,
            row=row,
            group=group,
            scopes=scopes,
            needs_key=action_id not in _LEFT_TO_THE_PALETTE,
            otherwise=otherwise.get(action_id, ()),
        )
        for group, table in groups
        for action_id, name, does, row, scopes in table
    )
