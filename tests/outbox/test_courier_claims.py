"""The order in which notices are claimed, and the pace of a channel."""

import asyncio
import re
from functools import partial
from typing import Any

from sqlalchemy import Connection, event

from models.queries import outbox
from models.queries.outbox import Claimed
from models.rules.change import Notice, NoticeKind, Place
from models.session import Store
from tests.builders import ENGINEERING, ERIN, LENA
from tests.queries.looking import notices, sql
from tests.queries.stage import Stage, a_stage

CHANNEL = "C0ENGINEERI"


async def add(stage: Stage, *told: Notice, case_id: int | None = None) -> None:
    await stage.write(outbox.add_loose, told, created_at=stage.machine.now(), escalation_id=case_id)


async def claim(stage: Stage, limit: int = 64) -> list[Claimed]:
    return await stage.store.write(lambda c: outbox.claim(c, lease_seconds=30, limit=limit))


def to(user_id: str, *, urgent: bool = False, kind: NoticeKind = NoticeKind.REMINDER) -> Notice:
    return Notice(kind, Place.DIRECT, user_id, urgent=urgent)


async def test_a_lane_gives_its_first_and_waits_until_that_is_done(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, to(ERIN), to(ERIN), to(LENA))
    first = await claim(stage)
    assert [(n.recipient, n.attempts) for n in first] == [(ERIN, 1), (LENA, 1)]
    assert await claim(stage) == []
    await store.write(lambda c: outbox.mark_sent(c, first[0]))
    assert [n.recipient for n in await claim(stage)] == [ERIN]


async def test_the_urgent_one_goes_first_and_alone(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, to(LENA), to(ERIN), to(ERIN, urgent=True))
    claimed = await claim(stage)
    assert [(n.recipient, n.urgency) for n in claimed] == [(ERIN, 0), (LENA, 1)]
    assert await claim(stage) == []


async def test_what_one_person_hears_of_two_escalations_does_not_wait_for_each_other(store: Store) -> None:
    stage = await a_stage(store)
    one, other = await stage.opened(), await stage.opened()
    await store.write(sql("DELETE FROM notice"))
    await add(stage, to(ERIN), case_id=one.id)
    await add(stage, to(ERIN), case_id=other.id)
    assert len(await claim(stage)) == 2


async def test_the_limit_holds_and_the_rest_comes_next(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, *(to(f"U{number}") for number in range(5)))
    assert [n.recipient for n in await claim(stage, limit=3)] == ["U0", "U1", "U2"]
    assert [n.recipient for n in await claim(stage, limit=3)] == ["U3", "U4"]


async def test_what_was_put_back_comes_again_at_its_time_and_keeps_its_lane(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, to(ERIN), to(ERIN))
    (first,) = await claim(stage)
    await store.write(lambda c: outbox.put_back(c, first, seconds=60, why="later"))
    assert await claim(stage) == []
    await store.write(sql("UPDATE notice SET not_before = NULL"))
    (again,) = await claim(stage)
    assert (again.id, again.attempts, again.was_sending) == (first.id, 2, False)


async def test_waiting_for_ones_turn_is_no_attempt(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, to(ERIN))
    (first,) = await claim(stage)
    await store.write(lambda c: outbox.put_back(c, first, seconds=0, why="pace", tried=False))
    (again,) = await claim(stage)
    assert again.attempts == 1


async def test_an_unsure_one_stays_unsure_whatever_it_is_put_back_for(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, to(ERIN))
    (first,) = await claim(stage)
    await store.write(lambda c: outbox.put_back(c, first, seconds=0, why="cut", ambiguous=True))
    (unsure,) = await claim(stage)
    assert unsure.was_sending
    await store.write(lambda c: outbox.put_back(c, unsure, seconds=0, why="pace", tried=False))
    (still,) = await claim(stage)
    assert still.was_sending


