"""The outbox: notices to be sent, posts that stand, and the lanes that keep a channel's pace.

A notice is facts, not text: it is rendered when it is sent. Its `key` goes into the message's metadata,
by which a post whose answer never came is found again.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.tables.columns import case_column, json_column, key_column, text_column, utc_column

_WAITING = text("state IN ('pending', 'sending', 'ambiguous')")
# Also named where a notice is added: PostgreSQL finds the index by its words, never by parameters.
MERGES = text("state = 'pending' AND merge_key <> ''")


class NoticeRow(SQLModel, table=True):
    """One message to be sent. `lane` is the order it keeps (a card, a thread, a person's DM);
    pending notices with the same `merge_key` are one. `attempts` counts what Slack was asked."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ux_notice_key", "workspace_id", "key", unique=True),
        Index(
            "ux_notice_merge",
            "workspace_id",
            "merge_key",
            unique=True,
            sqlite_where=MERGES,
            postgresql_where=MERGES,
        ),
        Index("ix_notice_lane", "workspace_id", "lane", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_notice_due", "urgency", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: int | None = key_column()
    workspace_id: int = Field(foreign_key="workspace.id")
    escalation_id: int | None = case_column(nullable=True)
    key: str = Field(max_length=64)
    kind: str = Field(max_length=32)
    place: str = Field(max_length=16)
    recipient: str = Field(max_length=64)
    lane: str = Field(max_length=128)
    merge_key: str = Field(default="", max_length=128)
    facts: dict[str, Any] = json_column()
    urgency: int = 1  # 0 before 1
    state: str = Field(default="pending", max_length=16)
    generation: int = 1
    attempts: int = 0
    plain: bool = False  # without its blocks: Slack refused them
    not_before: datetime | None = utc_column(nullable=True)  # database time; None: at once
    leased_until: datetime | None = utc_column(nullable=True)
    lease: str | None = Field(default=None, max_length=32)
    tried_channel: str | None = Field(default=None, max_length=32)
    error: str | None = Field(default=None, max_length=64)
    created_at: datetime = utc_column()
    finished_at: datetime | None = utc_column(nullable=True)


class PostRow(SQLModel, table=True):
    """A message that stands in Slack and may be edited or answered to. `generation` is what it shows."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_message", "workspace_id", "channel", "ts"),)

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    escalation_id: int = case_column(primary_key=True)
    place: str = Field(primary_key=True, max_length=64)  # card:TEAM
    channel: str = Field(max_length=32)
    ts: str = Field(max_length=32)
    link: str | None = text_column(nullable=True)
    version: int = 0  # of the case that it shows
    posted_at: datetime = utc_column()


class LaneRow(SQLModel, table=True):
    """When a Slack channel may be posted to again: one message a second, shared by all replicas."""

    __tablename__ = "lane"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    channel: str = Field(primary_key=True, max_length=64)
    free_at: datetime = utc_column()
