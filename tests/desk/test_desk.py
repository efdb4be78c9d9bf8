"""One request, one effect: receipts, two people at once, strangers, and the clock of whoever waits."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection

from bot.desk import Asker, Done, Refused
from bot.desk.desk import Desk
from bot.settings.database_url import spell_database_url
from models.queries import directory
from models.rules.acts import Act
from models.rules.change import EventKind
from models.rules.moves.forms import DuplicateForm, ReassignForm, UpdateForm
from models.rules.people import PersonKind
from models.rules.refusals import Code, Refusal
from models.rules.status import Status
from models.session import StorageUnavailable, Store, WriteConflict, open_store
from models.tables import EscalationRow, ReceiptRow
from tests.builders import ARJUN, BYSTANDER, ERIN, EVAN, GUEST, MEI
from tests.postgres import PostgresServer
from tests.queries.looking import events, kinds, notices, rows_of, stored_timers, wanted_timers
from tests.queries.stage import Stage, a_stage, a_store
from tests.rules.playing import said

T = TypeVar("T")
NEWCOMER = "U0NEWCOMER1"


async def count(stage: Stage, table: Any) -> int:
    return len(await stage.store.read(lambda c: rows_of(c, table)))


def update(text: str) -> UpdateForm:
    return UpdateForm(said(text))


class TestReceipts:
    async def test_the_same_delivery_takes_effect_once_and_gets_the_same_answer(self, stage: Stage) -> None:
        first = await stage.done(Act.OPEN, receipt="view:1")
        again = await stage.done(Act.OPEN, receipt="view:1")
        assert (again.case, again.repeated, again.change) == (first.case, True, None)
        assert await count(stage, EscalationRow) == 1
        assert (await kinds(stage))["card"] == 1

    async def test_another_delivery_is_another_request(self, stage: Stage) -> None:
        await stage.done(Act.OPEN, receipt="view:1")
        await stage.done(Act.OPEN, receipt="view:2")
        assert await count(stage, EscalationRow) == 2

    async def test_the_same_mark_in_another_workspace_is_another_request(self, store: Store) -> None:
        first, second = await a_stage(store), await a_stage(store, team_id="T0OTHER0001")
        await first.done(Act.OPEN, receipt="view:1")
        assert not (await second.done(Act.OPEN, receipt="view:1")).repeated

    async def test_a_repeated_press_is_answered_with_what_it_did_and_not_with_already(self, stage: Stage) -> None:
        case = await stage.opened()
        for repeated in (False, True):
            done = await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number, receipt="trigger:7")
            assert done.repeated is repeated
            assert done.case.owner == ERIN

    async def test_a_repeated_update_is_stored_once(self, stage: Stage) -> None:
        case = await stage.opened()
        for _ in range(3):
            await stage.done(Act.UPDATE, update("Found it"), actor=ERIN, number=case.number, receipt="view:9")
        assert [row["kind"] for row in await events(stage, case.id)].count(EventKind.UPDATED) == 1

    async def test_a_refusal_leaves_no_receipt_so_that_the_same_form_may_come_again(self, stage: Stage) -> None:
        case = await stage.opened()
        refused = await stage.perform(Act.UPDATE, update(" "), actor=ERIN, number=case.number, receipt="view:3")
        assert isinstance(refused, Refused)
        assert await count(stage, ReceiptRow) == 0
        await stage.done(Act.UPDATE, update("Found it"), actor=ERIN, number=case.number, receipt="view:3")

    @pytest.mark.parametrize("act", [Act.OPEN, Act.UPDATE, Act.ACKNOWLEDGE])
    async def test_the_same_delivery_ten_times_at_once_has_one_effect_and_ten_answers(
        self, stage: Stage, act: Act
    ) -> None:
        case = await stage.opened()
        how: dict[str, Any] = {} if act is Act.OPEN else {"number": case.number, "actor": ERIN}
        before = await count(stage, EscalationRow), len(await events(stage, case.id))
        outcomes = await asyncio.gather(*(stage.done(act, receipt="view:5", **how) for _ in range(10)))
        assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * 9
        assert len({outcome.case.number for outcome in outcomes}) == 1
        after = await count(stage, EscalationRow), len(await events(stage, case.id))
        assert after[0] - before[0] == (1 if act is Act.OPEN else 0)
        assert after[1] - before[1] <= 2


class TestTwoAtOnce:
    async def test_one_wins_and_the_other_is_told_who(self, stage: Stage) -> None:
        case = await stage.opened()
        outcomes = await asyncio.gather(
            *(stage.perform(Act.ACKNOWLEDGE, actor=who, number=case.number) for who in (ERIN, ARJUN, EVAN))
        )
        (won,) = [outcome for outcome in outcomes if isinstance(outcome, Done)]
        lost = [outcome.refusal for outcome in outcomes if isinstance(outcome, Refused)]
        assert [refusal.code for refusal in lost] == [Code.ALREADY] * 2
        assert {refusal.facts["by"] for refusal in lost} == {won.case.owner}
        assert (await stage.case(case.number)).owner == won.case.owner

    async def test_what_does_not_conflict_all_takes_effect(self, stage: Stage) -> None:
        case = await stage.opened()
        await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
        await asyncio.gather(
            *(stage.done(Act.UPDATE, update(f"Line {n}"), actor=ERIN, number=case.number) for n in range(25)),
            stage.done(Act.FOLLOW, actor=BYSTANDER, number=case.number),
        )
        kept = [row["kind"] for row in await events(stage, case.id)]
        assert kept.count(EventKind.UPDATED) == 25
        stored = await stage.case(case.number)
        assert stored.version == 1 + 1 + 26
        assert BYSTANDER in stored.followers
        assert await stored_timers(stage) == await wanted_timers(stage)

    async def test_numbers_are_given_without_gaps_or_twins(self, stage: Stage) -> None:
        cases = await asyncio.gather(*(stage.opened() for _ in range(30)))
        assert sorted(case.number for case in cases) == list(range(1, 31))

    async def test_two_that_are_marked_duplicates_of_each_other_end_as_one(self, stage: Stage) -> None:
        one, other = await stage.opened(), await stage.opened()
        outcomes = await asyncio.gather(
            stage.perform(Act.DUPLICATE, DuplicateForm(other.number, said("Same")), actor=ERIN, number=one.number),
            stage.perform(Act.DUPLICATE, DuplicateForm(one.number, said("Same")), actor=ERIN, number=other.number),
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Done", "Refused"]
        statuses = [(await stage.case(case.number)).status for case in (one, other)]
        assert sorted(statuses) == sorted([Status.DUPLICATE, Status.NEW])

    async def test_two_replicas_agree_on_one_owner_for_each_of_many(self, postgres_server: PostgresServer) -> None:
        url = postgres_server.url(postgres_server.create_database())
        async with a_store(url) as store:
            stage = await a_stage(store)
            other = open_store(spell_database_url(url))
            second = Stage(other, stage.workspace_id, stage.books, stage.clock, stage.machine, stage.rulebook)
            cases = [await stage.opened() for _ in range(10)]
            outcomes = await asyncio.gather(
                *(
                    replica.perform(Act.ACKNOWLEDGE, actor=who, number=case.number)
                    for case in cases
                    for replica, who in ((stage, ERIN), (second, ARJUN))
                )
            )
            assert [type(outcome) for outcome in outcomes].count(Done) == 10
            assert await stored_timers(stage) == await wanted_timers(stage)
            await other.close()


class Conflicting:
    """A store on which somebody else is always first, so many times."""

    def __init__(self, store: Store, times: int) -> None:
        self.dialect = store.dialect
        self.times = times
        self._store = store

    async def write(self, work: Callable[[Connection], T]) -> T:
        def late(connection: Connection) -> T:
            result = work(connection)
            if self.times:
                self.times -= 1
                raise WriteConflict("somebody was first")
            return result

        return await self._store.write(late)

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()


async def test_a_conflict_is_decided_again_on_fresh_facts(stage: Stage) -> None:
    case = await stage.opened()
    crowded = Stage(
        Conflicting(stage.store, 5), stage.workspace_id, stage.books, stage.clock, stage.machine, stage.rulebook
    )
    await crowded.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number, receipt="trigger:1")
    stored = await stage.case(case.number)
    assert (stored.owner, stored.version) == (ERIN, 2)
    assert len(await notices(stage, kind="requester_news")) == 1


class TestPeople:
    async def test_a_stranger_is_asked_for_once_and_then_known(self, stage: Stage) -> None:
        asked: list[Asker] = []

        async def learn(who: Asker) -> bool:
            asked.append(who)
            known = directory.KnownPerson(who.user_id, "New", PersonKind.MEMBER, "en-US", "UTC")
            await stage.write(directory.save_people, [known], now=stage.machine.now())
            return True

        desk = desk_of(stage, learn)
        who = stage.asker(NEWCOMER)
        for _ in range(3):
            facts = await desk.facts(who)
            assert facts.actor
            assert facts.actor.name == "New"
        assert asked == [who]

    async def test_where_slack_is_silent_they_are_told_so_and_nothing_happens(self, stage: Stage) -> None:
        refused = await stage.perform(Act.OPEN, actor=NEWCOMER, receipt="view:1")
        assert isinstance(refused, Refused)
        assert refused.refusal.code is Code.UNKNOWN_PERSON
        assert stage.learned == [stage.asker(NEWCOMER)]
        assert await count(stage, EscalationRow) == 0

    async def test_a_slack_that_takes_too_long_is_silent(self, stage: Stage) -> None:
        async def learn(who: Asker) -> bool:
            await asyncio.Event().wait()
            return True

        async with asyncio.timeout(2.5):
            outcome = await desk_of(stage, learn).perform(Act.OPEN, None, who=stage.asker(NEWCOMER))
        assert isinstance(outcome, Refused)
        assert outcome.refusal.code is Code.UNKNOWN_PERSON

    async def test_somebody_of_another_workspace_is_a_stranger_there(self, store: Store) -> None:
        await a_stage(store)
        other = await a_stage(store, team_id="T0OTHER0001")
        await store.write(lambda c: directory.set_person(c, other.workspace_id, MEI, kind="guest"))
        refused = await other.perform(Act.OPEN)
        assert isinstance(refused, Refused)
        assert refused.refusal.code is Code.OUTSIDER

    async def test_whom_a_form_names_is_asked_for_too(self, stage: Stage) -> None:
        case = await stage.opened()
        await stage.perform(Act.REASSIGN, ReassignForm(NEWCOMER), actor=ERIN, number=case.number)
        assert stage.learned == [stage.asker(NEWCOMER)]

    async def test_a_name_that_the_directory_knows_is_there_for_the_rule(self, stage: Stage) -> None:
        """Whoever is in no rotation and has no part in the case was missing from the facts once."""
        case = await stage.opened()
        refused = await stage.perform(Act.REASSIGN, ReassignForm(BYSTANDER), actor=ERIN, number=case.number)
        assert isinstance(refused, Refused)
        assert BYSTANDER in refused.facts.people
        assert stage.learned == []


def desk_of(stage: Stage, learn: Callable[[Asker], Any]) -> Desk:
    return Desk(
        store=stage.store,
        books=stage.books,
        clock=stage.clock,
        machine=stage.machine,
        learn=learn,
        wake=stage.wake,
    )


class TestLooking:
    @pytest.mark.parametrize("number", [99, 2**31, 10**15])
    async def test_a_number_that_is_nobodys_is_not_found_however_large(self, stage: Stage, number: int) -> None:
        looked = await stage.desk.look(stage.asker(MEI), number)
        assert isinstance(looked, Refusal)
        assert looked.code is Code.NOT_FOUND
        refused = await stage.perform(Act.ACKNOWLEDGE, actor=ERIN, number=number)
        assert isinstance(refused, Refused)
        assert refused.refusal.code is Code.NOT_FOUND

    async def test_a_guest_does_not_even_hear_that_it_is_not_there(self, stage: Stage) -> None:
        case = await stage.opened()
        for number in (case.number, 99):
            looked = await stage.desk.look(stage.asker(GUEST), number)
            assert isinstance(looked, Refusal)
            assert looked.code is Code.OUTSIDER

    async def test_a_duplicate_of_one_that_is_not_there_is_refused(self, stage: Stage) -> None:
        case = await stage.opened()
        form = DuplicateForm(2**40, said("Same"))
        refused = await stage.perform(Act.DUPLICATE, form, actor=ERIN, number=case.number)
        assert isinstance(refused, Refused)
        assert refused.refusal.code is Code.NOT_FOUND

    async def test_a_card_that_is_pressed_when_stale_is_drawn_again(self, stage: Stage) -> None:
        case = await stage.opened()
        await stage.desk.refresh_card(stage.asker(ERIN), case.number)
        assert [row["facts"] for row in await notices(stage, kind="card")] == [{}, {"redraw": True}]


async def test_a_database_that_is_away_is_said_and_the_same_request_works_when_it_is_back(
    postgres_server: PostgresServer,
) -> None:
    url = postgres_server.url(postgres_server.create_database())
    async with a_store(url) as store:
        stage = await a_stage(store)
        away = open_store(spell_database_url(url).replace(f":{postgres_server.port}/", ":9/"))
        cut_off = Stage(away, stage.workspace_id, stage.books, stage.clock, stage.machine, stage.rulebook)
        with pytest.raises(StorageUnavailable):
            await cut_off.perform(Act.OPEN, receipt="view:1")
        assert not (await stage.done(Act.OPEN, receipt="view:1")).repeated
        await away.close()
