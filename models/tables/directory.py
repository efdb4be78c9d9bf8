"""What Slack told us of people, user groups and channels, kept as rows.

No Slack call stands between a click and its commit: events and a timer refresh these.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import json_column, text_column, utc_column


class PersonRow(SQLModel, table=True):
    """A person. `language` is their own choice in the bot; `locale` is Slack's."""

    __tablename__ = "person"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True, max_length=32)
    name: str = text_column()
    kind: str = Field(max_length=16)
    locale: str | None = Field(default=None, max_length=16)
    language: str | None = Field(default=None, max_length=16)
    time_zone: str = Field(default="Asia/Singapore", max_length=64)
    away_until: datetime | None = utc_column(nullable=True)
    do_not_disturb_until: datetime | None = utc_column(nullable=True)
    direct_channel: str | None = Field(default=None, max_length=32)
    refreshed_at: datetime = utc_column()


class UserGroupRow(SQLModel, table=True):
    """A user group and who is in it."""

    __tablename__ = "user_group"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    group_id: str = Field(primary_key=True, max_length=32)
    handle: str = text_column()
    members: list[str] = json_column()
    refreshed_at: datetime = utc_column()


class ChannelRow(SQLModel, table=True):
    """A channel, and whether the bot may speak there."""

    __tablename__ = "channel"

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    channel_id: str = Field(primary_key=True, max_length=32)
    name: str = text_column()
    is_member: bool = False
    is_archived: bool = False
    is_shared: bool = False
    refreshed_at: datetime = utc_column()
