"""The text of a paragraph in a Word document, run by run."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tui.documents.docx_styles import child, value
from tui.documents.raised import lowered, raised
from tui.documents.xml_tree import attribute, local

NOTES = ("footnoteReference", "endnoteReference")
_NOT_TEXT = frozenset(
    (
        "pPr",
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rPr",
        "fldData",
        "sdtPr",
        "rt",
        "rubyPr",
        "Fallback",
        "tblPr",
    )
)
_CHARACTERS = {
    "tab": " ",
    "ptab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "",
}
_OFF = ("0", "false", "off", "none")


class RunText:
    """Collects the text of paragraphs, and the text boxes that hang on them."""

    def of(self, paragraph: Element) -> tuple[str, list[Element]]:
        """The text of a paragraph, and the contents of its text boxes."""
        pieces: list[str] = []
        boxes: list[Element] = []
        self._add(paragraph, pieces, boxes)
        return "".join(pieces), boxes

    def _add(self, element: Element, pieces: list[str], boxes: list[Element]) -> None:
        for item in element:
            name = local(item)
            if name == "r":
                self._add_run(item, pieces, boxes)
            elif name == "t":
                pieces.append(item.text or "")
            elif name in _CHARACTERS:
                pieces.append(_CHARACTERS[name])
            elif name == "sym":
                pieces.append(_symbol(attribute(item, "char")))
            elif name == "txbxContent":
                boxes.append(item)
            elif name not in _NOT_TEXT:
                self._add(item, pieces, boxes)

    def _add_run(self, run: Element, pieces: list[str], boxes: list[Element]) -> None:
        properties = child(run, "rPr")
        if _is_on(properties, "vanish") or _is_on(properties, "webHidden"):
            return
        own: list[str] = []
        self._add(run, own, boxes)
        text = "".join(own)
        height = value(child(properties, "vertAlign"))
        if height == "superscript":
            text = raised(text, pieces[-1] if pieces else "")
        elif height == "subscript":
            text = lowered(text)
        pieces.append(text)


def _is_on(properties: Element | None, name: str) -> bool:
    mark = child(properties, name)
    return mark is not None and (value(mark) or "1") not in _OFF


def _symbol(code: str | None) -> str:
    """A symbol's character; those of symbol fonts have no code point in Unicode that is known here."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else "•" if number in _BULLETS else ""


_BULLETS = (0xF0B7, 0xF0A7, 0xF06F, 0xF076)
"""Bullets in the fonts Symbol, Wingdings and Courier."""
