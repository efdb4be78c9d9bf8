"""conversations.history and conversations.replies: reading what was said, newest first and oldest first."""

from decimal import Decimal, InvalidOperation

from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.pages import decode, encode, limit_of
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.message_json import message_json
from bot.sandbox.records import Message


def _bound(call: Call, name: str) -> Decimal | None:
    text = call.arguments.text(name)
    if text is None:
        return None
    try:
        bound = Decimal(text)
    except InvalidOperation:
        raise SlackError(f"invalid_ts_{name}") from None
    if not bound.is_finite():
        raise SlackError(f"invalid_ts_{name}")
    return bound


def _within(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.arguments.flag("inclusive")

    def is_within(ts: Decimal) -> bool:
        on_bound = inclusive and ts in (oldest, latest)
        return on_bound or ((oldest is None or ts > oldest) and (latest is None or ts < latest))

    return [message for message in messages if is_within(Decimal(message.ts))]


def _page(call: Call, messages: list[Message], *, default: int, newest_first: bool) -> Json:
    """A page by timestamp: what is posted meanwhile shifts nothing."""
    after = decode(call)
    if after is not None:
        messages = [m for m in messages if (m.ts < after if newest_first else m.ts > after)]
    limit = limit_of(call, default)
    some, more = messages[:limit], len(messages) > limit
    metadata = call.arguments.flag("include_all_metadata")
    answer: Json = {
        "messages": [message_json(call.workspace, m, metadata=metadata) for m in some],
        "has_more": more,
    }
    if more:
        answer["response_metadata"] = {"next_cursor": encode(some[-1].ts)}
    return answer


def history(call: Call) -> Json:
    """conversations.history: the messages of the channel itself; replies only where they were broadcast."""
    channel = call.channel()
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    standing = [
        message
        for message in channel.messages.values()
        if (not message.is_reply or message.broadcast) and (not message.deleted or message.subtype == "tombstone")
    ]
    standing.sort(key=lambda message: message.ts, reverse=True)
    answer = _page(call, _within(call, standing), default=100, newest_first=True)
    return {**answer, "pin_count": len(channel.pins), "channel_actions_ts": None, "channel_actions_count": 0}


def replies(call: Call) -> Json:
    """conversations.replies: the first message of a thread and its replies."""
    channel = call.channel()
    if not call.is_member(channel):
        raise SlackError("channel_not_found")
    asked = channel.messages.get(call.required("ts"))
    if asked is None or (asked.deleted and asked.subtype != "tombstone"):
        raise SlackError("thread_not_found")
    parent = channel.messages.get(asked.thread_ts or asked.ts, asked)
    below = [reply for reply in channel.replies(parent.ts) if not reply.deleted]
    below.sort(key=lambda message: message.ts)
    answer = _page(call, _within(call, below), default=100, newest_first=False)
    if not call.arguments.has("cursor"):
        metadata = call.arguments.flag("include_all_metadata")
        answer["messages"].insert(0, message_json(call.workspace, parent, metadata=metadata))
    return answer


METHODS: Table = {"conversations.history": history, "conversations.replies": replies}
