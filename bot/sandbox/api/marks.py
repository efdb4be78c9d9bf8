"""reactions.* and pins.*: marks that the app puts on a message."""

import re

from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.chat import TS
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.marking import pin, react, unpin, unreact
from bot.sandbox.message_json import message_json, reactions_json
from bot.sandbox.records import Channel, Message

EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
MOST_EMOJI, MOST_PINS = 23, 100


def _target(call: Call) -> tuple[Channel, Message]:
    stamp = call.arguments.text("timestamp")
    if stamp is None or not call.arguments.has("channel"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    if not TS.fullmatch(stamp):
        raise SlackError("bad_timestamp")
    return channel, call.message(channel, "timestamp")


def _emoji(call: Call) -> str:
    name = (call.arguments.text("name") or "").strip(":")
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def add_reaction(call: Call) -> Json:
    """reactions.add"""
    name = _emoji(call)
    channel, message = _target(call)
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.workspace.bot_user_id in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise SlackError("too_many_emoji")
    react(call.workspace, message, call.workspace.bot_user_id, name=name)
    return {}


def remove_reaction(call: Call) -> Json:
    """reactions.remove"""
    name = _emoji(call)
    _, message = _target(call)
    if call.workspace.bot_user_id not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    unreact(call.workspace, message, call.workspace.bot_user_id, name=name)
    return {}


def get_reactions(call: Call) -> Json:
    """reactions.get"""
    channel, message = _target(call)
    shown = {**message_json(call.workspace, message), "reactions": reactions_json(message)}
    return {"type": "message", "channel": channel.id, "message": shown}


def add_pin(call: Call) -> Json:
    """pins.add"""
    channel, message = _target(call)
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    pin(call.workspace, message, call.workspace.bot_user_id)
    return {}


def remove_pin(call: Call) -> Json:
    """pins.remove"""
    channel, message = _target(call)
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    unpin(call.workspace, message, call.workspace.bot_user_id)
    return {}


METHODS: Table = {
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
    "reactions.get": get_reactions,
    "pins.add": add_pin,
    "pins.remove": remove_pin,
}
