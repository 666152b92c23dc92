"""Simplifying an HTML page by removing what would make parsing it take quadratic time.

Ordinary newspaper pages are not affected. Removed are only attributes of one element beyond
`MOST_ATTRIBUTES`, and JSON-LD data that is large and invalid or extremely nested. Takes time linear in the page.
"""

from __future__ import annotations

import json
import re

MOST_ATTRIBUTES = 200
"""Per element; libxml2 compares each attribute with all before it."""
_LARGEST_WRONG_DATA = 16_384
"""Code points of invalid JSON-LD, which the extractor would search with patterns."""
_DEEPEST_DATA = 100

_LARGE = 20_000
"""Number of tags from which a page is read without the most expensive steps."""
_MOST_INLINE = 10_000
"""Maximum number of inline tags: collecting a paragraph's text takes time quadratic in them."""
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|dfn|em|font|i|ins|kbd|mark|samp|small|span|strong|sub|sup|time|tt|u|var)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)

_OPENING = re.compile(r"<(?:(!--)|([a-zA-Z][^\s/>]*))")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*+=\s*+(?:(["'])|[^\s>]*))?""")
_RAW = {"script": re.compile(r"</script", re.IGNORECASE), "style": re.compile(r"</style", re.IGNORECASE)}
"""Elements whose content is not markup, and what ends them."""
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


def is_large(page: str) -> bool:
    """True if the page has so many tags that the extractor's fallback methods are skipped."""
    return page.count("<") > _LARGE


def simplified(page: str) -> str:
    """The page, without the parts that are too expensive to parse."""
    page = _Page(page).simplified()
    if is_large(page) and sum(1 for _ in _INLINE.finditer(page)) > _MOST_INLINE:
        return _INLINE.sub(_in_plain_text, page)
    return page


def _in_plain_text(tag: re.Match[str]) -> str:
    """What is left of an inline tag: 10<sup>6</sup> must not become 106."""
    name = tag[0][1:4].lower()
    return "^" if name == "sup" else "_" if name == "sub" else ""


class _Page:
    def __init__(self, page: str) -> None:
        self._page = page
        self._last = {mark: page.rfind(mark) for mark in "\"'"}
        """Last position of each quotation mark: a later attribute value is never closed."""
        self._cuts: list[tuple[int, int]] = []

    def simplified(self) -> str:
        page, offset = self._page, 0
        while (opening := _OPENING.search(page, offset)) is not None:
            if opening[1]:
                end = page.find("-->", opening.end())
                offset = end + 3 if end >= 0 else len(page)
                continue
            offset = self._end_of_tag(opening.end())
            raw = _RAW.get(opening[2].lower())
            if raw is not None:
                closing = raw.search(page, offset)
                end = closing.start() if closing else len(page)
                if "ld+json" in page[opening.end() : offset] and _is_too_much(page[offset:end]):
                    self._cuts.append((offset, end))
                offset = end
        return self._without_cuts()

    def _end_of_tag(self, offset: int) -> int:
        """End of the tag whose name ends at `offset`; attributes beyond the limit are cut."""
        page, count, cut = self._page, 0, None
        while (attribute := _ATTRIBUTE.match(page, offset)) is not None:
            offset = attribute.end()
            quote = attribute[1]
            if quote is not None:
                offset = len(page) if offset > self._last[quote] else page.find(quote, offset) + 1
            count += 1
            if count == MOST_ATTRIBUTES:
                cut = offset
        if cut is not None and cut < offset:
            self._cuts.append((cut, offset))
        return min(len(page), page.find(">", offset) + 1 or len(page))

    def _without_cuts(self) -> str:
        pieces: list[str] = []
        done = 0
        for start, end in self._cuts:
            pieces.append(self._page[done:start])
            done = end
        return "".join((*pieces, self._page[done:])) if pieces else self._page


def _is_too_much(data: str) -> bool:
    """True if JSON-LD is nested too deeply, or is large and not valid JSON."""
    depth = 0
    for bracket in _BRACKETS.finditer(data):
        mark = bracket[0]
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
