"""HTML from untrusted text: the only way into the page."""

from __future__ import annotations

from html import escape

from tui.text.clean import visible

_VOID = {"br", "input", "meta"}
"""Elements that have no content."""

Html = str
"""Text that is HTML already."""


def words(text: str) -> Html:
    """The text as HTML, fit for a quoted attribute too; what acts or is hidden becomes visible."""
    return escape(visible(text), quote=True)


def lines_in_attribute(lines: list[str]) -> Html:
    """Texts as an attribute's value, a line each."""
    return "&#10;".join(map(words, lines))


def element(name: str, content: Html, /, **attributes: str | None) -> Html:
    """An element around `content`, which is HTML; the attributes are text, and left out where they are None.

    `class_` is `class`, and `_` in a name becomes `-`.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>" if name in _VOID else f"<{name}{given}>{content}</{name}>"


def aside(text: str) -> Html:
    """Text for screen readers only."""
    return element("span", words(text), class_="unseen")


def table(head: list[Html], body: list[Html], *, caption: Html, labelled_by: str, class_: str) -> Html:
    """A table that scrolls sideways if it is too wide. Its body is one or more `tbody`."""
    columns = "".join(element("th", cell, scope="col") for cell in head)
    inside = f"{element('caption', caption)}\n<thead><tr>{columns}</tr></thead>\n{''.join(body)}"
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{words(labelled_by)}">'
        f"{element('table', inside, class_=class_)}</div>\n"
    )


def row(label: Html, cells: list[Html]) -> Html:
    """A row of a table, with its heading."""
    return f"<tr>{element('th', label, scope='row')}{''.join(element('td', cell) for cell in cells)}</tr>\n"


def rows_headed(label: str, columns: int, rows: list[Html]) -> Html:
    """Rows that belong together, under a heading; empty without rows."""
    if not rows:
        return ""
    heading = element("th", words(label), scope="rowgroup", colspan=str(columns))
    return f'<tbody><tr class="group">{heading}</tr>\n{"".join(rows)}</tbody>\n'
