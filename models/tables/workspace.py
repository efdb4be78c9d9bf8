"""A Slack workspace that has the bot: its counter for keys and the config version in force."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import key_column, text_column, utc_column


class WorkspaceRow(SQLModel, table=True):
    """One workspace. `last_number` is the counter that keys (ESC-142) come from."""

    __tablename__ = "workspace"

    id: int | None = key_column()
    team_id: str = Field(unique=True, max_length=32)
    name: str = text_column()
    bot_user_id: str = Field(default="", max_length=32)
    last_number: int = 0
    config_version: int = 0
    created_at: datetime = utc_column()
