"""How long ago, in words, whatever the time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.painting.relative_time import ago

PARIS = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("2026-11-22T08:30:00.000Z", "just now"),
        ("2026-11-22T08:30:30.000Z", "just now"),
        ("2026-11-22T08:28:00.000Z", "2 min ago"),
        ("2026-11-22T07:31:00.000Z", "59 min ago"),
        ("2026-11-22T06:30:00.000Z", "2 h ago"),
        ("2026-11-21T23:00:00.000Z", "9 h ago"),
        ("2026-11-21T22:59:00.000Z", "yesterday"),
        ("2026-11-20T12:00:00.000Z", "2 days ago"),
        ("2026-11-16T12:00:00.000Z", "6 days ago"),
        ("2026-11-15T12:00:00.000Z", "15 Nov"),
        ("2025-12-31T23:30:00.000Z", "1 Jan"),
        ("2025-03-05T12:00:00.000Z", "5 Mar 2025"),
        ("2027-03-05T12:00:00.000Z", "5 Mar 2027"),
        ("", ""),
        ("no time at all", "no time at"),
    ],
)
def test_as_one_would_say_it(stamp: str, said: str) -> None:
    assert ago(stamp, NOW) == said


def test_shortly_after_midnight_minutes_count_more_than_days() -> None:
    midnight = datetime(2026, 11, 22, 0, 5, tzinfo=PARIS)
    assert ago("2026-11-21T22:50:00.000Z", midnight) == "15 min ago"


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(PARIS)),
)
def test_it_fits_its_column(then: datetime, now: datetime) -> None:
    stamp = then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert 0 < len(ago(stamp, now)) <= 11
