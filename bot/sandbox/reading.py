"""Turns what Slack stores into what a person reads: mentions become names, date tokens become dates.

Used by the transcript, and by tests that ask what somebody can read.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from bot.sandbox.blocks.choices import options_of
from bot.sandbox.blocks.walk import words
from bot.sandbox.errors import Json
from bot.sandbox.records import Message, User

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

TOKEN = re.compile(r"<([^<>]+)>")
DATE_PART = re.compile(r"\{(\w+)\}")
NEAR_DAYS = {
    "en": ("yesterday", "today", "tomorrow"),
    "zh": ("昨天", "今天", "明天"),
}
LENGTHS = {"date_num": "short", "date_slash": "short", "date_short": "medium", "date_long": "full"}


def read_text(workspace: "Workspace", text: str, viewer: User | None) -> str:
    """A mrkdwn text as this person reads it."""
    shown = TOKEN.sub(lambda found: _read_token(workspace, found.group(1), viewer), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read_token(workspace: "Workspace", token: str, viewer: User | None) -> str:
    if token.startswith("!date^"):
        return _read_date(workspace, token, viewer)
    target, _, label = token.partition("|")
    if target.startswith("@") and target[1:] in workspace.users:
        return "@" + workspace.users[target[1:]].real_name
    if target.startswith("#") and target[1:] in workspace.channels:
        return "#" + workspace.channels[target[1:]].name
    if target.startswith("!subteam^") and target[9:] in workspace.groups:
        return "@" + workspace.groups[target[9:]].handle
    if target.startswith("!"):
        return label or "@" + target[1:]
    return label or target


def _read_date(workspace: "Workspace", token: str, viewer: User | None) -> str:
    parts, _, fallback = token.partition("|")
    fields = parts.split("^")
    if len(fields) < 3 or not fields[1].lstrip("-").isdigit():
        return fallback
    zone = ZoneInfo(viewer.tz if viewer else "UTC")
    locale = (viewer.locale if viewer else "en-US").replace("-", "_")
    at = datetime.fromtimestamp(int(fields[1]), UTC).astimezone(zone)
    now = workspace.ids.now().astimezone(zone)
    return DATE_PART.sub(lambda found: _date_part(found.group(1), at, now=now, locale=locale), fields[2])


def _date_part(name: str, at: datetime, *, now: datetime, locale: str) -> str:
    if name in ("time", "time_secs"):
        return format_time(at, "short" if name == "time" else "medium", tzinfo=at.tzinfo, locale=locale)
    if name == "ago":
        return f"{int((now - at) / timedelta(minutes=1))} min ago"
    plain = name.removesuffix("_pretty")
    days = (at.date() - now.date()).days
    if name.endswith("_pretty") and abs(days) <= 1:
        return NEAR_DAYS.get(locale[:2], NEAR_DAYS["en"])[days + 1]
    return format_date(at.date(), LENGTHS.get(plain, "long"), locale=locale)


def read_message(workspace: "Workspace", message: Message, viewer: User | None) -> str:
    """A message as this person reads it: its blocks where it has any, its text otherwise."""
    body = read_blocks(workspace, message.blocks, viewer) or read_text(workspace, message.text, viewer)
    names = [f"[file {workspace.files[file_id].name}]" for file_id in message.files]
    marks = [f":{name}: {len(users)}" for name, users in message.reactions.items()]
    return "\n".join([body, *names, *([" ".join(marks)] if marks else [])])


def read_blocks(workspace: "Workspace", blocks: list[Json], viewer: User | None) -> str:
    """Blocks as lines of text; buttons in brackets, options in braces."""

    def say(text: Any) -> str:
        return read_text(workspace, words(text), viewer)

    return "\n".join(line for block in blocks if (line := _read_block(block, say)))


def _read_block(block: Json, say: Callable[[Any], str]) -> str:
    if block["type"] == "divider":
        return "----"
    if block["type"] == "rich_text":
        return _rich(block, say)
    parts = [say(block.get("text")), *(say(field) for field in block.get("fields", []))]
    if block["type"] == "input":
        parts.append(say(block["label"]) + ": " + _read_element(block["element"], say))
    parts += [_read_element(element, say) for element in block.get("elements", [])]
    if "accessory" in block:
        parts.append(_read_element(block["accessory"], say))
    if block["type"] == "image":
        parts.append(f"[image {block['alt_text']}]")
    separator = "\n" if block.get("fields") else " "
    return separator.join(part for part in parts if part)


def _read_element(element: Json, say: Callable[[Any], str]) -> str:
    kind = element["type"]
    if kind in ("mrkdwn", "plain_text"):
        return say(element)
    if kind == "image":
        return f"[image {element['alt_text']}]"
    if kind in ("button", "workflow_button"):
        return f"[{say(element['text'])}]"
    options = [_option(option, element, say) for option in options_of(element)]
    if options:
        return "{" + " | ".join(options) + "}"
    return str(element.get("initial_value") or f"({say(element.get('placeholder')) or '…'})")


def _option(option: Json, element: Json, say: Callable[[Any], str]) -> str:
    """An option as it stands in the list; those that are chosen when it is shown have a dot."""
    chosen = [element.get("initial_option"), *(element.get("initial_options") or ())]
    is_chosen = any(other is not None and other.get("value") == option.get("value") for other in chosen)
    return ("● " if is_chosen else "") + say(option.get("text"))


def _rich(value: Any, say: Callable[[Any], str]) -> str:
    if isinstance(value, list):
        return "".join(_rich(item, say) for item in value)
    if "elements" in value:
        return _rich(value["elements"], say) + ("\n" if value["type"] == "rich_text_section" else "")
    tokens = {"user": "<@{user_id}>", "channel": "<#{channel_id}>", "usergroup": "<!subteam^{usergroup_id}>"}
    if value["type"] in tokens:
        return say(tokens[value["type"]].format_map(value))
    return str(value.get("text") or value.get("url") or f":{value.get('name', '')}:")
