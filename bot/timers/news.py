"""What Slack's events tell of people, groups and channels, as changes of the directory's rows.

The handlers hand the events in; nothing here answers anybody. An event of another workspace is not ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.desk import Asker
from bot.timers.directory import Directory

log = structlog.get_logger(__name__)

_CHANNEL_FACTS: Mapping[str, Mapping[str, bool]] = {
    "channel_archive": {"is_archived": True},
    "group_archive": {"is_archived": True},
    "channel_unarchive": {"is_archived": False},
    "channel_deleted": {"is_archived": True, "is_member": False},
    "channel_left": {"is_member": False},
    "group_left": {"is_member": False},
}


@dataclass(frozen=True, slots=True)
class News:
    """Takes Slack's events to the directory of its one workspace."""

    directory: Directory
    bot_user_id: str

    async def person_changed(self, workspace_id: int, user: Mapping[str, Any]) -> None:
        """`user_change`, `team_join`: Slack's user object. Events leave the locale out, so it is asked for."""
        if not self._is_ours(workspace_id):
            return
        if not user.get("locale") and await self.directory.learn(Asker(workspace_id, str(user.get("id")))):
            return
        await self.directory.person_changed(user)

    async def channel_changed(self, workspace_id: int, event: Mapping[str, Any]) -> None:
        """Archived, renamed, deleted, left, joined."""
        if not self._is_ours(workspace_id):
            return
        kind, channel = str(event.get("type")), event.get("channel")
        if isinstance(channel, Mapping):
            await self.directory.channel_changed(str(channel.get("id")), name=str(channel.get("name") or ""))
        elif kind == "member_joined_channel":
            if event.get("user") == self.bot_user_id:
                await self.directory.learn_channel(str(channel))
        elif kind in _CHANNEL_FACTS:
            await self.directory.channel_changed(str(channel), **_CHANNEL_FACTS[kind])

    async def channel_seen(self, workspace_id: int, channel_id: str) -> None:
        """Somebody asks from a channel that the directory does not know yet."""
        if self._is_ours(workspace_id):
            await self.directory.learn_channel(channel_id)

    async def group_changed(self, workspace_id: int, event: Mapping[str, Any]) -> None:
        """`subteam_created`, `subteam_updated`, `subteam_members_changed`."""
        if not self._is_ours(workspace_id):
            return
        if event.get("type") == "subteam_members_changed":
            await self.directory.group_members_changed(
                str(event.get("subteam_id")),
                added=[str(user) for user in event.get("added_users") or ()],
                removed=[str(user) for user in event.get("removed_users") or ()],
            )
        elif isinstance(event.get("subteam"), Mapping):
            await self.directory.group_changed(event["subteam"])

    async def do_not_disturb_changed(self, workspace_id: int, event: Mapping[str, Any]) -> None:
        """`dnd_updated_user`."""
        if self._is_ours(workspace_id):
            await self.directory.do_not_disturb_changed(str(event.get("user")), event.get("dnd_status") or {})

    async def uninstalled(self, workspace_id: int, event: Mapping[str, Any]) -> None:
        """`app_uninstalled`, `tokens_revoked`: nothing can be said until somebody installs it again. What is
        to be said is kept; the courier finds the token dead and tries again."""
        kind = str(event.get("type"))
        if kind == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return  # people's own tokens, of which we use none
        if self._is_ours(workspace_id):
            log.error("token_died", reason=kind)

    def _is_ours(self, workspace_id: int) -> bool:
        return workspace_id == self.directory.workspace_id
