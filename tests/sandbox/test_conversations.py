"""conversations.*, users.*, usergroups.*, marks, bookmarks and files as an app calls them."""

import aiohttp
import pytest

from bot.sandbox import SandboxServer, Workspace
from tests.sandbox.apps import Api, Json


async def walk(api: Api, method: str, key: str, **arguments: object) -> list[Json]:
    """Everything that a method lists, two at a time, by its cursors."""
    found: list[Json] = []
    cursor = ""
    while True:
        answer = await api(method, limit=2, cursor=cursor, **arguments)
        assert answer["ok"], answer
        assert len(answer[key]) <= 2
        found += answer[key]
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return found


async def test_cursors_lead_through_everything_once(api: Api, workspace: Workspace) -> None:
    users = await walk(api, "users.list", "members", include_locale=True)
    assert [u["id"] for u in users] == list(workspace.users)
    channels = await walk(api, "conversations.list", "channels")
    assert [c["name"] for c in channels] == ["support", "engineering", "random"]
    for number in range(5):
        await api("chat.postMessage", channel=workspace.channel("support").id, text=str(number))
    history = await walk(api, "conversations.history", "messages", channel=workspace.channel("support").id)
    assert [m["text"] for m in history] == ["4", "3", "2", "1", "0"]


async def test_a_cursor_that_slack_did_not_give_is_refused(api: Api) -> None:
    assert (await api("users.list", cursor="bm9uc2Vuc2U="))["error"] == "invalid_cursor"
    assert (await api("conversations.list", limit="many"))["error"] == "invalid_limit"
    assert (await api("conversations.list", types="nonsense"))["error"] == "invalid_types"


async def test_private_channels_show_only_to_their_members(api: Api, workspace: Workspace) -> None:
    types = "public_channel,private_channel"
    before = await api("conversations.list", types=types)
    assert "secret" not in [c["name"] for c in before["channels"]]
    workspace.admin.add_to_channel("secret", workspace.bot_user_id)
    after = await api("conversations.list", types=types)
    assert "secret" in [c["name"] for c in after["channels"]]


