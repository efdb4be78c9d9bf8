"""A person of the workspace as the rules see one, and the clock-free facts about them.

The directory keeps these as rows; Slack's own user object never comes this far.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PersonKind(StrEnum):
    """What kind of account it is. Only a member may do anything here."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"  # another company, through a shared channel
    BOT = "bot"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one workspace. `language` is their own choice, `locale` what Slack says."""

    user_id: str
    name: str
    kind: PersonKind = PersonKind.MEMBER
    locale: str | None = None
    language: str | None = None
    time_zone: str = "Asia/Singapore"
    groups: frozenset[str] = frozenset()
    away_until: datetime | None = None
    do_not_disturb_until: datetime | None = None

    def is_away(self, now: datetime) -> bool:
        """Whether they said they are away at `now`."""
        return self.away_until is not None and self.away_until > now

    @property
    def is_active(self) -> bool:
        return self.kind is PersonKind.MEMBER
