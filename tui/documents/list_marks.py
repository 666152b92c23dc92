"""What stays before the items of a Markdown list: their numbers, and the dashes of a dialogue.

Markdown takes `1986. What a year` and `- Bonjour, dit-il.` for lists. Other bullets are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
                if not open_lists and _may_be_dialogue(items):
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
_CHECKBOX = re.compile(r"\[[ xX]\]\s")
_OPENING = "\"'“„«»‘(¿¡….*_[ "


def _may_be_dialogue(items: Sequence[_Item]) -> bool:
    """True if all items are full sentences after a hyphen. A list of such sentences keeps its hyphens too: without
    them a dialogue would lose who speaks when, and a list loses nothing with them."""
    texts = [" ".join(text.split()) for item in items for text in item.texts]
    if not texts or any(item.mark != "-" for item in items):
        return False
    return not any(_CHECKBOX.match(text) or _SPEECH.match(text.lstrip(_OPENING)) is None for text in texts)
