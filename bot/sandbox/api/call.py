"""One call of the Web API, and the questions that every method family asks of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.arguments import Arguments
from bot.sandbox.catalogue import first_documented
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.records import Channel, Message, User

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


@dataclass
class Call:
    """A method, its arguments, and the workspace that it is asked of."""

    workspace: "Workspace"
    method: str
    arguments: Arguments

    def refuse(self, *codes: str) -> SlackError:
        """An error with the first of these codes that Slack documents for this method."""
        return SlackError(first_documented(self.method, *codes))

    def required(self, name: str) -> str:
        """A string that must be there; `dispatch` has seen to it for what Slack's list calls required."""
        value = self.arguments.text(name)
        if value is None:
            messages = [f"missing required field: {name}"]
            raise SlackError("invalid_arguments", messages=messages)
        return value

    def channel(self, name: str = "channel") -> Channel:
        """The conversation that is meant, if the app can see it: public, or one that it is in."""
        wanted = self.arguments.text(name) or ""
        channel = self.workspace.channels.get(wanted)
        if channel is None or channel.deleted:
            raise SlackError("channel_not_found")
        if (channel.is_private or channel.is_im) and not self.is_member(channel):
            raise SlackError("channel_not_found")
        return channel

    def is_member(self, channel: Channel) -> bool:
        return self.workspace.bot_user_id in channel.members

    def user(self, name: str = "user") -> User:
        """The user who is meant. Raises `user_not_found`, or what the method says instead of it."""
        user = self.workspace.users.get(self.arguments.text(name) or "")
        if user is None:
            raise self.refuse("user_not_found", "users_not_found", "invalid_arguments")
        return user

    def message(self, channel: Channel, name: str, *, code: str = "message_not_found") -> Message:
        """A message that stands in this channel."""
        message = channel.messages.get(self.arguments.text(name) or "")
        if message is None or message.deleted:
            raise self.refuse(code, "message_not_found")
        return message


Handler = Callable[[Call], Json]
Table = dict[str, Handler]
