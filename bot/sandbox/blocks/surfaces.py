"""A message's blocks, a modal, an App Home: each judged whole, with Slack's limits of that surface.

Slack: https://docs.slack.dev/surfaces
"""

import json
from typing import Any

from bot.sandbox.blocks.fields import boolean, by_type, items, shape, string
from bot.sandbox.blocks.findings import Findings
from bot.sandbox.blocks.layout import EVERYWHERE, IN_MESSAGES, check_unique
from bot.sandbox.blocks.texts import plain_text

MESSAGE_BLOCKS = items(by_type(IN_MESSAGES), most=50)
VIEW_BLOCKS = items(by_type(EVERYWHERE), most=100)
# Not in Slack's documentation, but what its API has been seen to accept in all texts of a message's blocks.
MOST_CHARACTERS_IN_BLOCKS = 13_200
MOST_BYTES_IN_VIEW = 250_000
SHARED = {
    "blocks": VIEW_BLOCKS,
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
VIEWS = {
    "modal": shape(
        {"title": plain_text(24), "blocks": VIEW_BLOCKS},
        {
            **SHARED,
            "close": plain_text(24),
            "submit": plain_text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": shape({"blocks": VIEW_BLOCKS}, SHARED),
}
VIEW = by_type(VIEWS)


def wrong_in_message(blocks: list[Any]) -> list[str]:
    """What Slack would object to in a message's blocks; empty where it would take them."""
    findings = Findings()
    place = findings.at("/blocks")
    MESSAGE_BLOCKS(blocks, place)
    check_unique(blocks, place)
    return findings.messages


def characters(value: Any) -> int:
    """The length of all texts in some blocks."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(characters(v) for v in value.values() if isinstance(v, dict | list))
    if isinstance(value, list):
        return sum(characters(item) for item in value)
    return 0


def wrong_in_view(view: Any) -> list[str]:
    """What Slack would object to in a view; empty where it would take it."""
    findings = Findings()
    place = findings.at("/view")
    VIEW(view, place)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if isinstance(blocks, list):
        check_unique(blocks, place.at("blocks"))
        kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
        if view.get("type") == "modal" and "input" in kinds and "submit" not in view:
            place.say("missing required field: submit")
        _check_focus(blocks, findings)
    return findings.messages


def _check_focus(blocks: list[Any], findings: Findings) -> None:
    wanting = [b for b in blocks if isinstance(b, dict) and '"focus_on_load": true' in json.dumps(b)]
    if len(wanting) > 1:
        findings.at("/view/blocks").say("only one element may have focus_on_load")


def view_is_too_large(view: Any) -> bool:
    """Whether a view exceeds what Slack stores of one."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES_IN_VIEW
