"""Due timers, claimed in batches.

Whoever writes a case's timers holds the case's own row, so a tick locks cases and not timers. On
PostgreSQL it passes over the cases that a person or another replica holds right now: a tick never waits,
and two of them never wait for each other. What it does is one commit, so a crash gives everything back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, update
from sqlmodel import col

from models.queries.upsert import upsert
from models.rules.rulebook import ClockKind
from models.rules.timer import Timer, TimerPurpose
from models.tables import EscalationRow, TimerRow


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A due timer of a case."""

    row_id: int
    workspace_id: int
    escalation_id: int
    timer: Timer


@dataclass(frozen=True, slots=True)
class DueSchedule:
    """A due post on a schedule, by the schedule's name."""

    row_id: int
    workspace_id: int
    schedule: str
    fires_at: datetime


def claim_due(connection: Connection, *, now: datetime, limit: int) -> list[DueTimer]:
    """Locks up to `limit` escalations whose timers are due, the longest due first; returns all their due
    timers. Fewer than `limit` cases does not mean that no more are due: others may hold them."""
    due = and_(col(TimerRow.fires_at) <= now, col(TimerRow.escalation_id) != 0)
    of_timer = col(EscalationRow.id) == col(TimerRow.escalation_id)
    cases = (
        select(col(EscalationRow.id))
        .join(TimerRow, of_timer)
        .where(due)
        .order_by(col(TimerRow.fires_at))
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True, of=EscalationRow)
    )
    held = set(connection.execute(cases).scalars())
    if not held:
        return []
    # Asked again under the lock: what whoever held a case before has done about it counts.
    timers = select(TimerRow.__table__).where(due, col(TimerRow.escalation_id).in_(held))  # type: ignore[attr-defined]
    rows = connection.execute(timers.order_by(col(TimerRow.fires_at), col(TimerRow.id))).mappings()
    return [_due_timer(row) for row in rows]


def claim_schedules(connection: Connection, *, now: datetime, limit: int) -> list[DueSchedule]:
    """Locks up to `limit` due schedules."""
    statement = (
        select(TimerRow.__table__)  # type: ignore[attr-defined]
        .where(col(TimerRow.fires_at) <= now, col(TimerRow.escalation_id) == 0)
        .order_by(col(TimerRow.fires_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_due_schedule(row) for row in connection.execute(statement).mappings()]


def set_schedule(connection: Connection, workspace_id: int, schedule: str, fires_at: datetime) -> None:
    """Sets when a schedule fires next; there is one row a schedule."""
    row = {
        "workspace_id": workspace_id,
        "escalation_id": 0,
        "purpose": "schedule",
        "clock": "",
        "schedule": schedule,
        "fires_at": fires_at,
    }
    upsert(
        connection,
        TimerRow,
        [row],
        keys=["workspace_id", "escalation_id", "purpose", "clock", "schedule"],
        set_columns=["fires_at"],
    )


def schedules(connection: Connection, workspace_id: int) -> dict[str, datetime]:
    """The schedules that have a row, and when each fires next."""
    statement = select(col(TimerRow.schedule), col(TimerRow.fires_at)).where(
        col(TimerRow.workspace_id) == workspace_id, col(TimerRow.escalation_id) == 0
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def remove_spent(connection: Connection, row_ids: Sequence[int], *, now: datetime) -> int:
    """Removes fired rows that the change did not move on. Returns how many there were."""
    if not row_ids:
        return 0
    done = connection.execute(delete(TimerRow).where(col(TimerRow.id).in_(row_ids), col(TimerRow.fires_at) <= now))
    return done.rowcount


def next_due(connection: Connection) -> datetime | None:
    """When the next timer of all fires."""
    return connection.execute(select(func.min(col(TimerRow.fires_at)))).scalar_one()


def upcoming(connection: Connection, workspace_id: int, *, limit: int) -> list[DueTimer | DueSchedule]:
    """The timers that fire next, soonest first: what the demo's page lists."""
    statement = (
        select(TimerRow.__table__)  # type: ignore[attr-defined]
        .where(col(TimerRow.workspace_id) == workspace_id)
        .order_by(col(TimerRow.fires_at))
        .limit(limit)
    )
    rows = connection.execute(statement).mappings()
    return [_due_timer(row) if row["escalation_id"] else _due_schedule(row) for row in rows]


def postpone(connection: Connection, row_ids: Sequence[int], until: datetime) -> None:
    """Puts timers off: what they were to do has failed, and the others must go on."""
    connection.execute(update(TimerRow).where(col(TimerRow.id).in_(row_ids)).values(fires_at=until))


def _due_timer(row: Mapping[Any, Any]) -> DueTimer:
    clock = ClockKind(row["clock"]) if row["clock"] else None
    timer = Timer(purpose=TimerPurpose(row["purpose"]), fires_at=row["fires_at"], clock=clock)
    return DueTimer(row["id"], row["workspace_id"], row["escalation_id"], timer)


def _due_schedule(row: Mapping[Any, Any]) -> DueSchedule:
    return DueSchedule(row["id"], row["workspace_id"], row["schedule"], row["fires_at"])
