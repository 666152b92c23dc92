"""Repairing recognised names, using the text around them and the whole document.

A model sees only a few words at a time: it includes an elision in a name, labels the same name as a
person in one sentence and as a place in the next, and misses a name that it found a line before. All of
this can be repaired without a list of names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tui.text import cues
from tui.text.mentions import Mention, Names, plain, without_overlaps
from tui.text.names.document_vote import GENITIVES, elected
from tui.text.names.recogniser import ScoredName

VERSION = "1"

_ELISION = re.compile(r"(?:[dlnsmtcj]|qu|jusqu|lorsqu)'(?=[^\W_a-zà-öø-ÿ])")
_OPENING_ELISION = re.compile(r"(?:[DLNSMTCJ]|Qu|Jusqu|Lorsqu)'(?=[^\W_a-zà-öø-ÿ])")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:«\"“”(]\s?|\n)\Z")
_ELIDED = re.compile(r"'[^\W\d_]{3}")
"""What follows a word whose last letter was elided."""
_ARTICLE = re.compile(r"(?:l'|(?:la|le|les|du|des|un|une|au|aux)\s)(?=\W*\w)")
_COMMON_OPENING = re.compile(r"(?:(?:Les?|La|Une?|PDG|DG)\s|L')(?=[a-zà-öø-ÿ]+\b)")
_CAPITAL_WORD = re.compile(r"(?<![^\W_])[^\W\d_a-zà-öø-ÿ]")
_INITIALS = re.compile(r"(?:^|\W)\w\Z")
_ORDINAL = re.compile(r"[^\W\d_] [IVX]{1,5}\.\Z")
"""Of a ruler, as some languages write it: `Karel IV.`."""
_ABBREVIATED = re.compile(r"(?:^|\W)(?:Inc|Corp|Ltd|Co|Bros|Jr|Sr|[A-Za-z]\.[A-Z])\.\Z")
"""The end of a name that is shortened: `Apple Inc.`, `Eni S.p.A.`, `Washington, D.C.`"""
_LONGEST = 200
"""Code points before a closing mark in which its opening mark is looked for."""
_OPENS = {")": "(", "]": "[", "”": "„“”", "“": "„", "»": "«", '"': '"', "’": "‘"}
"""A closing mark, and what opens it: it belongs to a name that contains both."""
_LOWER_WORD = re.compile(r"(?<!\w)[a-zà-öø-ÿ]{2,}(?!\w)")
_CLUB_LINK = re.compile(r" (?:de |du |d'|de la |de l')")
_PLURAL = re.compile(r"(?:^|\W)(?:les|des|aux) \Z", re.IGNORECASE)

_WEIGHT = {"PER": 2, "ORG": 2, "LOC": 2, "MISC": 1}
"""Votes of the model for a label; it uses MISC if it is unsure."""
_CUE_WEIGHT = 10


def repair(text: str, recognised: Iterable[Mention], language: str) -> list[Mention]:
    """`recognised` with better bounds and labels, plus missed mentions; sorted, without overlaps.

    Takes time linear in the text.
    """
    simple = plain(text)
    bounded = [m for m in (_trimmed(simple, m) for m in recognised) if m is not None]
    if language == "fr":
        bounded = _merge_fc_prefix(simple, bounded)
    mentions = without_overlaps([], bounded)
    return _with_missed(simple, _with_voted_labels(simple, mentions, language))


def repair_scored(text: str, names: Sequence[ScoredName], language: str) -> list[Mention]:
    """Like `repair`, for names with scores: they elect the kind of each name in the document."""
    simple = plain(text)
    trimmed = [
        ScoredName(bounds.start, bounds.end, name.scores)
        for name in names
        if (bounds := _trimmed(simple, Mention(name.start, name.end, ""))) is not None
    ]
    mentions = without_overlaps([], elected(simple, trimmed, language))
    return _with_missed(simple, mentions, "s" if language in GENITIVES else "")


def _trimmed(text: str, mention: Mention) -> Mention | None:
    """The mention reduced to the name itself, or None if no name remains."""
    start, end, label = mention
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not _may_end(text, start, end):
        end -= 1
    lead = _ELISION.match(text, start, end) or _ARTICLE.match(text, start, end)
    if not lead and _SENTENCE_START.search(text, max(0, start - 2), start):
        lead = _OPENING_ELISION.match(text, start, end)
    if lead:
        start = lead.end()
    start = _first_capital(text, start, end)
    name = text[start:end]
    elided = " " not in name and _ELIDED.match(text, end)
    if elided or not any(c.isupper() or c.isdigit() for c in name):
        return None
    return Mention(start, end, label)


def _first_capital(text: str, start: int, end: int) -> int:
    """Start of the name after an opening such as `Le président de` or `PDG d'`."""
    opening = _COMMON_OPENING.match(text, start, end)
    if not opening:
        return start
    capital = _CAPITAL_WORD.search(text, opening.end(), end)
    return capital.start() if capital else end


def _may_end(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last == ".":
        return bool(
            _INITIALS.search(text[max(start, end - 3) : end - 1])
            or _ABBREVIATED.search(text[max(start, end - 6) : end])
            or _ORDINAL.search(text[max(start, end - 8) : end])
        )
    return last.isalnum() or any(
        text.rfind(mark, max(start, end - _LONGEST), end - 1) >= 0 for mark in _OPENS.get(last, "")
    )


def _merge_fc_prefix(text: str, mentions: list[Mention]) -> list[Mention]:
    """Join `les Canucks` and `Vancouver` in `les Canucks de Vancouver` to one organisation."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before
            and mention.label == "LOC"
            and before.end < mention.start
            and _CLUB_LINK.fullmatch(text, before.end, mention.start)
            and " " not in text[before.start : before.end]
            and _PLURAL.search(text, max(0, before.start - 5), before.start)
        ):
            joined[-1] = Mention(before.start, mention.end, "ORG")
        else:
            joined.append(mention)
    return joined


