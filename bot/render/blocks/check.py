"""Slack's published limits, held against whole payloads before they leave.

The builders cut what people typed; what this finds is our own mistake, and it says where.
Slack: https://docs.slack.dev/reference/block-kit
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.render.blocks.layout import (
    LONGEST_BLOCKS,
    MOST_BLOCKS_IN_MESSAGE,
    MOST_BLOCKS_IN_VIEW,
    characters,
)

_LONGEST_TEXT = {
    "section": 3000,
    "header": 150,
    "button": 75,
    "label": 2000,
    "hint": 2000,
    "placeholder": 150,
    "option": 75,
    "field": 2000,
    "context": 2000,
    "confirm": 300,
}
_MOST = {"actions": 25, "context": 10, "fields": 10}
_MOST_OPTIONS = {"radio_buttons": 10, "checkboxes": 10, "overflow": 5}
_BLOCKS = frozenset({"section", "context", "header", "divider", "actions", "input", "image", "rich_text"})
_LONGEST_MESSAGE_TEXT = 40_000
_LARGEST_VIEW_BYTES = 250_000


class BlockError(ValueError):
    """A payload that Slack would refuse. `findings` says every place and reason."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = tuple(findings)


def check_message(blocks: Sequence[Mapping[str, Any]], text: str = "–") -> None:
    """Raises BlockError unless Slack takes these blocks as a message."""
    findings = list(_in_blocks(blocks, most=MOST_BLOCKS_IN_MESSAGE))
    if not 1 <= len(text) <= _LONGEST_MESSAGE_TEXT:
        findings.append(f"text: has {len(text)} characters")
    if (length := characters(blocks)) > LONGEST_BLOCKS:
        findings.append(f"blocks: have {length} characters in all, {LONGEST_BLOCKS} are taken")
    if any(block.get("type") == "input" for block in blocks):
        findings.append("blocks: an input stands in a message")
    _refuse(findings)


def check_view(view: Mapping[str, Any]) -> None:
    """Raises BlockError unless Slack takes this as a modal or as App Home."""
    blocks = view["blocks"]
    findings = list(_in_blocks(blocks, most=MOST_BLOCKS_IN_VIEW))
    for part in ("title", "submit", "close"):
        if part in view:
            findings += _text(view[part], 24, part)
    for name, limit in (("private_metadata", 3000), ("callback_id", 255)):
        if len(view.get(name, "")) > limit:
            findings.append(f"{name}: has {len(view[name])} characters, {limit} are taken")
    needs_submit = any(block.get("type") == "input" for block in blocks)
    if view["type"] == "modal" and needs_submit and "submit" not in view:
        findings.append("submit: missing, though there is an input")
    if json.dumps(blocks).count('"focus_on_load": true') > 1:
        findings.append("focus_on_load: more than one element has it")
    if len(json.dumps(view, ensure_ascii=False).encode()) > _LARGEST_VIEW_BYTES:
        findings.append("view: too large")
    _refuse(findings)


def _refuse(findings: Sequence[str]) -> None:
    if findings:
        raise BlockError(findings)


def _in_blocks(blocks: Sequence[Mapping[str, Any]], *, most: int) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"blocks: {len(blocks)} of them, 1 to {most} are taken"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    yield from (f"block_id {name!r}: twice" for name in sorted({n for n in names if names.count(n) > 1}))
    for index, block in enumerate(blocks):
        if block.get("type") not in _BLOCKS:
            yield f"blocks[{index}]: unknown type {block.get('type')!r}"
        yield from (f"blocks[{index}].{found}" for found in _in_block(block))


def _in_block(block: Mapping[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if "text" in block:
        yield from _text(block["text"], _LONGEST_TEXT.get(kind, 3000), "text")
    for name in ("label", "hint"):
        if name in block:
            yield from _text(block[name], _LONGEST_TEXT[name], name)
    if len(block.get("block_id", "")) > 255:
        yield "block_id: too long"
    for name in ("elements", "fields"):
        yield from _items(block.get(name), "fields" if name == "fields" else kind, name)
    elements = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    yield from _in_elements([one for one in elements if one])


def _items(found: Sequence[Any] | None, kind: str, name: str) -> Iterator[str]:
    if found is None or kind == "rich_text":
        return
    if not 1 <= len(found) <= _MOST[kind]:
        yield f"{name}: {len(found)} of them, 1 to {_MOST[kind]} are taken"
    if kind in ("fields", "context"):
        for item in found:
            yield from _text(item, 2000, name)


def _in_elements(elements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    names = [one["action_id"] for one in elements if "action_id" in one]
    yield from (f"action_id {name!r}: twice" for name in sorted({n for n in names if names.count(n) > 1}))
    for element in elements:
        name = element.get("action_id", element["type"])
        yield from (f"{name}.{found}" for found in _in_element(element))


def _in_element(element: Mapping[str, Any]) -> Iterator[str]:
    if element["type"] == "button":
        yield from _text(element["text"], _LONGEST_TEXT["button"], "text")
    if "placeholder" in element:
        yield from _text(element["placeholder"], _LONGEST_TEXT["placeholder"], "placeholder")
    for name, limit in (("action_id", 255), ("value", 2000), ("url", 3000), ("initial_value", 3000)):
        if isinstance(element.get(name), str) and len(element[name]) > limit:
            yield f"{name}: has {len(element[name])} characters, {limit} are taken"
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "initial_value: longer than max_length"
    if "confirm" in element:
        yield from _text(element["confirm"]["text"], _LONGEST_TEXT["confirm"], "confirm")
    if "options" in element:
        yield from _in_options(element)


def _in_options(element: Mapping[str, Any]) -> Iterator[str]:
    options, most = element["options"], _MOST_OPTIONS.get(element["type"], 100)
    if not 1 <= len(options) <= most:
        yield f"options: {len(options)} of them, 1 to {most} are taken"
    for option in options:
        yield from _text(option["text"], 75, "option")
        if "description" in option:
            yield from _text(option["description"], 75, "description")
        if not 1 <= len(option["value"]) <= 150:
            yield f"option value: has {len(option['value'])} characters, 1 to 150 are taken"
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        yield "options: a value stands twice"


def _text(found: Mapping[str, Any], limit: int, name: str) -> Iterator[str]:
    length = len(found["text"])
    if not 1 <= length <= limit:
        yield f"{name}: has {length} characters, 1 to {limit} are taken"
