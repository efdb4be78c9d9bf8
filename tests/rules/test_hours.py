"""Working time on days that a person can check with a calendar in hand.

Singapore is UTC+8 all year: 09:00 there is 01:00 UTC. The dates are those of 2026 unless one says
otherwise.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from models.rules.hours import NoWorkingTime, WorkingTime, seconds_of, working_time
from models.rules.rulebook import Calendar, Duration, HoursMode, Span

HOUR = 3600
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
FREE: tuple[Span, ...] = ()
OFFICE_WEEK = (NINE_TO_SIX,) * 5 + (FREE,) * 2
SINGAPORE = Calendar("Asia/Singapore", OFFICE_WEEK, country="SG")
NEW_YORK = Calendar("America/New_York", OFFICE_WEEK, country="US")
SHANGHAI = Calendar("Asia/Shanghai", OFFICE_WEEK, country="CN")


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def business(calendar: Calendar) -> WorkingTime:
    return working_time(calendar, HoursMode.BUSINESS)


def test_an_hour_that_begins_on_friday_evening_ends_on_monday_morning() -> None:
    # Friday 7 August 17:40; 20 minutes are left of the day. Monday the 10th replaces National Day (the
    # 9th is a Sunday), so 40 minutes remain for Tuesday the 11th.
    assert business(SINGAPORE).add(at("2026-08-07T09:40"), HOUR) == at("2026-08-11T01:40")


def test_what_ends_with_the_day_ends_at_closing_time_and_not_the_next_morning() -> None:
    assert business(SINGAPORE).add(at("2026-08-04T09:00"), HOUR) == at("2026-08-04T10:00")


def test_no_time_at_all_leaves_the_moment_as_it_is() -> None:
    sunday = at("2026-08-02T03:00:00.250000")
    assert business(SINGAPORE).add(sunday, 0) == sunday


def test_a_negative_length_goes_back_through_the_weekend() -> None:
    # Monday 3 August 09:30 minus an hour is Friday 31 July 17:30.
    assert business(SINGAPORE).add(at("2026-08-03T01:30"), -HOUR) == at("2026-07-31T09:30")


def test_going_back_leads_into_years_that_were_not_asked_for_before() -> None:
    hours = WorkingTime(SINGAPORE, HoursMode.BUSINESS)
    start = at("2026-08-04T02:00")
    assert hours.add(hours.add(start, -4000 * HOUR), 4000 * HOUR) == start


def test_always_counts_every_second() -> None:
    hours = working_time(SINGAPORE, HoursMode.ALWAYS)
    start = at("2026-08-07T09:40")
    assert hours.add(start, 50 * HOUR) == start + timedelta(hours=50)
    assert hours.between(start, start + timedelta(days=400)) == 400 * 86_400
    assert hours.next_change(start) is None
    assert hours.spans(start, start + timedelta(days=2)) == [(start, start + timedelta(days=2))]


def test_weekdays_count_round_the_clock_without_weekends_and_holidays() -> None:
    # Friday 7 August 22:00 in Singapore: two hours are left of it, the next weekday is Tuesday.
    hours = working_time(SINGAPORE, HoursMode.WEEKDAYS)
    assert hours.add(at("2026-08-07T14:00"), 3 * HOUR) == at("2026-08-10T17:00")


def test_weekdays_are_those_of_the_country() -> None:
    # In Kuwait Friday and Saturday are free and Sunday is worked. 7 August 2026 is a Friday.
    hours = working_time(Calendar("Asia/Kuwait", OFFICE_WEEK, country="KW"), HoursMode.WEEKDAYS)
    assert [hours.is_open(at(f"2026-08-{day:02}T09:00")) for day in (6, 7, 8, 9)] == [True, False, False, True]


def test_a_holiday_on_a_sunday_is_replaced_by_monday_in_singapore() -> None:
    assert not business(SINGAPORE).is_open(at("2026-08-10T03:00"))


def test_lunar_new_year_is_free_in_singapore() -> None:
    # Tuesday 17 and Wednesday 18 February.
    opens = business(SINGAPORE).next_open(at("2026-02-16T10:00"))
    assert opens == at("2026-02-19T01:00")


def test_a_weekend_that_makes_up_for_a_holiday_is_worked_in_china() -> None:
    # Saturday 28 February 2026 makes up for Monday the 23rd.
    hours = business(SHANGHAI)
    assert hours.spans(at("2026-02-28T00:00"), at("2026-03-01T16:00")) == [
        (at("2026-02-28T01:00"), at("2026-02-28T10:00"))
    ]
    assert not hours.is_open(at("2026-02-23T03:00"))
    assert working_time(SHANGHAI, HoursMode.WEEKDAYS).is_open(at("2026-02-28T15:30"))


def test_the_substitute_for_new_year_may_stand_in_the_year_before() -> None:
    # 1 January 2022 is a Saturday: in the United States Friday 31 December 2021 is free for it.
    assert not business(NEW_YORK).is_open(at("2021-12-31T16:00"))


def test_days_off_and_days_on_overrule_country_and_week() -> None:
    calendar = Calendar(
        "Asia/Singapore",
        OFFICE_WEEK,
        country="SG",
        days_off=frozenset({date(2026, 8, 4)}),
        days_on=frozenset({date(2026, 8, 8), date(2026, 8, 10)}),
    )
    hours = business(calendar)
    assert not hours.is_open(at("2026-08-04T03:00"))
    assert hours.spans(at("2026-08-08T00:00"), at("2026-08-11T00:00")) == [
        (at("2026-08-08T01:00"), at("2026-08-08T10:00")),  # a Saturday, with the hours of a usual day
        (at("2026-08-10T01:00"), at("2026-08-10T10:00")),  # a holiday that is worked
    ]


def test_a_day_is_the_day_that_most_of_the_week_is_like() -> None:
    short_friday = (NINE_TO_SIX,) * 4 + ((Span(540, 840),), FREE, FREE)
    hours = business(Calendar("Asia/Singapore", short_friday))
    assert seconds_of(Duration(days=2), hours) == 18 * HOUR
    assert seconds_of(Duration(seconds=90), hours) == 90
    assert working_time(SINGAPORE, HoursMode.WEEKDAYS).day_seconds == 24 * HOUR


def test_a_lunch_break_is_not_working_time() -> None:
    day = (Span(540, 780), Span(840, 1080))
    hours = business(Calendar("Asia/Singapore", (day,) * 7))
    assert hours.between(at("2026-08-04T04:30"), at("2026-08-04T06:30")) == HOUR
    assert hours.next_change(at("2026-08-04T04:30")) == at("2026-08-04T05:00")
    assert hours.next_change(at("2026-08-04T05:00")) == at("2026-08-04T06:00")


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    # Monday to Friday 22:00-06:00: Friday night runs into Saturday, Sunday night is free.
    hours = business(Calendar("Asia/Singapore", ((Span(1320, 1800),),) * 5 + (FREE,) * 2))
    assert hours.is_open(at("2026-08-07T21:00"))  # Saturday 05:00
    assert not hours.is_open(at("2026-08-02T21:00"))  # Monday 05:00
    assert hours.day_seconds == 8 * HOUR


def test_spans_that_touch_at_midnight_are_one_stretch() -> None:
    hours = business(Calendar("Asia/Singapore", ((Span(0, 1440),),) * 5 + (FREE,) * 2))
    assert hours.next_change(at("2026-08-04T03:00")) == at("2026-08-07T16:00")
    year_end = hours.spans(at("2025-12-31T00:00"), at("2026-01-02T00:00"))
    assert year_end == [(at("2025-12-31T00:00"), at("2026-01-02T00:00"))]


def test_a_week_without_a_gap_never_changes() -> None:
    hours = business(Calendar("Asia/Singapore", ((Span(0, 1440),),) * 7))
    assert hours.next_change(at("2026-08-04T03:00")) is None
    assert hours.between(at("2026-08-04T03:00"), at("2029-08-04T03:00")) == 1096 * 86_400


def test_new_york_keeps_its_hours_when_the_clocks_change() -> None:
    # 09:00 is 14:00 UTC on Friday 6 March and 13:00 UTC on Monday 9 March.
    hours = business(NEW_YORK)
    assert hours.next_open(at("2026-03-06T00:00")) == at("2026-03-06T14:00")
    assert hours.next_open(at("2026-03-09T00:00")) == at("2026-03-09T13:00")


@pytest.mark.parametrize(
    ("night", "worked"),
    [("2026-03-07", 7), ("2026-10-31", 9), ("2026-08-08", 8)],
    ids=["the hour that is skipped", "the hour that comes twice", "an ordinary night"],
)
def test_a_night_shift_is_as_long_as_the_night(night: str, worked: int) -> None:
    hours = business(Calendar("America/New_York", ((Span(1320, 1800),),) * 7))
    noon = at(f"{night}T17:00")
    assert hours.between(noon, noon + timedelta(days=1)) == worked * HOUR


def test_a_span_that_begins_in_a_skipped_hour_begins_when_that_hour_is_over() -> None:
    # New York, 8 March 2026: 01:59 is followed by 03:00, at 07:00 UTC.
    hours = business(Calendar("America/New_York", ((Span(150, 240),),) * 7))
    assert hours.spans(at("2026-03-08T00:00"), at("2026-03-09T00:00")) == [
        (at("2026-03-08T07:00"), at("2026-03-08T08:00"))
    ]


def test_a_span_that_ends_in_a_repeated_hour_holds_what_the_wall_clock_shows() -> None:
    # New York, 1 November 2026: 01:00-02:00 comes twice, at 05:00 and at 06:00 UTC.
    hours = business(Calendar("America/New_York", ((Span(0, 90),),) * 7))
    assert hours.spans(at("2026-11-01T00:00"), at("2026-11-02T00:00")) == [
        (at("2026-11-01T04:00"), at("2026-11-01T05:30")),
        (at("2026-11-01T06:00"), at("2026-11-01T06:30")),
    ]


def test_a_day_that_a_country_skips_has_no_working_time() -> None:
    # Samoa went from Thursday 29 to Saturday 31 December 2011.
    hours = business(Calendar("Pacific/Apia", OFFICE_WEEK))
    worked = hours.spans(at("2011-12-29T12:00"), at("2012-01-02T12:00"))
    assert worked == [
        (at("2011-12-29T19:00"), at("2011-12-30T04:00")),  # Thursday, at UTC-10
        (at("2012-01-01T19:00"), at("2012-01-02T04:00")),  # Monday, at UTC+14
    ]


def test_fractions_of_a_second_do_not_get_lost_between_two_stretches() -> None:
    hours = business(SINGAPORE)
    cuts = [at("2026-08-04T02:00") + timedelta(milliseconds=700 * step) for step in range(50)]
    parts = sum(hours.between(a, b) for a, b in pairwise(cuts))
    assert parts == hours.between(cuts[0], cuts[-1])


def test_times_in_another_zone_mean_the_same_moment() -> None:
    hours = business(SINGAPORE)
    start = at("2026-08-04T02:00")
    local = start.astimezone(tz=None)
    assert hours.add(local, HOUR) == hours.add(start, HOUR)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        business(SINGAPORE).is_open(datetime(2026, 8, 4, 2))  # noqa: DTZ001 - the mistake that is meant


def test_a_calendar_without_any_hours_is_a_typed_error() -> None:
    nothing = Calendar("Asia/Singapore", (FREE,) * 7, days_on=frozenset({date(2026, 8, 4)}))
    with pytest.raises(NoWorkingTime):
        working_time(nothing, HoursMode.BUSINESS)
    assert working_time(nothing, HoursMode.WEEKDAYS).is_open(at("2026-08-04T03:00"))


def test_a_length_past_the_end_of_the_calendar_is_an_overflow() -> None:
    with pytest.raises(OverflowError):
        working_time(SINGAPORE, HoursMode.ALWAYS).add(at("2026-08-04T02:00"), 10**12)


def test_equal_calendars_share_one_table() -> None:
    twin = Calendar("Asia/Singapore", OFFICE_WEEK, country="SG")
    assert working_time(twin, HoursMode.BUSINESS) is working_time(SINGAPORE, HoursMode.BUSINESS)


def test_the_order_of_questions_does_not_change_the_answers() -> None:
    late_first, early_first = (WorkingTime(NEW_YORK, HoursMode.BUSINESS) for _ in range(2))
    years = [at(f"{year}-05-13T00:00") for year in (2020, 2024, 2026, 2031)]
    backwards = [late_first.next_open(year) for year in reversed(years)]
    assert backwards[::-1] == [early_first.next_open(year) for year in years]
    assert late_first.between(years[0], years[-1]) == early_first.between(years[0], years[-1])
