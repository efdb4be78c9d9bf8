"""What a workspace consists of: users, channels, messages, groups, files, bookmarks.

Plain records and the JSON that Slack shows of them (users and channels have files of their own for that:
`directory.py`). How they come to be and change is `workspace.py` and `posting.py`.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import Json


@dataclass
class User:
    """A member of the workspace, a guest, a stranger from another company, or a bot."""

    id: str
    name: str
    real_name: str
    team_id: str
    locale: str = "en-US"
    tz: str = "UTC"
    email: str = ""
    title: str = ""
    is_bot: bool = False
    is_admin: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    presence: str = "active"
    profile: Json = field(default_factory=dict)
    updated: int = 0
    dnd: Json = field(default_factory=dict)


@dataclass
class Message:
    """One message as it stands now; `sees()` hands out copies, so that a test can hold on to an old state."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    bot_id: str | None = None
    app_id: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    username: str | None = None
    broadcast: bool = False
    ephemeral_to: str | None = None
    deleted: bool = False
    response_type: str | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, below its first message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_ephemeral(self) -> bool:
        return self.ephemeral_to is not None

    def copy(self) -> "Message":
        """As it is now, untouched by what comes later."""
        return copy.deepcopy(self)


@dataclass
class Channel:
    """A channel, public or private, or a direct message (`user_id`: with whom)."""

    id: str
    name: str
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    is_general: bool = False
    user_id: str | None = None
    topic: str = ""
    purpose: str = ""
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    connected_team_ids: list[str] = field(default_factory=list)
    deleted: bool = False
    _threads: dict[str, list[Message]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Slack's `channel_type`."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "group" if self.is_private else "channel"

    def replies(self, thread_ts: str) -> list[Message]:
        """The replies below a message, oldest first."""
        return list(self._threads.get(thread_ts, ()))

    def add(self, message: Message) -> None:
        """Put a message into the channel, and into its thread."""
        self.messages[message.ts] = message
        if message.is_reply and message.thread_ts is not None:
            self._threads.setdefault(message.thread_ts, []).append(message)


@dataclass
class Group:
    """A user group, such as @payments-leads."""

    id: str
    handle: str
    name: str
    users: list[str]
    created: int
    updated: int
    disabled: bool = False


@dataclass
class File:
    """An uploaded file; `completed` once the app has said so and where it goes."""

    id: str
    name: str
    length: int
    user: str
    created: int
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class Scheduled:
    """A message that waits for its time."""

    id: str
    channel: str
    post_at: int
    created: int
    fields: dict[str, Any]
