"""The escalation with its proof, its clocks and their segments.

Free text stands here only after masking (`models.rules.masking`). `version` counts writes: a write
against an older one is a conflict.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.tables.columns import case_column, json_column, key_column, text_column, utc_column

_OPEN = text("ended_at IS NULL")
# Other proof may be longer than PostgreSQL takes into an index (2,704 bytes).
_OBJECT = text("kind = 'object_id'")


class EscalationRow(SQLModel, table=True):
    """One escalation. Small values that are never searched (waiting, progress, resolution, closure)
    are JSON; everything a list filters or sorts by is a column."""

    __tablename__ = "escalation"
    __table_args__ = (
        Index("ix_escalation_number", "workspace_id", "number", unique=True),
        Index(
            "ix_escalation_open_team",
            "workspace_id",
            "team",
            "opened_at",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_escalation_open_owner", "workspace_id", "owner", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_escalation_requester", "workspace_id", "requester", "number"),
        Index("ix_escalation_account", "workspace_id", "account", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_escalation_due", "workspace_id", "next_due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = key_column()
    workspace_id: int = Field(foreign_key="workspace.id")
    number: int
    version: int
    config_version: int
    title: str = text_column()
    title_local: str | None = text_column(nullable=True)
    need: str = text_column()
    severity: str = Field(max_length=8)
    status: str = Field(max_length=16)
    team: str = Field(max_length=64)
    requester: str = Field(max_length=32)
    owner: str | None = Field(default=None, max_length=32)
    suggested_owner: str | None = Field(default=None, max_length=32)
    passed_over: list[str] = json_column()
    account: str | None = text_column(nullable=True)
    ticket_url: str | None = text_column(nullable=True)
    category: str | None = Field(default=None, max_length=64)
    customer_language: str | None = Field(default=None, max_length=16)
    amount: str | None = text_column(nullable=True)
    promised_at: datetime | None = utc_column(nullable=True)
    origin_channel: str | None = Field(default=None, max_length=32)
    followers: list[str] = json_column()
    waiting: dict[str, Any] | None = json_column(nullable=True)
    progress: dict[str, Any] | None = json_column(nullable=True)
    resolution: dict[str, Any] | None = json_column(nullable=True)
    closure: dict[str, Any] | None = json_column(nullable=True)
    opened_at: datetime = utc_column()
    acknowledged_at: datetime | None = utc_column(nullable=True)
    owner_since: datetime | None = utc_column(nullable=True)
    owner_active_at: datetime | None = utc_column(nullable=True)
    resolved_at: datetime | None = utc_column(nullable=True)
    first_resolved_at: datetime | None = utc_column(nullable=True)
    ended_at: datetime | None = utc_column(nullable=True)
    close_at: datetime | None = utc_column(nullable=True)
    close_warned: bool = False
    look_at: datetime | None = utc_column(nullable=True)
    reopened_count: int = 0
    rerouted_count: int = 0
    duplicate_of: int | None = None
    continues: int | None = None
    next_due_at: datetime | None = utc_column(nullable=True)
    breached: bool = False


class EvidenceRow(SQLModel, table=True):
    """One piece of proof; SQL text is stored with a summary of its result and never executed."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_object", "workspace_id", "text", sqlite_where=_OBJECT, postgresql_where=_OBJECT),
    )

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    escalation_id: int = case_column(primary_key=True)
    ordinal: int = Field(primary_key=True)
    kind: str = Field(max_length=16)
    text: str = text_column()
    summary: str | None = text_column(nullable=True)
    live: bool | None = None
    added_by: str = Field(max_length=32)
    added_at: datetime = utc_column()


class ClockRow(SQLModel, table=True):
    """One cycle of one kind of SLA clock; seconds are working time."""

    __tablename__ = "clock"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    escalation_id: int = case_column(primary_key=True)
    kind: str = Field(primary_key=True, max_length=16)
    cycle: int = Field(primary_key=True)
    state: str = Field(max_length=16)
    target_seconds: int
    elapsed_seconds: int
    started_at: datetime = utc_column()
    due_at: datetime | None = utc_column(nullable=True)
    stopped_at: datetime | None = utc_column(nullable=True)
    breached_at: datetime | None = utc_column(nullable=True)
    last_rung: int = 0
    nudged_at: datetime | None = utc_column(nullable=True)


class SegmentRow(SQLModel, table=True):
    """A stretch of a clock: running or paused, under which calendar, and why."""

    __tablename__ = "segment"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    escalation_id: int = case_column(primary_key=True)
    kind: str = Field(primary_key=True, max_length=16)
    cycle: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    state: str = Field(max_length=16)
    reason: str = Field(max_length=32)
    started_at: datetime = utc_column()
    ended_at: datetime | None = utc_column(nullable=True)
    team: str = Field(max_length=64)
    hours: str = Field(max_length=16)
    config_version: int
