"""chat.*: posting, editing and deleting messages. Scheduled ones are in `scheduled.py`."""

import re
from typing import Any

from bot.sandbox.api.call import Call, Table
from bot.sandbox.contents import (
    MOST_MARKDOWN,
    check_attachments,
    check_blocks,
    check_metadata,
    check_text,
)
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.message_json import message_json
from bot.sandbox.posting import app_message, delete, edit, publish, whisper
from bot.sandbox.records import Channel, Message

TS = re.compile(r"\d{10}\.\d{6}")
# Not every method documents every code: what stands in for one.
INSTEAD = {"msg_blocks_too_long": ("msg_too_long", "invalid_blocks")}
CONTENT = ("text", "blocks", "attachments", "markdown_text")


def content_of(call: Call) -> dict[str, Any]:
    """What the caller wants said, checked: text, blocks, attachments. Raises `no_text` for nothing."""
    arguments = call.arguments
    markdown = arguments.text("markdown_text")
    if markdown is not None and (arguments.has("text") or arguments.has("blocks")):
        raise SlackError("markdown_text_conflict")
    if markdown is not None and len(markdown) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    fields: dict[str, Any] = {"text": markdown or check_text(arguments.text("text"))}
    if arguments.has("blocks"):
        fields["blocks"] = blocks_of(call)
    if arguments.has("attachments"):
        fields["attachments"] = _attachments(call)
    return fields


def blocks_of(call: Call) -> list[Json]:
    """The blocks that the caller wants shown, checked; refused with a code that this method documents."""
    try:
        return check_blocks(call.arguments.structure("blocks", "invalid_blocks_format"))
    except SlackError as refused:
        if refused.messages:
            raise
        raise call.refuse(refused.code, *INSTEAD.get(refused.code, ("invalid_blocks",))) from None


def _attachments(call: Call) -> list[Json]:
    try:
        return check_attachments(call.arguments.structure("attachments", "invalid_attachments"))
    except SlackError as refused:
        raise call.refuse(refused.code, "invalid_arguments") from None


def refuse_nothing(fields: dict[str, Any]) -> None:
    """A message says something, in whatever way."""
    if not any(fields.get(name) for name in CONTENT):
        raise SlackError("no_text")


def writable_channel(call: Call, *, opens_dm: bool = False) -> Channel:
    """The channel to post to, if the app may: it is a member, and the channel is not archived."""
    wanted = call.arguments.text("channel") or ""
    if opens_dm and wanted in call.workspace.users:
        user = call.workspace.users[wanted]
        if user.is_bot or user.is_stranger:
            raise SlackError("channel_not_found")
        return call.workspace.app_dm(user.id)
    if opens_dm and wanted not in call.workspace.channels:
        call.arguments.given["channel"] = _id_of_name(call, wanted)
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    return channel


def _id_of_name(call: Call, name: str) -> str:
    names = {c.name: c.id for c in call.workspace.channels.values() if c.name}
    return names.get(name.removeprefix("#"), name)


def thread_of(call: Call, channel: Channel) -> str | None:
    """The thread to post to. A reply's ts means the thread that the reply is in."""
    thread_ts = call.arguments.text("thread_ts")
    if thread_ts is None:
        return None
    parent = channel.messages.get(thread_ts)
    if not TS.fullmatch(thread_ts) or parent is None:
        raise call.refuse("cannot_reply_to_message", "invalid_arguments")
    return parent.thread_ts or parent.ts


def post_message(call: Call) -> Json:
    """chat.postMessage"""
    channel = writable_channel(call, opens_dm=True)
    fields = content_of(call)
    refuse_nothing(fields)
    fields["thread_ts"] = thread_of(call, channel)
    fields["broadcast"] = call.arguments.flag("reply_broadcast") and fields["thread_ts"] is not None
    fields["subtype"] = "thread_broadcast" if fields["broadcast"] else None
    fields["metadata"] = check_metadata(call.arguments.structure("metadata", "invalid_metadata_format"))
    fields["username"] = call.arguments.text("username")
    message = publish(call.workspace, app_message(call.workspace, channel, **fields))
    shown = message_json(call.workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: nobody keeps it, and who is away never sees it; Slack answers ok all the same."""
    channel = writable_channel(call)
    fields = content_of(call)
    refuse_nothing(fields)
    user = call.workspace.users.get(call.arguments.text("user") or "")
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    fields["thread_ts"] = thread_of(call, channel)
    fields["username"] = call.arguments.text("username")
    message = app_message(call.workspace, channel, **fields)
    message.ephemeral_to = user.id
    if user.presence == "active" and not user.deleted:
        whisper(call.workspace, message)
    return {"message_ts": message.ts}


def own_message(call: Call, channel: Channel, *, code: str) -> Message:
    """A message that the app posted itself; others' cannot be changed."""
    message = call.message(channel, "ts")
    if message.bot_id != call.workspace.bot_id or message.subtype == "tombstone":
        raise SlackError(code)
    return message


def update(call: Call) -> Json:
    """chat.update: a new text without blocks takes the old blocks away, as at Slack."""
    channel = writable_channel(call)
    message = own_message(call, channel, code="cant_update_message")
    fields = content_of(call)
    if not any(call.arguments.has(name) for name in CONTENT):
        raise SlackError("no_text")
    if "blocks" not in fields:
        fields["blocks"] = []
    elif not call.arguments.has("text"):
        fields["text"] = message.text if not fields["blocks"] else ""
    if call.arguments.has("metadata"):
        fields["metadata"] = check_metadata(call.arguments.structure("metadata", "invalid_metadata_format"))
    edit(call.workspace, message, **fields)
    shown = message_json(call.workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete_message(call: Call) -> Json:
    """chat.delete"""
    channel = writable_channel(call)
    message = own_message(call, channel, code="cant_delete_message")
    delete(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """chat.getPermalink"""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    base = f"https://{call.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        base += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": base}


METHODS: Table = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete_message,
    "chat.getPermalink": get_permalink,
}
