"""Cursor pagination: a page of a list, and the opaque word that leads to the next.

Slack: https://docs.slack.dev/apis/web-api/pagination
"""

import base64
from typing import TypeVar

from bot.sandbox.api.call import Call
from bot.sandbox.errors import Json

T = TypeVar("T")
MOST = 1000


def limit_of(call: Call, default: int) -> int:
    """How many the caller wants, between 1 and 1000. Raises `invalid_limit`."""
    limit = call.arguments.number("limit", "invalid_limit")
    if limit is None or limit == 0:
        return default
    if limit < 0:
        raise call.refuse("invalid_limit", "invalid_arguments")
    return min(limit, MOST)


def encode(position: str) -> str:
    """The cursor of a position."""
    return base64.b64encode(f"next:{position}".encode()).decode()


def decode(call: Call) -> str | None:
    """The position that the caller's cursor means. Raises `invalid_cursor`."""
    cursor = call.arguments.text("cursor")
    if cursor is None:
        return None
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        word, position = "", ""
    if word != "next" or not position:
        raise call.refuse("invalid_cursor", "invalid_arguments")
    return position


def page(call: Call, everything: list[T], *, default: int = 100) -> tuple[list[T], Json]:
    """One page of a list, with the `response_metadata` that belongs to it."""
    position = decode(call) or "0"
    if not position.isdigit():
        raise call.refuse("invalid_cursor", "invalid_arguments")
    start, limit = int(position), limit_of(call, default)
    rest = start + limit < len(everything)
    return everything[start : start + limit], {"next_cursor": encode(str(start + limit)) if rest else ""}