async def test_the_same_key_is_added_once(store: Store) -> None:
    stage = await a_stage(store)
    now = stage.machine.now()
    assert await stage.write(outbox.add_once, to(LENA), key="today", created_at=now)
    assert not await stage.write(outbox.add_once, to(LENA), key="today", created_at=now)
    other = await a_stage(store, team_id="T0OTHER0001")
    assert await other.write(outbox.add_once, to(LENA), key="today", created_at=now)


async def test_an_urgent_edit_makes_the_pending_one_urgent_and_never_the_other_way_round(store: Store) -> None:
    stage = await a_stage(store)
    case = await stage.opened()
    card = Notice(NoticeKind.CARD, Place.CARD, ENGINEERING)
    urgent = Notice(NoticeKind.CARD, Place.CARD, ENGINEERING, urgent=True)
    for told in (card, urgent, card):
        await store.write(partial(outbox.add, stored=case, notices=[told], created_at=stage.machine.now()))
    (row,) = await notices(stage, kind="card")
    assert (row["urgency"], row["generation"]) == (0, 4)


async def test_two_cards_in_one_change_are_one(store: Store) -> None:
    stage = await a_stage(store)
    case = await stage.opened()
    card = Notice(NoticeKind.CARD, Place.CARD, ENGINEERING)
    await store.write(lambda c: outbox.add(c, case, [card, card], created_at=stage.machine.now()))
    assert len(await notices(stage, kind="card")) == 1


async def test_counting_tells_what_stands_undone(store: Store) -> None:
    stage = await a_stage(store)
    await add(stage, *(to(f"U{number}") for number in range(4)))
    first, *_ = await claim(stage, limit=2)
    await store.write(lambda c: outbox.mark_sent(c, first))
    assert await store.read(outbox.counts) == {"pending": 2, "sending": 1}


async def test_a_channel_takes_one_post_a_second(store: Store) -> None:
    stage = await a_stage(store)
    waits = [await stage.write(outbox.take_lane, CHANNEL, seconds=60.0, at_most=100.0) for _ in range(3)]
    assert waits[0] == 0
    assert 55 < waits[1] <= 60
    assert waits[2] > 100
    # Too far away is not taken: the next who asks gets the same moment.
    again = await stage.write(outbox.take_lane, CHANNEL, seconds=60.0, at_most=200.0)
    assert 110 < again <= 120


async def test_a_channels_first_two_posts_do_not_go_together(store: Store) -> None:
    stage = await a_stage(store)
    take = (stage.write(outbox.take_lane, CHANNEL, seconds=60.0, at_most=600.0) for _ in range(5))
    waits = sorted(await asyncio.gather(*take))
    assert [round(wait / 60) for wait in waits] == [0, 1, 2, 3, 4]


async def test_slack_may_hold_a_channel_back_and_never_sooner_than_it_said(store: Store) -> None:
    stage = await a_stage(store)
    await stage.write(outbox.block_lane, CHANNEL, seconds=300)
    await stage.write(outbox.block_lane, CHANNEL, seconds=10)
    wait = await stage.write(outbox.take_lane, CHANNEL, seconds=1.0, at_most=5.0)
    assert 290 < wait <= 300


async def test_the_claim_reads_only_what_is_undone(store: Store) -> None:
    """A month of finished notices must cost a claim nothing: the partial indexes are really used."""
    stage = await a_stage(store)
    await add(stage, *(to(f"U{number}") for number in range(300)))
    await store.write(sql("UPDATE notice SET state = 'sent'"))
    await add(stage, to(ERIN))
    plan = await store.write(plan_of_claim)
    assert "ix_notice_due" in plan or "ix_notice_lane" in plan, plan


def plan_of_claim(connection: Connection) -> str:
    """How the database would find what may be claimed, if it were told nothing of the parameters."""
    seen: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT notice"):
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", explain)
    outbox.claim(connection, lease_seconds=30, limit=10)
    (statement,) = seen
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        connection.exec_driver_sql(f"PREPARE claiming AS {statement}")
        nothing = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", statement))))
        return "\n".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN EXECUTE claiming({nothing})"))
    places = statement.count("?")
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("pending",) * places)
    return "\n".join(str(row) for row in rows)
