"""How long ago something was, in words."""

from __future__ import annotations

from datetime import datetime


def ago(stamp: str, now: datetime) -> str:
    """A stored time as seen from `now` (with its zone): `2 min ago`, `yesterday`, `22 Nov`; at most 11 cells.

    Empty for no time; a time that cannot be read is shown as far as it goes.
    """
    if not stamp:
        return ""
    try:
        then = datetime.fromisoformat(stamp).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return stamp[:10]
    seconds = (now - then).total_seconds()
    days = (now.date() - then.date()).days
    if -60 < seconds < 60:
        return "just now"
    if 0 < seconds < 3600:
        return f"{seconds // 60:.0f} min ago"
    if seconds > 0 and days == 0:
        return f"{seconds // 3600:.0f} h ago"
    if days == 1:
        return "yesterday"
    if 1 < days < 7:
        return f"{days} days ago"
    if then.year == now.year:
        return f"{then.day} {_MONTHS[then.month - 1]}"
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year}"


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
