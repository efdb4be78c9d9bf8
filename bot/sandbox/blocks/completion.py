"""What Slack adds to blocks by itself: a block_id, an action_id, and the defaults of text objects.

An app that leaves its ids out gets other ones on every post, as at Slack: nothing it can rely on.
"""

import copy
import secrets
from typing import Any

from bot.sandbox.blocks.elements import ELEMENTS

Json = dict[str, Any]


def _word() -> str:
    return secrets.token_urlsafe(4)[:5]


def completed(blocks: list[Json]) -> list[Json]:
    """A copy of valid blocks as Slack stores them."""
    stored = copy.deepcopy(blocks)
    for block in stored:
        block.setdefault("block_id", _word())
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(element, dict) and element.get("type") in ELEMENTS and element["type"] != "image":
                element.setdefault("action_id", _word())
        _complete_texts(block)
    return stored


def _complete_texts(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _complete_texts(item)
        return
    if not isinstance(value, dict):
        return
    if value.get("type") == "plain_text":
        value.setdefault("emoji", True)
    elif value.get("type") == "mrkdwn":
        value.setdefault("verbatim", False)
    for content in value.values():
        _complete_texts(content)
