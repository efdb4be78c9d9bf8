"""What it means to post, edit and delete a message: the channel changes, the people in it see it, events go out.

Whether somebody may do so was decided before: by `api/` for the app, by `people/` for a person.
"""

from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks.completion import completed
from bot.sandbox.errors import Json
from bot.sandbox.message_json import message_json
from bot.sandbox.reading import read_message
from bot.sandbox.records import Channel, Message

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def app_message(workspace: "Workspace", channel: Channel, **fields: Any) -> Message:
    """A message of the app, not yet posted."""
    fields["blocks"] = completed(fields.get("blocks") or [])
    return Message(
        channel.id,
        workspace.ids.next_ts(),
        workspace.bot_user_id,
        bot_id=workspace.bot_id,
        app_id=workspace.app_id,
        **fields,
    )


def publish(workspace: "Workspace", message: Message) -> Message:
    """Put a message into its channel for everybody there to see."""
    channel = workspace.channels[message.channel]
    channel.add(message)
    _note(workspace, message, "posts")
    _tell(workspace, channel, message_json(workspace, message, metadata=True))
    if f"<@{workspace.bot_user_id}>" in message.text and not channel.is_im:
        _mention(workspace, channel, message)
    return message


def whisper(workspace: "Workspace", message: Message) -> Message:
    """Show a message to one person only. Slack keeps none of these for who is away: they never see it."""
    workspace.ephemerals.append(message)
    _note(workspace, message, "whispers")
    workspace.changed()
    return message


def edit(workspace: "Workspace", message: Message, **fields: Any) -> Message:
    """Change a message where it stands."""
    before = message_json(workspace, message, metadata=True)
    if "blocks" in fields:
        fields["blocks"] = completed(fields["blocks"] or [])
    for name, value in fields.items():
        setattr(message, name, value)
    if message.is_ephemeral:
        _note(workspace, message, "changes")
        workspace.changed()
        return message
    message.edited_ts = workspace.ids.next_ts()
    _note(workspace, message, "edits")
    after = message_json(workspace, message, metadata=True)
    changes = {"message": after, "previous_message": before}
    _tell(workspace, workspace.channels[message.channel], _changed(workspace, "message_changed", changes))
    return message


def delete(workspace: "Workspace", message: Message) -> None:
    """Take a message away. One with replies leaves a tombstone, so that its thread has a top."""
    if message.is_ephemeral:
        workspace.ephemerals.remove(message)
        workspace.changed()
        return
    channel = workspace.channels[message.channel]
    before = message_json(workspace, message, metadata=True)
    _note(workspace, message, "deletes")
    message.deleted = True
    if channel.replies(message.ts):
        message.subtype, message.text = "tombstone", "This message was deleted."
        message.blocks, message.files, message.reactions, message.metadata = [], [], {}, None
    gone = {"deleted_ts": message.ts, "previous_message": before}
    _tell(workspace, channel, _changed(workspace, "message_deleted", gone))


def _changed(workspace: "Workspace", subtype: str, more: Json) -> Json:
    return {"type": "message", "subtype": subtype, "hidden": True, "ts": workspace.ids.next_ts(), **more}


def _tell(workspace: "Workspace", channel: Channel, event: Json) -> None:
    workspace.changed()
    if workspace.bot_user_id in channel.members:
        stamps = {"channel": channel.id, "channel_type": channel.kind, "event_ts": event["ts"]}
        workspace.emit({**event, **stamps})


def _mention(workspace: "Workspace", channel: Channel, message: Message) -> None:
    if workspace.bot_user_id not in channel.members:
        return
    shown = message_json(workspace, message)
    workspace.emit({**shown, "type": "app_mention", "channel": channel.id, "event_ts": message.ts})


def place_of(workspace: "Workspace", channel: Channel) -> str:
    """What people call a conversation."""
    if not channel.is_im:
        return f"#{channel.name}"
    names = [workspace.users[member].real_name for member in channel.members]
    return "DM " + " · ".join(names)


def _note(workspace: "Workspace", message: Message, verb: str) -> None:
    channel = workspace.channels[message.channel]
    audience = frozenset([message.ephemeral_to] if message.ephemeral_to else channel.members)
    readers = [workspace.users[user] for user in audience if user and user != message.user]
    viewer = readers[0] if len(readers) == 1 else workspace.onlooker
    where = place_of(workspace, channel)
    if message.is_ephemeral:
        where += " (only to you)"
    elif message.is_reply:
        where += " (thread)"
    workspace.scenes.add(
        at=workspace.ids.now(),
        where=where,
        who=message.username or workspace.users[message.user].real_name,
        verb=verb,
        text=read_message(workspace, message, viewer),
        audience=frozenset(user for user in audience if user),
    )
