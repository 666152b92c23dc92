"""Footnotes of Markdown, `[^1]` in the text and `[^1]: The note.` on a line of its own.

CommonMark has none and would take some for links. A note becomes a paragraph at its place, and its mark in the text
goes, as a superscript would for a reader. A mark without a note stays as it is.
"""

from __future__ import annotations

import re

_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*", re.MULTILINE)
_MARK = re.compile(r"(?:(?<=\S) )?(?<!\\)\[\^([^\]\s]{1,100})\](?!\()")


def without_marks(markdown: str) -> str:
    """The Markdown with each note as a paragraph, and without the marks of those notes. Code blocks are not spared."""
    labels = {match.group(1).lower() for match in _NOTE.finditer(markdown)}
    if not labels:
        return markdown
    body = _NOTE.sub("\n", markdown)
    return _MARK.sub(lambda mark: "" if mark.group(1).lower() in labels else mark.group(), body)
