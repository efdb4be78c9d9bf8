"""Starts everything in order, and stops it in the opposite one.

Order of the start: schema, the door (health answers at once), Slack's name for us, rules in force,
listeners, ticks. `/readyz` and Slack's requests are answered only when all of it stands.
"""

import asyncio
from contextlib import AsyncExitStack
from typing import Any, NoReturn

from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.app.assembly import Parts, assemble
from bot.app.bolt import make_bolt
from bot.app.errors import CannotServe
from bot.app.identity import identify
from bot.app.rules import bring_in_force
from bot.app.schema import ready_schema
from bot.app.socket_mode import SocketMode
from bot.clock import BusinessClock, MachineClock
from bot.log import get_logger
from bot.outbox.slack import SlackCalls, open_slack_calls
from bot.settings import Settings
from bot.timers.scheduler import Ticker
from bot.web.health import DoorMetrics, Probe, Readiness
from bot.web.site import build_site, serve_site
from bot.web.slack import SlackDoor
from handlers import register
from handlers.afterwards import Afterwards
from handlers.services import Services
from handlers.tenants import Tenants
from models.session import StorageUnavailable, Store, open_store, ping

log = get_logger(__name__)

_DIRECTORY_SECONDS = 600.0
_PEOPLE_SECONDS = 6 * 3600.0
_PEOPLE_LIMIT = 2 * 3600.0
_WARM_SECONDS = 5.0
_TIDY_SECONDS = 3600.0
# Together well under the ten seconds after which a container engine kills. What a cut leaves open comes back:
# a notice by its lease, a tick by its rows.
_DRAIN_SECONDS = 5.0
_LAST_SECONDS = 2.5


