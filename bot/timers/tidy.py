"""Removes what nobody can ask for any more: old receipts and finished notices.

History, escalations, clocks and posts are kept. Slack retries for an hour; a week is generous.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.clock import MachineClock
from models.queries import outbox, receipts
from models.queries.workspaces import every
from models.session import Connection, Store

log = structlog.get_logger(__name__)

_RECEIPTS_KEPT = timedelta(days=7)
_NOTICES_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tidy:
    """The tick that removes old rows."""

    store: Store
    machine: MachineClock

    batch: int = 2000

    async def run(self) -> None:
        """Removes old receipts and finished notices of every workspace, a batch a commit: whoever clicks
        meanwhile waits for none of it."""
        for workspace in await self.store.read(every):
            await self._tidy(workspace.id)

    async def _tidy(self, workspace_id: int) -> None:
        now, limit = self.machine.now(), self.batch
        receipts_gone = await self._remove(
            lambda c: receipts.remove_older(c, workspace_id, now - _RECEIPTS_KEPT, limit=limit)
        )
        notices_gone = await self._remove(
            lambda c: outbox.remove_finished(c, workspace_id, now - _NOTICES_KEPT, limit=limit)
        )
        if receipts_gone or notices_gone:
            log.info("tidied", receipts=receipts_gone, notices=notices_gone)

    async def _remove(self, one_batch: Callable[[Connection], int]) -> int:
        total = 0
        while True:
            gone = await self.store.write(one_batch)
            total += gone
            if gone < self.batch:
                return total
