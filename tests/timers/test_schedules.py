"""Daily digests: each occurrence happens once, on working days, and only where something stands open."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.settings.database_url import spell_database_url
from bot.timers.schedules import Schedules
from models.queries import timers
from models.rules.acts import Act
from models.session import Store, open_store
from tests.builders import ENGINEERING, ERIN, LENA, sg
from tests.postgres import PostgresServer
from tests.queries.looking import notices, sql
from tests.queries.stage import Stage, a_stage, a_store

NINE_TOMORROW = sg("2026-03-04 09:00")


def schedules_of(stage: Stage, store: Store | None = None) -> Schedules:
    return Schedules(store or stage.store, stage.books, stage.clock, stage.machine, stage.wake)


async def digests(stage: Stage) -> list[tuple[str, str]]:
    return [(row["recipient"], row["facts"]["for"]) for row in await notices(stage, kind="digest")]


async def next_times(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = await stage.read(timers.schedules)
    return found


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    """A company with an acknowledged escalation of Engineering's, and its schedules planned."""
    case = await stage.opened()
    await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    await schedules_of(stage).plan()
    return stage


async def test_every_team_has_its_next_digest(planned: Stage) -> None:
    assert await next_times(planned) == dict.fromkeys(
        ("digest:engineering", "digest:product", "digest:operations", "digest:support"), NINE_TOMORROW
    )


async def test_planning_again_moves_nothing(planned: Stage) -> None:
    planned.later(hours=23)  # it is due, and nobody has ticked
    await schedules_of(planned).plan()
    assert set((await next_times(planned)).values()) == {NINE_TOMORROW}


async def test_it_fires_once_and_sets_the_next(planned: Stage) -> None:
    planned.clock.jump(to=NINE_TOMORROW)
    assert await schedules_of(planned).run_due() == 4
    assert await schedules_of(planned).run_due() == 0
    assert await digests(planned) == [(ERIN, "owner"), (LENA, "lead")]
    assert set((await next_times(planned)).values()) == {sg("2026-03-05 09:00")}


async def test_nobody_is_told_that_nothing_stands_open(stage: Stage) -> None:
    await schedules_of(stage).plan()
    stage.clock.jump(to=NINE_TOMORROW)
    assert await schedules_of(stage).run_due() == 4
    assert await digests(stage) == []


async def test_there_is_no_digest_on_a_day_on_which_nobody_works(planned: Stage) -> None:
    planned.clock.jump(to=sg("2026-03-07 08:00"))  # Saturday; Wednesday's to Friday's are late
    await schedules_of(planned).run_due()
    assert await digests(planned) == []
    planned.clock.jump(to=sg("2026-03-08 09:30"))
    await schedules_of(planned).run_due()
    assert await digests(planned) == []
    planned.clock.jump(to=sg("2026-03-09 09:00"))
    await schedules_of(planned).run_due()
    assert len(await digests(planned)) == 2


async def test_after_an_outage_of_days_there_is_one_digest(planned: Stage) -> None:
    planned.clock.jump(to=sg("2026-03-12 11:00"))
    await schedules_of(planned).run_due()
    await schedules_of(planned).run_due()
    assert len(await digests(planned)) == 2
    assert set((await next_times(planned)).values()) == {sg("2026-03-13 09:00")}


async def test_a_team_that_is_gone_from_the_rules_has_no_digest_any_more(planned: Stage) -> None:
    await planned.store.write(
        lambda c: timers.set_schedule(c, planned.workspace_id, "digest:dissolved", datetime(2026, 1, 1, tzinfo=UTC))
    )
    await schedules_of(planned).run_due()
    assert "digest:dissolved" not in await next_times(planned)
    assert f"digest:{ENGINEERING}" in await next_times(planned)


async def test_two_replicas_send_one_digest(postgres_server: PostgresServer) -> None:
    url = postgres_server.url(postgres_server.create_database())
    async with a_store(url) as store:
        stage = await a_stage(store)
        other = open_store(spell_database_url(url))
        await stage.opened()
        both = (schedules_of(stage), schedules_of(stage, other))
        await asyncio.gather(*(each.plan() for each in both))
        stage.clock.jump(to=NINE_TOMORROW)
        done = await asyncio.gather(*(each.run_due() for each in both * 2))
        assert sum(done) == 4
        assert await digests(stage) == [(LENA, "lead")]
        await other.close()


async def test_two_companies_have_digests_of_their_own(store: Store) -> None:
    first, second = await a_stage(store), await a_stage(store, team_id="T0OTHER0001")
    await first.opened()
    await schedules_of(first).plan()
    first.clock.jump(to=NINE_TOMORROW)
    assert await schedules_of(first).run_due() == 8
    assert {row["workspace_id"] for row in await notices(first, kind="digest")} == {first.workspace_id}
    assert len(await next_times(second)) == 4


async def test_a_schedule_that_fails_does_not_keep_the_others_from_their_time(store: Store) -> None:
    sound, broken = await a_stage(store), await a_stage(store, team_id="T0BROKEN001")
    await sound.opened()
    await schedules_of(sound).plan()
    # The rules of the other company are gone.
    await store.write(sql("UPDATE workspace SET config_version = 9 WHERE team_id = 'T0BROKEN001'"))
    await store.write(sql("UPDATE config_version SET version = 8 WHERE workspace_id = 2"))
    sound.clock.jump(to=NINE_TOMORROW)
    await schedules_of(sound).run_due()
    assert await digests(sound) == [(LENA, "lead")]
    assert broken.workspace_id == 2
