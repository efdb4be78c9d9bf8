"""Marks what became of a claimed notice. Every mark returns False where the lease is lost."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlmodel import col

from models.queries.outbox.notices import AMBIGUOUS, DROPPED, FAILED, PENDING, SENDING, SENT, UNDONE, Claimed
from models.session.store import database_now
from models.tables import NoticeRow

WAITS_FOR_CARD = "waits for the card"
_ERROR_LETTERS = 64  # of the column; what Slack answers may be longer


def make_plain(connection: Connection, notice: Claimed) -> bool:
    """From now on it goes out without its blocks."""
    return _mark(connection, notice, plain=True)


def remember_channel(connection: Connection, notice: Claimed, channel: str) -> bool:
    """Notes where the notice is about to be posted, before it is: an ambiguous post is looked up there."""
    return _mark(connection, notice, tried_channel=channel)


def mark_sent(connection: Connection, notice: Claimed) -> bool:
    """It was said."""
    return _finish(connection, notice, SENT, None)


def mark_dropped(connection: Connection, notice: Claimed, why: str) -> bool:
    """It is no longer true, or was said by another: it is not sent."""
    return _finish(connection, notice, DROPPED, why)


def mark_failed(connection: Connection, notice: Claimed, why: str) -> bool:
    """It cannot be said. The caller adds what tells the lead."""
    return _finish(connection, notice, FAILED, why)


def put_back(
    connection: Connection,
    notice: Claimed,
    *,
    seconds: float,
    why: str,
    ambiguous: bool = False,
    tried: bool = True,
) -> bool:
    """Not now: again after `seconds`. `ambiguous`: it may have been said, look first; once unsure it stays
    so until it was said. `tried` is False where Slack was not asked: that is no attempt."""
    unsure = ambiguous or notice.was_sending
    if not unsure and _newer_pending(connection, notice):
        return mark_dropped(connection, notice, "merged")
    changes: dict[str, Any] = {} if tried else {"attempts": col(NoticeRow.attempts) - 1}
    return _mark(
        connection,
        notice,
        **changes,
        state=AMBIGUOUS if unsure else PENDING,
        # Two pending ones of a key cannot be, and a change may add one at this moment: this one keeps apart.
        merge_key="",
        not_before=database_now(connection) + timedelta(seconds=seconds),
        lease=None,
        leased_until=None,
        error=why[:_ERROR_LETTERS],
    )


def hurry(connection: Connection, workspace_id: int, escalation_id: int) -> None:
    """The card stands: what waited for it may go now."""
    connection.execute(
        update(NoticeRow)
        .where(
            col(NoticeRow.workspace_id) == workspace_id,
            col(NoticeRow.escalation_id) == escalation_id,
            col(NoticeRow.state).in_(UNDONE),
            col(NoticeRow.state) != SENDING,
            col(NoticeRow.error) == WAITS_FOR_CARD,
        )
        .values(not_before=None)
    )


def _finish(connection: Connection, notice: Claimed, state: str, why: str | None) -> bool:
    error = None if why is None else why[:_ERROR_LETTERS]
    return _mark(connection, notice, state=state, finished_at=database_now(connection), error=error)


def _mark(connection: Connection, notice: Claimed, **changes: Any) -> bool:
    done = connection.execute(
        update(NoticeRow)
        .where(
            col(NoticeRow.workspace_id) == notice.workspace_id,
            col(NoticeRow.id) == notice.id,
            col(NoticeRow.lease) == notice.lease,
            col(NoticeRow.state) == SENDING,
        )
        .values(**changes)
    )
    return done.rowcount == 1


def _newer_pending(connection: Connection, notice: Claimed) -> bool:
    """Whether a later change has already asked for the same edit: then this one need not come back."""
    mine = select(col(NoticeRow.merge_key)).where(col(NoticeRow.id) == notice.id).scalar_subquery()
    statement = select(func.count()).where(
        col(NoticeRow.workspace_id) == notice.workspace_id,
        col(NoticeRow.merge_key) == mine,
        col(NoticeRow.merge_key) != "",
        col(NoticeRow.state) == PENDING,
    )
    return bool(connection.execute(statement).scalar_one())
