"""The stage: a sandbox and the bot that is told its address, both on loopback, on a clock that can be bent.

Everything is built as `serve` builds it; only the clock and the ticks' pace differ. What the bot logs is
watched, so that a story can fail on an error that nobody saw.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Application
from bot.clock import BusinessClock
from bot.demo.ledger import Ledger
from bot.demo.log_watch import LogWatch, watching
from bot.demo.town import build_town
from bot.sandbox import SandboxServer, Workspace
from bot.settings import Settings
from models.queries import directory, outbox, timers

EXAMPLE = Path(__file__).parents[2] / "escalation.example.toml"
TICK_SECONDS = 0.05
_LOOK_AGAIN_SECONDS = 0.02


@dataclass(slots=True)
class Stage:
    """What a story plays on. `bot` is the running one; a story may stop it and start it anew."""

    town: Workspace
    server: SandboxServer
    clock: BusinessClock
    ledger: Ledger
    log: LogWatch
    settings: Settings
    bot: Application
    paced: bool = True

    async def start_bot(self) -> None:
        """Start a bot in the place of the one that was stopped."""
        self.bot = await _started(self.settings, self.clock, self.town, paced=self.paced)

    async def stop_bot(self) -> None:
        """Stop it in an orderly way, as SIGTERM does."""
        await self.bot.stop()

    def jump(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
        """Turn the business clock on, and return the new time."""
        ahead = timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        return self.clock.jump(seconds=ahead.total_seconds())

    async def jump_to_next_timer(self) -> datetime:
        """Turn the clock to the moment at which the bot has something to do by itself."""
        at = await self.bot.store.read(timers.next_due)
        return self.clock.jump(to=at) if at is not None and at > self.clock.now() else self.clock.now()

    async def has_learnt_channel(self, name: str) -> None:
        """Return when the bot knows the channel: it asks while somebody fills in the form, and nobody types as fast as
        a story does."""
        channel, workspace_id = self.town.channel(name).id, self.bot.parts.identity.workspace_id
        async with asyncio.timeout(10.0):
            # The database tells nobody when a row has come, so it is asked again.
            while await self.bot.store.read(lambda c: directory.channel(c, workspace_id, channel)) is None:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def calm(self, *, timeout: float = 20.0) -> None:
        """Return when nothing is under way: no request, no timer that is due, no message to be sent."""
        async with asyncio.timeout(timeout):
            # The database tells nobody when a row has gone, so it is asked again.
            while await self._busy():  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _busy(self) -> bool:
        await self.town.settled()
        due = await self.bot.store.read(timers.next_due)
        if due is not None and due <= self.clock.now():
            return True
        return bool(await self.bot.store.read(outbox.counts))


@asynccontextmanager
async def set_stage(
    *,
    clock: BusinessClock,
    folder: Path,
    database_url: str | None = None,
    config: Path = EXAMPLE,
    socket_mode: bool = False,
    paced: bool = True,
) -> AsyncIterator[Stage]:
    """Start a sandbox and the bot, connected; both end with the block. `paced`: at Slack's own pace."""
    town = build_town(clock.now)
    async with AsyncExitStack() as stack:
        watch = stack.enter_context(watching(folder / "bot.log"))
        server = await stack.enter_async_context(SandboxServer(town))
        settings = settings_for(
            town,
            server.api_url,
            database_url=database_url or f"sqlite:///{folder / 'escalations.db'}",
            config=config,
            socket_mode=socket_mode,
        )
        bot = await _started(settings, clock, town, paced=paced)
        stage = Stage(town, server, clock, Ledger(town), watch, settings, bot, paced)
        try:
            yield stage
        finally:
            await stage.stop_bot()


async def _started(settings: Settings, clock: BusinessClock, town: Workspace, *, paced: bool) -> Application:
    bot = await Application.start(settings, clock=clock, tick_seconds=TICK_SECONDS, paced=paced)
    if not settings.socket_mode:
        town.connect_http(f"http://127.0.0.1:{bot.port}/slack/events")
    return bot


def settings_for(
    town: Workspace, api_url: str, *, database_url: str, config: Path, socket_mode: bool = False
) -> Settings:
    """The settings of a bot in this workspace; nothing of them comes from the environment."""
    return Settings.model_validate(
        {
            "slack_bot_token": town.bot_token,
            "slack_app_token": town.app_token if socket_mode else None,
            "slack_signing_secret": town.signing_secret,
            "slack_api_url": api_url,
            "database_url": database_url,
            "escalation_config": config,
            "host": "127.0.0.1",
            "port": 0,
            "log_level": "INFO",
            "log_format": "json",
        }
    )
