"""The properties of text that a group of Rich Text Format inherits, and the words for single characters."""

from __future__ import annotations

import copy

import msgspec

SYMBOLS = {
    "tab": " ",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}

SKIPPED = frozenset(
    (
        *(
            "colortbl",
            "info",
            "pict",
            "header",
            "headerl",
            "headerr",
            "headerf",
            "footer",
            "footerl",
            "footerr",
        ),
        *(
            "footerf",
            "footnote",
            "annotation",
            "fldinst",
            "nonshppict",
            "pntext",
            "pntxta",
            "pntxtb",
            "listtext",
        ),
        *(
            "tc",
            "tcn",
            "xe",
            "rxe",
            "bkmkstart",
            "bkmkend",
            "atnid",
            "atnauthor",
            "generator",
            "shprslt",
            "do",
        ),
        *("upr", "objdata", "listtable", "listoverridetable", "rsidtbl", "revtbl", "xmlnstbl", "filetbl"),
        *(
            "ftnsep",
            "ftnsepc",
            "ftncn",
            "aftnsep",
            "aftnsepc",
            "aftncn",
            "sp",
            "sn",
            "sv",
            "private",
            "template",
        ),
    )
)
"""Destinations whose text is no part of the article."""


class Style(msgspec.Struct, frozen=True):
    is_heading: bool
    is_title: bool


class State(msgspec.Struct):
    """The properties that hold until the group ends."""

    mode: str = "text"
    """What becomes of text: `text`, `skip`, `title`, `fonts` or `style`."""
    font: int = -1
    fallback: int = 1
    """Characters after a Unicode character that stand for it in older readers."""
    hidden: bool = False
    deleted: bool = False
    height: str = ""
    """`super`, `sub`, or none of them."""
    style: int = 0
    is_outlined: bool = False
    is_in_table: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.hidden or self.deleted

    def copied(self) -> State:
        return copy.copy(self)

    def start_paragraph(self) -> None:
        self.style = 0
        self.is_outlined = self.is_in_table = False

    def set(self, word: str, number: int | None) -> bool:
        """Set the property that a control word names; False if it names none."""
        is_on = number != 0
        if word == "f" and number is not None:
            self.font = number
        elif word == "uc" and number is not None:
            self.fallback = max(0, min(number, 16))
        elif word == "v":
            self.hidden = is_on
        elif word == "deleted":
            self.deleted = is_on
        elif word in ("super", "sub"):
            self.height = word if is_on else ""
        elif word == "nosupersub":
            self.height = ""
        elif word == "plain":
            self.hidden = self.deleted = False
            self.height = ""
        elif word == "s" and number is not None:
            self.style = number
        elif word == "outlinelevel":
            self.is_outlined = number is None or number < 9
        elif word == "intbl":
            self.is_in_table = True
        elif word == "itap":
            self.is_in_table = bool(number)
        else:
            return False
        return True
