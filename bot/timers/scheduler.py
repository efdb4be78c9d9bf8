"""The only file that knows APScheduler: it ticks, and computes the next time of a cron line.

Its job store is memory and holds nothing that matters (ADR 2). A tick that hangs would stop all others
of its name, so each has a time limit; one that fails is logged and comes again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

log = structlog.get_logger(__name__)

Tick = Callable[[], Awaitable[object]]


class Ticker:
    """Runs named ticks at intervals of real seconds, each alone and under a time limit."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone=ZoneInfo("UTC"),
        )
        self._running: set[asyncio.Task[object]] = set()

    def every(self, seconds: float, name: str, tick: Tick, *, limit_seconds: float = 60.0) -> None:
        """Adds a tick. `limit_seconds` is how long one run may take before it is cut off."""
        self._scheduler.add_job(
            self._counted(_guarded(name, tick, limit_seconds)), "interval", seconds=seconds, id=name, name=name
        )

    def start(self) -> None:
        self._scheduler.start()

    async def drain(self, *, limit_seconds: float) -> None:
        """No further tick begins; those that run may end, but are cut off after `limit_seconds`."""
        if self._scheduler.running:
            self._scheduler.pause()
            if self._running:
                await asyncio.wait(set(self._running), timeout=limit_seconds)
            self.stop()

    def stop(self) -> None:
        """No further tick begins, and those that run are cut off."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _counted(self, run: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def counted() -> None:
            task = asyncio.current_task()
            if task is None:
                raise RuntimeError("a tick runs in a task")
            self._running.add(task)
            try:
                await run()
            finally:
                self._running.discard(task)

        return counted


def next_fire(hour: int, minute: int, *, days: str, time_zone: str, after: datetime) -> datetime:
    """The next time a cron line fires after `after` (aware UTC in and out). `days`: "mon-fri", "*"."""
    trigger = CronTrigger(day_of_week=days, hour=hour, minute=minute, timezone=ZoneInfo(time_zone))
    found = trigger.get_next_fire_time(after, after)
    if found is None:
        raise ValueError("a cron line without an end always fires again")
    return datetime.fromtimestamp(found.timestamp(), ZoneInfo("UTC"))


def _guarded(name: str, tick: Tick, limit_seconds: float) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            async with asyncio.timeout(limit_seconds):
                await tick()
        except asyncio.CancelledError:
            raise
        except TimeoutError:
            log.error("tick_cut_off", tick=name, limit_seconds=limit_seconds)
        except Exception as error:
            log.error("tick_failed", tick=name, error=type(error).__name__, exc_info=True)

    return run
