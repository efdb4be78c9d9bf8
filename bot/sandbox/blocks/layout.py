"""Every block, and what is unique among blocks.

Slack: https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks.elements import (
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    SLACK_FILE,
    one_picture,
)
from bot.sandbox.blocks.fields import (
    URL,
    Check,
    Fields,
    also,
    anything,
    boolean,
    by_type,
    items,
    one_of,
    shape,
    string,
)
from bot.sandbox.blocks.findings import Place
from bot.sandbox.blocks.texts import any_text, plain_text

BLOCK_ID = string(255, 1)


def _block(required: Fields, optional: Mapping[str, Check] | None = None) -> Check:
    return shape(required, {"block_id": BLOCK_ID, **(optional or {})})


def _says_something(block: Any, place: Place) -> None:
    if "text" not in block and "fields" not in block:
        place.say("must provide text or fields")


RICH_PART = by_type(
    {
        name: shape({"elements": anything}, {"style": anything, "indent": anything, "border": anything})
        for name in ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
    }
)
CELL = by_type(
    {
        "raw_text": shape({"text": string(3000, 1)}, {}),
        "rich_text": shape({"elements": items(RICH_PART, most=100)}, {}),
    }
)
SECTION = also(
    _block(
        {},
        {
            "text": any_text(3000),
            "fields": items(any_text(2000), most=10, least=1),
            "accessory": IN_SECTION,
            "expand": boolean,
        },
    ),
    _says_something,
)
INPUT = _block(
    {"label": plain_text(2000), "element": IN_INPUT},
    {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
)
IMAGE_BLOCK = also(
    _block(
        {"alt_text": string(2000, 1)},
        {"image_url": URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
    ),
    one_picture,
)
VIDEO = _block(
    {"alt_text": string(2000, 1), "title": plain_text(199), "thumbnail_url": URL, "video_url": URL},
    {
        "title_url": URL,
        "description": plain_text(200),
        "author_name": string(49),
        "provider_name": string(200),
        "provider_icon_url": URL,
    },
)
FEEDBACK = shape({"text": plain_text(75), "value": string(2000, 1)}, {"accessibility_label": string(75)})
CONTEXT_ACTION = by_type(
    {
        "feedback_buttons": shape(
            {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {"action_id": string(255, 1)}
        ),
        "icon_button": shape(
            {"icon": one_of("trash"), "text": plain_text(75)},
            {"action_id": string(255, 1), "value": string(2000), "confirm": anything},
        ),
    }
)
EVERYWHERE: dict[str, Check] = {
    "actions": _block({"elements": items(IN_ACTIONS, most=25, least=1)}),
    "context": _block({"elements": items(IN_CONTEXT, most=10, least=1)}),
    "divider": _block({}),
    "header": _block({"text": plain_text(150)}),
    "image": IMAGE_BLOCK,
    "input": INPUT,
    "rich_text": _block({"elements": items(RICH_PART, most=100)}),
    "section": SECTION,
    "video": VIDEO,
}
IN_MESSAGES: dict[str, Check] = {
    **EVERYWHERE,
    "context_actions": _block({"elements": items(CONTEXT_ACTION, most=5, least=1)}),
    "file": _block({"external_id": string(255, 1), "source": one_of("remote")}),
    "markdown": _block({"text": string(12_000, 1)}),
    "table": _block(
        {"rows": items(items(CELL, most=20, least=1), most=100, least=1)},
        {"column_settings": items(anything, most=20)},
    ),
}


def _elements(block: Any) -> Iterator[tuple[str, Any]]:
    elements = block.get("elements")
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        yield f"elements/{index}", element
    for name in ("accessory", "element"):
        if name in block:
            yield name, block[name]


def check_unique(blocks: list[Any], place: Place) -> None:
    """A block_id stands once in a payload, an action_id once in its block."""
    seen_blocks: set[str] = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        name = block.get("block_id")
        if isinstance(name, str) and name in seen_blocks:
            place.at(index).at("block_id").say(f"block_id '{name}' already exists")
        if isinstance(name, str):
            seen_blocks.add(name)
        _check_actions(block, place.at(index))


def _check_actions(block: Any, place: Place) -> None:
    seen: set[str] = set()
    for pointer, element in _elements(block):
        action = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(action, str) and action in seen:
            place.at(pointer).at("action_id").say(f"action_id '{action}' already exists")
        if isinstance(action, str):
            seen.add(action)
