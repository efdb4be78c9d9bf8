"""Until when somebody is away, from what they typed: `2h`, `3d`, `until 18:00`, `tomorrow`, a date, `off`.

Local times are in the person's own zone. `away` alone lasts until the end of their day.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LENGTH = re.compile(r"([0-9]{1,3})(m|h|d|分钟|分鐘|小时|小時|天)")
_UNITS = {"m": 60, "分钟": 60, "分鐘": 60, "h": 3600, "小时": 3600, "小時": 3600, "d": 86400, "天": 86400}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FILLERS = frozenset({"until", "till", "到"})
_BACK = frozenset({"off", "back", "回来", "回來"})
_TODAY, _TOMORROW = frozenset({"today", "今天"}), frozenset({"tomorrow", "明天"})
_MORNING = time(9, 0)


class NotATime(ValueError):
    """What was typed is no time that we can read, or lies in the past."""


def away_until(text: str, now: datetime, time_zone: str) -> datetime | None:
    """The end of being away, aware UTC; None for being back. Raises NotATime."""
    words = [w for w in unicodedata.normalize("NFKC", text).casefold().split() if w not in _FILLERS]
    if len(words) == 1 and words[0] in _BACK:
        return None
    zone = ZoneInfo(time_zone)
    until = _read(words, now.astimezone(zone), zone)
    if until <= now:
        raise NotATime(text)
    return until.astimezone(UTC)


def _read(words: list[str], local: datetime, zone: ZoneInfo) -> datetime:
    if not words or (len(words) == 1 and words[0] in _TODAY):
        return _at(local.date() + timedelta(days=1), time(0, 0), zone)
    if len(words) == 1 and (length := _LENGTH.fullmatch(words[0])):
        return local.astimezone(UTC) + timedelta(seconds=int(length[1]) * _UNITS[length[2]])
    day, clock = _day_and_clock(words, local.date())
    until = _at(day or local.date(), clock or _MORNING, zone)
    # `away 09:00` in the evening means tomorrow's nine o'clock.
    return until if day or until > local else _at(local.date() + timedelta(days=1), clock or _MORNING, zone)


def _day_and_clock(words: list[str], today: date) -> tuple[date | None, time | None]:
    day, clock = None, None
    for word in words:
        if word in _TODAY or word in _TOMORROW:
            day = today + timedelta(days=word in _TOMORROW)
        elif found := _DATE.fullmatch(word):
            day = _date(found)
        elif found := _CLOCK.fullmatch(word):
            clock = time(int(found[1]), int(found[2]))
        else:
            raise NotATime(word)
    return day, clock


def _date(found: re.Match[str]) -> date:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise NotATime(found[0]) from error


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)
