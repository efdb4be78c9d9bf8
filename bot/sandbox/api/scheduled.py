"""chat.scheduleMessage and its family: messages that wait for the workspace's clock."""

from typing import TYPE_CHECKING

from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.chat import content_of, refuse_nothing, thread_of, writable_channel
from bot.sandbox.api.pages import page
from bot.sandbox.contents import check_metadata
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.posting import app_message, publish
from bot.sandbox.records import Scheduled

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

LONGEST_WAIT_SECONDS = 120 * 24 * 3600


def schedule(call: Call) -> Json:
    """chat.scheduleMessage"""
    channel = writable_channel(call, opens_dm=True)
    fields = content_of(call)
    refuse_nothing(fields)
    fields["thread_ts"] = thread_of(call, channel) if call.arguments.has("thread_ts") else None
    fields["metadata"] = check_metadata(call.arguments.structure("metadata", "invalid_metadata_format"))
    post_at = call.arguments.number("post_at", "invalid_time")
    now = call.workspace.ids.epoch()
    if post_at is None:
        raise SlackError("invalid_time")
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + LONGEST_WAIT_SECONDS:
        raise SlackError("time_too_far")
    waiting = Scheduled(call.workspace.ids.new("Q"), channel.id, post_at, now, fields)
    call.workspace.scheduled[waiting.id] = waiting
    shown = {"text": fields["text"], "type": "delayed_message", "blocks": fields.get("blocks", [])}
    return {
        "channel": channel.id,
        "scheduled_message_id": waiting.id,
        "post_at": post_at,
        "message": {**shown, "bot_id": call.workspace.bot_id, "team": call.workspace.team_id},
    }


def delete_scheduled(call: Call) -> Json:
    """chat.deleteScheduledMessage"""
    channel = call.channel()
    wanted = call.arguments.text("scheduled_message_id") or ""
    waiting = call.workspace.scheduled.get(wanted)
    if waiting is None or waiting.channel != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    del call.workspace.scheduled[wanted]
    return {}


def list_scheduled(call: Call) -> Json:
    """chat.scheduledMessages.list"""
    channel = call.channel().id if call.arguments.has("channel") else None
    waiting = [w for w in call.workspace.scheduled.values() if channel in (None, w.channel)]
    some, metadata = page(call, sorted(waiting, key=lambda w: w.post_at))
    shown = [
        {
            "id": w.id,
            "channel_id": w.channel,
            "post_at": w.post_at,
            "date_created": w.created,
            "text": w.fields["text"],
        }
        for w in some
    ]
    return {"scheduled_messages": shown, "response_metadata": metadata}


def post_due(workspace: "Workspace") -> None:
    """Post what is due by the workspace's clock. The server looks every now and then."""
    now = workspace.ids.epoch()
    for waiting in list(workspace.scheduled.values()):
        if waiting.post_at <= now:
            del workspace.scheduled[waiting.id]
            channel = workspace.channels[waiting.channel]
            if workspace.bot_user_id in channel.members and not channel.is_archived:
                publish(workspace, app_message(workspace, channel, **waiting.fields))


METHODS: Table = {
    "chat.scheduleMessage": schedule,
    "chat.deleteScheduledMessage": delete_scheduled,
    "chat.scheduledMessages.list": list_scheduled,
}
