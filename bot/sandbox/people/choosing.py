"""Turns what a test says («SEV2», a name, a date) into what Slack's client would send for that element."""

from datetime import date, datetime
from datetime import time as clock_time
from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks.walk import Found, find_option, words
from bot.sandbox.delivery import Answer
from bot.sandbox.inputs import STATEFUL, TYPED
from bot.sandbox.people.finding import NotThere
from bot.sandbox.people.payloads import block_suggestion
from bot.sandbox.records import Message
from bot.sandbox.view_store import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_OPTIONS = 100


async def content_for(workspace: "Workspace", place: View | Message, *, found: Found, value: Any) -> Any:
    """The content of an element's state. None empties it. Raises `NotThere` for an option that is not."""
    empty = STATEFUL[found.kind][2]
    if value is None:
        return empty
    if found.kind in TYPED:
        return str(value)
    if isinstance(empty, list) and found.kind != "file_input":
        chosen = value if isinstance(value, list | tuple | set) else [value]
        return [await _one(workspace, place, found=found, value=item) for item in chosen]
    return await _one(workspace, place, found=found, value=value)


async def _one(workspace: "Workspace", place: View | Message, *, found: Found, value: Any) -> Any:
    kind = found.kind.removeprefix("multi_")
    if kind in ("static_select", "radio_buttons", "checkboxes"):
        option = find_option(found.element, str(value))
        if option is None:
            raise NotThere(f"{found.label!r} has no option {value!r}")
        return option
    if kind == "external_select":
        return await _suggested(workspace, place, found=found, value=str(value))
    if kind == "users_select":
        return workspace.user(str(value)).id
    if kind in ("conversations_select", "channels_select"):
        return workspace.channel(str(value)).id
    if isinstance(value, datetime) and kind == "datetimepicker":
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if isinstance(value, clock_time) else value


async def _suggested(workspace: "Workspace", place: View | Message, *, found: Found, value: str) -> Any:
    options, answer = await suggestions(workspace, place, found=found, query=value)
    for option in options:
        if value in (option.get("value"), words(option.get("text"))):
            return option
    raise NotThere(f"{found.label!r} suggests nothing for {value!r}; the app said {answer.body!r}")


async def suggestions(
    workspace: "Workspace", place: View | Message, *, found: Found, query: str
) -> tuple[list[Any], Answer]:
    """What the app suggests for what was typed into an external menu."""
    payload = block_suggestion(workspace, place, found=found, query=query)
    answer = await workspace.delivery.interaction(payload)
    body = answer.json()
    if not answer.ok or not isinstance(body, dict):
        return [], answer
    groups = body.get("option_groups") or []
    options = [*(body.get("options") or []), *(o for group in groups for o in group.get("options", []))]
    return options[:MOST_OPTIONS], answer
