"""What found the names of an article, in words for the reader."""

from __future__ import annotations

from tui.text.clean import visible

_NAMES = {
    "fr_core_news_sm": "spaCy French",
    "names": "Postil's own recogniser",
    "shapes": "their shapes (names without kinds)",
    "lists": "lists of names and places",
    "capitalisation": "capital letters",
}


def recogniser_name(prepared_by: str) -> str:
    """Such as `spaCy French` for `fr_core_news_sm 3.8.0 + repair 1`; what it does not know stays as it is."""
    recogniser = prepared_by.partition(" + ")[0]
    return _NAMES.get(recogniser.partition(" ")[0], visible(recogniser))
