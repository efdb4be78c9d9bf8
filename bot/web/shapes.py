"""The shape that Slack's payloads have wherever Bolt or a listener takes one for granted.

A signed payload of another shape does not come from Slack, or Slack has changed: it is refused at the door,
since behind it each wrong type would be an error of its own. What is absent or null fits; what must be there
is said by `parsing`. https://docs.slack.dev/interactivity/handling-user-interaction
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class _Each:
    """A list whose items, or an object whose values, all have one shape; none of them null."""

    of: "Shape"
    kind: type


Shape = type | tuple["Shape", ...] | Mapping[str, "Shape"] | _Each
Fields = dict[str, Shape]

_NAMED: Fields = {"id": str, "name": str, "team_id": str, "domain": str, "enterprise_id": str}
_USER: Shape = {
    **_NAMED,
    "locale": str,
    "tz": str,
    "real_name": str,
    "profile": {"display_name": str, "real_name": str},
}
_STRINGS = _Each(str, list)
_OPTION: Shape = {"value": str}
_ELEMENT: Fields = {
    "value": str,
    "selected_option": _OPTION,
    "selected_options": _Each(_OPTION, list),
    "selected_user": str,
    "selected_users": _STRINGS,
    "selected_date_time": (int, str),
}
_VIEW: Shape = {
    "id": str,
    "type": str,
    "hash": str,
    "callback_id": str,
    "private_metadata": str,
    "team_id": str,
    "app_installed_team_id": str,
    "state": {"values": _Each(_Each(_ELEMENT, dict), dict)},
    "blocks": _Each({"type": str, "block_id": str}, list),
}
_MESSAGE: Shape = {"text": str, "ts": str, "thread_ts": str, "user": (_USER, str)}
_SLEEP: Shape = {
    "snooze_endtime": (int, float),
    "next_dnd_start_ts": (int, float),
    "next_dnd_end_ts": (int, float),
}
_EVENT: Shape = {
    "type": str,
    "subtype": str,
    "user": (_USER, str),
    "channel": (_NAMED, str),
    "team": (_NAMED, str),
    "enterprise": (_NAMED, str),
    "text": str,
    "ts": str,
    "thread_ts": str,
    "reaction": str,
    "tab": str,
    "item": {"type": str, "channel": str, "ts": str},
    "message": _MESSAGE,
    "previous_message": _MESSAGE,
    "assistant_thread": {"channel_id": str},
    "subteam": {**_NAMED, "handle": str, "users": _STRINGS},
    "subteam_id": str,
    "added_users": _STRINGS,
    "removed_users": _STRINGS,
    "dnd_status": _SLEEP,
    "tokens": {"bot": _STRINGS},
}
_PAYLOAD: Shape = {
    "type": str,
    "team": (_NAMED, str),
    "team_id": str,
    "enterprise": (_NAMED, str),
    "enterprise_id": str,
    "authorizations": _Each({"enterprise_id": str, "team_id": str, "user_id": str}, list),
    "user": (_USER, str),
    "user_id": str,
    "channel": (_NAMED, str),
    "channel_id": str,
    "callback_id": str,
    "action_id": str,
    "trigger_id": str,
    "response_url": str,
    "response_urls": _Each({"response_url": str, "channel_id": str}, list),
    "message": _MESSAGE,
    "message_ts": str,
    "value": str,
    "view": _VIEW,
    "actions": _Each({"action_id": str, "block_id": str, "action_ts": str, **_ELEMENT}, list),
    "event": _EVENT,
    "event_id": str,
    "text": str,
}


def has_slacks_shape(payload: Mapping[str, Any]) -> bool:
    """Whether nothing in the payload has a type that Slack never gives it."""
    return _fits(payload, _PAYLOAD)


def _fits(value: object, shape: Shape) -> bool:
    if isinstance(shape, tuple):
        return any(_fits(value, one) for one in shape)
    if isinstance(shape, _Each):
        return value is None or _each_fits(value, shape)
    if isinstance(shape, type):
        # A bool is an int to Python, and nowhere a number to Slack.
        return value is None or (isinstance(value, shape) and not isinstance(value, bool))
    return value is None or (
        isinstance(value, dict) and all(_fits(value[name], inner) for name, inner in shape.items() if name in value)
    )


def _each_fits(value: object, shape: _Each) -> bool:
    if not isinstance(value, shape.kind):
        return False
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(item is not None and _fits(item, shape.of) for item in items)
