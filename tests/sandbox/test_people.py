"""People in front of Slack: commands, buttons, response_urls, shortcuts, and how it is all signed."""

import hashlib
import hmac
import time

import aiohttp
import pytest

from bot.sandbox import Workspace
from bot.sandbox.errors import Mistake
from bot.sandbox.people.finding import NotThere
from bot.sandbox.records import Message
from tests.sandbox.apps import Api, Json, ScriptedApp
from tests.sandbox.kit import actions, button, options, section


async def posted(api: Api, workspace: Workspace, *blocks: Json, channel: str = "support") -> Message:
    """A message of the app, as Mei sees it."""
    await api("chat.postMessage", channel=workspace.channel(channel).id, text="card", blocks=list(blocks))
    return workspace.person("mei").sees(channel)[-1]


async def test_a_command_carries_every_field_and_is_signed_as_slack_signs(
    app: ScriptedApp, workspace: Workspace
) -> None:
    mei = workspace.person("mei")
    await mei.command("/escalate", "提现未到账 po_1", channel="support")
    request = app.last
    stamp = request["headers"]["X-Slack-Request-Timestamp"]
    base = f"v0:{stamp}:".encode() + request["body"]
    expected = hmac.new(workspace.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    assert request["headers"]["X-Slack-Signature"] == f"v0={expected}"
    assert abs(time.time() - int(stamp)) < 5
    fields = request["fields"]
    assert (fields["command"], fields["text"]) == ("/escalate", "提现未到账 po_1")
    assert (fields["user_id"], fields["channel_name"]) == (mei.id, "support")
    assert {"team_id", "team_domain", "trigger_id", "response_url", "api_app_id", "token"} <= set(fields)


async def test_the_body_of_the_answer_to_a_command_is_seen_by_one_person(
    app: ScriptedApp, workspace: Workspace
) -> None:
    mei, arjun = workspace.person("mei"), workspace.person("arjun")
    workspace.admin.add_to_channel("support", "arjun")
    app.says("just text")
    assert (await mei.command("/x", channel="support")).texts == ["just text"]
    app.says({"response_type": "in_channel", "text": "for all", "blocks": [section("for all")]})
    assert (await mei.command("/x", channel="support")).texts == ["for all"]
    assert [m.text for m in arjun.sees("support")] == ["for all"]


async def test_a_command_that_fails_is_not_sent_again(app: ScriptedApp, workspace: Workspace) -> None:
    app.says("", 500)
    outcome = await workspace.person("mei").command("/x")
    assert (outcome.kind, outcome.why) == ("failed", "http_error")
    app.says({"blocks": [{"type": "nonsense"}]})
    assert "invalid_blocks" in str((await workspace.person("mei").command("/x")).why)
    assert len(workspace.log.requests_of("command")) == 2


async def test_an_app_that_takes_too_long_gets_an_operation_timeout(app: ScriptedApp, workspace: Workspace) -> None:
    workspace.delivery.wait_seconds = 0.0001
    outcome = await workspace.person("mei").command("/x")
    assert (outcome.ok, outcome.why) == (False, "http_timeout")


async def test_a_press_carries_the_message_and_the_action(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    card = await posted(api, workspace, actions(button("Acknowledge", "ack", value="142", style="primary")))
    await workspace.person("mei").press(card, "Acknowledge")
    payload = app.last["payload"]
    action = payload["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("ack", "row", "142")
    assert (action["type"], action["text"]["text"], action["style"]) == ("button", "Acknowledge", "primary")
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == card.ts
    assert payload["channel"]["name"] == "support"
    assert payload["container"]["is_ephemeral"] is False
    assert {"response_url", "trigger_id", "team", "enterprise", "api_app_id", "state"} <= set(payload)


async def test_a_stale_button_can_still_be_pressed(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    card = await posted(api, workspace, actions(button("Acknowledge", "ack")))
    await api("chat.update", channel=card.channel, ts=card.ts, text="x", blocks=[actions(button("Update"))])
    await workspace.person("mei").press(card, "Acknowledge")
    assert app.last["payload"]["actions"][0]["action_id"] == "ack"


async def test_an_overflow_and_a_menu_send_the_chosen_option(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    overflow = {"type": "overflow", "action_id": "more", "options": options("Cancel", "Nudge")}
    menu = {"type": "static_select", "action_id": "to", "options": options("A", "B")}
    card = await posted(api, workspace, actions(overflow, menu))
    await mei.choose(card, "more", "Nudge")
    assert app.last["payload"]["actions"][0]["selected_option"]["value"] == "Nudge"
    await mei.choose(card, "to", "B")
    values = app.last["payload"]["state"]["values"]
    assert values["row"]["to"]["selected_option"]["value"] == "B"


async def test_nobody_presses_what_is_not_there_or_not_theirs(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    card = await posted(api, workspace, actions(button("Acknowledge", "ack")))
    with pytest.raises(NotThere, match="Acknowledge"):
        await workspace.person("mei").press(card, "Resolve")
    dm = workspace.app_dm(workspace.user("arjun").id)
    await api("chat.postMessage", channel=dm.id, text="x", blocks=[actions(button("Mine"))])
    theirs = workspace.person("arjun").dms()[0]
    with pytest.raises(Mistake):
        await workspace.person("mei").press(theirs, "Mine")
    workspace.admin.deactivate("mei")
    with pytest.raises(Mistake):
        await workspace.person("mei").press(card, "Acknowledge")


async def test_a_response_url_answers_five_times_and_only_one_person(
    api: Api, app: ScriptedApp, workspace: Workspace, session: aiohttp.ClientSession
) -> None:
    mei = workspace.person("mei")
    card = await posted(api, workspace, actions(button("Go")))
    await mei.press(card, "Go")
    url = app.last["payload"]["response_url"]
    statuses = []
    for number in range(6):
        async with session.post(url, json={"text": str(number)}) as response:
            statuses.append(response.status)
    assert statuses == [200] * 5 + [404]
    assert [m.text for m in mei.ephemerals] == ["0", "1", "2", "3", "4"]
    async with session.post(url[:-1] + "x", json={"text": "forged"}) as response:
        assert (await response.json())["error"] == "invalid_url"


async def test_a_response_url_runs_out(
    api: Api, app: ScriptedApp, workspace: Workspace, session: aiohttp.ClientSession
) -> None:
    workspace.response_urls.life_seconds = 0.0
    await workspace.person("mei").command("/x")
    async with session.post(app.last["fields"]["response_url"], json={"text": "late"}) as response:
        assert (await response.json())["error"] == "expired_url"


async def test_a_response_url_replaces_and_deletes_the_original(
    api: Api, app: ScriptedApp, workspace: Workspace, session: aiohttp.ClientSession
) -> None:
    mei = workspace.person("mei")
    app.says({"text": "list", "blocks": [actions(button("Next"))]})
    await mei.command("/list", channel="random")
    await mei.press(mei.ephemerals[0], "Next")
    url = app.last["payload"]["response_url"]
    assert "message" not in app.last["payload"]
    async with session.post(url, json={"replace_original": True, "text": "page 2"}):
        pass
    assert [m.text for m in mei.ephemerals] == ["page 2"]
    async with session.post(url, json={"delete_original": True}):
        pass
    assert mei.ephemerals == []
    async with session.post(url, json={"response_type": "in_channel", "text": "said"}):
        pass
    assert [m.text for m in workspace.person("arjun").sees("random")] == ["said"]
    async with session.post(url, json={"blocks": [{"type": "nonsense"}]}) as response:
        assert (await response.json())["error"] == "invalid_blocks"


async def test_shortcuts_carry_what_slack_sends(app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await mei.shortcut("new_escalation")
    assert app.last["payload"]["type"] == "shortcut"
    assert "response_url" not in app.last["payload"]
    message = await mei.say("support", "look")
    await mei.message_shortcut("escalate_this", message)
    payload = app.last["payload"]
    assert (payload["type"], payload["message"]["text"], payload["message_ts"]) == (
        "message_action",
        "look",
        message.ts,
    )


async def test_what_a_person_writes_is_escaped_and_mentions_become_ids(workspace: Workspace) -> None:
    message = await workspace.person("mei").say("random", "@arjun a < b & c, mail a@arjun.com")
    arjun = workspace.user("arjun").id
    assert message.text == f"<@{arjun}> a &lt; b &amp; c, mail a@arjun.com"


async def test_the_same_bytes_can_be_sent_again_and_forged(app: ScriptedApp, workspace: Workspace) -> None:
    await workspace.person("mei").command("/x")
    packet = workspace.delivery.last_packet
    assert packet is not None
    await workspace.delivery.resend(packet)
    assert app.requests[0]["body"] == app.requests[1]["body"]
    await workspace.delivery.raw(b"x=1", headers={"X-Slack-Signature": None})
    assert "X-Slack-Signature" not in app.last["headers"]
    await workspace.delivery.raw(b"x=1", timestamp="1000000000")
    assert app.last["headers"]["X-Slack-Request-Timestamp"] == "1000000000"


async def test_the_transcript_reads_as_each_person_saw_it(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    token = "<!date^1785808800^{time}|later>"
    await posted(api, workspace, section(f"{mei.mention} due {token}"), actions(button("Acknowledge")))
    await workspace.settled()
    app.says("only for Mei")
    await mei.command("/escalate", "help", channel="support")
    text = "\n".join(workspace.transcript("mei", "Asia/Singapore"))
    assert "@Mei Lin due 10:00" in text
    assert "[Acknowledge]" in text
    assert "/escalate help" in text
    assert "only for Mei" in text
    assert "only for Mei" not in "\n".join(workspace.transcript("arjun"))


async def test_waiting_for_what_never_comes_quotes_the_log(api: Api, workspace: Workspace) -> None:
    await api("chat.postMessage", channel="C0NOWHERE", text="x")
    with pytest.raises(TimeoutError, match=r"chat\.postMessage: channel_not_found"):
        await workspace.until(lambda: False, timeout=0.01)