def _with_voted_labels(text: str, mentions: list[Mention], language: str) -> list[Mention]:
    """The mentions with one label per name, by vote of its mentions, the words around them, and full names."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in mentions:
        name = text[start:end]
        votes[name][label] += _WEIGHT[label]
        cue = cues.label_of(text, start, end) if language == "fr" else None
        if cue:
            votes[name][cue] += _CUE_WEIGHT
    elected = {name: cast.most_common(1)[0][0] for name, cast in votes.items()}
    persons = Counter(
        surname
        for start, end, _ in mentions
        if elected[text[start:end]] == "PER" and (surname := surname_of(text[start:end]))
    )
    for surname, bearers in persons.items():
        if surname in votes:
            # If the text has a person's full name, a MISC vote does not count against the surname.
            cast = votes[surname]
            cast["PER"] += _WEIGHT["PER"] * bearers + cast.pop("MISC", 0)
            elected[surname] = cast.most_common(1)[0][0]
    return [Mention(m.start, m.end, elected[text[m.start : m.end]]) for m in mentions]


def surname_of(name: str) -> str | None:
    """The last word of a person's name of two to four words."""
    words = name.split()
    last = words[-1] if words else ""
    return last if 2 <= len(words) <= 4 and len(last) > 2 and last[0].isupper() else None


def _with_missed(text: str, mentions: list[Mention], genitive: str = "") -> list[Mention]:
    """The mentions, plus every other occurrence of exactly these names, also with the ending of the genitive."""
    ordinary = set(_LOWER_WORD.findall(text))
    labels: dict[str, str] = {}
    for start, end, label in mentions:
        name = text[start:end]
        if _is_unambiguous(name, ordinary):
            labels[name] = label
        surname = surname_of(name) if label == "PER" else None
        if surname and _is_unambiguous(surname, ordinary):
            labels.setdefault(surname, "PER")
    if genitive:
        for name, label in list(labels.items()):
            if _is_unambiguous(name + genitive, ordinary):
                labels.setdefault(name + genitive, label)
    again = (Mention(start, end, labels[text[start:end]]) for start, end in Names(labels).find(text))
    return without_overlaps(mentions, again)


def _is_unambiguous(name: str, ordinary: set[str]) -> bool:
    """True if the word can only be this name, and is not also an ordinary word."""
    return len(name) > 2 and name[0].isupper() and name.lower() not in ordinary
