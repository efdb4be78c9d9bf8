"""What an app says back through a response_url, or in the body of its answer to a slash command.

Ephemeral unless it says `in_channel`; the app need not be in the channel. `replace_original` and
`delete_original` concern the message whose button was pressed.
"""

from typing import TYPE_CHECKING, Any

from bot.sandbox.contents import check_attachments, check_blocks, check_metadata, check_text
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.posting import app_message, delete, edit, publish, whisper
from bot.sandbox.records import Message
from bot.sandbox.response_urls import ResponseUrl

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def say_back(workspace: "Workspace", to: ResponseUrl, body: Json) -> None:
    """Do what the body asks. Raises Slack's error where the body cannot be shown."""
    original = _original(workspace, to)
    if body.get("delete_original"):
        if original is not None:
            delete(workspace, original)
        return
    fields = _fields(body)
    if body.get("replace_original") and original is not None:
        edit(workspace, original, **fields)
        return
    channel = workspace.channels[to.channel_id]
    fields["thread_ts"] = body.get("thread_ts") or to.thread_ts
    message = app_message(workspace, channel, **fields)
    if body.get("response_type") == "in_channel":
        message.response_type = "in_channel"
        publish(workspace, message)
    else:
        message.ephemeral_to = to.user_id
        whisper(workspace, message)


def _fields(body: Json) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "text": check_text(body.get("text")),
        "blocks": check_blocks(body.get("blocks")),
        "attachments": check_attachments(body.get("attachments")),
        "metadata": check_metadata(body.get("metadata")),
    }
    if not any(fields[name] for name in ("text", "blocks", "attachments")):
        raise SlackError("no_text")
    return fields


def _original(workspace: "Workspace", to: ResponseUrl) -> Message | None:
    if to.message_ts is None:
        return None
    for message in workspace.ephemerals:
        if message.ts == to.message_ts and message.ephemeral_to == to.user_id:
            return message
    message_here = workspace.channels[to.channel_id].messages.get(to.message_ts)
    return message_here if message_here is not None and not message_here.deleted else None
