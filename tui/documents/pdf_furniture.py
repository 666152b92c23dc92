"""What repeats at the edges of a PDF's pages: running heads, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tui.documents.pdf_lines import Line

_EDGE = 2
"""Lines at the top and at the bottom of a page that may repeat."""
_LONGEST_NUMBER = 40
_SAME = 4.0
"""Points that the height of a repeated line may differ."""
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|página|pagina|pág\.?|p\.|s\.|стр\.?|strona|sida|side)\s*)?#(?:\s*(?:/|of|von|de|di|sur|из|z|van|av|af)\s*#)?[\W_]*",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that repeat at their edges."""
    if len(pages) < 2:
        return [list(page) for page in pages]
    edges = [list(_edge_lines(page)) for page in pages]
    counts = Counter(key for page in edges for key in {key for _, key, _ in page})
    numbers = _page_numbers(edges)
    # A running head may be on every other page alone.
    least = max(2, len(pages) * 3 // 10)
    kept: list[list[Line]] = []
    for number, page in enumerate(pages):
        repeated = {
            index
            for index, key, _ in edges[number]
            if (number, index) in numbers or (counts[key] >= least and not _is_number(key[0]))
        }
        kept.append([line for index, line in enumerate(page) if index not in repeated])
    return kept


_Key = tuple[str, int]


def _edge_lines(page: Sequence[Line]) -> Iterator[tuple[int, _Key, str]]:
    """The lines at the top and bottom: index, what is compared, and the text."""
    by_height = sorted(range(len(page)), key=lambda index: -page[index].baseline)
    heights = sorted({round(line.baseline / _SAME) for line in page}, reverse=True)
    edge = {*heights[:_EDGE], *heights[-_EDGE:]}
    for index in by_height:
        height = round(page[index].baseline / _SAME)
        if height in edge:
            text = _NUMBER.sub("#", page[index].text.casefold())
            yield index, (text, height), page[index].text


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(text) is not None


def _page_numbers(edges: Sequence[Sequence[tuple[int, _Key, str]]]) -> set[tuple[int, int]]:
    """Page and index of the lines that are numbers, one more on each page."""
    numbers: dict[int, list[tuple[int, int, int]]] = {}
    for page, lines in enumerate(edges):
        for index, (key, height), text in lines:
            if _is_number(key) and (digits := re.search(r"\d{1,6}", text)):
                numbers.setdefault(height, []).append((page, index, int(digits[0]) - page))
    result: set[tuple[int, int]] = set()
    for entries in numbers.values():
        shifts = Counter(shift for _, _, shift in entries)
        result.update((page, index) for page, index, shift in entries if shifts[shift] >= 2)
    return result
