"""Reads what stands in the tables, for tests that look behind the queries."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select, text

from models.queries.facts import cases_by
from models.rules.due import timers_of
from models.rules.rulebook import ClockKind
from models.rules.timer import Timer, TimerPurpose
from models.tables import EscalationRow, EventRow, NoticeRow, TimerRow
from tests.queries.stage import Stage


def sql(statement: str, **parameters: Any) -> Callable[[Connection], None]:
    """A piece of work that runs one statement of SQL."""

    def work(connection: Connection) -> None:
        connection.execute(text(statement), parameters)

    return work


def rows_of(connection: Connection, table: Any) -> list[dict[str, Any]]:
    """Every row of a table, in the order of its key."""
    key = list(table.__table__.primary_key.columns)
    return [dict(row) for row in connection.execute(select(table.__table__).order_by(*key)).mappings()]


async def notices(stage: Stage, **wanted: Any) -> list[dict[str, Any]]:
    """The stored notices whose columns are so."""
    rows = await stage.store.read(lambda c: rows_of(c, NoticeRow))
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


async def kinds(stage: Stage) -> Counter[str]:
    """How many notices of each kind there are."""
    return Counter(row["kind"] for row in await notices(stage))


async def events(stage: Stage, case_id: int) -> list[dict[str, Any]]:
    rows = await stage.store.read(lambda c: rows_of(c, EventRow))
    return [row for row in rows if row["escalation_id"] == case_id]


async def stored_timers(stage: Stage) -> dict[int, frozenset[Timer]]:
    """The timer rows of every escalation, by its id."""
    found: dict[int, set[Timer]] = {}
    for row in await stage.store.read(lambda c: rows_of(c, TimerRow)):
        if row["escalation_id"]:
            clock = ClockKind(row["clock"]) if row["clock"] else None
            timer = Timer(TimerPurpose(row["purpose"]), row["fires_at"], clock)
            found.setdefault(row["escalation_id"], set()).add(timer)
    return {case_id: frozenset(timers) for case_id, timers in found.items()}


async def wanted_timers(stage: Stage) -> dict[int, frozenset[Timer]]:
    """The timers that the stored escalations ask for, by id."""
    rows = await stage.store.read(lambda c: rows_of(c, EscalationRow))
    ids = [row["id"] for row in rows if row["workspace_id"] == stage.workspace_id]
    cases = await stage.read(cases_by, ids=ids)
    books = (await stage.facts()).books
    wanted = {case.id: timers_of(case, books) for case in cases.values()}
    return {case_id: timers for case_id, timers in wanted.items() if timers}
