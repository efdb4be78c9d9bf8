"""Reactions and pins: what they change, and the events that tell of it."""

from typing import TYPE_CHECKING

from bot.sandbox.errors import Json
from bot.sandbox.message_json import message_json
from bot.sandbox.records import Message

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def react(workspace: "Workspace", message: Message, user_id: str, *, name: str) -> None:
    """Put a reaction on a message."""
    message.reactions.setdefault(name, []).append(user_id)
    _tell_reaction(workspace, message, user_id, kind="reaction_added", name=name)


def unreact(workspace: "Workspace", message: Message, user_id: str, *, name: str) -> None:
    """Take one's reaction back."""
    message.reactions[name].remove(user_id)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell_reaction(workspace, message, user_id, kind="reaction_removed", name=name)


def _tell_reaction(workspace: "Workspace", message: Message, user_id: str, *, kind: str, name: str) -> None:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event: Json = {"type": kind, "user": user_id, "reaction": name, "item": item}
    _tell(workspace, message, {**event, "item_user": message.user})


def pin(workspace: "Workspace", message: Message, user_id: str) -> None:
    """Pin a message to its channel."""
    workspace.channels[message.channel].pins.append(message.ts)
    _tell_pin(workspace, message, user_id, kind="pin_added")


def unpin(workspace: "Workspace", message: Message, user_id: str) -> None:
    """Unpin a message."""
    workspace.channels[message.channel].pins.remove(message.ts)
    _tell_pin(workspace, message, user_id, kind="pin_removed")


def _tell_pin(workspace: "Workspace", message: Message, user_id: str, *, kind: str) -> None:
    shown = message_json(workspace, message)
    item = {"type": "message", "channel": message.channel, "message": shown}
    _tell(workspace, message, {"type": kind, "user": user_id, "channel_id": message.channel, "item": item})


def _tell(workspace: "Workspace", message: Message, event: Json) -> None:
    workspace.changed()
    if workspace.bot_user_id in workspace.channels[message.channel].members:
        workspace.emit({**event, "event_ts": workspace.ids.next_ts()})
