"""One kind for each name of a document: the scores of all its mentions together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tui.text.mentions import Mention
from tui.text.names import labels
from tui.text.names.recogniser import ScoredName

_PERSON = labels.KINDS.index("PER")


def elected(text: str, names: Sequence[ScoredName], language: str = "") -> list[Mention]:
    """The names with their kinds. A genitive such as `Merkels` counts with the name.

    Adding scores instead of counting labels lets one certain mention outweigh several doubtful ones. The scores of a
    person's full names count for the surname alone, too, if most names that end with it are of persons.
    """
    written = {text[start:end] for start, end, _ in names}
    base = {name: _without_genitive(name, written, language) for name in written}
    sums: dict[str, list[int]] = {}
    for start, end, scores in names:
        _add(sums, base[text[start:end]], scores)
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for name in sums:
        words = name.split()
        if 2 <= len(words) <= 4 and words[-1] in sums and name[0].isupper():
            bearers[words[-1]].append(name)
    for surname, full_names in bearers.items():
        persons = [name for name in full_names if _best(sums[name]) == _PERSON]
        if 2 * len(persons) > len(full_names):
            for name in persons:
                _add(sums, surname, _raised(sums[name]))
    return [Mention(start, end, labels.KINDS[_best(sums[base[text[start:end]]])]) for start, end, _ in names]


GENITIVES = frozenset({"de", "lb", "sv", "da", "nb", "nn", "no", "nl"})
"""Languages in which a name gets an `s` in the genitive."""


def _without_genitive(name: str, written: set[str], language: str) -> str:
    return name[:-1] if language in GENITIVES and name.endswith("s") and name[:-1] in written else name


def _add(sums: dict[str, list[int]], name: str, scores: Sequence[int]) -> None:
    known = sums.get(name)
    sums[name] = list(scores) if known is None else list(map(int.__add__, known, scores))


_FULL_NAME = 40
"""What each different full name of a person counts for the surname, in stored weights."""


def _raised(scores: Sequence[int]) -> list[int]:
    return [score + (_FULL_NAME if kind == _PERSON else 0) for kind, score in enumerate(scores)]


def _best(scores: Sequence[int]) -> int:
    return max(range(len(labels.KINDS)), key=scores.__getitem__)
