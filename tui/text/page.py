"""A page of HTML without what makes its readers take time that grows with the square.

Nothing that a page of a newspaper has is taken away: only attributes beyond `MOST_ATTRIBUTES` of one element,
and data for machines (JSON-LD) that is large and wrong, or nested as nothing is. The time is linear in the page.
"""

from __future__ import annotations

import json
import re

MOST_ATTRIBUTES = 200
"""Of one element; libxml2 compares each with all before it."""
_LARGEST_WRONG_DATA = 16_384
"""Code points of JSON-LD that is no JSON, which the extractor searches by patterns."""
_DEEPEST_DATA = 100

_LARGE = 20_000
"""Tags of a page from which on it is read without what costs most."""
_MOST_INLINE = 10_000
"""Tags inside paragraphs, of which a paragraph's text is gathered in time that grows with the square."""
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|dfn|em|font|i|ins|kbd|mark|samp|small|span|strong|sub|sup|time|tt|u|var)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)

_OPENING = re.compile(r"<(?:(!--)|([a-zA-Z][^\s/>]*))")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*+=\s*+(?:(["'])|[^\s>]*))?""")
_RAW = {"script": re.compile(r"</script", re.IGNORECASE), "style": re.compile(r"</style", re.IGNORECASE)}
"""Elements in which no tag begins, and what ends them."""
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


def is_large(page: str) -> bool:
    """True if it has so many tags that only its own structure is read, without a second opinion."""
    return page.count("<") > _LARGE


def simplified(page: str) -> str:
    """The page as it is, or without what is too much in it."""
    page = _Page(page).simplified()
    if is_large(page) and sum(1 for _ in _INLINE.finditer(page)) > _MOST_INLINE:
        return _INLINE.sub("", page)
    return page


class _Page:
    def __init__(self, page: str) -> None:
        self._page = page
        self._last = {mark: page.rfind(mark) for mark in "\"'"}
        """Where each quotation mark is for the last time: none after it is ever closed."""
        self._cuts: list[tuple[int, int]] = []

    def simplified(self) -> str:
        page, place = self._page, 0
        while (opening := _OPENING.search(page, place)) is not None:
            if opening[1]:
                end = page.find("-->", opening.end())
                place = end + 3 if end >= 0 else len(page)
                continue
            place = self._end_of_tag(opening.end())
            raw = _RAW.get(opening[2].lower())
            if raw is not None:
                closing = raw.search(page, place)
                end = closing.start() if closing else len(page)
                if "ld+json" in page[opening.end() : place] and _is_too_much(page[place:end]):
                    self._cuts.append((place, end))
                place = end
        return self._without_cuts()

    def _end_of_tag(self, place: int) -> int:
        """Where the tag ends whose name ends at `place`; what has too many attributes is cut."""
        page, count, cut = self._page, 0, None
        while (attribute := _ATTRIBUTE.match(page, place)) is not None:
            place = attribute.end()
            quote = attribute[1]
            if quote is not None:
                place = len(page) if place > self._last[quote] else page.find(quote, place) + 1
            count += 1
            if count == MOST_ATTRIBUTES:
                cut = place
        if cut is not None and cut < place:
            self._cuts.append((cut, place))
        return min(len(page), page.find(">", place) + 1 or len(page))

    def _without_cuts(self) -> str:
        pieces: list[str] = []
        place = 0
        for start, end in self._cuts:
            pieces.append(self._page[place:start])
            place = end
        return "".join((*pieces, self._page[place:])) if pieces else self._page


def _is_too_much(data: str) -> bool:
    """True if JSON-LD is nested too deeply, or is large and not JSON."""
    depth = 0
    for found in _BRACKETS.finditer(data):
        mark = found[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > _DEEPEST_DATA:
            return True
    if len(data) <= _LARGEST_WRONG_DATA:
        return False
    try:
        json.loads(data)
    except ValueError:
        return True
    return False
