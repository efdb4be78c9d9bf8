"""WorkingTime: the working time of one calendar in one mode of hours, as clocks and people ask for it.

Times go in and come out as aware UTC datetimes and are read in whole seconds, so that adjacent
stretches add up exactly. The table behind it is built for the years that are asked for, and grows.
"""

from datetime import datetime, timedelta
from functools import lru_cache

from models.rules.hours.days import MINUTES_A_DAY, usual_day
from models.rules.hours.table import Table
from models.rules.hours.wall import EPOCH, spans_of_year, year_start
from models.rules.rulebook import Calendar, Duration, HoursMode

_SECOND = timedelta(seconds=1)
_FIRST_YEAR, _LAST_YEAR = 2, 9998  # a year's neighbours are looked at too
_YEARS_WITHOUT_CHANGE = 2  # a calendar that has not changed for so long is taken to be always open


class NoWorkingTime(ValueError):
    """The calendar's week holds no hours at all, so no clock could ever run out."""


class WorkingTime:
    """The working time of one calendar in one mode. Get one from `working_time`; threads may share it.

    Raises NoWorkingTime where the calendar's week is empty and the mode needs it, OverflowError where a
    question leads past the year 9998.
    """

    def __init__(self, calendar: Calendar, mode: HoursMode) -> None:
        self.calendar = calendar
        self.mode = mode
        usual = usual_day(calendar.week)
        if mode is HoursMode.BUSINESS and not usual:
            raise NoWorkingTime(calendar.time_zone)
        minutes = sum(span.end_minute - span.start_minute for span in usual)
        self._day_seconds = 60 * (minutes if mode is HoursMode.BUSINESS else MINUTES_A_DAY)
        always = [(year_start(_FIRST_YEAR), year_start(_LAST_YEAR + 1))]
        self._table: Table | None = Table.of(range(0), always) if mode is HoursMode.ALWAYS else None

    @property
    def day_seconds(self) -> int:
        """The length of "1d": the day that most of the week's days are like; 24 hours unless business."""
        return self._day_seconds

    def add(self, start: datetime, seconds: int) -> datetime:
        """The first moment at which that much working time has passed since `start`.

        Zero gives `start` itself; a negative number goes back.
        """
        if seconds == 0:
            return start
        at = _seconds(start)
        table = self._table_at(at)
        while (found := table.moment_of(table.worked_before(at) + seconds)) is None:
            table = self._longer(table, forward=seconds > 0)
        return _moment(found)

    def between(self, start: datetime, end: datetime) -> int:
        """Working seconds from `start` to `end`; 0 where the end is not later."""
        first, last = _seconds(start), _seconds(end)
        if last <= first:
            return 0
        table = self._table_at(first, last)
        return table.worked_before(last) - table.worked_before(first)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` is working time. A stretch holds its first moment and not its last."""
        moment = _seconds(at)
        return self._table_at(moment).at(moment) is not None

    def next_open(self, at: datetime) -> datetime:
        """`at` itself if it is working time, else the next moment that is."""
        moment = _seconds(at)
        table = self._table_at(moment)
        if table.at(moment):
            return at
        while (found := table.after(moment)) is None:
            table = self._longer(table, forward=True)
        return _moment(found)

    def next_change(self, at: datetime) -> datetime | None:
        """When work next begins or ends after `at`; None where nothing changes for two years."""
        moment = _seconds(at)
        table = self._table_at(moment)
        stretch = table.at(moment)
        if stretch is None:
            return self.next_open(at)
        while stretch[1] == table.covered_to:  # it may go on in a year that the table does not know
            if not table.years or table.years.stop > at.year + _YEARS_WITHOUT_CHANGE:
                return None
            table = self._longer(table, forward=True)
            stretch = table.at(moment) or stretch
        return _moment(stretch[1])

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The working stretches between two moments, cut off at both."""
        first, last = _seconds(start), _seconds(end)
        if last <= first:
            return []
        stretches = self._table_at(first, last).within(first, last)
        return [(_moment(opens), _moment(closes)) for opens, closes in stretches]

    def _table_at(self, first: int, last: int | None = None) -> Table:
        """A table that covers a moment, or two of them with all between."""
        last = first if last is None else last
        table = self._table
        if table is None or not (table.covers(first) and table.covers(last)):
            years = range(_moment(first).year, _moment(last).year + 1)
            if table is not None:
                years = range(min(years.start, table.years.start), max(years.stop, table.years.stop))
            table = self._build(years, table)
        return table

    def _longer(self, table: Table, *, forward: bool) -> Table:
        """A table twice as long as `table`, into the future or the past."""
        years, length = table.years, len(table.years)
        if forward:
            wanted = range(years.start, min(years.stop + length, _LAST_YEAR + 1))
        else:
            wanted = range(max(years.start - length, _FIRST_YEAR), years.stop)
        if wanted == years or not years:
            raise OverflowError("no working time is kept so far from now")
        return self._build(wanted, table)

    def _build(self, years: range, known: Table | None) -> Table:
        """The table of these years, which hold those known. Two threads may both build one: no harm."""
        if years.start < _FIRST_YEAR or years.stop > _LAST_YEAR + 1:
            raise OverflowError("no working time is kept so far from now")
        old = known.years if known else range(years.start, years.start)
        stretches = known.stretches if known else []
        for year in range(old.start - 1, years.start - 1, -1):
            stretches = spans_of_year(self.calendar, self.mode, year) + stretches
        for year in range(old.stop, years.stop):
            stretches = stretches + spans_of_year(self.calendar, self.mode, year)
        self._table = table = Table.of(years, stretches)
        return table


@lru_cache(maxsize=1024)
def working_time(calendar: Calendar, mode: HoursMode) -> WorkingTime:
    """The working time of a calendar, one object for equal calendars.

    Raises NoWorkingTime where the calendar's week is empty and the mode is business.
    """
    return WorkingTime(calendar, mode)


def seconds_of(duration: Duration, hours: WorkingTime) -> int:
    """A configured length in working seconds, a day being one working day."""
    return duration.seconds + duration.days * hours.day_seconds


def _seconds(at: datetime) -> int:
    return (at - EPOCH) // _SECOND


def _moment(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)
