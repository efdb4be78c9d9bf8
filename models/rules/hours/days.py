"""Which spans a local date has, by the calendar, its country's public holidays, and the mode of hours.

A day off is off, then a day on is on, then the country decides (a holiday, or a weekend that is worked
to make up for one, as in China), then the week. Lunar dates of years to come are estimates: that is
what days off and on are for.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from models.rules.rulebook import Calendar, HoursMode, Span

MINUTES_A_DAY = 1440
WHOLE_DAY: tuple[Span, ...] = (Span(0, MINUTES_A_DAY),)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class PublicDays:
    """One year of a country: its holidays with their substitutes, its weekends, and those it works."""

    holidays: frozenset[date]
    weekends: frozenset[date]
    workdays: frozenset[date]


def country_is_known(country: str) -> bool:
    """Whether the holidays of that country (an ISO code such as "SG") are known."""
    return country in holidays.list_supported_countries()


def region_is_known(country: str, region: str) -> bool:
    """Whether a known country has holidays of that region (such as "NY")."""
    return region in holidays.list_supported_countries().get(country, [])


def dates_of(year: int) -> Iterator[date]:
    """Every date of a year."""
    first = date(year, 1, 1)
    length = date(year, 12, 31).timetuple().tm_yday
    return (first + timedelta(days=offset) for offset in range(length))


@lru_cache(maxsize=512)
def public_days(country: str | None, region: str | None, year: int) -> PublicDays:
    """The public days of a year; without a country only its Saturdays and Sundays."""
    if country is None:
        weekends = frozenset(day for day in dates_of(year) if day.weekday() >= _SATURDAY)
        return PublicDays(frozenset(), weekends, frozenset())
    # Neighbouring years are asked too: a substitute for 1 January may stand in December.
    book = holidays.country_holidays(country, subdiv=region, years=(year - 1, year, year + 1), expand=False)
    return PublicDays(
        holidays=frozenset(day for day in book if day.year == year),
        weekends=frozenset(day for day in dates_of(year) if book.is_weekend(day)),
        workdays=frozenset(day for day in book.weekend_workdays if day.year == year),
    )


@lru_cache(maxsize=512)
def usual_day(week: tuple[tuple[Span, ...], ...]) -> tuple[Span, ...]:
    """The day that most days of the week are like, the earliest of equals; empty where none is worked.

    It is the length of "1d", and the hours of a day on that the week leaves free.
    """
    worked = Counter(spans for spans in week if spans)
    return worked.most_common(1)[0][0] if worked else ()


def spans_on(calendar: Calendar, mode: HoursMode, day: date) -> tuple[Span, ...]:
    """The spans that begin on a local date. Weekdays are whole days, holidays and weekends left out."""
    public = public_days(calendar.country, calendar.region, day.year)
    own, usual = calendar.week[day.weekday()], usual_day(calendar.week)
    if mode is HoursMode.WEEKDAYS:
        own, usual = (() if day in public.weekends else WHOLE_DAY), WHOLE_DAY
    if day in calendar.days_off:
        return ()
    if day in calendar.days_on or day in public.workdays:
        return own or usual
    return () if day in public.holidays else own
