"""Reads single values: names, Slack's ids, lengths of time, targets, hours of a day, addresses.

Each reader takes what TOML gave and answers with a value, or raises Wrong with the reason.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from bot.config.reading import Wrong, kind_of, unknown
from models.rules.rulebook import Duration, HoursMode, Span, Target

E = TypeVar("E", bound=StrEnum)

LANGUAGES = {"en": "en", "zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}

_SLACK_ID = re.compile(r"[A-Z0-9]{7,30}", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
_KEY_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,9}", re.ASCII)
_ID_PREFIX = re.compile(r"[a-z]{2,8}_[A-Za-z0-9_]*", re.ASCII)
_DURATION = re.compile(r"(?P<number>[0-9]{1,9})(?P<unit>[smhd])", re.ASCII)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_LONGEST_DAYS = 366
_MIDNIGHT = 1440


def text(value: object) -> str:
    """A text that says something, without the blanks around it."""
    if not isinstance(value, str):
        raise Wrong(f"must be a text, and is {kind_of(value)}")
    if not value.strip():
        raise Wrong("is empty")
    return value.strip()


def whole_number(value: object) -> int:
    """A number that counts something: whole, and not below 0."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"must be a whole number, and is {kind_of(value)}")
    if value < 0:
        raise Wrong("must not be below 0")
    return value


def one_of(what: str, choices: type[E]) -> Callable[[object], E]:
    """Reads one of an enumeration's values."""

    def read(value: object) -> E:
        name = text(value)
        if name not in set(choices):
            raise Wrong(f"{unknown(what, name, choices)} (possible: {', '.join(choices)})")
        return choices(name)

    return read


def known_name(what: str, names: Iterable[str]) -> Callable[[object], str]:
    """Reads a name that the file gives elsewhere."""

    def read(value: object) -> str:
        name = text(value)
        if name not in names:
            raise Wrong(unknown(what, name, names))
        return name

    return read


def key(value: object) -> str:
    """A name that commands and buttons carry, such as a team's."""
    name = text(value)
    if not _KEY.fullmatch(name):
        raise Wrong("must be a short name of small letters, digits, - and _, and begin with a letter")
    return name


def key_prefix(value: object) -> str:
    """The ESC of ESC-142."""
    prefix = text(value)
    if not _KEY_PREFIX.fullmatch(prefix):
        raise Wrong('must be one to ten capital letters or digits, such as "ESC"')
    return prefix


def id_prefix(value: object) -> str:
    """How the IDs of a kind of object begin."""
    prefix = text(value)
    if not _ID_PREFIX.fullmatch(prefix):
        raise Wrong('must be the beginning of an ID with its underscore, such as "po_"')
    return prefix


def user_id(value: object) -> str:
    return _slack_id(value, "UW", "a member's ID (U…; in their profile under ⋮, Copy member ID)")


def channel_id(value: object) -> str:
    return _slack_id(value, "CG", "a channel's ID (C…; at the end of the channel's About page), not its name")


def group_id(value: object) -> str:
    return _slack_id(value, "S", "a user group's ID (S…; in the group's ⋮ menu, Copy group ID)")


def language(value: object) -> str:
    """One of the three languages, spelled with - or _."""
    name = text(value)
    found = LANGUAGES.get(name.replace("_", "-").lower())
    if found is None:
        raise Wrong(f"{unknown('language', name, LANGUAGES.values())} (possible: {', '.join(LANGUAGES.values())})")
    return found


def address(value: object) -> str:
    """A web address."""
    url = text(value)
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise Wrong("must be an address that begins with https://")
    return url


def duration(value: object) -> Duration:
    """A length of time; a day is a working day of the calendar that it is used with."""
    if not isinstance(value, str):
        raise Wrong(f'must be a length of time such as "90s", "30m", "4h" or "2d", and is {kind_of(value)}')
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        raise Wrong(f'"{value}" is no length of time: write a whole number and s, m, h or d, such as "30m"')
    number, unit = int(match["number"]), match["unit"]
    if number == 0:
        raise Wrong("must be longer than 0")
    found = Duration(days=number) if unit == "d" else Duration(seconds=number * _SECONDS[unit])
    if found.days > _LONGEST_DAYS or found.seconds > _LONGEST_DAYS * 86_400:
        raise Wrong("must not be longer than a year")
    return found


def target(value: object) -> Target:
    """A length of time and the hours in which it runs: "15m always", "8h weekdays", "2d business"."""
    length, _, hours = text(value).partition(" ")
    found = duration(length)
    if not hours.strip():
        raise Wrong(f'does not say in which hours it runs: write "{length} always", "… weekdays" or "… business"')
    return Target(found, one_of("hours", HoursMode)(hours))


def span(value: object) -> Span:
    """Hours of a day, "09:00-18:00"; an end that is not later lies on the next day."""
    match = _SPAN.fullmatch(text(value))
    if match is None:
        raise Wrong(f'"{value}" are no hours: write "09:00-18:00"')
    start, end = (_minute(match[group], match[group + 1]) for group in (1, 3))
    if start == end:
        raise Wrong('has no length; for a whole day write "00:00-24:00"')
    if start == _MIDNIGHT:
        raise Wrong("begins when the day is over; write 00:00 on the next day")
    return Span(start, end if end > start else end + _MIDNIGHT)


def day(value: object) -> date:
    """A date, with or without quotation marks."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(text(value))
    except ValueError as error:
        raise Wrong("must be a date such as 2026-12-24") from error


def time_of_day(value: object) -> time:
    """A time of day to the minute, with or without quotation marks."""
    if isinstance(value, time):
        return value
    match = _TIME.fullmatch(text(value))
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Wrong('must be a time of day such as "09:00"')
    return time(int(match[1]), int(match[2]))


def _minute(hour: str, minute: str) -> int:
    """Minutes after midnight; 24:00 is the end of the day."""
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > _MIDNIGHT:
        raise Wrong(f"{hour}:{minute} is no time of day")
    return found


def _slack_id(value: object, letters: str, what: str) -> str:
    found = text(value)
    if found[0] not in letters or not _SLACK_ID.fullmatch(found):
        raise Wrong(f'"{found}" must be {what}')
    return found