async def test_the_bounds_of_history_are_exclusive_unless_asked(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    stamps = [(await api("chat.postMessage", channel=channel, text=t))["ts"] for t in "abc"]
    bounds = {"channel": channel, "oldest": stamps[0], "latest": stamps[2]}
    inner = await api("conversations.history", **bounds)
    whole = await api("conversations.history", **bounds, inclusive=True)
    assert [m["text"] for m in inner["messages"]] == ["b"]
    assert [m["text"] for m in whole["messages"]] == ["c", "b", "a"]
    wrong = await api("conversations.history", channel=channel, oldest="yesterday")
    assert wrong["error"] == "invalid_ts_oldest"


async def test_replies_stand_in_their_thread_and_not_in_the_channel(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    top = (await api("chat.postMessage", channel=channel, text="top"))["ts"]
    await api("chat.postMessage", channel=channel, text="below", thread_ts=top)
    await api("chat.postMessage", channel=channel, text="both", thread_ts=top, reply_broadcast=True)
    history = await api("conversations.history", channel=channel)
    thread = await api("conversations.replies", channel=channel, ts=top)
    assert [m["text"] for m in history["messages"]] == ["both", "top"]
    assert [m["text"] for m in thread["messages"]] == ["top", "below", "both"]
    assert history["messages"][1]["reply_count"] == 2
    missing = await api("conversations.replies", channel=channel, ts="1700000000.000001")
    assert missing["error"] == "thread_not_found"


async def test_a_user_shows_what_a_bot_needs_to_know(api: Api, workspace: Workspace) -> None:
    workspace.add_person("guest", is_restricted=True)
    workspace.add_person("stranger", team_id="T0ELSEWHERE", is_stranger=True)
    mei = (await api("users.info", user=workspace.user("mei").id, include_locale=True))["user"]
    guest = (await api("users.info", user=workspace.user("guest").id))["user"]
    stranger = (await api("users.info", user=workspace.user("stranger").id))["user"]
    assert (mei["locale"], mei["tz"], mei["tz_offset"]) == ("zh-CN", "Asia/Singapore", 8 * 3600)
    assert guest["is_restricted"]
    assert "locale" not in guest
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0ELSEWHERE")


async def test_user_groups_list_and_change_their_members(api: Api, workspace: Workspace) -> None:
    group = workspace.group("payments-leads")
    listed = await api("usergroups.list", include_users=True)
    assert listed["usergroups"][0]["users"] == [workspace.user("arjun").id]
    mei = workspace.user("mei").id
    assert (await api("usergroups.users.update", usergroup=group.id, users=mei))["ok"]
    assert (await api("usergroups.users.list", usergroup=group.id))["users"] == [mei]
    missing = await api("usergroups.users.list", usergroup="S0NOBODY")
    assert missing["error"] == "no_such_subteam"


async def test_a_channel_can_be_made_joined_and_archived(api: Api, workspace: Workspace) -> None:
    made = await api("conversations.create", name="war-room")
    assert made["channel"]["is_member"]
    taken = await api("conversations.create", name="war-room")
    shouted = await api("conversations.create", name="War Room")
    assert [taken["error"], shouted["error"]] == ["name_taken", "invalid_name_specials"]
    joined = await api("conversations.join", channel=workspace.channel("random").id)
    assert joined["channel"]["is_member"]
    assert (await api("conversations.archive", channel=made["channel"]["id"]))["ok"]
    again = await api("conversations.archive", channel=made["channel"]["id"])
    assert again["error"] == "already_archived"


async def test_marks_are_put_on_once_and_taken_off_once(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    ts = (await api("chat.postMessage", channel=channel, text="x"))["ts"]
    here = {"channel": channel, "timestamp": ts}
    wants = [
        ("reactions.add", {"name": "eyes"}, None),
        ("reactions.add", {"name": "eyes"}, "already_reacted"),
        ("reactions.remove", {"name": "eyes"}, None),
        ("reactions.remove", {"name": "eyes"}, "no_reaction"),
        ("reactions.add", {"name": "Not An Emoji"}, "invalid_name"),
        ("pins.add", {}, None),
        ("pins.add", {}, "already_pinned"),
        ("pins.remove", {}, None),
        ("pins.remove", {}, "no_pin"),
    ]
    got = [(await api(method, **here, **more)).get("error") for method, more, _ in wants]
    assert got == [error for _, _, error in wants]


async def test_bookmarks_are_added_edited_and_listed(api: Api, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    link = "https://example.com/a"
    made = await api("bookmarks.add", channel_id=channel, title="Board", type="link", link=link)
    changed = await api("bookmarks.edit", channel_id=channel, bookmark_id=made["bookmark"]["id"], title="New")
    listed = await api("bookmarks.list", channel_id=channel)
    assert changed["bookmark"]["title"] == listed["bookmarks"][0]["title"] == "New"
    wrong = await api("bookmarks.add", channel_id=channel, title="x", type="link", link="nowhere")
    assert wrong["error"] == "invalid_link"


async def test_a_file_goes_up_in_three_steps_and_comes_down_with_a_token(
    api: Api, workspace: Workspace, session: aiohttp.ClientSession
) -> None:
    channel, content = workspace.channel("support").id, "日志".encode()
    place = await api("files.getUploadURLExternal", filename="log.txt", length=len(content))
    early = await api("files.completeUploadExternal", files=[{"id": place["file_id"]}])
    assert early["error"] == "file_not_found"
    async with session.post(place["upload_url"], data=content) as response:
        assert await response.text() == f"OK - {len(content)}"
    done = await api("files.completeUploadExternal", files=[{"id": place["file_id"]}], channel_id=channel)
    assert workspace.person("mei").sees("support")[0].files == [place["file_id"]]
    async with session.get(done["files"][0]["url_private"], headers=api.headers) as response:
        assert await response.read() == content
    async with session.get(done["files"][0]["url_private"], allow_redirects=False) as response:
        assert response.status == 302
    assert (await api("files.delete", file=place["file_id"]))["ok"]
    assert (await api("files.info", file=place["file_id"]))["error"] == "file_deleted"


async def test_do_not_disturb_shows_for_many_people_at_once(api: Api, workspace: Workspace) -> None:
    workspace.admin.set_dnd("arjun", start_ts=1, end_ts=4102444800)
    arjun, mei = workspace.user("arjun").id, workspace.user("mei").id
    shown = (await api("dnd.teamInfo", users=f"{arjun},{mei}"))["users"]
    assert [shown[arjun]["dnd_enabled"], shown[mei]["dnd_enabled"]] == [True, False]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("nonsense", "auth.test", "invalid_auth"),
        ("app", "chat.postMessage", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
    ],
)
async def test_a_wrong_token_is_refused(api: Api, workspace: Workspace, token: str, method: str, error: str) -> None:
    known = {"app": workspace.app_token, "bot": workspace.bot_token}
    api.headers = {"Authorization": f"Bearer {known.get(token, token)}"}
    assert (await api(method))["error"] == error


async def test_a_revoked_token_opens_nothing_any_more(api: Api, workspace: Workspace) -> None:
    workspace.admin.revoke_tokens()
    assert (await api("auth.test"))["error"] == "token_revoked"
    workspace.admin.restore_tokens()
    assert (await api("auth.test"))["ok"]


async def test_an_app_without_the_scope_is_told_which_it_needs(session: aiohttp.ClientSession) -> None:

    workspace = Workspace(scopes=["chat:write"])
    async with SandboxServer(workspace) as server:
        headers = {"Authorization": f"Bearer {workspace.bot_token}"}
        async with session.get(server.api_url + "users.list", headers=headers) as response:
            answer = await response.json()
            assert response.headers["x-oauth-scopes"] == "chat:write"
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")


async def test_arguments_come_by_query_form_or_json_alike(
    api: Api, server: SandboxServer, session: aiohttp.ClientSession, workspace: Workspace
) -> None:
    channel = workspace.channel("support").id
    blocks = '[{"type": "divider"}]'
    url = f"{server.api_url}chat.postMessage?channel={channel}&text=q&token={workspace.bot_token}"
    async with session.get(url) as response:
        assert (await response.json())["ok"]
    assert (await api.form("chat.postMessage", channel=channel, text="f", blocks=blocks))["ok"]
    assert (await api("chat.postMessage", channel=channel, text="j", blocks=blocks))["ok"]
    assert [m.text for m in workspace.messages()] == ["q", "f", "j"]
    async with session.post(url.partition("?")[0], data="{", headers={"Content-Type": "application/json"}) as r:
        assert (await r.json())["error"] == "invalid_arguments"
    assert "token" not in workspace.log.calls[0].arguments
