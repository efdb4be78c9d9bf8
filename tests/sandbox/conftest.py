"""A workspace with a few people, served on loopback, for every test of the sandbox."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import SandboxServer, Workspace
from tests.sandbox.apps import Api, ScriptedApp, scripted_app


@pytest.fixture
def workspace() -> Workspace:
    made = Workspace()
    made.add_person("mei", real_name="Mei Lin", locale="zh-CN", tz="Asia/Singapore")
    made.add_person("arjun", real_name="Arjun Rao", tz="Asia/Kolkata")
    made.add_channel("support", members=["mei"], bot=True)
    made.add_channel("engineering", members=["arjun"], bot=True)
    made.add_channel("random", members=["mei", "arjun"])
    made.add_channel("secret", members=["arjun"], private=True)
    made.add_group("payments-leads", ["arjun"])
    return made


@pytest.fixture
async def server(workspace: Workspace) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(workspace) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def api(server: SandboxServer, session: aiohttp.ClientSession) -> Api:
    return Api(server, session)


@pytest.fixture
async def app(server: SandboxServer) -> AsyncIterator[ScriptedApp]:
    async with scripted_app() as running:
        server.workspace.connect_http(running.url)
        yield running
