"""Config versions: each text of the rules that was ever in force, never changed afterwards."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import text_column, utc_column


class ConfigVersionRow(SQLModel, table=True):
    """One version of a workspace's configuration, as the TOML it was."""

    __tablename__ = "config_version"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    version: int = Field(primary_key=True)
    toml: str = text_column()
    created_at: datetime = utc_column()
    created_by: str | None = Field(default=None, max_length=32)
