"""What a message may hold: the checks that posting, editing and answering share, with Slack's error codes.

Slack: https://docs.slack.dev/messaging, and the errors of chat.postMessage
"""

import re
from typing import Any

from bot.sandbox.blocks.surfaces import MOST_CHARACTERS_IN_BLOCKS, characters, wrong_in_message
from bot.sandbox.errors import Json, SlackError

MOST_CHARACTERS = 40_000
MOST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
MOST_METADATA_BYTES = 16_000
EVENT_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,254}")


def check_text(text: str | None) -> str:
    """The text of a message, if it is not too long."""
    if text is not None and len(text) > MOST_CHARACTERS:
        raise SlackError("msg_too_long")
    return text or ""


def check_blocks(blocks: Any) -> list[Json]:
    """A message's blocks, if Slack would take them. Raises its errors, with every objection."""
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    wrong = wrong_in_message(blocks)
    if wrong:
        raise SlackError("invalid_blocks", messages=wrong, errors=wrong)
    if characters(blocks) > MOST_CHARACTERS_IN_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return blocks


def check_attachments(attachments: Any) -> list[Json]:
    """A message's attachments: the old kind, taken as they are, but not too many."""
    if attachments is None:
        return []
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def check_metadata(metadata: Any) -> Json | None:
    """A message's metadata: an event_type and an event_payload of plain values."""
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if set(metadata) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_schema")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not EVENT_TYPE.fullmatch(kind) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    if len(repr(payload).encode()) > MOST_METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata
