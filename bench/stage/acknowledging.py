"""What opening is held against: a Bolt app whose only listener acknowledges, behind the bot's own door.

Everything up to Bolt and in it costs the same; what is left out is what the bot is for.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.cli.loop import run_in_loop
from bot.clock import MachineClock
from bot.render.ids import VIEW_PATTERN
from bot.web.health import DoorMetrics, Readiness
from bot.web.site import SLACK_PATH, build_site, serve_site
from bot.web.slack import SlackDoor

_START_SECONDS = 60.0


@contextmanager
def acknowledging(signing_secret: str) -> Iterator[str]:
    """Start the app in a process of its own; its address is handed out."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_live, args=(signing_secret, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(_START_SECONDS):
            raise TimeoutError("the app that acknowledges did not start")
        yield f"http://127.0.0.1:{ours.recv()}{SLACK_PATH}"
    finally:
        process.terminate()
        process.join(timeout=10)


def _live(signing_secret: str, wire: Connection) -> None:
    run_in_loop(_serve(signing_secret, wire))


async def _serve(signing_secret: str, wire: Connection) -> None:
    registry = CollectorRegistry()
    door = SlackDoor(
        signing_secret=signing_secret,
        machine=MachineClock(),
        dispatch=_bolt().async_dispatch,
        observe=DoorMetrics(registry).observe,
    )
    site = build_site(readiness=Readiness(), registry=registry, door=door)
    await serve_site(site, host="127.0.0.1", port=0, stop=asyncio.Event(), on_listening=wire.send)


def _bolt() -> AsyncApp:
    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0BENCH", bot_token="", bot_id="B0", bot_user_id="U0")

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app = AsyncApp(authorize=authorize, process_before_response=True, request_verification_enabled=False)
    app.view(VIEW_PATTERN)(acknowledge)
    return app
