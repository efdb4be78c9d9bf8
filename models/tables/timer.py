"""Timers: a row for everything that is to happen by itself. APScheduler only ticks.

A case's timers are unique by purpose and clock; a schedule's by name and occurrence. A timer that has
fired is deleted in the commit that holds its effects.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.tables.columns import BigKey, key_column, utc_column


class TimerRow(SQLModel, table=True):
    """One timer. `escalation_id` is 0 and `schedule` set for posts on a schedule."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("ux_timer", "workspace_id", "escalation_id", "purpose", "clock", "schedule", unique=True),
        # Not by workspace: the tick takes what is due of all of them, oldest first.
        Index("ix_timer_due", "fires_at"),
    )

    id: int | None = key_column()
    workspace_id: int = Field(foreign_key="workspace.id")
    escalation_id: int = Field(default=0, sa_type=BigKey)
    purpose: str = Field(max_length=16)
    clock: str = Field(default="", max_length=16)
    schedule: str = Field(default="", max_length=64)
    fires_at: datetime = utc_column()
