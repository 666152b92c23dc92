"""Speech behind a dash at the beginning of a line: `— Vous venez ? demanda le commissaire.`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.quotations.clause import Frame
from tui.quotations.saying_verbs import SpeechVerbs
from tui.quotations.speakers import reported_by

_DASH = re.compile(r"[—–―]\s*(?=\S)")
_CUT = re.compile(r"\s[—–―]\s*|[,!?…]\s+")
"""Where a verb of saying may begin in such a line."""
_NEXT = re.compile(r"[^—–―]{0,80}[—–―][.,]?\s*(?=\S)")
_DASH_WITHIN = re.compile("[—–―]")
_MOST_CUTS = 40


class Spoken(NamedTuple):
    """What was said, in code points, and where who said it stands."""

    start: int
    end: int
    speaker: tuple[int, int] | None


def begins_with_dash(text: str, start: int) -> bool:
    """Whether a line begins as speech may."""
    return _DASH.match(text, start) is not None


def spoken(text: str, start: int, end: int, known: SpeechVerbs) -> Iterator[Spoken]:
    """What is said in a line that begins with a dash; nothing where no verb of saying tells that it is speech."""
    dash = _DASH.match(text, start, end)
    if dash is None:
        return
    for count, cut in enumerate(_CUT.finditer(text, dash.end(), end)):
        if count == _MOST_CUTS:
            return
        told = reported_by(Frame(text, cut.end(), min(end, cut.end() + 200), known))
        if told is None or told.speaker is None:
            continue
        stop = cut.start() + (cut[0][0] in "!?…")
        yield Spoken(dash.end(), stop, told.speaker)
        following = _NEXT.match(text, told.end, end)
        if following is not None and _DASH_WITHIN.search(cut[0]):
            yield Spoken(following.end(), end, told.speaker)
        return
