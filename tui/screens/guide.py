"""What the help says, without its looks: the keys for where one is, and how to tell the tags apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from tui.model.article import kind_name
from tui.model.scheme import Scheme
from tui.session.prompts.entity_questions import (
    KINDS,
    NO_NAME,
    OTHER_WORDS,
    REMEMBER,
    everywhere_question,
)
from tui.session.prompts.prompt import (
    Question,
    category_question,
    holder_question,
    severity_question,
    speaker_question,
)
from tui.settings.actions import ANNOTATORS_ONLY, Action, Scope, actions
from tui.settings.keymap import Keymap, shown

Page = Literal[
    "reader", "marking", "quoting", "naming", "dividing", "searching", "editing", "library", "review"
]
"""A page of the help: what the keys are for at the moment."""

_NOT_IN_A_REVIEW = ANNOTATORS_ONLY | {"undecided.next", "undecided.previous", "article.next"}
"""What the reader's keys do not do while everybody's work is reviewed."""


class KeyBlock(NamedTuple):
    """Keys that belong together."""

    title: str
    rows: list[tuple[list[str], str]]
    """What to press, or else, and what for."""


def key_blocks(page: Page, keymap: Keymap, scheme: Scheme) -> list[KeyBlock]:
    """The keys of one page, and no others."""
    match page:
        case "reader":
            return _of_actions({"reader", "mark"}, keymap, scheme)
        case "review":
            return _of_actions({"review"}, keymap, scheme) + _of_actions(
                {"reader", "mark"}, keymap, scheme, but=_NOT_IN_A_REVIEW
            )
        case "library":
            return _of_actions({"library"}, keymap, scheme)
        case "marking":
            return _marking(keymap, scheme)
        case "quoting":
            return _quoting(keymap)
        case "naming":
            return _naming(keymap)
        case "dividing":
            return _dividing(keymap)
        case "searching":
            return _searching(keymap)
        case "editing":
            return _editing(keymap)


def guided_tags(page: Page, scheme: Scheme, tags: Sequence[str]) -> tuple[str, ...]:
    """The tags to explain: those that the sentence has, or all while it has none; elsewhere those it is about."""
    known = [tag.id for tag in scheme.tags]
    match page:
        case "reader":
            return scheme.in_order(tag for tag in tags if tag in known) or tuple(known)
        case "marking":
            return (scheme.error_tag,)
        case "quoting":
            return tuple(tag for tag in ("quote", "opinion") if tag in known)
        case _:
            return ()


# -- keys of actions -------------------------------------------------------


def _of_actions(
    places: set[Scope], keymap: Keymap, scheme: Scheme, but: Collection[str] = ()
) -> list[KeyBlock]:
    groups: dict[str, dict[str, list[Action]]] = {}
    for action in actions(scheme):
        if not places.isdisjoint(action.scopes) and action.id not in but:
            title = "On the focused mark" if action.scopes == ("mark",) else action.group
            groups.setdefault(title, {}).setdefault(action.row, []).append(action)
    return [
        KeyBlock(title, [(_keys_of(together, keymap), row) for row, together in rows.items()])
        for title, rows in groups.items()
    ]


def _keys_of(together: Sequence[Action], keymap: Keymap) -> list[str]:
    """The first key of each action, then their second ones: `j k`, `↓ ↑`; without any, its name for the palette."""
    keys = [keymap.keys.get(action.id, ()) for action in together]
    if any(keys):
        return [" ".join(shown(key) for key in nth if key is not None) for nth in zip_longest(*keys)]
    return [f"{keymap.first_key('palette')} {action.name}" for action in together]


# -- keys of conversations -------------------------------------------------


def _marking(keymap: Keymap, scheme: Scheme) -> list[KeyBlock]:
    return [
        KeyBlock(
            "Mark an error",
            [
                (["a-z"], "the first word, the last word"),
                (["enter"], "one word only"),
                (["space"], "something is missing before it"),
                *_taking_back(keymap, "no mark after all"),
            ],
        ),
        KeyBlock("How bad it is", _chosen(severity_question(scheme))),
        KeyBlock("What kind it is", _chosen(category_question(scheme))),
    ]


def _quoting(keymap: Keymap) -> list[KeyBlock]:
    return [
        KeyBlock(
            "Mark a quotation",
            [
                (["enter"], "the quotation found here"),
                (["a-z"], "the first word, the last word"),
                *_taking_back(keymap, "no mark after all"),
            ],
        ),
        KeyBlock(
            "Who says it",
            [
                (["enter"], "whom the words around it name"),
                (["1-9"], "one of the article's people"),
                *_chosen(speaker_question([])),
            ],
        ),
        KeyBlock("Whose opinion it is", _chosen(holder_question())),
    ]


def _naming(keymap: Keymap) -> list[KeyBlock]:
    return [
        KeyBlock(
            "Mark a name",
            [
                (["a-z"], "the first word, the last word"),
                (["enter"], "one word only"),
                *_taking_back(keymap, "no name after all"),
            ],
        ),
        KeyBlock("What it is", [([key], kind_name(label)) for key, label in KINDS.items()]),
        KeyBlock(
            "Of a name that is there",
            [
                ([NO_NAME], "these words are no name"),
                ([OTHER_WORDS], "the name is made of other words"),
                ([REMEMBER], "keep it in the list of names, for later articles too"),
            ],
        ),
        KeyBlock("Where the words occur again", _chosen(everywhere_question(2, may_remember=True))),
    ]


def _dividing(keymap: Keymap) -> list[KeyBlock]:
    return [
        KeyBlock(
            "Split the sentence",
            [
                (["a-z"], "the word that the second half begins with"),
                *_taking_back(keymap, "leave it whole"),
            ],
        ),
    ]


def _searching(keymap: Keymap) -> list[KeyBlock]:
    return [
        KeyBlock(
            "Search",
            [
                (["a-z"], "words; case and accents are all one"),
                (["enter"], "stay at what was found"),
                (_named(keymap, "back"), "back to where you were"),
            ],
        ),
        KeyBlock(
            "Afterwards",
            [
                (_named(keymap, "search.next"), "the next place"),
                (_named(keymap, "search.previous"), "the place before"),
            ],
        ),
    ]


def _editing(keymap: Keymap) -> list[KeyBlock]:
    return [
        KeyBlock(
            "Write a line",
            [
                (["enter"], "keep it"),
                (_named(keymap, "back"), "leave it as it was"),
                (["← → home end"], "move in it"),
                (["backspace del"], "delete before, under the cursor"),
                (["ctrl+u ctrl+k"], "delete all before, all after"),
                (["ctrl+w"], "delete the word before"),
            ],
        )
    ]


def _taking_back(keymap: Keymap, given_up: str) -> Iterable[tuple[list[str], str]]:
    return ((["backspace"], "take the last key back"), (_named(keymap, "back"), given_up))


def _named(keymap: Keymap, action_id: str) -> list[str]:
    return [shown(key) for key in keymap.keys.get(action_id, ())]


def _chosen(question: Question) -> list[tuple[list[str], str]]:
    return [([key], name) for key, name in question.choices]
