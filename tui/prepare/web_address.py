"""Web addresses given where a file is expected: Postil fetches nothing."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from tui.prepare.shown_path import shown_name

_ADDRESS = re.compile(r"\s*+(?:(?:view-source:)?[A-Za-z][A-Za-z0-9+.\-]++://|(?i:www)\.)")
"""A scheme of two or more characters (one is a drive of Windows), or a name that browsers take for a host."""


def refusal(name: str) -> str:
    """Why a name is not the path of a file, in one line; empty if it may be one."""
    if _ADDRESS.match(name) is None:
        return ""
    shown = shown_name(name.strip())
    if shown.lower().startswith("file://"):
        return f"{shown} is the URL of a file: give its path{_path_of(name.strip())}"
    return f"{shown}: URLs are not fetched: save the page and add the file"


def _path_of(url: str) -> str:
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    return f", {shown_name(path)}" if path else ""
