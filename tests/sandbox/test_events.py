"""The Events API: subscriptions, who hears what, retries with one event_id, several processes in turn."""

import aiohttp
import pytest

from bot.sandbox import SandboxServer, Workspace
from tests.sandbox.apps import ScriptedApp, scripted_app


async def test_only_what_the_app_subscribed_to_is_sent(session: aiohttp.ClientSession) -> None:
    workspace = Workspace(events=["app_mention"])
    mei = workspace.add_person("mei")
    workspace.add_channel("support", members=["mei"], bot=True)
    async with SandboxServer(workspace), scripted_app() as app:
        workspace.connect_http(app.url)
        await mei.say("support", "@escalations help")
        await workspace.settled()
        assert [request["payload"]["event"]["type"] for request in app.requests] == ["app_mention"]


async def test_a_message_reaches_an_app_that_is_in_the_channel_and_no_other(
    app: ScriptedApp, workspace: Workspace
) -> None:
    mei = workspace.person("mei")
    await mei.say("random", "unheard")
    heard = await mei.say("support", "heard")
    await mei.say("support", "below", thread=heard)
    await workspace.settled()
    events = app.events("message")
    assert {event["text"] for event in events} == {"heard", "below"}
    assert {event["channel_type"] for event in events} == {"channel"}
    assert {event.get("thread_ts") for event in events} == {None, heard.ts}


async def test_edits_and_deletions_come_as_subtypes(app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    message = await mei.say("support", "first")
    await mei.rewrite(message, "second")
    await mei.unsay(message)
    await workspace.settled()
    by_subtype = {event.get("subtype"): event for event in app.events("message")}
    assert by_subtype["message_changed"]["message"]["text"] == "second"
    assert by_subtype["message_changed"]["previous_message"]["text"] == "first"
    assert by_subtype["message_deleted"]["deleted_ts"] == message.ts


async def test_life_in_the_workspace_is_told(app: ScriptedApp, workspace: Workspace) -> None:
    message = await workspace.person("mei").say("support", "x")
    await workspace.person("mei").react(message, "eyes")
    workspace.admin.deactivate("arjun")
    workspace.admin.join_team("new")
    workspace.admin.add_to_channel("support", "arjun")
    workspace.admin.remove_from_channel("support", "arjun")
    workspace.admin.change_group("payments-leads", ["mei"])
    workspace.admin.archive("engineering")
    workspace.admin.unarchive("engineering")
    workspace.admin.share_channel("support")
    await workspace.person("mei").upload("support", "a.txt", b"a")
    workspace.admin.revoke_tokens()
    await workspace.settled()
    kinds = {request["payload"]["event"]["type"] for request in app.requests}
    assert kinds == {
        *("message", "reaction_added", "user_change", "team_join", "member_joined_channel"),
        *("member_left_channel", "subteam_updated", "subteam_members_changed", "channel_archive"),
        *("channel_unarchive", "channel_shared", "file_shared", "tokens_revoked"),
    }
    assert app.events("user_change")[0]["user"]["deleted"] is True
    assert app.events("reaction_added")[0]["item"]["ts"] == message.ts


async def test_an_unanswered_event_comes_again_with_the_same_id(app: ScriptedApp, workspace: Workspace) -> None:
    workspace.delivery.retry_scale = 0.0
    app.says("", 500)
    app.says("", 500)
    await workspace.person("mei").say("support", "x")
    await workspace.until(lambda: len(app.requests) == 3)
    assert len({request["payload"]["event_id"] for request in app.requests}) == 1
    numbers = [request["headers"].get("X-Slack-Retry-Num") for request in app.requests]
    reasons = [request["headers"].get("X-Slack-Retry-Reason") for request in app.requests]
    assert (numbers, reasons) == ([None, "1", "2"], [None, "http_error", "http_error"])


async def test_after_three_retries_slack_gives_up(app: ScriptedApp, workspace: Workspace) -> None:
    workspace.delivery.retry_scale = 0.0
    for _ in range(9):
        app.says("", 500)
    await workspace.person("mei").say("support", "x")
    await workspace.until(lambda: len(workspace.log.requests) == 4)
    await workspace.settled()
    assert [request.retry_number for request in workspace.log.requests] == [0, 1, 2, 3]


async def test_the_address_is_verified_by_a_challenge(app: ScriptedApp, workspace: Workspace) -> None:
    app.says("wrong")
    assert not await workspace.delivery.verify_url()
    assert app.last["payload"]["type"] == "url_verification"


async def test_several_processes_take_turns(server: SandboxServer, workspace: Workspace) -> None:
    async with scripted_app() as first, scripted_app() as second:
        workspace.connect_http([first.url, second.url])
        for _ in range(4):
            await workspace.person("mei").command("/x")
        assert (len(first.requests), len(second.requests)) == (2, 2)


async def test_an_event_in_a_shared_channel_says_so(app: ScriptedApp, workspace: Workspace) -> None:
    workspace.admin.share_channel("support")
    await workspace.person("mei").say("support", "x")
    await workspace.settled()
    shared = [r["payload"]["is_ext_shared_channel"] for r in app.requests]
    assert shared == [True, True]


async def test_without_an_app_a_person_learns_that_the_test_forgot_it(
    server: SandboxServer, workspace: Workspace
) -> None:
    with pytest.raises(AssertionError, match="no app is connected"):
        await workspace.person("mei").command("/x")
