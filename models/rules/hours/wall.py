"""From what a wall clock shows to moments: a year of local spans as seconds since 1970, UTC.

A zone is cut into stretches of one offset each. In a stretch local time and UTC differ by a constant,
so a span is simply shifted; what of it falls outside the stretch did not happen in it. zoneinfo does not
list its changes of clocks, so they are searched for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.hours.days import dates_of, spans_on
from models.rules.rulebook import Calendar, HoursMode

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = EPOCH.date().toordinal()
_DAY = 86_400
_MARGIN_DAYS = 3  # a local day reaches into UTC's by less than one, a span past midnight by one more

Stretches = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Offset:
    """A stretch of UTC seconds in which local time is UTC plus `seconds`."""

    start: int
    end: int
    seconds: int


def year_start(year: int) -> int:
    """UTC seconds at which a year begins in UTC."""
    return (date(year, 1, 1).toordinal() - _EPOCH_DAY) * _DAY


def spans_of_year(calendar: Calendar, mode: HoursMode, year: int) -> Stretches:
    """The working stretches inside one UTC year, rising, merged where they touch or overlap."""
    local = sorted(_local_spans(calendar, mode, year))
    found: Stretches = []
    for offset in _offsets(ZoneInfo(calendar.time_zone), year_start(year), year_start(year + 1)):
        shifted = ((start - offset.seconds, end - offset.seconds) for start, end in local)
        found += [
            (max(start, offset.start), min(end, offset.end))
            for start, end in shifted
            if start < offset.end and end > offset.start
        ]
    return merged(found)


def merged(stretches: Iterable[tuple[int, int]]) -> Stretches:
    """Rising stretches, joined where they touch or overlap."""
    joined: Stretches = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _local_spans(calendar: Calendar, mode: HoursMode, year: int) -> Iterator[tuple[int, int]]:
    """The spans of a year and of some days around it, in seconds of local time since 1970."""
    around = [timedelta(days=days) for days in range(1, _MARGIN_DAYS + 1)]
    before = [date(year, 1, 1) - days for days in around]
    after = [date(year, 12, 31) + days for days in around]
    for day in (*before, *dates_of(year), *after):
        midnight = (day.toordinal() - _EPOCH_DAY) * _DAY
        for span in spans_on(calendar, mode, day):
            yield midnight + span.start_minute * 60, midnight + span.end_minute * 60


def _offsets(zone: ZoneInfo, start: int, end: int) -> Iterator[Offset]:
    """The stretches of one offset between two moments. No zone changes its clocks twice within a day."""
    since, current = start, _offset_at(zone, start)
    for day_end in range(start + _DAY, end + 1, _DAY):
        if _offset_at(zone, day_end) != current:
            change = _first_change(zone, day_end - _DAY, day_end)
            yield Offset(since, change, current)
            since, current = change, _offset_at(zone, change)
    yield Offset(since, end, current)


def _first_change(zone: ZoneInfo, same: int, changed: int) -> int:
    """The second at which the offset becomes another, between one before it and one after."""
    old = _offset_at(zone, same)
    while changed - same > 1:
        middle = (same + changed) // 2
        if _offset_at(zone, middle) == old:
            same = middle
        else:
            changed = middle
    return changed


def _offset_at(zone: ZoneInfo, at: int) -> int:
    offset = (EPOCH + timedelta(seconds=at)).astimezone(zone).utcoffset()
    return offset // timedelta(seconds=1) if offset is not None else 0
