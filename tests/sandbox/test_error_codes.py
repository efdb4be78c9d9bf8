"""The sandbox answers no error code that Slack does not document for the method, whatever it is asked."""

from typing import Any

import pytest

from bot.sandbox import Workspace
from bot.sandbox.api.dispatch import METHODS, answer
from bot.sandbox.catalogue import documented
from tests.sandbox.apps import Json
from tests.sandbox.kit import home, modal, section

BY_A_BOT = {
    *("api.test", "auth.test", "auth.revoke", "team.info", "bots.info", "apps.connections.open"),
    *("chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete", "chat.getPermalink"),
    *("chat.scheduleMessage", "chat.deleteScheduledMessage", "chat.scheduledMessages.list"),
    *("conversations.open", "conversations.info", "conversations.list", "conversations.members"),
    *("conversations.history", "conversations.replies", "conversations.join", "conversations.invite"),
    *("conversations.create", "conversations.setTopic", "conversations.archive"),
    *("users.info", "users.list", "users.conversations", "users.lookupByEmail", "users.getPresence"),
    *("users.profile.get", "dnd.info", "dnd.teamInfo"),
    *("usergroups.list", "usergroups.users.list", "usergroups.users.update"),
    *("views.open", "views.push", "views.update", "views.publish"),
    *("files.getUploadURLExternal", "files.completeUploadExternal", "files.info", "files.delete"),
    *("reactions.add", "reactions.remove", "reactions.get", "pins.add", "pins.remove"),
    *("bookmarks.add", "bookmarks.edit", "bookmarks.list"),
}
ODD: tuple[Any, ...] = (
    *("", " ", "nonsense", "{", "[]", "{}", "null", "true", "-1", "0", "1e400", "inf", "x" * 50_000),
    *(5, -1, 1.5, True, [], {}, [[]], [None], [{}], {"type": "modal"}, "１４２", "日本\u0000"),
)


def small_workspace() -> Workspace:
    workspace = Workspace()
    workspace.add_person("mei")
    workspace.add_person("gone", deleted=True)
    workspace.add_channel("support", members=["mei"], bot=True)
    workspace.add_channel("closed", members=["mei"], bot=True, archived=True)
    workspace.add_channel("random", members=["mei"])
    workspace.add_channel("secret", members=["mei"], private=True)
    workspace.add_group("leads", ["mei"])
    return workspace


def sound_arguments(workspace: Workspace, method: str) -> Json:
    """Arguments with which the method would do something, as far as one set can fit all methods."""
    channel, mei = workspace.channel("support").id, workspace.user("mei").id
    token = workspace.bot_token
    posted = answer(workspace, "chat.postMessage", {"channel": channel, "text": "x"}, token=token)
    upload = answer(workspace, "files.getUploadURLExternal", {"filename": "a", "length": 1}, token=token)
    workspace.files[upload["file_id"]].content = b"a"
    view = home() if method == "views.publish" else modal()
    everything = {
        "channel": channel,
        "channel_id": channel,
        "user": mei,
        "user_id": mei,
        "users": mei,
        "ts": posted["ts"],
        "message_ts": posted["ts"],
        "timestamp": posted["ts"],
        "thread_ts": posted["ts"],
        "text": "words",
        "blocks": [section()],
        "view": view,
        "trigger_id": workspace.triggers.issue(mei),
        "name": "eyes",
        "post_at": workspace.ids.epoch() + 60,
        "email": "mei@example.com",
        "file": upload["file_id"],
        "files": [{"id": upload["file_id"]}],
        "filename": "a.txt",
        "length": 3,
        "usergroup": workspace.group("leads").id,
        "title": "t",
        "type": "link",
        "link": "https://example.com",
        "topic": "words",
        "bot": workspace.bot_id,
        "view_id": workspace.views.open(workspace, mei, modal()).id,
    }
    known = documented()[method]
    return {name: everything[name] for name in (*known.required, *known.optional) if name in everything}


def ask(method: str, **wrong: object) -> Json:
    workspace = small_workspace()
    arguments = {**sound_arguments(workspace, method), **wrong}
    token = workspace.app_token if method == "apps.connections.open" else workspace.bot_token
    return answer(workspace, method, arguments, token=token)


def test_every_method_that_a_bot_calls_is_there_and_documented() -> None:
    assert set(METHODS) >= BY_A_BOT
    assert set(METHODS) <= set(documented())


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_method_answers_documented_codes_only_whatever_it_is_given(method: str) -> None:
    known = documented()[method]
    seen = {ask(method).get("error")}
    for name in (*known.required, *known.optional):
        for value in (None, *ODD, *small_workspace().channels, *small_workspace().users):
            seen.add(ask(method, **{name: value}).get("error"))
    assert seen - {None} <= known.errors | {"nonsense"} if method != "api.test" else seen


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test"}))
def test_a_method_needs_a_token(method: str) -> None:
    assert answer(small_workspace(), method, {}, token=None)["error"] == "not_authed"


def test_what_slack_does_not_know_is_unknown() -> None:
    assert answer(small_workspace(), "chat.shout", {}, token=None)["error"] == "unknown_method"
