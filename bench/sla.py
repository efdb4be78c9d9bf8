"""Working time: how fast a due time is found, and whether a walk from day to day finds the same one.

python -m bench.sla [pairs]. The walk is the plain way: look at one local day after the other and take what
it holds. Both run on the same pairs, in turns, so that a busy machine disturbs both alike.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from models.rules.hours import working_time
from models.rules.hours.days import spans_on
from models.rules.rulebook import Calendar, HoursMode, Span

PAIRS = 200_000
FREE: tuple[Span, ...] = ()
WEEK = ((Span(540, 750), Span(810, 1080)),) * 5 + (FREE,) * 2
CALENDARS = (
    Calendar("Asia/Singapore", WEEK, country="SG"),
    Calendar("America/New_York", WEEK, country="US"),
    Calendar("Asia/Shanghai", WEEK, country="CN"),
    Calendar("Australia/Lord_Howe", WEEK, country="AU"),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def walk(calendar: Calendar, start: datetime, seconds: int) -> datetime:
    """The first moment at which so much working time has passed, found from day to day."""
    zone = ZoneInfo(calendar.time_zone)
    day = start.astimezone(zone).date()
    while True:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local time, made aware below
        for span in spans_on(calendar, HoursMode.BUSINESS, day):
            opens, closes = (
                (midnight + timedelta(minutes=minute)).replace(tzinfo=zone).astimezone(UTC)
                for minute in (span.start_minute, span.end_minute)
            )
            opens = max(opens, start)
            held = int((closes - opens).total_seconds())
            if held >= seconds:
                return opens + timedelta(seconds=seconds)
            seconds -= max(held, 0)
        day += timedelta(days=1)


def measure(minutes: int, pairs: int) -> None:
    """Find due times that are so many working minutes away, both ways."""
    dice = random.Random(minutes)
    tasks = [(dice.choice(CALENDARS), START + timedelta(seconds=dice.randrange(300 * 86_400))) for _ in range(pairs)]
    fast = slow = 0.0
    differ = 0
    walked = max(pairs * 480 // (10 * max(minutes, 480)), 100)
    for number, (calendar, start) in enumerate(tasks):
        began = perf_counter()
        due = working_time(calendar, HoursMode.BUSINESS).add(start, minutes * 60)
        fast += perf_counter() - began
        if number < walked:
            began = perf_counter()
            differ += walk(calendar, start, minutes * 60) != due
            slow += perf_counter() - began
    each, walk_each = fast / pairs * 1e6, slow / walked * 1e6
    print(
        f"{minutes:>7} min: {each:5.1f} µs a due time, {walk_each:8.1f} µs by a walk"
        f" ({walk_each / each:.0f} times); {differ} of {walked} differ"
    )
    if differ:
        sys.exit(1)


if __name__ == "__main__":
    for each in CALENDARS:  # the first question to a calendar builds its table, and is not what is measured
        working_time(each, HoursMode.BUSINESS).add(START, 1_000_000 * 60)
    for length in (30, 480, 2_880, 28_800, 288_000):
        measure(length, int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS)
