"""The words of one language: `t = texts("zh_Hans")`, then `t("English with {named} fields", named=…)`.

Dates in messages are Slack's own date tokens, shown in the reader's time zone; where tokens do not work
(plain text in modals), `local_time` writes them out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from gettext import GNUTranslations
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.lists import format_list
from babel.units import format_unit

from bot.i18n.catalogs import load
from bot.i18n.locales import BOTH, ENGLISH, SIMPLIFIED, is_chinese, locale_of
from bot.i18n.spacing import fill, space_numbers

# Slack: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
_TOKENS = {
    "moment": "{date_short_pretty} {time}",
    "time": "{time}",
    "day": "{date_short_pretty}",
}
_PATTERNS = {
    "moment": ("EEE d MMM HH:mm", "M 月 d 日（EEE）HH:mm"),
    "time": ("HH:mm", "HH:mm"),
    "day": ("EEE d MMM", "M 月 d 日（EEE）"),
}
_UNITS = (("duration-day", 86_400), ("duration-hour", 3_600), ("duration-minute", 60), ("duration-second", 1))
_SHORT_ENOUGH_FOR_ONE_LINE = 30


@dataclass(frozen=True, slots=True)
class Texts:
    """One language. Called with a message id, it gives that message with its fields filled in."""

    locale: str
    catalog: GNUTranslations

    def __call__(self, msgid: str, /, **named: object) -> str:
        """The message in this language."""
        return self._fill(self.catalog.gettext(msgid), named)

    def n(self, one: str, many: str, n: int, /, **named: object) -> str:
        """The message in the form that the number asks for; `{n}` is the number."""
        return self._fill(self.catalog.ngettext(one, many, n), {"n": n, **named})

    def _fill(self, message: str, named: dict[str, object]) -> str:
        return fill(message, named) if is_chinese(self.locale) else message.format(**named)

    def duration(self, seconds: float, *, length: Literal["short", "long"] = "short", days: bool = True) -> str:
        """A length of time in its two largest units: "1 hr 30 min". A day has 24 hours here: without `days`
        it is told in hours, for working time, whose day is shorter."""
        left = round(abs(seconds))
        parts: list[tuple[int, str]] = []
        if left >= 60:  # seconds mean nothing beside minutes
            left -= left % 60
        for unit, size in _UNITS if days else _UNITS[1:]:
            count, rest = divmod(left, size)
            if count or parts:
                parts.append((count, unit))
            left = rest
        shown = [(count, unit) for count, unit in parts[:2] if count] or [(0, "duration-minute")]
        words = [format_unit(count, unit, length=length, locale=self.locale) for count, unit in shown]
        if is_chinese(self.locale):
            return " ".join(space_numbers(word) for word in words)
        return " ".join(words)

    def date_token(self, at: datetime, style: str = "moment", time_zone: str = "UTC") -> str:
        """A moment as Slack shows it in each reader's own time zone; `style` is moment, time or day.

        The zone is only for the text that stands in for the token where Slack cannot show it.
        """
        instead = self.local_time(at, time_zone, style)
        if time_zone == "UTC":
            instead += " UTC"
        return f"<!date^{int(at.timestamp())}^{_TOKENS[style]}^{instead}>"

    def local_time(self, at: datetime, time_zone: str, style: str = "moment") -> str:
        """A moment written out in a time zone, for places where Slack's date tokens do not work."""
        pattern = _PATTERNS[style][is_chinese(self.locale)]
        local = at.astimezone(UTC if time_zone == "UTC" else ZoneInfo(time_zone))
        return format_datetime(local, pattern, tzinfo=local.tzinfo, locale=self.locale)

    def series(self, items: Sequence[str]) -> str:
        """Several things in a row: "a, b and c"."""
        return format_list(list(items), locale=self.locale)


@dataclass(frozen=True, slots=True)
class BothTexts(Texts):
    """English with 简体 below or beside it, for a reader whose language is not known."""

    chinese: Texts

    def __call__(self, msgid: str, /, **named: object) -> str:
        return _beside(self._fill(self.catalog.gettext(msgid), named), self.chinese(msgid, **named))

    def n(self, one: str, many: str, n: int, /, **named: object) -> str:
        english = self._fill(self.catalog.ngettext(one, many, n), {"n": n, **named})
        return _beside(english, self.chinese.n(one, many, n, **named))


def _beside(english: str, chinese: str) -> str:
    if english == chinese:
        return english
    between = " / " if len(english) <= _SHORT_ENOUGH_FOR_ONE_LINE else "\n"
    return english + between + chinese


def texts(locale: str | None) -> Texts:
    """The words of a locale: one of ours, any tag that means one, or BOTH."""
    return _texts(BOTH if locale == BOTH else locale_of(locale))


@cache
def _texts(locale: str) -> Texts:
    if locale == BOTH:
        return BothTexts(ENGLISH, load(ENGLISH), _texts(SIMPLIFIED))
    return Texts(locale, load(locale))
