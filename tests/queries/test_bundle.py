"""What is stored together: told where a row stood already, and nothing stored with a time of no zone."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from models.queries import receipts
from models.queries.bundle import Bundle
from models.queries.record import set_timers
from models.rules.timer import Timer, TimerPurpose
from tests.builders import NOW
from tests.queries.looking import stored_timers
from tests.queries.stage import Stage


async def test_a_delivery_that_was_marked_before_is_told_and_another_is_not(stage: Stage) -> None:
    case = await stage.opened()

    def mark(connection: Connection, delivery: str) -> bool:
        rows = Bundle()
        receipts.add_to(rows, stage.workspace_id, delivery, escalation_id=case.id, now=NOW)
        return rows.store(connection)

    told = [await stage.store.write(partial(mark, delivery=delivery)) for delivery in ("one", "one", "two")]
    assert told == [True, False, True]


async def test_a_bundle_of_nothing_is_stored(stage: Stage) -> None:
    assert await stage.store.write(lambda connection: Bundle().store(connection))


async def test_a_row_that_stands_gets_the_new_value(stage: Stage) -> None:
    case = await stage.opened()
    moments = [NOW + timedelta(hours=1), NOW + timedelta(hours=2)]
    for moment in moments:
        timer = Timer(purpose=TimerPurpose.LOOK_AGAIN, fires_at=moment)
        await stage.store.write(partial(set_timers, case=case, timers=[timer]))
    stored = (await stored_timers(stage))[case.id]
    assert [t.fires_at for t in stored if t.purpose is TimerPurpose.LOOK_AGAIN] == [moments[-1]]


async def test_a_time_without_a_zone_is_a_mistake_and_is_not_stored(stage: Stage) -> None:
    case = await stage.opened()
    naive = replace(Timer(purpose=TimerPurpose.LOOK_AGAIN, fires_at=NOW), fires_at=NOW.replace(tzinfo=None))
    with pytest.raises((ValueError, StatementError), match="naive"):
        await stage.store.write(lambda connection: set_timers(connection, case, [naive]))
