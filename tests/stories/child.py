"""`python -m bot serve` as a process of its own, and the stage around it: what SIGTERM and SIGKILL do is asked here.

Such a bot lives in the machine's own time; its rules are the example's, with offices that never close.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.demo.ledger import Ledger
from bot.demo.log_watch import is_grave
from bot.demo.stage import EXAMPLE
from bot.demo.town import build_town
from bot.sandbox import SandboxServer, Workspace
from bot.sandbox.identity import system_now
from bot.settings import spell_database_url
from models.migrations import migrate
from models.queries import directory, outbox
from models.session import Store, open_store
from tests.processes import die_with_parent

ROOT = EXAMPLE.parent
START_SECONDS = 40.0
STOP_SECONDS = 20.0


class Child:
    """One `serve` process. Its log is a file of lines."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    async def start(self) -> None:
        """Start it and return when it is ready."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve", "--env-file", os.devnull],
                cwd=ROOT,
                env={"PATH": os.defpath, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=die_with_parent,
            )
        already = len(self._ready_lines())
        async with asyncio.timeout(START_SECONDS):
            # A file tells nobody that it grew, so it is read again.
            while len(self._ready_lines()) == already:
                assert self._process.poll() is None, self.log.read_text()
                await asyncio.sleep(0.02)
        self.port = int(self._ready_lines()[-1]["port"])

    async def kill(self) -> None:
        """SIGKILL: it has no time to do anything."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int | None:
        """SIGTERM: it drains. Returns its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, farewell: signal.Signals) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        process.send_signal(farewell)
        return await asyncio.to_thread(process.wait, STOP_SECONDS)

    def _ready_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines() if '"event": "ready"' in line]

    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def grave(self) -> list[str]:
        """What went wrong by its own account."""
        return [line for line in self.lines() if is_grave(line)]


@dataclass
class Host:
    """A town whose bots are processes, and a look into their database."""

    town: Workspace
    server: SandboxServer
    ledger: Ledger
    store: Store
    folder: Path
    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)

    async def start(self, *, socket_mode: bool = False) -> Child:
        """Start one more `serve`."""
        environment = dict(self.environment)
        if socket_mode:
            environment["SLACK_APP_TOKEN"] = self.town.app_token
        child = Child(environment, self.folder / f"serve-{len(self.children)}.log")
        self.children.append(child)
        await child.start()
        if not socket_mode:
            self.connect(child)
        return child

    def connect(self, *children: Child) -> None:
        """Slack sends its requests to these, in turn."""
        self.town.connect_http([f"http://127.0.0.1:{child.port}/slack/events" for child in children])

    async def has_learnt_channel(self, name: str) -> None:
        """Return when a bot knows the channel: it asks while somebody fills in the form."""
        channel = self.town.channel(name).id
        async with asyncio.timeout(10.0):
            # The database tells nobody when a row has come, so it is asked again.
            while await self.store.read(lambda connection: directory.channel(connection, 1, channel)) is None:
                await asyncio.sleep(0.02)

    async def calm(self, *, timeout: float = 40.0) -> None:
        """Return when nothing is left to be said."""
        async with asyncio.timeout(timeout):
            await self.town.settled()
            # The database tells nobody when a row has gone, so it is asked again.
            while await self.store.read(outbox.counts):
                await asyncio.sleep(0.05)


@asynccontextmanager
async def hosting(database_url: str, folder: Path) -> AsyncIterator[Host]:
    """A town without a bot; the bots that are started in it end with the block."""
    spelled = spell_database_url(database_url)
    await migrate(spelled)
    config = folder / "escalation.toml"
    config.write_text(always_open(EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    town = build_town(system_now)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SandboxServer(town))
        store = open_store(spelled)
        stack.push_async_callback(store.close)
        environment = {
            "SLACK_BOT_TOKEN": town.bot_token,
            "SLACK_SIGNING_SECRET": town.signing_secret,
            "SLACK_API_URL": server.api_url,
            "DATABASE_URL": database_url,
            "ESCALATION_CONFIG": str(config),
            "PORT": "0",
            "LOG_FORMAT": "json",
        }
        host = Host(town, server, Ledger(town), store, folder, environment)
        try:
            yield host
        finally:
            for child in host.children:
                await child.stop()


def always_open(rules: str) -> str:
    """The example's rules for people who never sleep: a process cannot be told which day it is."""
    lines = [line for line in rules.splitlines() if not line.startswith(("country =", "hours =", "days_o"))]
    return "\n".join(lines).replace("time_zone =", 'hours = { mon-sun = "00:00-24:00" }\ntime_zone =')
