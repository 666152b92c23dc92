"""From text that nobody vouches for to HTML: the only way into the page."""

from __future__ import annotations

from html import escape

from tui.text.clean import visible


def words(text: str) -> str:
    """The text as HTML, fit for a quoted attribute too; what acts or is hidden becomes visible."""
    return escape(visible(text), quote=True)


def element(name: str, content: str, **attributes: str | None) -> str:
    """An element around `content`, which is HTML; the attributes are text, and left out where they are None.

    `class_` is `class`, and `_` in a name stands for `-`.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{content}</{name}>"


def row(cells: list[str], name: str = "td") -> str:
    """A row of a table; the first of its cells, which are HTML, heads it."""
    first, *others = cells
    head = element("th", first, scope="row") if name == "td" else element("th", first, scope="col")
    rest = (element(name, cell, **({"scope": "col"} if name == "th" else {})) for cell in others)
    return f"<tr>{head}{''.join(rest)}</tr>\n"
