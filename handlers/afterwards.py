"""Work that follows an answer: opening a modal, telling by response_url, drawing App Home.

Bolt's lazy listeners would start for every request of their surface and nobody could wait for them; these
tasks are started by the request that needs them, and a shutdown waits for them.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.log import get_logger, record_incident

log = get_logger(__name__)


class Afterwards:
    """Tasks that were started after an answer and have not ended."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Starts work that nobody waits for; a failure is in the log."""
        task = asyncio.create_task(_logged(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self) -> None:
        """Waits until nothing runs any more."""
        while self._running:
            await asyncio.wait(set(self._running))


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:  # noqa: BLE001 - the edge of a task that nobody waits for
        record_incident(log, "afterwards_failed")
