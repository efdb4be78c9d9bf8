"""Trigger ids: the right to open one modal, for three seconds, once.

Real time always, as at Slack: the three seconds are a person's patience, not the business clock's.
Slack: https://docs.slack.dev/surfaces/modals#trigger_response
"""

import time
from dataclasses import dataclass

from bot.sandbox.errors import SlackError
from bot.sandbox.identity import Identity

LIFE_SECONDS = 3.0


@dataclass
class Trigger:
    """Who may be shown a modal, and since when."""

    user_id: str
    made_at: float
    view_id: str | None = None
    used: bool = False


class Triggers:
    """Every trigger id that was handed out."""

    def __init__(self, life_seconds: float = LIFE_SECONDS) -> None:
        self.life_seconds = life_seconds
        self._known: dict[str, Trigger] = {}

    def issue(self, user_id: str, *, view_id: str | None = None) -> str:
        """A new trigger id for something this person just did, in `view_id` if they did it in a view."""
        name = f"{int(time.time() * 1000)}.{len(self._known) + 1}.{Identity.secret(32)}"
        self._known[name] = Trigger(user_id, time.monotonic(), view_id)
        return name

    def redeem(self, name: str) -> Trigger:
        """Use a trigger id up. Raises Slack's error where it is unknown, used or too old."""
        trigger = self._known.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made_at > self.life_seconds:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
