"""Titles in the metadata of documents: many name the template or the file, and not the article."""

from __future__ import annotations

import re

from tui.documents.blocks import Block
from tui.documents.decoding import without_controls

_LONGEST = 300
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|office|publisher)\b.*|untitled.*|unbenannt.*|unknown|sans titre.*|senza titolo.*|sin título.*"
    r"|documento?s?\s?\d*|dokument\s?\d*|word document|powerpoint presentation|presentation\s?\d*|title|titel|titre|título|titolo"
    r"|layout \d+|slide \d+|normal|template|blank|default|none|null|print|about:blank|\(?anonymous\)?|https?://\S*|file://\S*"
    r"|\S+\.(?:docx?|odt|rtf|pdf|txt|html?|indd|qxp|qxd|pages|tex|dvi|ps|wpd|pmd|p65|xml)|[\W\d_]*)",
    re.IGNORECASE,
)


def metadata_title(title: str | None) -> str | None:
    """The title, or None for one that programs write by themselves, such as `Microsoft Word - text.doc`."""
    if not title:
        return None
    title = " ".join(without_controls(title[: 4 * _LONGEST])[0].split())
    return None if not title or len(title) > _LONGEST or _NO_TITLE.fullmatch(title) else title


def title_in(blocks: list[Block]) -> str | None:
    """The first heading, if it comes before most of the text; None otherwise."""
    for block in blocks[:10]:
        if block.is_heading:
            return " ".join(without_controls(block.text)[0].split())[:_LONGEST] or None
    return None
