"""Whose turn it is in a team's rotation, written by a handoff."""

from datetime import datetime

from sqlalchemy import Connection

from models.queries.upsert import upsert
from models.tables import RotationRow


def set_turn(
    connection: Connection, workspace_id: int, team: str, position: int, *, now: datetime, by: str | None
) -> None:
    """Sets the place in the rotation that is on call."""
    row = {
        "workspace_id": workspace_id,
        "team": team,
        "position": position,
        "changed_at": now,
        "changed_by": by,
    }
    upsert(
        connection,
        RotationRow,
        [row],
        keys=["workspace_id", "team"],
        set_columns=["position", "changed_at", "changed_by"],
    )
