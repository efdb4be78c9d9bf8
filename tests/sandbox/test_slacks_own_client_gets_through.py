"""slack_sdk's client speaks to the sandbox as it does to Slack: its ways of writing arguments are understood."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Fault, SandboxServer, Workspace
from tests.sandbox.apps import ScriptedApp
from tests.sandbox.kit import section


@pytest.fixture
def client(server: SandboxServer) -> AsyncWebClient:
    return AsyncWebClient(token=server.workspace.bot_token, base_url=server.api_url, retry_handlers=[])


async def test_lists_flags_and_structures_arrive(client: AsyncWebClient, workspace: Workspace) -> None:
    mei, channel = workspace.user("mei"), workspace.channel("support")
    opened = await client.conversations_open(users=[mei.id], return_im=True)
    assert opened["channel"]["user"] == mei.id
    metadata = {"event_type": "notice", "event_payload": {"key": "k"}}
    await client.chat_postMessage(channel=channel.id, text="x", blocks=[section()], metadata=metadata)
    read = await client.conversations_history(channel=channel.id, include_all_metadata=True, limit=5)
    assert read["messages"][0]["metadata"]["event_payload"] == {"key": "k"}
    listed = await client.users_list(include_locale=True)
    assert {user["name"] for user in listed["members"]} >= {"mei", "arjun", "slackbot"}
    info = await client.dnd_teamInfo(users=[mei.id])
    assert mei.id in info["users"]


async def test_pages_are_walked_by_the_clients_own_iterator(client: AsyncWebClient) -> None:
    names: list[str] = []
    async for page in await client.conversations_list(limit=1):
        names += [channel["name"] for channel in page["channels"]]
    assert names == ["support", "engineering", "random"]


async def test_a_file_is_uploaded_by_the_clients_own_three_steps(client: AsyncWebClient, workspace: Workspace) -> None:
    channel = workspace.channel("support").id
    done = await client.files_upload_v2(
        channel=channel, filename="a.txt", title="A", content="hello", initial_comment="see"
    )
    file = workspace.files[done["files"][0]["id"]]
    assert (file.content, file.title) == (b"hello", "A")
    assert workspace.person("mei").sees("support")[0].text == "see"


async def test_errors_and_rate_limits_are_raised_as_usual(client: AsyncWebClient, workspace: Workspace) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=workspace.channel("random").id, text="x")
    assert refused.value.response["error"] == "not_in_channel"
    workspace.faults.plant(Fault(method="chat.postMessage", retry_after_seconds=3))
    with pytest.raises(SlackApiError) as limited:
        await client.chat_postMessage(channel=workspace.channel("support").id, text="x")
    assert limited.value.response.headers["Retry-After"] == "3"


async def test_a_response_url_takes_the_clients_webhook(app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await mei.command("/x", channel="random")
    webhook = AsyncWebhookClient(app.last["fields"]["response_url"])
    answer = await webhook.send(text="hello", blocks=[section()])
    assert answer.status_code == 200
    assert [message.text for message in mei.ephemerals] == ["hello"]
