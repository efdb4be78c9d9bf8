"""chat.*: who may post where, what a message may hold, what editing and deleting do."""

from datetime import UTC, datetime

import pytest

from bot.sandbox import Workspace
from bot.sandbox.identity import Identity
from tests.sandbox.apps import Api, Json
from tests.sandbox.kit import actions, button, section


async def test_a_posted_message_is_seen_by_the_members_of_the_channel(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    answer = await api("chat.postMessage", channel=channel, text="Hello", blocks=[section("*Hello*")])
    assert answer["ok"]
    assert answer["channel"] == channel
    assert answer["message"]["bot_id"] == workspace.bot_id
    assert [m.ts for m in workspace.person("mei").sees("support")] == [answer["ts"]]


async def test_a_user_id_as_channel_opens_the_direct_message(api: Api, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    answer = await api("chat.postMessage", channel=mei.id, text="Hello")
    assert answer["channel"].startswith("D")
    assert [m.text for m in mei.dms()] == ["Hello"]


async def test_a_deactivated_person_can_still_be_written_to_but_not_opened(api: Api, workspace: Workspace) -> None:
    workspace.admin.deactivate("mei")
    mei = workspace.user("mei").id
    assert (await api("chat.postMessage", channel=mei, text="Hello"))["ok"]
    assert (await api("conversations.open", users=mei))["error"] == "user_disabled"


@pytest.mark.parametrize(
    ("channel", "arguments", "error"),
    [
        ("random", {"text": "x"}, "not_in_channel"),
        ("secret", {"text": "x"}, "channel_not_found"),
        ("support", {}, "no_text"),
        ("support", {"text": "x" * 40_001}, "msg_too_long"),
        ("support", {"text": "x", "blocks": "no json"}, "invalid_blocks_format"),
        ("support", {"text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ("support", {"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ("support", {"blocks": [section("x" * 3000)] * 5}, "msg_blocks_too_long"),
        ("support", {"text": "x", "metadata": {"event_type": "a b"}}, "invalid_metadata_schema"),
        ("support", {"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ("support", {"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ("support", {"text": "x", "thread_ts": "1700000000.000001"}, "cannot_reply_to_message"),
        ("support", {"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_post_is_refused_with_slacks_own_code(
    api: Api, workspace: Workspace, channel: str, arguments: Json, error: str
) -> None:
    answer = await api("chat.postMessage", channel=workspace.channel(channel).id, **arguments)
    assert answer["error"] == error
    assert workspace.messages() == []


async def test_an_archived_or_deleted_channel_takes_no_post(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    workspace.admin.archive("support")
    assert (await api("chat.postMessage", channel=channel, text="x"))["error"] == "is_archived"
    workspace.admin.delete_channel("support")
    assert (await api("chat.postMessage", channel=channel, text="x"))["error"] == "channel_not_found"


async def test_the_objections_to_blocks_come_with_their_pointers(api: Api, workspace: Workspace) -> None:
    answer = await api("chat.postMessage", channel=workspace.channel("support").id, blocks=[section("")])
    text = "must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    assert answer["errors"] == [text]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {text}"]


async def test_a_new_text_without_blocks_takes_the_old_blocks_away(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    posted = await api("chat.postMessage", channel=channel, text="a", blocks=[section("a")])
    await api("chat.update", channel=channel, ts=posted["ts"], text="b")
    message = workspace.person("mei").sees("support")[0]
    assert (message.text, message.blocks) == ("b", [])


async def test_metadata_stays_through_an_edit_that_does_not_speak_of_it(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    metadata = {"event_type": "notice", "event_payload": {"key": "k1"}}
    posted = await api("chat.postMessage", channel=channel, text="a", metadata=metadata)
    await api("chat.update", channel=channel, ts=posted["ts"], text="b")
    read = await api("conversations.history", channel=channel, include_all_metadata=True)
    assert read["messages"][0]["metadata"] == metadata
    plain = await api("conversations.history", channel=channel)
    assert "metadata" not in plain["messages"][0]


async def test_only_the_apps_own_messages_can_be_changed(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    said = await workspace.person("mei").say("support", "Hi")
    edited = await api("chat.update", channel=channel, ts=said.ts, text="x")
    deleted = await api("chat.delete", channel=channel, ts=said.ts)
    missing = await api("chat.update", channel=channel, ts="1700000000.000001", text="x")
    errors = [edited["error"], deleted["error"], missing["error"]]
    assert errors == ["cant_update_message", "cant_delete_message", "message_not_found"]


async def test_a_deleted_message_with_replies_leaves_a_tombstone(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    top = await api("chat.postMessage", channel=channel, text="top")
    await api("chat.postMessage", channel=channel, text="below", thread_ts=top["ts"])
    assert (await api("chat.delete", channel=channel, ts=top["ts"]))["ok"]
    thread = await api("conversations.replies", channel=channel, ts=top["ts"])
    assert [m.get("subtype", m["text"]) for m in thread["messages"]] == ["tombstone", "below"]


async def test_an_ephemeral_message_never_reaches_who_is_away(api: Api, workspace: Workspace) -> None:
    channel, mei = workspace.channel("support").id, workspace.person("mei")
    assert (await api("chat.postEphemeral", channel=channel, user=mei.id, text="psst"))["ok"]
    mei.user.presence = "away"
    assert (await api("chat.postEphemeral", channel=channel, user=mei.id, text="gone"))["ok"]
    assert [m.text for m in mei.ephemerals] == ["psst"]
    arjun = workspace.person("arjun").id
    refused = await api("chat.postEphemeral", channel=channel, user=arjun, text="x")
    assert refused["error"] == "user_not_in_channel"


async def test_a_kept_copy_of_a_message_does_not_change_with_it(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    posted = await api("chat.postMessage", channel=channel, text="a", blocks=[actions(button("Old"))])
    old = workspace.person("mei").sees("support")[0]
    await api("chat.update", channel=channel, ts=posted["ts"], text="b", blocks=[actions(button("New"))])
    assert old.blocks[0]["elements"][0]["text"]["text"] == "Old"


async def test_scheduled_messages_wait_for_the_workspaces_clock(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    late = workspace.ids.epoch() + 1
    made = await api("chat.scheduleMessage", channel=channel, text="later", post_at=late)
    listed = await api("chat.scheduledMessages.list")
    assert [w["id"] for w in listed["scheduled_messages"]] == [made["scheduled_message_id"]]
    await workspace.until(lambda: workspace.person("mei").sees("support"), timeout=5)
    past = await api("chat.scheduleMessage", channel=channel, text="x", post_at=late - 60)
    far = await api("chat.scheduleMessage", channel=channel, text="x", post_at=late + 10**8)
    assert [past["error"], far["error"]] == ["time_in_past", "time_too_far"]


async def test_timestamps_rise_even_where_the_clock_stands_still() -> None:

    ids = Identity("seed", lambda: datetime(2026, 8, 4, 2, 0, tzinfo=UTC))
    stamps = [ids.next_ts() for _ in range(3)]
    assert stamps == sorted(set(stamps))
