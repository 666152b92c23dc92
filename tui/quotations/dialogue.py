"""Speech after a dash at the start of a line: `— Vous venez ? demanda le commissaire.`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.quotations.clause import Clause
from tui.quotations.saying_verbs import SpeechVerbs
from tui.quotations.speakers import reported_by

_DASH = re.compile(r"[—–―]\s*(?=\S)")
_CUT = re.compile(r"\s[—–―]\s*|[,!?…]\s+")
"""What may come before a verb of saying in such a line."""
_NEXT = re.compile(r"[^—–―]{0,80}[—–―][.,]?\s*(?=\S)")
_DASH_WITHIN = re.compile("[—–―]")
_MOST_CUTS = 40


class Spoken(NamedTuple):
    """The bounds of the spoken words and of their speaker, in code points."""

    start: int
    end: int
    speaker: tuple[int, int] | None


def begins_with_dash(text: str, start: int) -> bool:
    """True if the line begins with a dash, as dialogue does."""
    return _DASH.match(text, start) is not None


def spoken(text: str, start: int, end: int, known: SpeechVerbs) -> Iterator[Spoken]:
    """The speech in a line that begins with a dash; empty if no verb of saying confirms that it is speech."""
    dash = _DASH.match(text, start, end)
    if dash is None:
        return
    for count, cut in enumerate(_CUT.finditer(text, dash.end(), end)):
        if count == _MOST_CUTS:
            return
        attribution = reported_by(Clause(text, cut.end(), min(end, cut.end() + 200), known))
        if attribution is None or attribution.speaker is None:
            continue
        stop = cut.start() + (cut[0][0] in "!?…")
        yield Spoken(dash.end(), stop, attribution.speaker)
        following = _NEXT.match(text, attribution.end, end)
        if following is not None and _DASH_WITHIN.search(cut[0]):
            yield Spoken(following.end(), end, attribution.speaker)
        return
