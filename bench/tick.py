"""An empty tick: what it costs to find that nothing is due, among few pending timers and among many.

python -m bench.tick. A hundred times as many may cost half as much again, on both databases: the tick looks
at an index, not at the rows.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from sqlalchemy import insert

from bench.stage.verdict import Spread, tell
from bot.clock import BusinessClock, MachineClock
from bot.config import parse_rulebook
from bot.settings import spell_database_url
from bot.timers.schedules import Schedules
from bot.timers.sla import SlaTimers
from models.migrations import migrate
from models.queries import workspaces
from models.queries.rulebooks import Rulebooks
from models.session import Connection, Store, open_store
from models.tables import EscalationRow, TimerRow
from tests.postgres import PostgresServer, running_postgres

GOAL = 1.5
_CASES_AT_ONCE = 1000
_TIMERS_OF_A_CASE = 2


@dataclass(frozen=True, slots=True)
class Size:
    """Pending timers, and how often is measured: rounds, and ticks in each."""

    few: int = 1_000
    many: int = 100_000
    rounds: int = 15
    ticks: int = 60


def _nobody() -> None:
    """Nothing becomes due, so there is nobody to wake."""


class Pending:
    """A database with so many timers, none of them due before tomorrow, and the ticks that look at them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._machine = MachineClock()
        books, clock = Rulebooks(parse_rulebook), BusinessClock(self._machine)
        self._sla = SlaTimers(store, books, clock, self._machine, _nobody)
        self._schedules = Schedules(store, books, clock, self._machine, _nobody)

    async def fill(self, count: int) -> None:
        """Add so many timers, and the escalations that they belong to."""
        now = self._machine.now()
        workspace = await self._store.write(
            lambda connection: workspaces.save(connection, "T0BENCH", name="Bench", bot_user_id="U0", now=now)
        )
        for first in range(1, count // _TIMERS_OF_A_CASE + 1, _CASES_AT_ONCE):
            numbers = range(first, min(first + _CASES_AT_ONCE, count // _TIMERS_OF_A_CASE + 1))
            cases = [_case(workspace.id, number, now) for number in numbers]
            timers = [timer for number in numbers for timer in _timers(workspace.id, number, now)]
            await self._store.write(lambda connection, c=cases, t=timers: _add(connection, c, t))  # type: ignore[misc]

    async def tick(self) -> float:
        """One tick of both kinds; the seconds that it took."""
        started = perf_counter()
        if await self._sla.run_due() or await self._schedules.run_due():
            raise ValueError("something was due")
        return perf_counter() - started


def _case(workspace_id: int, number: int, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "workspace_id": workspace_id,
        "number": number,
        "version": 1,
        "config_version": 1,
        "title": "Payout not received",
        "need": "Release it",
        "severity": "SEV3",
        "status": "new",
        "team": "engineering",
        "requester": "U0MEI000001",
        "passed_over": [],
        "followers": [],
        "opened_at": now,
        "close_warned": False,
        "reopened_count": 0,
        "rerouted_count": 0,
        "breached": False,
    }


def _timers(workspace_id: int, number: int, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "workspace_id": workspace_id,
            "escalation_id": number,
            "purpose": "rung",
            "clock": clock,
            "schedule": "",
            "fires_at": now + timedelta(days=1, seconds=number),
        }
        for clock in ("acknowledge", "resolve")
    ]


def _add(connection: Connection, cases: list[dict[str, object]], timers: list[dict[str, object]]) -> None:
    connection.execute(insert(EscalationRow), cases)
    connection.execute(insert(TimerRow), timers)


@asynccontextmanager
async def _pending(url: str, count: int) -> AsyncIterator[Pending]:
    await migrate(url)
    store = open_store(url)
    try:
        pending = Pending(store)
        await pending.fill(count)
        yield pending
    finally:
        await store.close()


async def measure(few_url: str, many_url: str, size: Size) -> tuple[Spread, Spread, Spread]:
    """Seconds a tick among few, among many, and how many times the one the other is, round by round."""
    among_few: list[float] = []
    among_many: list[float] = []
    async with _pending(few_url, size.few) as few, _pending(many_url, size.many) as many:
        for _ in range(1 + size.rounds):
            # Turn by turn, so that a busy machine disturbs both alike; the middle one, since it does so at times.
            pairs = [(await few.tick(), await many.tick()) for _ in range(size.ticks)]
            among_few.append(median(pair[0] for pair in pairs))
            among_many.append(median(pair[1] for pair in pairs))
    del among_few[0], among_many[0]  # the first round warms up
    times = [slow / fast for fast, slow in zip(among_few, among_many, strict=True)]
    return Spread.of(among_few), Spread.of(among_many), Spread.of(times)


def _told(database: str, size: Size, found: tuple[Spread, Spread, Spread]) -> bool:
    few, many, times = found
    return tell(
        f"{database}: a tick takes {few.middle * 1e3:.2f} ms among {size.few:,} timers and {many.middle * 1e3:.2f} ms"
        f" among {size.many:,}: {times} times; goal at most {GOAL}",
        bench="tick",
        met=times.middle <= GOAL,
        database=database,
        goal=GOAL,
        times=times,
        seconds_among_few=few,
        seconds_among_many=many,
    )


def _postgres_urls(server: PostgresServer) -> tuple[str, str]:
    few, many = (spell_database_url(server.url(server.create_database())) for _ in range(2))
    return few, many


def main(size: Size) -> bool:
    """Measure on both databases; whether both meet the goal."""
    with running_postgres(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        few, many = (spell_database_url(f"sqlite:///{folder}/{name}.db") for name in ("few", "many"))
        on_sqlite = _told("SQLite", size, asyncio.run(measure(few, many, size)))
        on_postgres = _told("PostgreSQL", size, asyncio.run(measure(*_postgres_urls(server), size)))
    return on_sqlite and on_postgres


if __name__ == "__main__":
    sys.exit(0 if main(Size()) else 1)
