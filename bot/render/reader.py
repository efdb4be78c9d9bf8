"""Whoever reads: their language, their time zone, and the people they may read about.

Render functions take a Reader and say times and names through it. `plain` is for places where Slack shows
neither tokens nor mentions: errors beside a field, options, titles.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.i18n import Texts
from bot.i18n.locales import is_chinese
from bot.render.blocks import escape, mention
from models.rules.people import Person


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader, or the readers of one channel. `user_id` is None for a channel.

    `quiet`: names instead of mentions, for summaries that would otherwise ping everybody they name.
    """

    t: Texts
    time_zone: str = "UTC"
    people: Mapping[str, Person] = field(default_factory=dict)
    user_id: str | None = None
    plain: bool = False
    quiet: bool = False

    @property
    def in_plain(self) -> "Reader":
        """The same reader, where only plain text is shown."""
        return replace(self, plain=True)

    @property
    def gap(self) -> str:
        """What stands between two sentences: nothing in Chinese."""
        return "" if is_chinese(self.t.locale) else " "

    def who(self, user_id: object) -> str:
        """A person's name: a mention, or the plain name."""
        if not isinstance(user_id, str) or not user_id:
            return self.t("the bot")
        person = self.people.get(user_id)
        if not self.plain and not (self.quiet and person):
            return mention(user_id)
        return self.typed(person.name) if person else user_id

    def when(self, at: datetime, style: str = "moment") -> str:
        """A moment in the reader's time; `style` is moment, time or day."""
        if self.plain:
            return self.t.local_time(at, self.time_zone, style)
        return self.t.date_token(at, style, self.time_zone)

    def typed(self, text: object) -> str:
        """What somebody typed, made safe for where it is shown."""
        return str(text) if self.plain else escape(text)
