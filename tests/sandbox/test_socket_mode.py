"""Socket Mode by its wire: tickets, envelopes, acks, events that come again, connections that are renewed."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import WSServerHandshakeError

from bot.sandbox import Person, Workspace
from tests.sandbox.apps import Api, Json


@pytest.fixture
async def socket(
    api: Api, session: aiohttp.ClientSession, workspace: Workspace
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    api.headers = {"Authorization": f"Bearer {workspace.app_token}"}
    url = (await api("apps.connections.open"))["url"]
    async with session.ws_connect(url) as opened:
        assert (await opened.receive_json())["type"] == "hello"
        yield opened


async def test_a_ticket_opens_one_connection(api: Api, session: aiohttp.ClientSession, workspace: Workspace) -> None:
    api.headers = {"Authorization": f"Bearer {workspace.app_token}"}
    url = (await api("apps.connections.open"))["url"]
    async with session.ws_connect(url):
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(url)


async def test_a_command_is_acknowledged_by_its_envelope(
    socket: aiohttp.ClientWebSocketResponse, workspace: Workspace
) -> None:
    mei = workspace.person("mei")

    async def acknowledge() -> Json:
        envelope: Json = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "yes"}})
        return envelope

    workspace.delivery.background(_told(mei))
    envelope = await acknowledge()
    assert (envelope["type"], envelope["payload"]["command"]) == ("slash_commands", "/x")
    assert envelope["accepts_response_payload"] is True
    await workspace.until(lambda: mei.ephemerals)
    assert mei.ephemerals[0].text == "yes"


async def _told(mei: Person) -> None:
    await mei.command("/x", channel="support")


async def test_an_event_that_is_not_acknowledged_comes_again(
    socket: aiohttp.ClientWebSocketResponse, workspace: Workspace
) -> None:
    workspace.delivery.wait_seconds = 0.05
    workspace.delivery.retry_scale = 0.0
    await workspace.person("mei").say("support", "x")
    first, second = await socket.receive_json(), await socket.receive_json()
    await socket.send_json({"envelope_id": second["envelope_id"]})
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "http_timeout"


async def test_an_app_is_asked_to_connect_anew(socket: aiohttp.ClientWebSocketResponse, workspace: Workspace) -> None:
    workspace.delivery.background(workspace.delivery.sockets.refresh())
    message = await socket.receive_json()
    assert (message["type"], message["reason"]) == ("disconnect", "refresh_requested")
    assert workspace.delivery.sockets.connected == 0
    outcome = await workspace.person("mei").command("/x")
    assert outcome.why == "connection_failed"
