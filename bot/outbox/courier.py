"""Keeps deliveries in flight: claims what may go, hands each to a delivery, and looks again.

A delivery has a time limit inside its lease; one that is cut off, or whose process dies, comes back when
the lease has run out and is looked up before it is said again.
"""

import asyncio

from bot.log import get_logger, record_incident
from bot.outbox.delivery import Delivery
from models.queries import outbox
from models.queries.outbox import Claimed
from models.session import StorageUnavailable, Store, WriteConflict

log = get_logger(__name__)

LEASE_SECONDS = 30
_DELIVERY_SECONDS = 25.0
_LOOK_AGAIN_SECONDS = 1.0
# A claim looks through the backlog: those that land together share one, and a commit does not wait for it.
# One that took long, because the backlog is or the database is busy, is followed by a longer rest: requests first.
_BREATH_SECONDS = 0.05
_LONGEST_BREATH_SECONDS = 0.5
_BREATHS_A_CLAIM = 10


class Courier:
    """Delivers the outbox's notices, at most `at_once` at a time."""

    def __init__(self, *, store: Store, delivery: Delivery, at_once: int = 64) -> None:
        self._store = store
        self._delivery = delivery
        self._at_once = at_once
        self._in_flight: set[asyncio.Task[None]] = set()
        self._awake = asyncio.Event()
        self._stopping = False
        self._claims_no_more = asyncio.Event()
        self._claims_no_more.set()

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    async def run(self) -> None:
        """Until `stop`. On SQLite nobody else can hold a lease, so what a dead process held is free."""
        self._claims_no_more.clear()
        loop = asyncio.get_running_loop()
        try:
            released = self._store.dialect != "sqlite"
            while not self._stopping:
                self._awake.clear()
                released = released or await self._release_leases()
                began = loop.time()
                taken = released and await self._take()
                breath = _BREATHS_A_CLAIM * (loop.time() - began)
                if not taken:
                    await self._sleep()
                await asyncio.sleep(min(max(breath, _BREATH_SECONDS), _LONGEST_BREATH_SECONDS))
        finally:
            self._claims_no_more.set()

    async def stop(self, *, grace_seconds: float = 8.0) -> None:
        """Takes nothing more and waits for what is in flight; what is cut off comes back by its lease."""
        self._stopping = True
        self.wake()
        # A claim that is under way may still bring some.
        await self._claims_no_more.wait()
        if self._in_flight:
            _, late = await asyncio.wait(set(self._in_flight), timeout=grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _take(self) -> bool:
        room = self._at_once - len(self._in_flight)
        if room <= 0:
            return False
        try:
            claimed = await self._store.write(
                lambda connection: outbox.claim(connection, lease_seconds=LEASE_SECONDS, limit=room)
            )
        except (StorageUnavailable, WriteConflict) as error:
            log.error("outbox_not_read", error=str(error))
            return False
        for notice in claimed:
            task = asyncio.create_task(self._deliver(notice), name=f"notice-{notice.id}")
            self._in_flight.add(task)
            task.add_done_callback(self._landed)
        return bool(claimed)

    async def _deliver(self, notice: Claimed) -> None:
        try:
            async with asyncio.timeout(_DELIVERY_SECONDS):
                await self._delivery.deliver(notice)
        except TimeoutError:
            log.error("delivery_cut_off", notice=notice.id, kind=notice.kind)
        except StorageUnavailable as error:
            log.error("delivery_not_marked", notice=notice.id, kind=notice.kind, error=str(error))
        except Exception:  # noqa: BLE001 - the edge of a timer: one notice that fails must not end the others
            record_incident(log, "delivery_failed", notice=notice.id, kind=notice.kind)
            await self._stumble(notice)

    async def _stumble(self, notice: Claimed) -> None:
        try:
            await self._delivery.stumble(notice)
        except Exception:  # noqa: BLE001 - the same edge; its lease runs out, and it comes again
            record_incident(log, "delivery_not_put_back", notice=notice.id, kind=notice.kind)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.wake()

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                await self._awake.wait()
        except TimeoutError:
            return

    async def _release_leases(self) -> bool:
        try:
            freed = await self._store.write(outbox.release_leases)
        except StorageUnavailable as error:
            log.error("outbox_not_read", error=str(error))
            return False
        if freed:
            log.info("leases_released", notices=freed)
        return True
