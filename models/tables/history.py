"""What happened, append-only, and what was already answered.

An event row is never changed or removed. A receipt is unique by delivery: a retry meets it and gets
the same answer instead of a second effect.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.tables.columns import BigKey, case_column, json_column, key_column, utc_column

# The kind of a line that nobody is shown: it holds the patch of a change that has nothing to tell.
SILENT = "silent"


class EventRow(SQLModel, table=True):
    """One line of history. `patch` holds the fields of the case that the change set, so that the
    present state can be replayed from the first event on; it stands on the change's first line."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_escalation", "workspace_id", "escalation_id", "id"),)

    id: int | None = key_column()
    workspace_id: int = Field(foreign_key="workspace.id")
    escalation_id: int = case_column()
    version: int
    kind: str = Field(max_length=32)
    at: datetime = utc_column()
    actor: str | None = Field(default=None, max_length=32)
    facts: dict[str, Any] = json_column()
    patch: dict[str, Any] | None = json_column(nullable=True)


class ReceiptRow(SQLModel, table=True):
    """The mark of one delivery that took effect, with what was answered."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_age", "workspace_id", "created_at"),)

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    delivery: str = Field(primary_key=True, max_length=255)
    escalation_id: int | None = Field(default=None, sa_type=BigKey, nullable=True)
    created_at: datetime = utc_column()
