"""A site on a real socket, new for each test."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from bot.clock import MachineClock
from bot.web.health import DoorMetrics
from bot.web.site import build_site, serve_site
from bot.web.slack import SlackDoor
from tests.web.kit import SECRET, RunningSite


@pytest.fixture
async def site() -> AsyncIterator[RunningSite]:
    running = RunningSite()
    registry = CollectorRegistry()
    door = SlackDoor(
        signing_secret=SECRET,
        machine=MachineClock(),
        dispatch=running.take,
        observe=DoorMetrics(registry).observe,
    )
    app = build_site(readiness=running.readiness, registry=registry, door=door)
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        serve_site(app, host="127.0.0.1", port=0, stop=running.stop, on_listening=port.set_result)
    )
    running.port = await port
    running.url = f"http://127.0.0.1:{running.port}"
    yield running
    running.stop.set()
    await serving
