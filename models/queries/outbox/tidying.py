"""What stands undone in the outbox, and what was finished long ago."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select
from sqlmodel import col

from models.queries.outbox.notices import DROPPED, FAILED, SENT, UNDONE
from models.rules.change import NoticeKind
from models.tables import NoticeRow


def counts(connection: Connection) -> dict[str, int]:
    """How many notices stand in each state that is not finished."""
    statement = (
        select(col(NoticeRow.state), func.count())
        .where(col(NoticeRow.state).in_(UNDONE))
        .group_by(col(NoticeRow.state))
    )
    return {state: int(n) for state, n in connection.execute(statement)}


def card_is_coming(connection: Connection, workspace_id: int, escalation_id: int, team: str) -> bool:
    """Whether a card for the team's channel is still to be sent; if not, nothing should wait for it."""
    statement = select(func.count()).where(
        col(NoticeRow.workspace_id) == workspace_id,
        col(NoticeRow.lane) == f"card:{escalation_id}:{team}",
        col(NoticeRow.kind) == NoticeKind.CARD.value,
        col(NoticeRow.state).in_(UNDONE),
    )
    return bool(connection.execute(statement).scalar_one())


def remove_finished(connection: Connection, workspace_id: int, before: datetime, *, limit: int) -> int:
    """Removes up to `limit` notices that were finished long ago; returns how many there were."""
    old = (
        select(col(NoticeRow.id))
        .where(
            col(NoticeRow.workspace_id) == workspace_id,
            col(NoticeRow.state).in_((SENT, DROPPED, FAILED)),
            col(NoticeRow.finished_at) < before,
        )
        .limit(limit)
    )
    return connection.execute(delete(NoticeRow).where(col(NoticeRow.id).in_(old))).rowcount
