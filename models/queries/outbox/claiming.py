"""Takes notices into one pair of hands, by a lease: row locks decide between replicas, and on SQLite the
one writer does."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, literal, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.queries.outbox.notices import AMBIGUOUS, PENDING, SENDING, UNDONE, Claimed, claimed
from models.session.store import database_now
from models.tables import NoticeRow


def claim(connection: Connection, *, lease_seconds: int, limit: int, workspace_id: int | None = None) -> list[Claimed]:
    """Takes up to `limit` notices that may be sent now: the first of each lane, urgent ones first.

    A lane with one in flight is left alone. One whose lease ran out comes back with `was_sending`.
    """
    now = database_now(connection)
    statement = _claimable(now, limit, workspace_id).with_for_update(skip_locked=True)
    found = connection.execute(statement).mappings().all()
    if not found:
        return []
    lease, until = uuid.uuid4().hex, now + timedelta(seconds=lease_seconds)
    _lease(connection, [row["id"] for row in found], lease, until)
    return [claimed(row, lease, until) for row in found]


def claim_same(connection: Connection, notice: Claimed) -> list[Claimed]:
    """Takes the other pending notices of the same kind and lane: one message sums them up."""
    statement = (
        select(NoticeRow.__table__)  # type: ignore[attr-defined]
        .where(
            col(NoticeRow.workspace_id) == notice.workspace_id,
            col(NoticeRow.lane) == notice.lane,
            col(NoticeRow.kind) == notice.kind,
            col(NoticeRow.state) == PENDING,
            col(NoticeRow.state).in_(UNDONE),
        )
        .order_by(col(NoticeRow.id))
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(statement).mappings().all()
    if found:
        _lease(connection, [row["id"] for row in found], notice.lease, notice.leased_until)
    return [claimed(row, notice.lease, notice.leased_until) for row in found]


def release_leases(connection: Connection) -> int:
    """Ends every lease now: only where no other process can hold one (SQLite, at the start)."""
    done = connection.execute(
        update(NoticeRow)
        .where(col(NoticeRow.state) == SENDING, col(NoticeRow.state).in_(UNDONE))
        .values(leased_until=database_now(connection))
    )
    return done.rowcount


def _lease(connection: Connection, ids: list[int], lease: str, until: datetime) -> None:
    connection.execute(
        update(NoticeRow)
        .where(col(NoticeRow.id).in_(ids))
        .values(state=SENDING, lease=lease, leased_until=until, attempts=col(NoticeRow.attempts) + 1)
    )


def _claimable(now: datetime, limit: int, workspace_id: int | None) -> Any:
    # One level, so that a row that another replica has just taken is checked again under its lock.
    notice, earlier = NoticeRow, aliased(NoticeRow)
    free = and_(
        col(notice.state).in_((PENDING, AMBIGUOUS)),
        or_(col(notice.not_before).is_(None), col(notice.not_before) <= now),
    )
    lost = and_(col(notice.state) == SENDING, col(notice.leased_until) <= now)
    # Not beside one in flight, and not before one that is more urgent or as urgent and older.
    ahead = and_(
        col(earlier.workspace_id) == col(notice.workspace_id),
        col(earlier.lane) == col(notice.lane),
        col(earlier.state).in_(UNDONE),
        col(earlier.id) != col(notice.id),
        or_(
            col(earlier.state) == SENDING,
            col(earlier.urgency) < col(notice.urgency),
            and_(col(earlier.urgency) == col(notice.urgency), col(earlier.id) < col(notice.id)),
        ),
    )
    statement = (
        select(notice.__table__)  # type: ignore[attr-defined]
        .where(or_(free, lost), col(notice.state).in_(UNDONE))
        .where(~select(literal(1)).select_from(earlier).where(ahead).exists())
        .order_by(col(notice.urgency), col(notice.id))
        .limit(limit)
    )
    return statement if workspace_id is None else statement.where(col(notice.workspace_id) == workspace_id)
