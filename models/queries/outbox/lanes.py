"""When a Slack channel may be posted to again: a row each, since all replicas share the channel's pace."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlmodel import col

from models.queries.upsert import insert_once, upsert
from models.session.store import database_now
from models.tables import LaneRow

_KEYS = ["workspace_id", "channel"]


def take_lane(connection: Connection, workspace_id: int, channel: str, *, seconds: float, at_most: float) -> float:
    """Takes the channel's next free moment; returns how many seconds it is away (0: now). One further
    away than `at_most` is not taken."""
    now = database_now(connection)
    known = _free_at(connection, workspace_id, channel)
    if known is None and _is_first(connection, workspace_id, channel, now + timedelta(seconds=seconds)):
        return 0.0
    # Another replica may have been the first just now.
    start = max(known or _free_at(connection, workspace_id, channel) or now, now)
    wait = (start - now).total_seconds()
    if wait <= at_most:
        _set(connection, workspace_id, channel, start + timedelta(seconds=seconds))
    return wait


def block_lane(connection: Connection, workspace_id: int, channel: str, *, seconds: float) -> None:
    """Nobody posts to the channel for so long: Slack asked for it."""
    until = database_now(connection) + timedelta(seconds=seconds)
    known = _free_at(connection, workspace_id, channel)
    if known is None or known < until:
        _set(connection, workspace_id, channel, until)


def _free_at(connection: Connection, workspace_id: int, channel: str) -> datetime | None:
    statement = select(col(LaneRow.free_at)).where(
        col(LaneRow.workspace_id) == workspace_id, col(LaneRow.channel) == channel
    )
    return connection.execute(statement.with_for_update()).scalar_one_or_none()


def _is_first(connection: Connection, workspace_id: int, channel: str, free_at: datetime) -> bool:
    row = {"workspace_id": workspace_id, "channel": channel, "free_at": free_at}
    return insert_once(connection, LaneRow, row)


def _set(connection: Connection, workspace_id: int, channel: str, free_at: datetime) -> None:
    row = {"workspace_id": workspace_id, "channel": channel, "free_at": free_at}
    upsert(connection, LaneRow, [row], keys=_KEYS, set_columns=["free_at"])
