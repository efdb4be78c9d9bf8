"""A Bolt app that is not ours runs against the sandbox, told nothing but the API's address.

Over HTTP and over Socket Mode, answering a command, a modal and a button.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import SandboxServer, Workspace
from bot.sandbox.records import Message

Mode = Callable[[SandboxServer, AsyncApp], AbstractAsyncContextManager[None]]

MODAL = {
    "type": "modal",
    "callback_id": "order",
    "title": {"type": "plain_text", "text": "Order"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "plain_text_input", "action_id": "it"},
        }
    ],
}


def tea_app(api_url: str, workspace: Workspace) -> AsyncApp:
    """The app: `/tea` opens a modal, the modal posts a card, its button changes the card."""
    client = AsyncWebClient(token=workspace.bot_token, base_url=api_url)
    app = AsyncApp(client=client, signing_secret=workspace.signing_secret)

    @app.command("/tea")
    async def order(ack: AsyncAck, body: Any, client: AsyncWebClient) -> None:
        await ack(f"You want {body['text']}")
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("order")
    async def send(ack: AsyncAck, view: Any, client: AsyncWebClient) -> None:
        said = view["state"]["values"]["what"]["it"]["value"]
        if said == "coffee":
            await ack(response_action="errors", errors={"what": "Tea only"})
            return
        await ack()
        button = {"type": "button", "action_id": "drink", "text": {"type": "plain_text", "text": "Drink"}}
        blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
        await client.chat_postMessage(channel="#support", text=f"Tea: {said}", blocks=blocks)

    @app.action("drink")
    async def drink(ack: AsyncAck, body: Any, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        await respond("Enjoy")
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Gone")

    return app


@asynccontextmanager
async def over_http(server: SandboxServer, app: AsyncApp) -> AsyncIterator[None]:
    runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.workspace.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def over_socket(server: SandboxServer, app: AsyncApp) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(app, server.workspace.app_token, web_client=app.client)
    await handler.client.connect()  # type: ignore[no-untyped-call]
    await server.workspace.until(lambda: server.workspace.delivery.sockets.connected)
    try:
        yield
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("mode", [over_http, over_socket])
async def test_a_bolt_app_answers_a_command_a_modal_and_a_button(
    server: SandboxServer, workspace: Workspace, mode: Mode
) -> None:
    mei = workspace.person("mei")
    async with mode(server, tea_app(server.api_url, workspace)):
        ordered = await mei.command("/tea", "oolong", channel="support")
        assert ordered.texts == ["You want oolong"]

        view = await mei.waits_for_modal()
        assert view.title == "Order"
        assert (await mei.submit()).kind == "refused"

        await mei.fill(view, {"What": "coffee"})
        refused = await mei.submit()
        assert (refused.kind, refused.errors) == ("errors", {"what": "Tea only"})
        assert mei.modal.values["what"]["it"]["value"] == "coffee"

        await mei.fill(view, {"What": "oolong"})
        assert (await mei.submit()).kind == "closed"
        assert mei.view is None

        def cards() -> list[Message]:
            return [m for m in mei.sees("support") if m.text == "Tea: oolong"]

        card = (await workspace.until(cards))[0]
        await mei.press(card, "Drink")
        await workspace.until(lambda: [m for m in mei.sees("support") if m.text == "Gone"])
        assert mei.ephemerals[-1].text == "Enjoy"
        assert [call.error for call in workspace.log.refused()] == []
        assert workspace.log.mistakes == []


async def test_a_bolt_app_connects_anew_when_slack_asks_it_to(server: SandboxServer, workspace: Workspace) -> None:
    sockets = workspace.delivery.sockets
    async with over_socket(server, tea_app(server.api_url, workspace)):
        await sockets.refresh()
        await workspace.until(lambda: sockets.connected)
        ordered = await workspace.person("mei").command("/tea", "green", channel="support")
        assert ordered.texts == ["You want green"]
        await workspace.person("mei").waits_for_modal()
