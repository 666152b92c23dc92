"""The title of an article."""

from __future__ import annotations

import re

from tui.text.clean import visible
from tui.text.sentences import Sentences

MAX_LENGTH = 300
"""Maximum length of a stored title, in code points."""

_LONGEST_LINE = 120
"""Code points; a longer first line is not a title, but its first sentence may be one."""


def title_of(
    document_text: str, given_title: str | None, sentences: Sentences, layout: str = "paragraphs"
) -> str:
    """The title the file gives, else its first line if that is short, else its first sentence.

    Of hard-wrapped text (`layout` is `wrapped`) the first paragraph counts instead of the first line. White space is
    collapsed. The text must contain a sentence. A title that is too long is cut and ends with `…`.
    """
    title = _collapsed(given_title or "")
    if not title:
        start = sentences.starts[0]
        line = _first_line(document_text[start : start + 10 * _LONGEST_LINE], layout)
        title = (
            line
            if len(line) <= _LONGEST_LINE
            else _collapsed(_without_cuts(document_text[start : sentences.ends[0]]))
        )
    return title if len(title) <= MAX_LENGTH else title[: MAX_LENGTH - 1].rstrip() + "…"


def shown(title: str, cells: int = 80) -> str:
    """The title, safe to paint, in at most `cells` terminal cells; it ends with an ellipsis if it is cut."""
    from rich.cells import cell_len, set_cell_size

    painted = visible(title)
    if cell_len(painted) <= cells:
        return painted
    return set_cell_size(painted, cells - 1).rstrip() + "…" if cells > 0 else ""


def _first_line(beginning: str, layout: str) -> str:
    if layout == "wrapped":
        return _collapsed(_without_cuts(_BLANK_LINE.split(beginning, maxsplit=1)[0]))
    return _collapsed(beginning.splitlines()[0])


def _without_cuts(text: str) -> str:
    """The text without the line ends after hyphens within words; the hyphens stay, since some belong there."""
    return _CUT.sub(r"\1", text)


_CUT = re.compile(r"(?<=[^\W\d_])([-\u2010])\n[ \t]*(?=[^\W\d_])")
_BLANK_LINE = re.compile(r"\n\s*\n")


def _collapsed(title: str) -> str:
    return " ".join(title.split())
