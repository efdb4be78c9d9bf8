"""What is sent, held against Slack's limits twice: by our own check and by the sandbox's."""

from collections.abc import Mapping
from typing import Any

from bot.render.blocks import Message, check_message, check_view
from bot.sandbox.blocks.surfaces import characters, view_is_too_large, wrong_in_message, wrong_in_view

LIVE_PINGS = ("<!here", "<!channel", "<!everyone", "<#C0ENGINEER1")


def hold_message(message: Message) -> None:
    """Slack takes it, and it pings no channel."""
    check_message(message.blocks, message.text)
    assert wrong_in_message(message.blocks) == []
    assert characters(message.blocks) <= 13_000
    assert message.text.strip()
    assert not [ping for ping in LIVE_PINGS if ping in message.text]
    hold_tokens(message.blocks)


def hold_view(view: Mapping[str, Any]) -> None:
    """Slack takes it."""
    check_view(view)
    assert wrong_in_view(view) == []
    assert not view_is_too_large(view)
    hold_tokens(view["blocks"])


def hold_tokens(value: Any) -> None:
    """No mrkdwn pings a channel, opens a code block, or has a token cut in half. (Plain text does nothing.)"""
    if isinstance(value, Mapping):
        if value.get("type") == "mrkdwn":
            text = value["text"]
            assert text.count("<") == text.count(">"), text
            assert not [ping for ping in LIVE_PINGS if ping in text]
        for part in value.values():
            hold_tokens(part)
    elif isinstance(value, list):
        for part in value:
            hold_tokens(part)
