"""Speech that is reported without marks: `X a déclaré que ...`, `X said ...`, `X promised to ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.quotations.clause import Frame
from tui.quotations.saying_verbs import SpeechVerbs
from tui.quotations.speakers import speaker_before

_BETWEEN = 4
"""Words that may stand between a verb and its `that`: `told reporters on Tuesday that`."""
_LEAST = 3
"""Words of a reported clause."""
_NEGATIONS = frozenset({"n", "ne", "not", "never", "non", "no", "nicht", "nie", "nunca", "mai", "jamais"})
_END = re.compile(r";\s")
_STOPS = " \t\u00a0\u202f.,;:"
_PAIRS = {"»": "«", "”": "“", ")": "(", "“": "„"}
"""Closing marks that end a clause only where they were opened in it."""


class Reported(NamedTuple):
    """What was said, in code points, and where who said it stands."""

    start: int
    end: int
    speaker: tuple[int, int] | None
    verb: int
    """Where the verb begins."""


def reported(text: str, start: int, end: int, known: SpeechVerbs) -> Iterator[Reported]:
    """The reported clauses of one sentence, at most one: it runs to the end of the sentence."""
    frame = Frame(text, start, end, known)
    found = frame.words
    for at, word in enumerate(found):
        is_participle = word.lower in known.present
        after = at + 1 if is_participle else known.verb_at(found, at)
        if after is None or any(one.lower in _NEGATIONS for one in found[max(0, at - 3) : after]):
            continue
        before = {one.lower for one in found[max(0, at - 3) : at]}
        if before & known.not_reporting or (after < len(found) and found[after].lower in known.not_reporting):
            continue
        speaker = None if is_participle else speaker_before(frame, at, after)
        if speaker is None and not is_participle and found[after - 1].lower in known.weak:
            continue
        has_subject = speaker is not None or bool(before & known.pronouns)
        first = _content_at(frame, after, has_subject=has_subject)
        if first is None or len(found) - first < _LEAST:
            continue
        begin = found[first].start
        stop = _END.search(text, begin, end)
        said = text[begin : stop.start() if stop else end].rstrip(_STOPS)
        if said[-1:] in _PAIRS and _PAIRS[said[-1]] not in said:
            said = said[:-1].rstrip(_STOPS)
        finish = begin + len(said)
        yield Reported(begin, finish, speaker, word.start)
        return


def _content_at(frame: Frame, after: int, *, has_subject: bool) -> int | None:
    """The index of the first word that was said, for a verb that ends before the word `after`."""
    found, known = frame.words, frame.known
    if after >= len(found):
        return None
    for at in range(after, min(after + _BETWEEN, len(found))):
        pause = frame.pause_before(at)
        if pause and not (pause == "," and known.language == "de"):
            break
        if at == after + 1 and not _may_precede_that(frame, after):
            break
        if found[at].lower in known.that:
            is_short = known.language == "en" and _gap_behind(frame, at) in ("'", "’")
            return at + 1 if at + 1 < len(found) and not frame.pause_before(at + 1) and not is_short else None
    word = found[after]
    pause = frame.pause_before(after)
    if not pause and _is_infinitive(frame, after):
        return after
    is_bare_place = pause == ("," if known.language == "de" else "")
    if has_subject and is_bare_place and found[after - 1].lower in known.bare_after:
        return after if word.lower in known.bare or (known.bare and frame.is_name_at(after)) else None
    return None


def _may_precede_that(frame: Frame, after: int) -> bool:
    """Whether what follows a verb is no object that the clause describes: `praised the sources that`."""
    word, known = frame.words[after], frame.known
    if known.language == "de" or frame.words[after - 1].lower in known.addressed:
        return True
    return word.lower in known.prepositions or word.lower in known.clitics or known.is_adverb(word)


def _gap_behind(frame: Frame, at: int) -> str:
    """What stands between a word and the next."""
    return frame.text[frame.words[at].end : frame.words[at + 1].start] if at + 1 < len(frame.words) else ""


def _is_infinitive(frame: Frame, at: int) -> bool:
    """Whether `avoir ...` or `de publier ...` begins at a word."""
    found, known = frame.words, frame.known
    if found[at].lower in known.infinitives:
        return True
    return (
        found[at].lower in known.before_infinitive
        and at + 1 < len(found)
        and found[at + 1].lower.endswith(known.infinitive_ends)
        and not frame.is_name_at(at + 1)
    )
