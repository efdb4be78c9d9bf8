"""The app manifest against the code: what is used is asked for, and nothing else is.

`handlers.SURFACES` names what the listeners answer, `bot.outbox.slack.METHODS_USED` what the bot calls.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.outbox.slack import METHODS_USED
from handlers import SURFACES
from tests.house.source import ROOT, modules, text_of

MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())
FEATURES = MANIFEST["features"]
SETTINGS = MANIFEST["settings"]

# The scope that Slack's page on each event names. Those of the app itself need none.
EVENT_SCOPES = {
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "tokens_revoked": set(),
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_left": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "subteam_created": {"usergroups:read"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
    "dnd_updated_user": {"dnd:read"},
}


def callbacks(kind: str) -> set[str]:
    return {shortcut["callback_id"] for shortcut in FEATURES["shortcuts"] if shortcut["type"] == kind}


def scopes_of_methods() -> set[str]:
    """Some methods need several scopes, one for each kind of conversation: "channels:read groups:read"."""
    return {scope for scopes in METHODS_USED.values() for scope in re.findall(r"[a-z_.]+(?::[a-z_.]+)?", scopes or "")}


def test_the_slash_commands_are_those_that_we_answer() -> None:
    assert {command["command"] for command in FEATURES["slash_commands"]} == set(SURFACES.commands)


def test_the_shortcuts_are_those_that_we_answer() -> None:
    assert callbacks("global") == set(SURFACES.global_shortcuts)
    assert callbacks("message") == set(SURFACES.message_shortcuts)


def test_the_events_are_those_that_we_listen_to() -> None:
    assert set(SETTINGS["event_subscriptions"]["bot_events"]) == set(SURFACES.events)


def test_the_scopes_are_those_that_commands_events_and_methods_need() -> None:
    events = SETTINGS["event_subscriptions"]["bot_events"]
    needed = {"commands"} | scopes_of_methods() | {scope for event in events for scope in EVENT_SCOPES[event]}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed


def test_the_methods_are_those_that_the_code_names() -> None:
    tables = {"bot/outbox/slack.py", "bot/outbox/pace.py"}
    rooms = [path for path in modules(("bot", "handlers")) if path.parts[:2] != ("bot", "sandbox")]
    texts = [text_of(path) for path in rooms if str(path) not in tables]
    named = {name for text in texts for name in re.findall(r'"([a-z]+(?:\.[a-zA-Z]+)+)"', text)}
    called = {name for text in texts for name in re.findall(r'\.call\(\s*"([a-zA-Z.]+)"', text)}
    own = {"auth.test", "apps.connections.open"}  # called in slack.py itself
    assert called <= set(METHODS_USED)
    assert set(METHODS_USED) - own <= named


def test_people_may_write_to_the_bot_and_open_its_home() -> None:
    assert FEATURES["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert SETTINGS["interactivity"]["is_enabled"]


def test_mentions_in_a_command_arrive_as_ids() -> None:
    assert all(command["should_escape"] for command in FEATURES["slash_commands"])


def addresses(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name.endswith("url"):
                yield value
            yield from addresses(value)
    elif isinstance(part, list):
        for value in part:
            yield from addresses(value)


def test_slack_is_told_one_address_for_everything() -> None:
    assert {address.removeprefix("https://bot.example.com") for address in addresses(MANIFEST)} == {"/slack/events"}


@pytest.mark.parametrize("listed", ["scopes", "events"])
def test_lists_are_sorted_and_name_nothing_twice(listed: str) -> None:
    names = {
        "scopes": MANIFEST["oauth_config"]["scopes"]["bot"],
        "events": SETTINGS["event_subscriptions"]["bot_events"],
    }[listed]
    assert names == sorted(set(names))


def test_names_are_as_short_as_slack_wants_them() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert all(len(shortcut["name"]) <= 24 for shortcut in FEATURES["shortcuts"])
    assert all(len(shortcut["description"]) <= 150 for shortcut in FEATURES["shortcuts"])
