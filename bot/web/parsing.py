"""A signed body becomes the payload that Slack meant, or a reason why it is none.

Bolt parses again, less carefully: it raises on a broken body, and a slash command whose text holds the word
"payload" it reads as empty. So Bolt is given what is parsed here.
"""

import json
import re
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from bot.web.shapes import has_slacks_shape

_MOST_FIELDS = 1000
# A half of a surrogate pair, or NUL: no database stores them as text. Slack writes most of Unicode as \uXXXX, so
# this only says that it is worth a look.
_WORTH_A_LOOK = re.compile(rb"(?:\\|%5[cC])u(?:[dD][89a-fA-F]|0000)|%00|\x00")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


# What Bolt and the listeners take for granted, by the payload's `type`: texts, each by the way to it.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "event_callback": (("event", "type"),),
    "view_submission": (("view", "type"), ("view", "callback_id")),
    "view_closed": (("view", "type"), ("view", "callback_id")),
    "shortcut": (("callback_id",),),
    "message_action": (("callback_id",),),
    "block_suggestion": (("action_id",),),
}


# Steps of Slack's old workflows, which are no more; Bolt still looks for them, and trips.
_STEPS = frozenset({"workflow_step_edit", "workflow_step_execute", "workflow_step"})


class Malformed(Exception):
    """The body cannot be read; `reason` is a code for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_payload(body: bytes, content_type: str) -> dict[str, Any]:
    """The payload of an event (JSON), an interaction (a form's `payload`) or a slash command (a form).

    Raises Malformed.
    """
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/json":
            payload = _json_object(body.decode("utf-8"))
        elif kind == "application/x-www-form-urlencoded":
            payload = _form(body.decode("utf-8"))
        else:
            raise Malformed("content_type")
        check_shape(payload)
        return _storable(payload) if _WORTH_A_LOOK.search(body) else payload
    except UnicodeDecodeError:
        raise Malformed("not_utf8") from None
    except (ValueError, RecursionError):
        raise Malformed("not_parsed") from None


def _json_object(text: str) -> dict[str, Any]:
    payload = json.loads(text, parse_constant=_refuse_constant)
    if not isinstance(payload, dict):
        raise Malformed("not_an_object")
    return payload


def parsed_payload(payload: object) -> dict[str, Any]:
    """The same of a payload that came parsed, through Socket Mode. Raises Malformed."""
    if not isinstance(payload, dict):
        raise Malformed("not_an_object")
    check_shape(payload)
    storable: dict[str, Any] = _storable(payload)
    return storable


def check_shape(payload: dict[str, Any]) -> None:
    """Raises Malformed where something is missing, or of a type, that nothing behind the door expects."""
    if not has_slacks_shape(payload):
        raise Malformed("shape")
    kind = payload.get("type") or ""
    if not all(isinstance(_at(payload, way), str) for way in _NEEDED.get(kind, ())):
        raise Malformed("shape")
    if {kind, _at(payload, ("event", "type")), _at(payload, ("view", "type"))} & _STEPS:
        raise Malformed("legacy_step")
    if payload.get("response_urls", ()) is None:
        raise Malformed("shape")
    if kind == "block_actions" and not _are_actions(payload.get("actions")):
        raise Malformed("shape")


def _at(payload: object, way: tuple[str, ...]) -> object:
    for name in way:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload


def _are_actions(actions: object) -> bool:
    """Whether there are actions, each with its id: Bolt looks for it without asking."""
    return (
        isinstance(actions, list)
        and bool(actions)
        and all(isinstance(each, dict) and isinstance(each.get("action_id"), str) for each in actions)
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _form(text: str) -> dict[str, Any]:
    fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    if "payload" in fields:
        return _json_object(fields["payload"])
    if "command" in fields or "ssl_check" in fields:
        return fields
    raise Malformed("neither_payload_nor_command")


def _storable(value: Any) -> Any:
    """What a person typed survives, with a replacement character where half an emoji stood."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", value)
    if isinstance(value, dict):
        return {_storable(name): _storable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return value
