"""Reads the calendars: zone, hours a weekday, the country's holidays, days off and on."""

from itertools import pairwise
from zoneinfo import available_timezones

from bot.config import words
from bot.config.reading import Spot, Table, Wrong, unknown
from models.rules.hours import country_is_known, region_is_known
from models.rules.rulebook import Calendar, Span

Week = tuple[tuple[Span, ...], ...]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("time_zone", "hours", "country", "region", "days_off", "days_on")
_MIDNIGHT = 1440
_NO_SPAN = Span(0, 0)
_NO_DAYS: tuple[int, ...] = ()
STAND_IN = Calendar("UTC", ((),) * 7)


def read_calendar(spot: Spot) -> Calendar:
    """One calendar; `hours` maps days ("mon", "mon-fri") to hours ("09:00-18:00", or a list of them)."""
    table = spot.table(*KEYS)
    country, region = _holidays_of(table)
    hours = table.needed("hours")
    days_off, days_on = (frozenset(table.each(key, words.day)) for key in ("days_off", "days_on"))
    for both in sorted(days_off & days_on):
        spot.say(f"{both} is a day off and a day on")
    return Calendar(
        time_zone=table.required("time_zone", _time_zone, "UTC"),
        week=_read_week(hours) if hours else STAND_IN.week,
        country=country,
        region=region,
        days_off=days_off,
        days_on=days_on,
    )


def _holidays_of(table: Table) -> tuple[str | None, str | None]:
    """Country and region whose public holidays are free."""
    country = table.optional("country", _country, None)
    region_spot = table.get("region")
    if region_spot is None:
        return country, None
    region = region_spot.read(words.text, "")
    if "country" not in table.entries:
        region_spot.say("needs a country beside it")
    elif country and region and not region_is_known(country, region):
        region_spot.say(f'{country} has no region "{region}" with holidays of its own')
    return country, region


def _country(value: object) -> str | None:
    code = words.text(value)
    if len(code) != 2 or not country_is_known(code):
        hint = f'; did you mean "{code.upper()}"?' if country_is_known(code.upper()) else ""
        raise Wrong(f'unknown country "{code}": write its two capital letters, such as "SG"{hint}')
    return code


def _time_zone(value: object) -> str:
    name = words.text(value)
    if name not in available_timezones():
        raise Wrong(unknown("time zone", name, available_timezones()))
    return name


def _read_week(spot: Spot) -> Week:
    """Seven tuples of spans, Monday first."""
    week: dict[int, tuple[Span, ...]] = {}
    for hours in spot.entries().values():
        spans = _read_spans(hours)
        for index in hours.named(_weekdays, _NO_DAYS):
            if index in week:
                hours.say(f"{DAYS[index]} is given twice")
            week[index] = spans
    found = tuple(week.get(index, ()) for index in range(7))
    if not week:
        spot.say("holds no working hours, so no clock could ever run out")
    _refuse_nights_that_meet_mornings(spot, found)
    return found


def _weekdays(value: object) -> tuple[int, ...]:
    """The weekdays of "mon" or "mon-fri", Monday being 0; "sun-thu" goes round the week's end."""
    first, _, last = words.text(value).partition("-")
    for day in (first, last or first):
        if day not in DAYS:
            raise Wrong(f"{unknown('day', day, DAYS)} (possible: {', '.join(DAYS)}, or a range such as mon-fri)")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _read_spans(spot: Spot) -> tuple[Span, ...]:
    """The spans of one day, rising. An empty list is a mistake: a free day is left out."""
    places = spot.items() if isinstance(spot.value, list) else [spot]
    if not places:
        spot.say("is empty; leave out the days that are free")
    read = [place.read(words.span, _NO_SPAN) for place in places]
    spans = sorted((span for span in read if span is not _NO_SPAN), key=lambda span: span.start_minute)
    for earlier, later in pairwise(spans):
        if later.start_minute < earlier.end_minute:
            spot.say(f"{_shown(later)} overlaps {_shown(earlier)}")
    return tuple(spans)


def _refuse_nights_that_meet_mornings(spot: Spot, week: Week) -> None:
    """Hours past midnight must be over before the next day's begin."""
    for index, spans in enumerate(week):
        tomorrow = (index + 1) % 7
        morning = week[tomorrow]
        if spans and morning and spans[-1].end_minute - _MIDNIGHT > morning[0].start_minute:
            night = f"{_shown(spans[-1])} of {DAYS[index]}"
            spot.say(f"{night} runs into {_shown(morning[0])} of {DAYS[tomorrow]}")


def _shown(span: Span) -> str:
    """A span as the file would write it."""
    start, end = divmod(span.start_minute, 60), divmod(span.end_minute, 60)
    if span.end_minute > _MIDNIGHT:
        end = divmod(span.end_minute - _MIDNIGHT, 60)
    return f"{start[0]:02}:{start[1]:02}-{end[0]:02}:{end[1]:02}"
