"""Working time against an oracle that looks at the wall clock once a minute and knows nothing else.

Each place is taken around a change of its clocks: New York and London by an hour, Lord Howe by half of
one, Apia by a day, Singapore and Kathmandu never.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.rules.hours import WorkingTime, working_time
from models.rules.rulebook import Calendar, HoursMode, Span

Week = tuple[tuple[Span, ...], ...]

MINUTE = timedelta(minutes=1)
DAYS = 16
PLACES = {
    "Asia/Singapore": datetime(2026, 1, 1, tzinfo=UTC),
    "America/New_York": datetime(2026, 3, 1, tzinfo=UTC),
    "Europe/London": datetime(2026, 10, 18, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 3, 29, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2025, 12, 24, tzinfo=UTC),
    "Pacific/Apia": datetime(2011, 12, 24, tzinfo=UTC),
}
FREE: tuple[Span, ...] = ()
WEEKS: dict[str, Week] = {
    "office": ((Span(540, 1080),),) * 5 + (FREE,) * 2,
    "two shifts and a half Saturday": ((Span(480, 750), Span(810, 1125)),) * 5 + ((Span(540, 780),), FREE),
    "nights": (FREE, *((Span(1320, 1830),),) * 5, FREE),
    "edges inside the changing hour": ((Span(75, 105), Span(110, 145), Span(165, 200)),) * 7,
}
MANY = settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Oracle:
    """Sixteen days of one place, minute by minute: whether it is open, and how many minutes were so far."""

    start: datetime
    is_open: tuple[bool, ...]
    opened: tuple[int, ...]

    def worked(self, minute: int, second: int) -> int:
        """Working seconds from the beginning to a minute and second."""
        return 60 * self.opened[minute] + (second if self.is_open[minute] else 0)


def watched(zone: str, week: Week, start: datetime, days: int = DAYS) -> Oracle:
    """Look at the wall clock once a minute, and at the spans of today and yesterday."""
    place = ZoneInfo(zone)
    seen = []
    for minute in range(days * 1440):
        wall = (start + minute * MINUTE).astimezone(place)
        shown = wall.hour * 60 + wall.minute
        today, yesterday = week[wall.weekday()], week[wall.weekday() - 1]
        seen.append(
            any(span.start_minute <= shown < span.end_minute for span in today)
            or any(span.start_minute <= shown + 1440 < span.end_minute for span in yesterday)
        )
    return Oracle(start, tuple(seen), tuple(accumulate(seen, initial=0)))


@cache
def oracle_of(zone: str, week: str) -> Oracle:
    return watched(zone, WEEKS[week], PLACES[zone])


def hours_of(zone: str, week: str) -> WorkingTime:
    return working_time(Calendar(zone, WEEKS[week]), HoursMode.BUSINESS)


places = st.sampled_from(sorted(PLACES))
weeks = st.sampled_from(sorted(WEEKS))
minutes = st.integers(0, DAYS * 1440 - 1)
seconds = st.integers(0, 59)


@MANY
@given(zone=places, week=weeks, first=minutes, second=seconds, other=minutes, other_second=seconds)
def test_between_two_moments_lie_the_seconds_that_the_oracle_counts(
    zone: str, week: str, first: int, second: int, other: int, other_second: int
) -> None:
    oracle, hours = oracle_of(zone, week), hours_of(zone, week)
    (first, second), (other, other_second) = sorted([(first, second), (other, other_second)])
    start = oracle.start + first * MINUTE + timedelta(seconds=second)
    end = oracle.start + other * MINUTE + timedelta(seconds=other_second)
    counted = oracle.worked(other, other_second) - oracle.worked(first, second)
    assert hours.between(start, end) == counted
    assert hours.is_open(start) is oracle.is_open[first]
    assert sum((b - a).total_seconds() for a, b in hours.spans(start, end)) == counted


@MANY
@given(zone=places, week=weeks, first=minutes, second=seconds, length=st.integers(1, 20 * 3600))
def test_add_finds_the_first_moment_with_so_much_working_time(
    zone: str, week: str, first: int, second: int, length: int
) -> None:
    oracle, hours = oracle_of(zone, week), hours_of(zone, week)
    start = oracle.start + first * MINUTE + timedelta(seconds=second)
    end = hours.add(start, length)
    assert hours.between(start, end) == length
    assert hours.between(start, end - timedelta(seconds=1)) == length - 1
    back = hours.add(end, -length)
    assert hours.between(back, end) == length


@MANY
@given(zone=places, week=weeks, first=minutes)
def test_the_next_change_is_where_the_oracle_sees_one(zone: str, week: str, first: int) -> None:
    oracle, hours = oracle_of(zone, week), hours_of(zone, week)
    start = oracle.start + first * MINUTE
    now = oracle.is_open[first]
    seen = next((at for at in range(first, DAYS * 1440) if oracle.is_open[at] is not now), None)
    change = hours.next_change(start)
    assert change is not None
    if seen is None:
        assert change >= oracle.start + timedelta(days=DAYS)
    else:
        assert change == oracle.start + seen * MINUTE
        assert hours.next_open(start) == (start if now else change)


@st.composite
def days_of_any_spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Up to three spans that rise and do not overlap; the last one may run past midnight."""
    edges = sorted(draw(st.sets(st.integers(0, 2000), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Span(start, end) for start, end in pairs if start < 1440)


@settings(max_examples=150, deadline=None)
@given(zone=places, week=st.tuples(*[days_of_any_spans()] * 7), day=st.integers(0, DAYS - 3))
def test_any_week_of_any_spans_agrees_with_the_oracle(zone: str, week: Week, day: int) -> None:
    assume(any(week))
    start = PLACES[zone] + timedelta(days=day)
    oracle = watched(zone, week, start, days=3)
    hours = WorkingTime(Calendar(zone, week), HoursMode.BUSINESS)
    for minute in range(0, 3 * 1440, 97):
        worked = hours.between(start, start + minute * MINUTE)
        assert worked == oracle.worked(minute, 0), f"minute {minute}"
