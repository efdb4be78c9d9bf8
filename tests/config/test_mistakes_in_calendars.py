"""What can be wrong with a calendar, and where it is said to be."""

import pytest

from tests.config.files import changed, mistakes_of

MISTAKES = [
    (
        "Asia/Singapore",
        "Asia/Singapor",
        'calendars.office.time_zone: unknown time zone "Asia/Singapor"; did you mean "Asia/Singapore"?',
    ),
    ("Asia/Singapore", "../etc/passwd", "calendars.office.time_zone: unknown time zone"),
    ("hours = { mon-fri", "# hours = { mon-fri", "calendars.office.hours: is missing"),
    ('{ mon-fri = "09:00-18:00" }', "{ }", "calendars.office.hours: holds no working hours"),
    ('{ mon-fri = "09:00-18:00" }', "{ mon-fri = [] }", "calendars.office.hours.mon-fri: is empty"),
    ('"09:00-18:00"', '"9 to 6"', 'calendars.office.hours.mon-fri: "9 to 6" are no hours'),
    ('"09:00-18:00"', '"09:00-25:00"', "calendars.office.hours.mon-fri: 25:00 is no time of day"),
    ('"09:00-18:00"', '"09:00-09:00"', "calendars.office.hours.mon-fri: has no length"),
    ('"09:00-18:00"', '"24:00-08:00"', "calendars.office.hours.mon-fri: begins when the day is over"),
    (
        '"09:00-18:00"',
        '["09:00-13:00", "12:00-18:00"]',
        "calendars.office.hours.mon-fri: 12:00-18:00 overlaps 09:00-13:00",
    ),
    (
        '"09:00-18:00"',
        '["05:00-08:00", "22:00-06:00"]',
        "calendars.office.hours: 22:00-06:00 of mon runs into 05:00-08:00 of tue",
    ),
    ("mon-fri", "mon-fry", 'calendars.office.hours.mon-fry: unknown day "fry"; did you mean "fri"?'),
    (
        '{ mon-fri = "09:00-18:00" }',
        '{ mon-fri = "09:00-18:00", wed = "09:00-12:00" }',
        "calendars.office.hours.wed: wed is given twice",
    ),
    ("hours =", 'country = "XX"\nhours =', 'calendars.office.country: unknown country "XX"'),
    (
        "hours =",
        'country = "sg"\nhours =',
        'calendars.office.country: unknown country "sg": write its two capital letters, such as',
    ),
    ("hours =", 'region = "NY"\nhours =', "calendars.office.region: needs a country beside it"),
    ("hours =", 'country = "US"\nregion = "ZZ"\nhours =', 'calendars.office.region: US has no region "ZZ"'),
    ("hours =", "days_off = [20261224]\nhours =", "calendars.office.days_off[0]: must be a date such as"),
    ("hours =", 'days_off = ["Christmas"]\nhours =', "calendars.office.days_off[0]: must be a date such as 2026-12-24"),
    (
        "hours =",
        "days_off = [2026-12-24]\ndays_on = [2026-12-24]\nhours =",
        "calendars.office: 2026-12-24 is a day off and a day on",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_wrong_value_is_told_with_its_path(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    assert any(line.startswith(said) for line in mistakes_of(text)), mistakes_of(text)
