"""Whose request it is: our workspace by Slack's team id, and the person who asks.

Every id that comes from outside is looked up within that workspace; a team that is not ours gets nothing.
"""

from collections.abc import Mapping
from typing import Any

from bot.desk import Asker, Desk
from models.queries import workspaces


class Tenants:
    """Knows the workspaces by team id. They are few and never change their id: each is read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, int] = {}

    async def workspace_of(self, team_id: str) -> int | None:
        """Our id of the workspace; None if it does not have the bot."""
        if team_id not in self._known:
            found = await self._desk.read(lambda connection: workspaces.find(connection, team_id))
            if found is None:
                return None
            self._known[team_id] = found.id
        return self._known[team_id]

    async def asker(self, body: Mapping[str, Any]) -> Asker | None:
        """Who sends this command, press, submission or event."""
        team_id, user_id = team_in(body), user_in(body)
        if not team_id or not user_id:
            return None
        workspace_id = await self.workspace_of(team_id)
        return None if workspace_id is None else Asker(workspace_id, user_id)


def team_in(body: Mapping[str, Any]) -> str:
    """The team id of a payload, wherever that kind of payload has it. Where the app is installed for a whole
    organisation `team` is null, and the view or the user has it."""
    team, view, user = body.get("team"), body.get("view"), body.get("user")
    found = team.get("id") if isinstance(team, Mapping) else None
    of_view = view.get("app_installed_team_id") or view.get("team_id") if isinstance(view, Mapping) else None
    of_user = user.get("team_id") if isinstance(user, Mapping) else None
    return str(found or body.get("team_id") or of_view or of_user or "")


def user_in(body: Mapping[str, Any]) -> str:
    """The user id of a payload, wherever that kind of payload has it."""
    for holder in (body, body.get("event")):
        if isinstance(holder, Mapping):
            user = holder.get("user")
            found = user.get("id") if isinstance(user, Mapping) else user
            if found or holder.get("user_id"):
                return str(found or holder.get("user_id"))
    return ""
