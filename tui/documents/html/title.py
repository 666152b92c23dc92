"""The title of an article, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.documents.html.alignment import letters
from tui.documents.html.metadata import Metadata
from tui.documents.html.page import Element, text_of

_SEPARATOR = re.compile(
    r"\s+[|｜¦\-–—·•∙⋅»«›‹:/~>⟩→]+\s+|\s*[|｜¦]\s*|\s*[»›]\s+|\s+[«‹]|[:：]\s+|_+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])_+"
)
_MOST_WORDS_OF_A_SITE = 5
_LONGEST = 1000
"""Code points of a title that is searched for the name of the site."""


def title_of(metadata: Metadata, tree: Element) -> str | None:
    """`og:title`, else `<title>` without the site's name, else the first `h1`."""
    sites = _site_names(metadata)
    headings = [text for heading in tree.iter("h1") if (text := text_of(heading))]
    declared = metadata.named("og:title", "twitter:title", "dc.title")
    if declared and _key(declared) not in sites:
        return _without_known_site(declared, sites)
    page_title = metadata.page_title
    if page_title and len(page_title) <= _LONGEST:
        page_title = _without_site(page_title, sites, {_key(heading) for heading in headings})
    return page_title or declared or (headings[0] if headings else None)


def _site_names(metadata: Metadata) -> set[str]:
    """Keys of what the site may call itself."""
    sites = {
        _key(name) for name in (metadata.named("og:site_name", "application-name"), metadata.host) if name
    }
    if host := metadata.host:
        labels = host.split(".")
        sites.update(
            _key(".".join(labels[start:end]))
            for start in range(len(labels))
            for end in range(start + 1, len(labels) + 1)
        )
    return {site for site in sites if len(site) > 2}


def _key(text: str) -> str:
    return letters(text).casefold()


def _parts(title: str) -> list[tuple[int, int]]:
    """Bounds of what is between the separators."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for separator in _SEPARATOR.finditer(title):
        bounds.append((start, separator.start()))
        start = separator.end()
    bounds.append((start, len(title)))
    return [(start, end) for start, end in bounds if end > start]


def _without_known_site(title: str, sites: set[str]) -> str:
    parts = _parts(title) if len(title) <= _LONGEST else []
    while len(parts) > 1:
        if _key(title[slice(*parts[-1])]) in sites:
            parts.pop()
        elif _key(title[slice(*parts[0])]) in sites:
            parts.pop(0)
        else:
            break
    return title[parts[0][0] : parts[-1][1]] if parts else title


def _without_site(title: str, sites: set[str], headings: set[str]) -> str:
    """The part that is the article's heading, else what is left without the name of the site."""
    parts = _parts(title)
    if heading := _heading_in(title, parts, headings - sites):
        return heading
    known = _without_known_site(title, sites)
    if known != title or len(parts) < 2:
        return known
    before, last = parts[-2], parts[-1]
    separator = title[before[1] : last[0]].strip()
    name, rest = title[slice(*last)], title[parts[0][0] : before[1]]
    is_name = len(name.split()) <= _MOST_WORDS_OF_A_SITE and len(name) < len(rest)
    return rest if separator not in (":", "：", "/") and is_name else title


def _heading_in(title: str, parts: Sequence[tuple[int, int]], headings: set[str]) -> str | None:
    """The longest run of parts that is a heading of the page."""
    most = min(len(parts), 12)
    for count in range(most, 0, -1):
        for first in range(len(parts) - count + 1):
            run = title[parts[first][0] : parts[first + count - 1][1]]
            if _key(run) in headings:
                return run
    return None
