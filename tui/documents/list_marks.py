"""What stays before the items of a Markdown list: their numbers, and the dashes of a dialogue.

Markdown takes `1986. What a year` and `- Bonjour, dit-il.` for lists. Bullets of real lists are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token


class _Item(NamedTuple):
    opening: int
    """The index of its opening token."""
    number: str
    mark: str
    texts: list[str]
    """The source of its paragraphs; those of inner lists are not among them."""


def list_marks(tokens: Sequence[Token]) -> dict[int, str]:
    """For the index of each token that opens an item with a mark, the mark and the blank after it."""
    marks: dict[int, str] = {}
    open_lists: list[list[_Item]] = []
    for index, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                open_lists.append([])
            case "list_item_open":
                open_lists[-1].append(_Item(index, token.info, token.markup, []))
            case "inline" if open_lists and open_lists[-1]:
                open_lists[-1][-1].texts.append(token.content)
            case "bullet_list_close":
                items = open_lists.pop()
                if not open_lists and _is_dialogue(items):
                    marks.update((item.opening, f"{item.mark} ") for item in items)
            case "ordered_list_close":
                marks.update(_numbers(open_lists.pop()))
            case _:
                pass
    return marks


def _numbers(items: Sequence[_Item]) -> dict[int, str]:
    """The numbers as they are written; a list with the same one throughout is counted from it."""
    are_counted = len({item.number for item in items}) == 1
    return {
        item.opening: f"{int(item.number) + offset if are_counted else item.number}{item.mark} "
        for offset, item in enumerate(items)
    }


_SPEECH = re.compile(r"[^\W\d_][^\n]*[.!?…»”\"’。！？:]\s*\Z")
_OPENING = "\"'“„«»‘(¿¡….*_[ "
_EXCLAIMS = re.compile(r"[?!…¿¡]")
_AFTER_PAUSE = re.compile(r"[,!?…»”\"—–-]\s+(?:[^\W\d_]{1,3}\s+|[^\W\d_]'\s*)?([^\W\d_]+)")
_INVERTED = re.compile(r"[,!?…»”\"]\s+[^.,!?]{0,40}-(?:t-)?(?:il|elle|ils|elles|on|je)\b")
"""French: `a-t-elle demandé`."""


def _is_dialogue(items: Sequence[_Item]) -> bool:
    """True if the items are speeches: full sentences after a hyphen, of which one asks, exclaims or names its speaker.

    A single one is a speech anyway, since no list has one item.
    """
    texts = [" ".join(text.split()) for item in items for text in item.texts]
    if not texts or any(item.mark != "-" for item in items):
        return False
    if any(_SPEECH.match(text.lstrip(_OPENING)) is None or text.startswith(("[ ]", "[x]")) for text in texts):
        return False
    return len(items) == 1 or any(_EXCLAIMS.search(text) or _names_a_speaker(text) for text in texts)


def _names_a_speaker(text: str) -> bool:
    """True if a verb of saying follows a pause, as in `Bonjour, dit-il.`"""
    return _INVERTED.search(text) is not None or any(
        match.group(1).lower() in _verbs_of_saying() for match in _AFTER_PAUSE.finditer(text)
    )


@cache
def _verbs_of_saying() -> frozenset[str]:
    from tui.quotations.saying_verbs import LANGUAGES, speech_verbs

    known = [speech_verbs(language) for language in LANGUAGES]
    return frozenset(verb for verbs in known if verbs is not None for verb in verbs.finite)
