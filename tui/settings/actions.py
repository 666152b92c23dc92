"""Actions: everything that a key can do, in one table for keymap, footer, help and screens."""

from __future__ import annotations

from typing import Literal

import msgspec

from tui.model.scheme import Scheme

Scope = Literal["reader", "mark", "library", "review"]
"""Where an action is available: in the reader, in the reader on the focused mark, in the library, or in the reader during
a review, on no mark."""


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a key can do."""

    id: str
    name: str
    """One or two words for the footer."""
    does: str
    """What it does, in one line."""
    row: str
    """Its line in the help; actions with the same line are explained together."""
    group: str
    scopes: tuple[Scope, ...] = ("reader",)
    needs_key: bool = True
    """True if every keymap must have a key for it; rarely used actions may be in the palette only."""
    otherwise: tuple[str, ...] = ()
    """Keys for it if the keymap has none: the first free one is used."""


_READER: tuple[Scope, ...] = ("reader",)
_ON_MARK: tuple[Scope, ...] = ("mark",)
_LIBRARY: tuple[Scope, ...] = ("library",)
_IN_REVIEW: tuple[Scope, ...] = ("review",)
_BOTH: tuple[Scope, ...] = ("reader", "library")

_MOVE = (
    ("sentence.next", "next", "next sentence", "next, previous sentence", _BOTH),
    ("sentence.previous", "previous", "previous sentence", "next, previous sentence", _BOTH),
    ("mark.next", "next mark", "next mark or name of the sentence", "next, previous mark or name", _READER),
    (
        "mark.previous",
        "previous mark",
        "previous mark or name of the sentence",
        "next, previous mark or name",
        _READER,
    ),
    ("paragraph.next", "next paragraph", "next paragraph", "next, previous paragraph", _READER),
    ("paragraph.previous", "previous paragraph", "previous paragraph", "next, previous paragraph", _READER),
    ("page.down", "page down", "one page down", "one page down, up", _BOTH),
    ("page.up", "page up", "one page up", "one page down, up", _BOTH),
    ("undecided.next", "undecided", "next undecided sentence", "next, previous undecided", _READER),
    (
        "undecided.previous",
        "undecided",
        "previous undecided sentence",
        "next, previous undecided",
        _READER,
    ),
    ("article.start", "start", "first sentence", "first, last sentence", _BOTH),
    ("article.end", "end", "last sentence", "first, last sentence", _BOTH),
)
_DECIDE = (
    ("tag.none", "none", "decide that no tag applies, and go to the next", "no tag applies: go on", _READER),
    ("tags.clear", "clear", "clear tags and decision, and stay", "clear tags and decision", _READER),
    ("unsure", "unsure", "flag the sentence as unsure, or remove the flag", "unsure, on or off", _READER),
    ("undo", "undo", "undo the last step, wherever it was", "undo, redo", _READER),
    ("redo", "redo", "redo what was undone", "undo, redo", _READER),
)
_MARK = (
    (
        "span.mark",
        "mark error",
        "mark a translation error, word by word",
        "mark an error; same kind again",
        _READER,
    ),
    (
        "span.repeat",
        "mark again",
        "mark an error of the same kind as the last one",
        "mark an error; same kind again",
        _READER,
    ),
    ("quote.mark", "mark quote", "mark a quotation and its speaker", "mark a quotation", _READER),
    ("entity.edit", "name", "correct the focused name, or mark a new one", "correct or add a name", _READER),
    ("note", "note", "write a note on the sentence, or on the focused mark", "write a note", _READER),
    ("span.correct", "correct", "correct the words of the focused error", "its correction", _ON_MARK),
    ("mark.edit", "edit mark", "change the focused mark", "change it, delete it", _ON_MARK),
    ("mark.delete", "delete mark", "delete the focused mark", "change it, delete it", _ON_MARK),
    (
        "mark.end.later",
        "end →",
        "move the focused mark's end forward by one character",
        "its end forward, back",
        _ON_MARK,
    ),
    (
        "mark.end.earlier",
        "end ←",
        "move the focused mark's end back by one character",
        "its end forward, back",
        _ON_MARK,
    ),
    (
        "mark.start.later",
        "start →",
        "move the focused mark's start forward by one character",
        "its start forward, back",
        _ON_MARK,
    ),
    (
        "mark.start.earlier",
        "start ←",
        "move the focused mark's start back by one character",
        "its start forward, back",
        _ON_MARK,
    ),
    ("sentence.split", "split", "split the sentence before a word", "split a sentence", _READER),
    ("sentence.merge", "merge", "merge the sentence with the next one", "merge it with the next", _READER),
)
_HINT = (
    (
        "hint.accept",
        "yes",
        "accept the hint: it becomes an error mark",
        "hint: yes, no, next, all",
        _READER,
    ),
    (
        "hint.refuse",
        "no",
        "refuse the hint: not an error",
        "hint: yes, no, next, all",
        _READER,
    ),
    ("hint.next", "next hint", "next unanswered hint", "hint: yes, no, next, all", _READER),
    (
        "hint.previous",
        "previous hint",
        "previous unanswered hint",
        "hint: yes, no, next, all",
        _READER,
    ),
    (
        "hint.accept_all",
        "accept all",
        "accept all hints of this kind, after showing them",
        "hint: yes, no, next, all",
        _READER,
    ),
)
_FIND = (
    ("search", "search", "find words in the article", "search; next, previous match", _READER),
    (
        "search.next",
        "next match",
        "next match of the search",
        "search; next, previous match",
        _READER,
    ),
    (
        "search.previous",
        "previous match",
        "previous match of the search",
        "search; next, previous match",
        _READER,
    ),
    ("filter", "filter", "step through sentences of one kind", "one kind; headings", _READER),
    ("outline", "outline", "go to a heading of the article", "one kind; headings", _READER),
    ("sentence.jump", "go to", "go to a sentence by its number", "sentence by number, and back", _READER),
    (
        "jump.back",
        "jump back",
        "go back to where you were before a jump",
        "sentence by number, and back",
        _READER,
    ),
    ("done.check", "missing", "what is still missing in the article", "what is still missing", _READER),
)
_LOOK = (
    ("article.open", "open", "open the selected article", "open the article", _LIBRARY),
    (
        "article.next",
        "next article",
        "after the last decision: open the next unfinished article",
        "next article; the library",
        _READER,
    ),
    (
        "view.corrected",
        "corrected",
        "show the text with or without corrections",
        "corrected text, prose",
        _READER,
    ),
    (
        "view.prose",
        "prose",
        "show flowing prose, or one sentence at a time",
        "corrected text, prose",
        _READER,
    ),
    ("copy", "copy", "copy the sentence or the selection", "copy the sentence or selection", _READER),
    ("palette", "commands", "find any command by name", "find any command by name", _BOTH),
    ("panel.toggle", "panel", "show or hide the panel", "show panel, hints", _READER),
    ("hints.show", "hints", "show or hide hints", "show panel, hints", _READER),
    (
        "hints.blind",
        "blind",
        "hide the hints of a sentence until you decide it, then compare",
        "blind hints; detectors",
        _READER,
    ),
    (
        "hints.detectors",
        "detectors",
        "switch detectors on or off, and see how often each is right",
        "blind hints; detectors",
        _READER,
    ),
    ("library", "library", "go back to the library", "next article; the library", _READER),
    ("help", "help", "show the keys for where you are", "this help", _BOTH),
    ("back", "back", "close what is open", "close what is open", _BOTH),
    ("suspend", "suspend", "suspend Postil; fg in the shell resumes", "suspend: fg resumes", _BOTH),
    ("quit", "quit", "quit; everything is saved", "quit: all is saved", _BOTH),
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
            f"take the version of annotator {number} and go to the next",
            f"take version {(number - 1) // 3 * 3 + 1} to {(number - 1) // 3 * 3 + 3}",
            _IN_REVIEW,
        )
        for number in range(1, 10)
    ),
    (
        "review.take",
        "take",
        "take the highlighted version and go to the next",
        "take the highlighted version",
        _IN_REVIEW,
    ),
    ("review.column", "column", "highlight the next version", "highlight the next version", _IN_REVIEW),
    (
        "review.majority",
        "majority",
        "take the version of a strict majority and go to the next",
        "take the majority's version",
        _IN_REVIEW,
    ),
    (
        "review.reject",
        "reject",
        "reject all versions, with a reason, and go to the next",
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
    ("library.filter", "filter", "show only articles that match", "filter; sort", _LIBRARY),
    ("library.sort", "sort", "change the order: last touched, title, ...", "filter; sort", _LIBRARY),
    ("library.remove", "remove", "move the article to the trash", "remove; restore", _LIBRARY),
    ("library.restore", "restore", "restore the article that was removed last", "remove; restore", _LIBRARY),
    ("library.problems", "problems", "list what could not be added or read", "what went wrong", _LIBRARY),
)

_LEFT_TO_THE_PALETTE = {
    "sentence.split",
    "sentence.merge",
    "review.choose",
    "hints.blind",
    "hints.detectors",
}
"""Without a key: what a slip must not trigger, and what is rarely needed."""

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
"""Not for reviewers: sentences and names stay as the annotators have them, and hints are for annotators."""


def actions(scheme: Scheme) -> tuple[Action, ...]:
    """All actions, with one to set and one to toggle each tag of the scheme."""
    tags = [
        (
            f"tag.{tag.id}",
            tag.name,
            f"tag as {tag.name}, decide and go to the next",
            f"{tag.name}: go on, stay",
            _READER,
        )
        for tag in scheme.tags
    ]
    toggles = [
        (
            f"toggle.{tag.id}",
            f"{tag.name} ±",
            f"turn {tag.name} on or off, and stay",
            f"{tag.name}: go on, stay",
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
