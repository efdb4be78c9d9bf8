"""What Slack sends an app about something that a person did, with every field that Slack sends.

Slack: https://docs.slack.dev/reference/interaction-payloads
"""

import time
from typing import TYPE_CHECKING

from bot.sandbox.blocks.walk import Found
from bot.sandbox.errors import Json
from bot.sandbox.message_json import message_json
from bot.sandbox.records import Channel, Message, User
from bot.sandbox.view_store import View, view_json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

VERIFICATION = "sandbox-verification"


def _team(workspace: "Workspace", user: User) -> Json:
    if user.team_id != workspace.team_id:
        return {"id": user.team_id, "domain": "elsewhere"}
    return {"id": workspace.team_id, "domain": workspace.domain}


def _common(workspace: "Workspace", user: User, kind: str) -> Json:
    return {
        "type": kind,
        "team": _team(workspace, user),
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": workspace.app_id,
        "token": VERIFICATION,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel_name(channel: Channel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def command(workspace: "Workspace", user: User, channel: Channel, *, name: str, text: str) -> Json:
    """The form fields of a slash command."""
    path = workspace.response_urls.issue(user.id, channel.id)
    return {
        "token": VERIFICATION,
        "team_id": user.team_id,
        "team_domain": _team(workspace, user)["domain"],
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": workspace.base_url + path,
        "trigger_id": workspace.triggers.issue(user.id),
    }


def action_stamp() -> str:
    """When something was done, in Slack's form, by real time."""
    return f"{time.time():.6f}"


def block_actions_in_message(
    workspace: "Workspace", user: User, message: Message, *, action: Json, values: Json
) -> Json:
    """block_actions from a message; an ephemeral one is not in the payload, as at Slack."""
    channel = workspace.channels[message.channel]
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    path = workspace.response_urls.issue(user.id, channel.id, message_ts=message.ts, thread_ts=message.thread_ts)
    payload = {
        **_common(workspace, user, "block_actions"),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.is_ephemeral,
            **thread,
        },
        "trigger_id": workspace.triggers.issue(user.id),
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": values},
        "response_url": workspace.base_url + path,
        "actions": [action],
    }
    if not message.is_ephemeral:
        payload["message"] = message_json(workspace, message)
    return payload


def block_actions_in_view(workspace: "Workspace", view: View, action: Json) -> Json:
    """block_actions from a modal or from App Home."""
    user = workspace.users[view.user_id]
    return {
        **_common(workspace, user, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.triggers.issue(user.id, view_id=view.id),
        "view": view_json(workspace, view),
        "actions": [action],
    }


def action(found: Found, state: Json) -> Json:
    """One entry of `actions`: the element, and what was typed or chosen."""
    shown: Json = {"type": found.kind, "action_id": found.action_id, "block_id": found.block_id}
    for name in ("text", "value", "style", "placeholder"):
        if name in found.element:
            shown[name] = found.element[name]
    return {**shown, **state, "action_ts": action_stamp()}


def view_submission(workspace: "Workspace", view: View) -> Json:
    """view_submission, with a response_url for each conversation that was chosen for one."""
    user = workspace.users[view.user_id]
    return {
        **_common(workspace, user, "view_submission"),
        "trigger_id": workspace.triggers.issue(user.id, view_id=view.id),
        "view": view_json(workspace, view),
        "response_urls": _response_urls(workspace, view),
    }


def _response_urls(workspace: "Workspace", view: View) -> list[Json]:
    urls: list[Json] = []
    for block in view.blocks:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        state = view.values[block["block_id"]][element["action_id"]]
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if chosen:
            path = workspace.response_urls.issue(view.user_id, chosen)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append({**ids, "response_url": workspace.base_url + path})
    return urls


def view_closed(workspace: "Workspace", view: View, *, is_cleared: bool) -> Json:
    """view_closed, for a view that asked to be told."""
    user = workspace.users[view.user_id]
    common = _common(workspace, user, "view_closed")
    return {**common, "view": view_json(workspace, view), "is_cleared": is_cleared}


def shortcut(workspace: "Workspace", user: User, callback_id: str) -> Json:
    """A global shortcut: no channel, no response_url."""
    return {
        **_common(workspace, user, "shortcut"),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(user.id),
        "action_ts": action_stamp(),
    }


def message_action(workspace: "Workspace", user: User, message: Message, *, callback_id: str) -> Json:
    """A message shortcut."""
    channel = workspace.channels[message.channel]
    path = workspace.response_urls.issue(user.id, channel.id, thread_ts=message.thread_ts)
    return {
        **_common(workspace, user, "message_action"),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(user.id),
        "action_ts": action_stamp(),
        "response_url": workspace.base_url + path,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": message_json(workspace, message),
    }


def block_suggestion(workspace: "Workspace", place: View | Message, *, found: Found, query: str) -> Json:
    """block_suggestion: what a person has typed into an external menu so far."""
    user_id = place.user_id if isinstance(place, View) else (place.ephemeral_to or place.user)
    common = {
        **_common(workspace, workspace.users[user_id], "block_suggestion"),
        "action_id": found.action_id,
        "block_id": found.block_id,
        "value": query,
    }
    if isinstance(place, View):
        container = {"type": "view", "view_id": place.id}
        return {**common, "container": container, "view": view_json(workspace, place)}
    channel = workspace.channels[place.channel]
    container = {"type": "message", "message_ts": place.ts, "channel_id": channel.id}
    shown = {"channel": {"id": channel.id, "name": _channel_name(channel)}}
    return {**common, **shown, "container": container, "message": message_json(workspace, place)}


def app_home_opened(workspace: "Workspace", user: User, channel_id: str, *, tab: str) -> Json:
    """The event of somebody who opens the app's Home or Messages tab."""
    home = workspace.views.homes.get(user.id)
    event = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel_id,
        "tab": tab,
        "event_ts": workspace.ids.next_ts(),
    }
    if tab == "home" and home is not None:
        event["view"] = view_json(workspace, home)  # type: ignore[assignment]
    return event
