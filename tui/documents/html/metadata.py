"""What a page states about itself: its title, address and language."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from tui.documents.document import language_code
from tui.documents.html.page import Element, text_of


class Metadata:
    """The head of a page."""

    def __init__(self, tree: Element) -> None:
        self._tree = tree
        self._properties: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for meta in tree.iter("meta"):
            content = _plain(meta.get("content"))
            for attribute, values in (("property", self._properties), ("name", self._names)):
                for key in (meta.get(attribute) or "").lower().split():
                    if content:
                        values.setdefault(key, content)
            if (equivalent := meta.get("http-equiv")) and content:
                self._names.setdefault(equivalent.lower(), content)

    def named(self, *keys: str) -> str | None:
        """The first of these properties that the page has."""
        for key in keys:
            if value := self._properties.get(key) or self._names.get(key):
                return value
        return None

    @property
    def page_title(self) -> str | None:
        """The text of `<title>`, but not that of a picture's."""
        for element in self._tree.iter("title"):
            parent = element.getparent()
            if parent is None or parent.tag in ("head", "html", "body"):
                return _plain(text_of(element)) or None
        return None

    @property
    def address(self) -> str | None:
        for link in self._tree.iter("link"):
            if (link.get("rel") or "").lower() == "canonical" and (url := _web_address(link.get("href"))):
                return url
        return _web_address(self.named("og:url"))

    @property
    def host(self) -> str | None:
        """The host of the page without `www.`."""
        address = self.address
        for base in self._tree.iter("base"):
            address = address or _web_address(base.get("href"))
        return urlsplit(address).netloc.removeprefix("www.").lower() or None if address else None

    @property
    def language(self) -> str | None:
        """ISO 639 code."""
        element: Element | None = self._tree
        while element is not None:
            code, _ = language_code(element.get("lang") or element.get("xml:lang"))
            if code:
                return code
            element = _main_child(element)
        named = self.named("content-language", "og:locale", "dc.language", "language") or ""
        return language_code(named.split(",")[0])[0]


def _main_child(element: Element) -> Element | None:
    """The child that makes up the page, such as the `<div>` that holds all of a fragment."""
    children = [child for child in element if child.tag not in ("head", "script", "style", "link", "meta")]
    return children[0] if len(children) == 1 else None


def _web_address(url: str | None) -> str | None:
    url = (url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and len(url) < 2000 else None


_REFERENCE = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")


def _plain(text: str | None) -> str:
    """The text on one line; many pages escape their titles twice."""
    text = text or ""
    if _REFERENCE.search(text):
        text = html.unescape(text)
    return _BLANKS.sub(" ", text).strip()


_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
