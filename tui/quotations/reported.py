"""Finding reported speech without marks: `X a déclaré que ...`, `X said ...`, `X promised to ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.quotations.clause import Clause
from tui.quotations.saying_verbs import SpeechVerbs
from tui.quotations.speakers import speaker_before

_BETWEEN = 4
"""Maximum number of words between a verb and its `that`: `told reporters on Tuesday that`."""
_LEAST = 3
"""Minimum number of words in a reported clause."""
_NEGATIONS = frozenset({"n", "ne", "not", "never", "non", "no", "nicht", "nie", "nunca", "mai", "jamais"})
_END = re.compile(r";\s")
_STOPS = " \t\u00a0\u202f.,;:"
_PAIRS = {"»": "«", "”": "“", ")": "(", "“": "„"}
"""Closing marks, removed from the end of a clause unless they were opened in it."""


class Reported(NamedTuple):
    """The bounds of a reported clause and of its speaker, in code points."""

    start: int
    end: int
    speaker: tuple[int, int] | None
    verb: int
    """Start of the verb."""


def reported(text: str, start: int, end: int, known: SpeechVerbs) -> Iterator[Reported]:
    """The reported clause of one sentence, if any; it extends to the end of the sentence."""
    clause = Clause(text, start, end, known)
    words = clause.words
    for at, word in enumerate(words):
        is_participle = word.lower in known.present
        after = at + 1 if is_participle else known.verb_at(words, at)
        if after is None or any(other.lower in _NEGATIONS for other in words[max(0, at - 3) : after]):
            continue
        before = {other.lower for other in words[max(0, at - 3) : at]}
        if before & known.not_reporting or (after < len(words) and words[after].lower in known.not_reporting):
            continue
        speaker = None if is_participle else speaker_before(clause, at, after)
        if speaker is None and not is_participle and words[after - 1].lower in known.weak:
            continue
        has_subject = speaker is not None or bool(before & known.pronouns)
        first = _content_at(clause, after, has_subject=has_subject)
        if first is None or len(words) - first < _LEAST:
            continue
        begin = words[first].start
        stop = _END.search(text, begin, end)
        content = text[begin : stop.start() if stop else end].rstrip(_STOPS)
        if content[-1:] in _PAIRS and _PAIRS[content[-1]] not in content:
            content = content[:-1].rstrip(_STOPS)
        finish = begin + len(content)
        yield Reported(begin, finish, speaker, word.start)
        return


def _content_at(clause: Clause, after: int, *, has_subject: bool) -> int | None:
    """The index of the first word of the reported clause, for a verb that ends before the word `after`; or None."""
    words, known = clause.words, clause.known
    if after >= len(words):
        return None
    for at in range(after, min(after + _BETWEEN, len(words))):
        pause = clause.pause_before(at)
        if pause and not (pause == "," and known.language == "de"):
            break
        if at == after + 1 and not _may_precede_that(clause, after):
            break
        if words[at].lower in known.that:
            is_short = known.language == "en" and _gap_after(clause, at) in ("'", "’")
            return (
                at + 1 if at + 1 < len(words) and not clause.pause_before(at + 1) and not is_short else None
            )
    word = words[after]
    pause = clause.pause_before(after)
    if not pause and _is_infinitive(clause, after):
        return after
    is_bare_place = pause == ("," if known.language == "de" else "")
    if has_subject and is_bare_place and words[after - 1].lower in known.bare_after:
        return after if word.lower in known.bare or (known.bare and clause.is_name_at(after)) else None
    return None


def _may_precede_that(clause: Clause, after: int) -> bool:
    """False if an object of the verb follows, which the clause describes: `praised the sources that`."""
    word, known = clause.words[after], clause.known
    if known.language == "de" or clause.words[after - 1].lower in known.addressed:
        return True
    return word.lower in known.prepositions or word.lower in known.clitics or known.is_adverb(word)


def _gap_after(clause: Clause, at: int) -> str:
    """The text between a word and the next."""
    return (
        clause.text[clause.words[at].end : clause.words[at + 1].start] if at + 1 < len(clause.words) else ""
    )


def _is_infinitive(clause: Clause, at: int) -> bool:
    """True if an infinitive such as `avoir ...` or `de publier ...` begins at a word."""
    words, known = clause.words, clause.known
    if words[at].lower in known.infinitives:
        return True
    return (
        words[at].lower in known.before_infinitive
        and at + 1 < len(words)
        and words[at + 1].lower.endswith(known.infinitive_ends)
        and not clause.is_name_at(at + 1)
    )
