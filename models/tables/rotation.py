"""Whose turn it is in a team's rotation."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import utc_column


class RotationRow(SQLModel, table=True):
    """The place in a team's rotation that is on call, moved by a handoff."""

    __tablename__ = "rotation"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    team: str = Field(primary_key=True, max_length=64)
    position: int = 0
    changed_at: datetime = utc_column()
    changed_by: str | None = Field(default=None, max_length=32)
