"""Due timers: each takes effect once, whoever else ticks, and one that fails stops nobody."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, text

from bot.settings.database_url import spell_database_url
from bot.timers.sla import SlaTimers
from models.queries.rulebooks import Rulebooks
from models.queries.timers import claim_due
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.rulebook import ClockKind, Policy
from models.rules.severity import Severity
from models.rules.timer import TimerPurpose
from models.session import Store, open_store
from tests.builders import ERIN, a_rulebook
from tests.postgres import PostgresServer
from tests.queries.looking import kinds, notices, sql, stored_timers, wanted_timers
from tests.queries.stage import Stage, a_stage, a_store
from tests.rules.playing import open_form

T = TypeVar("T")
URGENT = open_form(severity=Severity.SEV2)  # acknowledge in 30 minutes, a reminder at half of it


def ticking(stage: Stage, store: Store | None = None) -> SlaTimers:
    return SlaTimers(store or stage.store, stage.books, stage.clock, stage.machine, stage.wake)


async def reminded(stage: Stage) -> list[str]:
    return [row["recipient"] for row in await notices(stage, kind="reminder")]


async def test_nothing_happens_before_its_time(stage: Stage) -> None:
    await stage.opened(URGENT)
    stage.later(minutes=14, seconds=59)
    assert await ticking(stage).run_due() == 0
    assert await reminded(stage) == []


async def test_a_due_rung_is_taken_once(stage: Stage) -> None:
    case = await stage.opened(URGENT)
    stage.later(minutes=15)
    assert await ticking(stage).run_due() == 1
    assert await ticking(stage).run_due() == 0
    assert await reminded(stage) == [ERIN]
    clock = (await stage.case(case.number)).clock(ClockKind.ACKNOWLEDGE)
    assert clock
    assert clock.last_rung == 50


async def test_the_rows_are_what_the_case_asks_for_after_every_tick(stage: Stage) -> None:
    await stage.opened(URGENT)
    await stage.opened()
    for minutes in (15, 9, 6, 6, 60, 600, 1440, 10_000):
        stage.later(minutes=minutes)
        await ticking(stage).run_due()
        assert await stored_timers(stage) == await wanted_timers(stage)


async def test_whoever_sends_is_woken_only_if_there_is_something_to_send(stage: Stage) -> None:
    await stage.opened(URGENT)
    woken = stage.woken
    await ticking(stage).run_due()
    assert stage.woken == woken
    stage.later(minutes=15)
    await ticking(stage).run_due()
    assert stage.woken == woken + 1


async def test_more_than_one_batch_is_done_in_one_tick(stage: Stage) -> None:
    for _ in range(205):
        await stage.opened(URGENT)
    stage.later(minutes=15)
    assert await ticking(stage).run_due() == 205
    assert len(await reminded(stage)) == 205


async def test_an_escalation_that_cannot_be_read_is_put_off_and_the_others_go_on(stage: Stage) -> None:
    broken, sound = await stage.opened(URGENT), await stage.opened(URGENT)
    await stage.store.write(lambda c: spoil(c, broken, status="nonsense"))
    stage.later(minutes=15)
    assert await ticking(stage).run_due() == 2
    assert [row["escalation_id"] for row in await notices(stage, kind="reminder")] == [sound.id]
    # It is not forgotten: it comes again after a while, and when it was mended it is done.
    assert await ticking(stage).run_due() == 0
    await stage.store.write(lambda c: spoil(c, broken, status="new"))
    stage.later(minutes=5)
    await ticking(stage).run_due()
    assert {row["escalation_id"] for row in await notices(stage, kind="reminder")} == {broken.id, sound.id}


async def test_an_escalation_whose_rules_fail_is_put_off_and_the_others_go_on(stage: Stage) -> None:
    book = a_rulebook()
    await stage.opened(URGENT)
    sound = await stage.opened(open_form(severity=Severity.SEV1))
    without: dict[Severity, Policy] = dict(book.policies)
    del without[Severity.SEV2]
    broken = Rulebooks(lambda _, version: replace(book, version=version, policies=without))
    stage.later(minutes=15)
    timers = replace(ticking(stage), books=broken)
    assert await timers.run_due() == 2
    assert {row["escalation_id"] for row in await notices(stage, kind="breach")} == {sound.id}
    assert await timers.run_due() == 0
    stage.later(minutes=5)
    await ticking(stage).run_due()
    assert ERIN in await reminded(stage)


async def test_an_escalation_that_cannot_be_stored_is_put_off_and_the_others_go_on(store: Store) -> None:
    if store.dialect == "sqlite":
        return  # SQLite keeps no length, so nothing is too long for it
    stage = await a_stage(store)
    broken, sound = await stage.opened(URGENT), await stage.opened(URGENT)
    # A reminder to somebody whose id no column holds.
    await store.write(sql("ALTER TABLE escalation ALTER suggested_owner TYPE text"))
    await store.write(lambda c: spoil(c, broken, suggested_owner="U" * 100))
    stage.later(minutes=15)
    assert await ticking(stage).run_due() == 2
    assert [row["escalation_id"] for row in await notices(stage, kind="reminder")] == [sound.id]


def spoil(connection: Connection, case: Case, **columns: str) -> None:
    for name, value in columns.items():
        connection.execute(
            text(f"UPDATE escalation SET {name} = :value WHERE id = :id"), {"value": value, "id": case.id}
        )


async def test_a_crash_before_the_commit_gives_everything_back(stage: Stage) -> None:
    await stage.opened(URGENT)
    stage.later(minutes=15)
    with pytest.raises(Crash):
        await ticking(stage, Crashing(stage.store)).run_due()
    assert await reminded(stage) == []
    assert await ticking(stage).run_due() == 1
    assert await reminded(stage) == [ERIN]


class Crash(Exception):
    """The process died."""


class Crashing:
    """A store whose process dies between the work and the commit."""

    def __init__(self, store: Store) -> None:
        self.dialect = store.dialect
        self._store = store

    async def write(self, work: Callable[[Connection], T]) -> T:
        def dying(connection: Connection) -> T:
            work(connection)
            raise Crash

        return await self._store.write(dying)

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()


async def test_a_row_that_older_rules_had_set_is_set_anew_and_not_lost(stage: Stage) -> None:
    case = await stage.opened(URGENT)
    # As if the configuration of its day had put the reminder earlier.
    await stage.store.write(sql("UPDATE timer SET fires_at = '2020-01-01 00:00:00+00' WHERE purpose = 'ladder'"))
    await ticking(stage).run_due()
    assert await stored_timers(stage) == await wanted_timers(stage)
    assert case.id in await stored_timers(stage)


async def test_a_tick_that_finds_nothing_to_do_leaves_the_version_alone(stage: Stage) -> None:
    case = await stage.opened(URGENT)
    await stage.store.write(sql("UPDATE timer SET fires_at = '2020-01-01 00:00:00+00'"))
    await ticking(stage).run_due()
    assert (await stage.case(case.number)).version == case.version


# Several processes on one PostgreSQL.


@pytest.fixture
def server_url(postgres_server: PostgresServer) -> str:
    return postgres_server.url(postgres_server.create_database())


async def test_two_replicas_remind_each_person_once(server_url: str) -> None:
    async with a_store(server_url) as store:
        stage = await a_stage(store)
        other = open_store(spell_database_url(server_url))
        for _ in range(60):
            await stage.opened(URGENT)
        stage.later(minutes=15)
        done = await asyncio.gather(*(ticking(stage, each).run_due() for each in (store, other, store, other)))
        assert sum(done) == 60
        assert len(await reminded(stage)) == 60
        await other.close()


async def test_two_replicas_share_what_is_due_and_never_the_same_escalation(server_url: str) -> None:
    async with a_store(server_url) as store:
        stage = await a_stage(store)
        for _ in range(6):
            await stage.opened(URGENT)
        stage.later(hours=5)  # acknowledge and resolve clocks are both due
        second: list[Any] = []
        other = open_store(spell_database_url(server_url))

        def claim(connection: Connection, limit: int) -> set[int]:
            return {due.escalation_id for due in claim_due(connection, now=stage.clock.now(), limit=limit)}

        first_has_claimed, second_has_claimed = asyncio.Event(), asyncio.Event()

        async def hold() -> set[int]:
            async with store._writing.connect() as connection:  # type: ignore[attr-defined]
                mine: set[int] = await connection.run_sync(claim, 4)
                first_has_claimed.set()
                await second_has_claimed.wait()
                return mine

        holding = asyncio.create_task(hold())
        await first_has_claimed.wait()
        second = list(await other.write(lambda c: claim(c, 100)))
        second_has_claimed.set()
        first = await holding
        assert first.isdisjoint(second)
        assert len(first) + len(second) == 6
        await other.close()


async def test_a_tick_passes_over_an_escalation_that_a_person_holds(server_url: str) -> None:
    async with a_store(server_url) as store:
        stage = await a_stage(store)
        held, free = await stage.opened(URGENT), await stage.opened(URGENT)
        stage.later(minutes=15)
        async with store._writing.connect() as person:  # type: ignore[attr-defined]
            await person.execute(text("SELECT id FROM escalation WHERE id = :id FOR NO KEY UPDATE"), {"id": held.id})
            assert await ticking(stage).run_due() == 1
        assert [row["escalation_id"] for row in await notices(stage, kind="reminder")] == [free.id]
        assert await ticking(stage).run_due() == 1


async def test_people_and_ticks_at_the_same_escalations_never_lock_each_other_out(server_url: str) -> None:
    async with a_store(server_url) as store:
        stage = await a_stage(store)
        cases = [await stage.opened(URGENT) for _ in range(12)]
        other = open_store(spell_database_url(server_url))
        stage.later(hours=5)
        people = [stage.perform(Act.ACKNOWLEDGE, actor=ERIN, number=case.number) for case in cases]
        ticks = [ticking(stage, each).run_due() for each in (store, other) * 3]
        await asyncio.gather(*people, *ticks)
        await ticking(stage).run_due()
        assert {(await stage.case(case.number)).owner for case in cases} == {ERIN}
        assert await stored_timers(stage) == await wanted_timers(stage)
        await other.close()


async def test_after_an_outage_one_catch_up_takes_the_place_of_every_rung(stage: Stage) -> None:
    await stage.opened(URGENT)
    stage.later(minutes=28)
    await ticking(stage).run_due()
    said = await kinds(stage)
    assert said["reminder"] == 0
    assert said["thread_reminder"] == said["channel_reminder"] == 1
    stage.later(hours=20)
    await ticking(stage).run_due()
    assert (await kinds(stage))["catch_up"] >= 1
    assert {timer.purpose for timers in (await stored_timers(stage)).values() for timer in timers} <= {
        TimerPurpose.LADDER
    }
    assert all(
        timer.fires_at > stage.clock.now() + timedelta(0)
        for timers in (await stored_timers(stage)).values()
        for timer in timers
    )
