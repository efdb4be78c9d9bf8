"""Blocks, modals and App Home. Free text is cut with an ellipsis where Slack would refuse it.

Slack: https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.render.blocks.elements import Element
from bot.render.blocks.words import mrkdwn, plain
from bot.render.ids import view_id

Block = dict[str, Any]
MOST_BLOCKS_IN_MESSAGE = 50
MOST_BLOCKS_IN_VIEW = 100
# Over all blocks of a message Slack takes fewer characters than they could hold (msg_blocks_too_long).
LONGEST_BLOCKS = 13_000
LONGEST_SECTION = 3000
LONGEST_FIELD = 2000
LONGEST_CONTEXT = 2000


def _named(block: Block, block_id: str | None) -> Block:
    return {**block, "block_id": block_id} if block_id else block


def section(text: str, *, accessory: Element | None = None, block_id: str | None = None) -> Block:
    """A paragraph of mrkdwn, with a button or menu at its side."""
    block: Block = {"type": "section", "text": mrkdwn(text, LONGEST_SECTION)}
    if accessory:
        block["accessory"] = accessory
    return _named(block, block_id)


def paragraphs(lines: Sequence[str], *, small: bool = False) -> list[Block]:
    """Many lines as few blocks: each as full as Slack lets it be, and no line cut that fits by itself."""
    limit, make = (LONGEST_CONTEXT, context) if small else (LONGEST_SECTION, section)
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + 1 + len(line) <= limit:
            packed[-1] += "\n" + line
        else:
            packed.append(line)
    return [make(text) for text in packed]


def characters(value: Any) -> int:
    """The length of all texts in some blocks."""
    if isinstance(value, Mapping):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(characters(part) for part in value.values() if not isinstance(part, str))
    if isinstance(value, list | tuple):
        return sum(characters(part) for part in value)
    return 0


def fields(*texts: str, block_id: str | None = None) -> Block:
    """Short texts in two columns; ten at most."""
    return _named({"type": "section", "fields": [mrkdwn(text, LONGEST_FIELD) for text in texts[:10]]}, block_id)


def context(*texts: str, block_id: str | None = None) -> Block:
    """Small grey text; ten parts at most."""
    parts = [mrkdwn(text, LONGEST_CONTEXT) for text in texts[:10] if text]
    return _named({"type": "context", "elements": parts or [mrkdwn("", LONGEST_CONTEXT)]}, block_id)


def header(text: str, *, block_id: str | None = None) -> Block:
    """A title in plain text."""
    return _named({"type": "header", "text": plain(text, 150)}, block_id)


def divider(block_id: str | None = None) -> Block:
    """A line across."""
    return _named({"type": "divider"}, block_id)


def actions(*elements: Element | None, block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    return _named({"type": "actions", "elements": [one for one in elements if one]}, block_id)


def input_block(
    label: str,
    element: Element,
    *,
    block_id: str,
    optional: bool = False,
    hint: str | None = None,
    dispatch: bool = False,
) -> Block:
    """A labelled field of a modal. `dispatch`: we are told while the person fills it in."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    if dispatch:
        block["dispatch_action"] = True
    return block


def modal(
    name: str,
    *,
    title: str,
    blocks: Sequence[Block],
    close: str,
    submit: str | None = None,
    metadata: str = "",
    notify_on_close: bool = False,
) -> dict[str, Any]:
    """A modal. Its metadata is all that survives until it is submitted: it is never cut."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": view_id(name),
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks[:MOST_BLOCKS_IN_VIEW]),
        "private_metadata": metadata,
    }
    if submit:
        view["submit"] = plain(submit, 24)
    if notify_on_close:
        view["notify_on_close"] = True
    return view


def home(blocks: Sequence[Block], *, metadata: str = "") -> dict[str, Any]:
    """What App Home shows to one person."""
    return {
        "type": "home",
        "callback_id": view_id("home"),
        "blocks": list(blocks[:MOST_BLOCKS_IN_VIEW]),
        "private_metadata": metadata,
    }
