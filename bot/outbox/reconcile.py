"""Looks an ambiguous post up by the key in its metadata, before it is ever sent again.

Slack limits history and replies for new commercially distributed apps outside its Marketplace; internal
apps are exempt. The manifest asks for the history scopes for this and nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.outbox.slack import SlackCalls
from bot.render.ids import METADATA_EVENT

_PAGE = 200
_MOST_PAGES = 20  # newest first in a channel: far more than is written while a post is in doubt
_MARK = "notice:"


async def find_posted(slack: SlackCalls, *, channel: str, thread_ts: str | None, key: str) -> str | None:
    """The ts of the message that carries `key`, None if none does. Raises SlackFault.

    Slack's `oldest` is not used: it is told in Slack's time, which a demo's bent clock does not share.
    """
    cursor = ""
    for _ in range(_MOST_PAGES):
        arguments: dict[str, Any] = {"channel": channel, "limit": _PAGE, "include_all_metadata": True}
        if cursor:
            arguments["cursor"] = cursor
        if thread_ts:
            answer = await slack.call("conversations.replies", ts=thread_ts, **arguments)
        else:
            answer = await slack.call("conversations.history", **arguments)
        for message in answer.get("messages", ()):
            if _carries(message, key):
                return str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None
    return None


def metadata(key: str, also: Sequence[str] = ()) -> dict[str, Any]:
    """The metadata that a post carries: its notice's key, and those of the others that it sums up."""
    payload = {"key": key, "also": " ".join(also)} if also else {"key": key}
    return {"event_type": METADATA_EVENT, "event_payload": payload}


def marked(blocks: Sequence[Mapping[str, Any]], key: str) -> list[Mapping[str, Any]]:
    """The blocks, the first nameless one named by the key: a server that does not give metadata back gives
    these, and a post must not stand twice for that."""
    nameless = next((index for index, block in enumerate(blocks) if "block_id" not in block), None)
    return [{**block, "block_id": _MARK + key} if index == nameless else block for index, block in enumerate(blocks)]


def _carries(message: Mapping[str, Any], key: str) -> bool:
    if any(isinstance(b, Mapping) and b.get("block_id") == _MARK + key for b in message.get("blocks") or ()):
        return True
    found = message.get("metadata")
    if not isinstance(found, Mapping):
        return False
    payload = found.get("event_payload") or {}
    is_ours = found.get("event_type") == METADATA_EVENT
    return is_ours and key in (payload.get("key"), *str(payload.get("also") or "").split())
