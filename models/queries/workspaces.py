"""Workspaces by Slack's team id."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from models.queries.upsert import upsert
from models.tables import WorkspaceRow


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that has the bot."""

    id: int
    team_id: str
    bot_user_id: str
    config_version: int


def find(connection: Connection, team_id: str) -> Workspace | None:
    """The workspace of a Slack team id."""
    statement = select(WorkspaceRow.__table__).where(col(WorkspaceRow.team_id) == team_id)  # type: ignore[attr-defined]
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return Workspace(row["id"], row["team_id"], row["bot_user_id"], row["config_version"])


def every(connection: Connection) -> list[Workspace]:
    """All workspaces."""
    rows = connection.execute(select(WorkspaceRow.__table__)).mappings()  # type: ignore[attr-defined]
    return [Workspace(r["id"], r["team_id"], r["bot_user_id"], r["config_version"]) for r in rows]


def save(connection: Connection, team_id: str, *, name: str, bot_user_id: str, now: datetime) -> Workspace:
    """Adds the workspace, or refreshes what Slack tells of it."""
    row = {
        "team_id": team_id,
        "name": name,
        "bot_user_id": bot_user_id,
        "last_number": 0,
        "config_version": 0,
        "created_at": now,
    }
    upsert(connection, WorkspaceRow, [row], keys=["team_id"], set_columns=["name", "bot_user_id"])
    found = find(connection, team_id)
    if found is None:
        raise LookupError(f"workspace {team_id} was not stored")
    return found