class Application:
    """A running bot. Made by `start`; `stop` drains it."""

    def __init__(self, settings: Settings, clock: BusinessClock, *, paced: bool = True) -> None:
        self.settings = settings
        self.clock = clock
        self.machine = MachineClock()
        self._paced = paced
        self.port = 0
        self.parts: Parts
        self.store: Store
        self._bolt: AsyncApp
        self._socket: SocketMode | None = None
        self._courier_runs = False
        self._afterwards = Afterwards()
        self._ticker = Ticker()
        self._readiness = Readiness()
        self._bolt_is_ready = False
        self._stop_serving = asyncio.Event()
        self._resources = AsyncExitStack()
        self._running: list[asyncio.Task[None]] = []

    @classmethod
    async def start(
        cls,
        settings: Settings,
        *,
        clock: BusinessClock | None = None,
        tick_seconds: float = 1.0,
        paced: bool = True,
    ) -> "Application":
        """Starts a bot and returns when it is ready. Raises CannotServe or StorageUnavailable.

        `paced` is off in stories only: Slack itself takes one post a second in a channel.
        """
        application = cls(settings, clock or BusinessClock(), paced=paced)
        try:
            await application._start(tick_seconds)
        except BaseException:
            await application.stop()
            raise
        return application

    async def stop(self) -> None:
        """No more requests, ticks or claims; what runs is finished or handed back; then all is closed."""
        self._readiness.draining = True
        self._stop_serving.set()
        if self._socket is not None:
            await self._socket.close()
        await asyncio.gather(
            self._ticker.drain(limit_seconds=_DRAIN_SECONDS), self._stop_courier(), self._drain_afterwards()
        )
        if self._running:
            await asyncio.wait(self._running, timeout=_LAST_SECONDS)
        await self._resources.aclose()

    async def _stop_courier(self) -> None:
        if self._courier_runs:
            await self.parts.courier.stop(grace_seconds=_DRAIN_SECONDS)

    async def _start(self, tick_seconds: float) -> None:
        await ready_schema(self.settings)
        self.store = open_store(self.settings.database_url.get_secret_value())
        self._resources.push_async_callback(self.store.close)
        slack = await self._resources.enter_async_context(
            open_slack_calls(
                token=self.settings.slack_bot_token.get_secret_value(), api_url=self.settings.slack_api_url
            )
        )
        await self._open_door()
        identity = await identify(slack, self.store, self.machine)
        await bring_in_force(self.store, identity.workspace_id, self.settings.escalation_config, self.machine)
        self.parts = assemble(
            store=self.store,
            slack=slack,
            identity=identity,
            clock=self.clock,
            machine=self.machine,
            paced=self._paced,
        )
        self._bolt = make_bolt(slack, identity, self.settings.slack_bot_token.get_secret_value())
        register(self._bolt, self._services(slack))
        await self._warm_directory()
        await self.parts.schedules.plan()
        self._start_ticks(tick_seconds)
        await self._start_listening(slack)
        log.info("ready", port=self.port, mode="socket" if self.settings.socket_mode else "http")

    async def _open_door(self) -> None:
        """Health answers from now on; Slack's requests get 503 until the listeners stand."""
        registry = CollectorRegistry()
        metrics = DoorMetrics(registry)
        secret = self.settings.slack_signing_secret
        door = None
        if not self.settings.socket_mode and secret is not None:
            door = SlackDoor(
                signing_secret=secret.get_secret_value(),
                machine=self.machine,
                dispatch=self._dispatch,
                observe=metrics.observe,
            )
        self._readiness.probes = (
            Probe("started", self._has_started),
            Probe("database", self._database_answers),
            Probe("slack", self._slack_listens),
        )
        site = build_site(readiness=self._readiness, registry=registry, door=door)
        listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(
            serve_site(
                site,
                host=self.settings.host,
                port=self.settings.port,
                stop=self._stop_serving,
                on_listening=listening.set_result,
            ),
            name="site",
        )
        self._running.append(serving)
        either: set[asyncio.Future[Any]] = {listening, serving}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not listening.done():
            self._running.remove(serving)
            _say_why_not_listening(self.settings, serving.exception())
        self.port = listening.result()

    async def _start_listening(self, slack: SlackCalls) -> None:
        self._bolt_is_ready = True
        token = self.settings.slack_app_token
        if token is not None:
            self._socket = SocketMode(self._bolt, slack, token.get_secret_value())
            await self._socket.connect()

    async def _warm_directory(self) -> None:
        """Waits a little for the directory. A large workspace's people go on arriving after the start."""
        warming = asyncio.create_task(self._first_refresh(), name="first-refresh")
        self._resources.push_async_callback(_cancelled, warming)
        await asyncio.wait({warming}, timeout=_WARM_SECONDS)

    async def _first_refresh(self) -> None:
        try:
            await self.parts.directory.refresh()
            await self.parts.directory.refresh_people()
        except StorageUnavailable as error:
            log.error("directory_not_refreshed", error=str(error))

    def _start_ticks(self, tick_seconds: float) -> None:
        parts = self.parts
        self._running.append(asyncio.create_task(parts.courier.run(), name="courier"))
        self._courier_runs = True
        self._ticker.every(tick_seconds, "sla", parts.sla.run_due)
        self._ticker.every(tick_seconds, "schedules", parts.schedules.run_due)
        self._ticker.every(_DIRECTORY_SECONDS, "directory", parts.directory.refresh, limit_seconds=300.0)
        self._ticker.every(_PEOPLE_SECONDS, "people", parts.directory.refresh_people, limit_seconds=_PEOPLE_LIMIT)
        self._ticker.every(_TIDY_SECONDS, "tidy", parts.tidy.run, limit_seconds=300.0)
        self._ticker.start()

    def _services(self, slack: SlackCalls) -> Services:
        return Services(
            desk=self.parts.desk,
            personal=self.parts.personal,
            slack=slack,
            directory=self.parts.news,
            tenants=Tenants(self.parts.desk),
            afterwards=self._afterwards,
            now=self.clock.now,
        )

    async def _dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        if not self._bolt_is_ready:
            return BoltResponse(status=503, body="not ready")
        return await self._bolt.async_dispatch(request)

    async def _has_started(self) -> bool:
        return self._bolt_is_ready

    async def _database_answers(self) -> bool:
        return await self.store.read(ping)

    async def _slack_listens(self) -> bool:
        return not self.settings.socket_mode or (self._socket is not None and await self._socket.is_connected())

    async def _drain_afterwards(self) -> None:
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                await self._afterwards.drain()
        except TimeoutError:
            log.warning("answers_not_finished")


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _say_why_not_listening(settings: Settings, error: BaseException | None) -> NoReturn:
    where = f"{settings.host}:{settings.port}"
    raise CannotServe(f"HOST, PORT: cannot listen on {where} ({error}). Set PORT to a free one.") from error
