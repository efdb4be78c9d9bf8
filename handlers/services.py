"""What the listeners work with, built once by the app and handed to every `register`.

The listeners keep nothing of their own: what is true is the desk's, what is shown is render's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk, PersonalDesk
from handlers.afterwards import Afterwards
from handlers.tenants import Tenants


class Slack(Protocol):
    """Slack's Web API, as far as it may be called without the outbox: modals, App Home, ephemeral answers.
    `client` is the SDK's, with the connections that all calls share."""

    client: AsyncWebClient

    async def call(self, method: str, /, **args: Any) -> Mapping[str, Any]:
        """Calls a method. Raises SlackFault."""
        ...


class Directory(Protocol):
    """What Slack tells of people, groups and channels, as it happens (`bot.timers.news`)."""

    async def person_changed(self, workspace_id: int, user: Mapping[str, Any]) -> None: ...

    async def channel_changed(self, workspace_id: int, event: Mapping[str, Any]) -> None: ...

    async def channel_seen(self, workspace_id: int, channel_id: str) -> None: ...

    async def group_changed(self, workspace_id: int, event: Mapping[str, Any]) -> None: ...

    async def do_not_disturb_changed(self, workspace_id: int, event: Mapping[str, Any]) -> None: ...

    async def uninstalled(self, workspace_id: int, event: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a listener may use. `now` is the business clock."""

    desk: Desk
    personal: PersonalDesk
    slack: Slack
    directory: Directory
    tenants: Tenants
    afterwards: Afterwards
    now: Callable[[], datetime]
