"""The line ends of hard-wrapped text as they are shown: words that lines cut in two are whole, while text and offsets stay as they are.

After a hyphen at the end of a line the break is not shown. Nor is the hyphen, if it only marks the cut: a soft hyphen,
or one without which the word occurs elsewhere in the text, or any in a text that has many of them, as one
whose lines were filled by a program that hyphenates. Of any other line end one blank is shown: no indentation, and
no `>` of quoted mail.
"""

from __future__ import annotations

import re

_EXAMINED = 200_000
"""Code points at the start of a text that are searched for words and hyphens."""
_CUT = re.compile(r"(?<=[^\W\d_])([-\u2010\u00ad])[ \t]*\n[ \t>]*(?=[^\W\d_])")
_LINE_END = re.compile(r"\n[ \t>]*")
_SHARE = 0.03
"""Of all line ends, those with a hyphen in a text that is hyphenated. Text that is only wrapped has one in a hundred."""
_FEWEST = 3
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,40}\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]{1,40}")
_JOINED_BY_HYPHEN = frozenset(
    [
        "ce",
        "ci",
        "elle",
        "elles",
        "en",
        "être",
        "il",
        "ils",
        "je",
        "la",
        "là",
        "le",
        "les",
        "leur",
        "lui",
        "moi",
        "même",
        "mêmes",
        "nous",
        "on",
        "t",
        "toi",
        "tu",
        "vous",
        "y",
    ]
)
"""Words after a hyphen that French keeps: `dit-il`, `peut-être`."""


class LineEnds:
    """The characters of a hard-wrapped text that are not shown."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known = text[:_EXAMINED]
        self._is_hyphenated: bool | None = None

    def hidden(self, start: int, end: int) -> list[tuple[int, int]]:
        """Start and end of each stretch of `text[start:end]` that is not shown, in order."""
        stretches: list[tuple[int, int]] = []
        text = self._text
        for line_end in _LINE_END.finditer(text, start, end):
            newline, first = line_end.start(), line_end.start()
            while first > start and text[first - 1] in " \t":
                first -= 1
            cut = _CUT.match(text, first - 1, end) if first > start else None
            if cut is not None and text[cut.end()].islower():
                first = cut.start() if self._only_marks_the_cut(cut) else cut.end(1)
                stretches.append((first, cut.end()))
                continue
            around = ((first, newline), (newline + 1, line_end.end()))
            stretches.extend(stretch for stretch in around if stretch[0] < stretch[1])
        return stretches

    def _only_marks_the_cut(self, cut: re.Match[str]) -> bool:
        if cut.group(1) == "\u00ad":
            return True
        before = _WORD_BEFORE.search(self._text, max(0, cut.start() - 40), cut.start())
        after = _WORD_AFTER.match(self._text, cut.end())
        if before is None or after is None or after.group().lower() in _JOINED_BY_HYPHEN:
            return False
        if f"{before.group()}-{after.group()}" in self._known:
            return False
        return f"{before.group()}{after.group()}" in self._known or self._has_many()

    def _has_many(self) -> bool:
        if self._is_hyphenated is None:
            cuts = sum(self._known[cut.end()].islower() for cut in _CUT.finditer(self._known))
            self._is_hyphenated = cuts >= max(_FEWEST, _SHARE * self._known.count("\n"))
        return self._is_hyphenated
