"""Takes due timers in batches and has the rules decide: one commit a batch, effects and all.

A case whose rules fail is put off and logged; the others of its batch go on. The rows of what has been
done are gone in the same commit, so a crash gives everything back.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import BusinessClock, MachineClock
from models.queries import timers
from models.queries.facts import fetch_many
from models.queries.record import record, set_timers
from models.queries.rulebooks import Rulebooks
from models.queries.timers import DueTimer
from models.rules.case import Case
from models.rules.change import Change
from models.rules.due import timers_of
from models.rules.facts import Facts
from models.rules.moves.forms import StepForm
from models.rules.moves.run_step import run_step
from models.session import Connection, StorageUnavailable, Store, WriteConflict, in_savepoint

log = structlog.get_logger(__name__)

BATCH = 200
LATE = timedelta(minutes=15)
_PUT_OFF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SlaTimers:
    """The tick for cases' timers. `wake` tells the courier that there is something to send."""

    store: Store
    books: Rulebooks
    clock: BusinessClock
    machine: MachineClock
    wake: Callable[[], None]

    async def run_due(self) -> int:
        """Runs all that is due now, batch by batch; returns how many timers."""
        total = 0
        while True:
            done = await self.store.write(self._run_batch)
            total += done
            if done:
                self.wake()
            if done < BATCH:
                return total

    def _run_batch(self, connection: Connection) -> int:
        now = self.clock.now()
        due = timers.claim_due(connection, now=now, limit=BATCH)
        by_workspace: dict[int, list[DueTimer]] = defaultdict(list)
        for timer in due:
            by_workspace[timer.workspace_id].append(timer)
        for workspace_id, claimed in by_workspace.items():
            self._run_workspace(connection, workspace_id, claimed, now)
        timers.remove_spent(connection, [timer.row_id for timer in due], now=now)
        return len(due)

    def _run_workspace(self, connection: Connection, workspace_id: int, claimed: list[DueTimer], now: datetime) -> None:
        by_case: dict[int, list[DueTimer]] = defaultdict(list)
        for timer in claimed:
            by_case[timer.escalation_id].append(timer)
        for facts in self._facts(connection, workspace_id, by_case, now):
            mine = by_case[facts.the_case.id]
            if not self._step(connection, facts, mine):
                _put_off(connection, mine, now)

    def _facts(
        self, connection: Connection, workspace_id: int, by_case: Mapping[int, list[DueTimer]], now: datetime
    ) -> list[Facts]:
        """The facts of all cases at once; of each alone where one of them cannot be read."""
        found = self._fetched(connection, workspace_id, list(by_case), now)
        if found is not None:
            return found
        readable: list[Facts] = []
        for case_id, mine in by_case.items():
            alone = self._fetched(connection, workspace_id, [case_id], now)
            if alone is None:
                _put_off(connection, mine, now)
            readable += alone or ()
        return readable

    def _fetched(
        self, connection: Connection, workspace_id: int, case_ids: list[int], now: datetime
    ) -> list[Facts] | None:
        def fetched() -> list[Facts]:
            return fetch_many(connection, self.books, workspace_id=workspace_id, now=now, escalation_ids=case_ids)

        try:
            return in_savepoint(connection, fetched)
        except (StorageUnavailable, WriteConflict):
            raise
        except Exception as error:
            log.error("step_not_read", escalations=len(case_ids), error=type(error).__name__, exc_info=True)
            return None

    def _step(self, connection: Connection, facts: Facts, mine: list[DueTimer]) -> bool:
        """Does what is due for one case. False if it failed: then it has done nothing."""
        try:
            in_savepoint(connection, lambda: self._take_step(connection, facts, mine))
        except (StorageUnavailable, WriteConflict):
            raise
        except Exception as error:
            log.error("step_failed", number=facts.the_case.number, error=type(error).__name__, exc_info=True)
            return False
        return True

    def _take_step(self, connection: Connection, facts: Facts, mine: list[DueTimer]) -> None:
        late = any(facts.now - timer.timer.fires_at > LATE for timer in mine)
        change = run_step(facts, StepForm(tuple(timer.timer for timer in mine), late=late))
        case = facts.the_case
        if isinstance(change, Change) and (change.events or change.notices or change.after != case):
            case = record(connection, change, facts.books, at=self.machine.now())
        _settle(connection, facts, case, mine)


def _settle(connection: Connection, facts: Facts, after: Case, mine: list[DueTimer]) -> None:
    """Sees to it that what the case still asks for has its row, whatever the fired rows said.

    Record moves the rows that the change moved. A row that the rules of its day had set otherwise is set
    anew here, and one that is due even now must not be lost: it comes again.
    """
    before = timers_of(facts.the_case, facts.books)
    wanted = {(timer.purpose, timer.clock): timer for timer in timers_of(after, facts.books)}
    for due in mine:
        timer = wanted.get((due.timer.purpose, due.timer.clock))
        if timer is None:
            continue
        if timer.fires_at <= facts.now:
            log.error("timer_still_due", number=after.number, purpose=timer.purpose.value)
            _put_off(connection, [due], facts.now)
        elif due.timer not in before:
            set_timers(connection, after, [timer])


def _put_off(connection: Connection, mine: list[DueTimer], now: datetime) -> None:
    timers.postpone(connection, [timer.row_id for timer in mine], now + _PUT_OFF)
