"""Which message stands where: a case's card by team, and the case of a card by its message."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from models.queries.upsert import upsert
from models.tables import EscalationRow, PostRow


@dataclass(frozen=True, slots=True)
class Post:
    """A message that stands in Slack. `version` is that of the case it shows, `link` its permalink."""

    channel: str
    ts: str
    version: int
    link: str | None = None


def find(connection: Connection, workspace_id: int, escalation_id: int, place: str) -> Post | None:
    """The post of a case at a place ("card:engineering")."""
    statement = select(col(PostRow.channel), col(PostRow.ts), col(PostRow.version), col(PostRow.link)).where(
        col(PostRow.workspace_id) == workspace_id,
        col(PostRow.escalation_id) == escalation_id,
        col(PostRow.place) == place,
    )
    row = connection.execute(statement).first()
    return Post(row[0], row[1], row[2], row[3]) if row else None


def save(
    connection: Connection, workspace_id: int, escalation_id: int, place: str, *, post: Post, now: datetime
) -> None:
    """Notes that a post stands, or shows a newer version."""
    row = {
        "workspace_id": workspace_id,
        "escalation_id": escalation_id,
        "place": place,
        "channel": post.channel,
        "ts": post.ts,
        "version": post.version,
        "link": post.link,
        "posted_at": now,
    }
    upsert(
        connection,
        PostRow,
        [row],
        keys=["workspace_id", "escalation_id", "place"],
        set_columns=["channel", "ts", "version", "link", "posted_at"],
    )


def forget(connection: Connection, workspace_id: int, escalation_id: int, place: str) -> None:
    """The post is gone from Slack: the next card is a new one."""
    connection.execute(
        delete(PostRow).where(
            col(PostRow.workspace_id) == workspace_id,
            col(PostRow.escalation_id) == escalation_id,
            col(PostRow.place) == place,
        )
    )


def case_number_at(connection: Connection, workspace_id: int, channel: str, ts: str) -> int | None:
    """The number of the escalation whose card is that message."""
    statement = (
        select(col(EscalationRow.number))
        .join(PostRow, col(PostRow.escalation_id) == col(EscalationRow.id))
        .where(
            col(PostRow.workspace_id) == workspace_id,
            col(PostRow.channel) == channel,
            col(PostRow.ts) == ts,
            col(EscalationRow.workspace_id) == workspace_id,
        )
    )
    found = connection.execute(statement).scalar_one_or_none()
    return None if found is None else int(found)
