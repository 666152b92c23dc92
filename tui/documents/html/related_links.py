"""Links to other articles between the paragraphs, such as "Read also: ...": they are not part of the article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from tui.documents.html.page_blocks import PageBlock

_SIGNS = re.compile(r"^[\W_]+|[\s:：>»›→▶►|–—-]+$")
_LONGEST = 400
"""Code points of a block that is looked at."""
_MOST_LINKS = 20
"""Links after a heading such as "Related articles"."""


def leave_out(blocks: Sequence[PageBlock]) -> None:
    """Leaves out chosen blocks that are links to other articles and say so."""
    chosen = [block for block in blocks if any(piece.chosen for piece in block.pieces)]
    label: PageBlock | None = None
    """A block such as "Read also:", whose links are blocks of their own."""
    links = 0
    for block in chosen:
        text = block.text()
        if len(text) > _LONGEST:
            label = None
        elif _is_phrase(text):
            label, links = block, 0
            if _same(text, block.link_text()):
                _drop(block)
        elif label is not None and links < _MOST_LINKS and _same(text, block.link_text()):
            _drop(label)
            _drop(block)
            links += 1
        else:
            label = None
            if _is_labelled_link(block, text):
                _drop(block)


def _is_labelled_link(block: PageBlock, text: str) -> bool:
    """True for a link after a phrase, and nothing else; or a link that begins with the phrase and a colon."""
    link = block.link_text()
    if not link:
        return False
    if _same(text, link):
        phrase, colon, rest = link.partition(":")
        return bool(colon and rest.strip()) and _is_phrase(phrase)
    before = " ".join("".join(piece.text for piece in block.pieces if not piece.is_link).split())
    return _is_phrase(before) and text.startswith(before[:3])


def _is_phrase(text: str) -> bool:
    return len(text) < 60 and _key(text) in _phrases()


def _same(text: str, link: str) -> bool:
    return bool(link) and _SIGNS.sub("", text) == _SIGNS.sub("", link)


def _drop(block: PageBlock) -> None:
    for piece in block.pieces:
        piece.chosen = False


def _key(text: str) -> str:
    return _SIGNS.sub("", _SIGNS.sub("", text)).casefold()


@cache
def _phrases() -> frozenset[str]:
    data = tomllib.loads(
        (resources.files("tui.documents.html") / "data" / "read_also.toml").read_text("utf-8")
    )
    return frozenset(_key(phrase) for phrases in data["phrases"].values() for phrase in phrases)
