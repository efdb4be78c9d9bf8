"""What is stored is what was decided: read back equal, replayed equal, and against the version that was read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.desk import Done
from bot.timers.sla import SlaTimers
from models.queries.case_rows import clock_values, escalation_values
from models.queries.facts import cases_by
from models.queries.record import record
from models.rules.acts import Act
from models.rules.case import (
    Case,
    Clock,
    ClockState,
    Closure,
    Docs,
    Evidence,
    EvidenceKind,
    Outcome,
    Progress,
    Reason,
    Resolution,
    Segment,
    SegmentState,
    Waiting,
    WaitingOn,
)
from models.rules.change import Change
from models.rules.masking import Masked, mask
from models.rules.moves.forms import DuplicateForm, EvidenceItem, OpenForm, ReasonForm, WaitForm
from models.rules.plain import plain
from models.rules.rulebook import ClockKind, HoursMode
from models.rules.severity import Severity
from models.rules.status import Status
from models.session import WriteConflict
from tests.builders import ARJUN, ENGINEERING, ERIN, LENA, MEI, NOW, PRODUCT, a_case
from tests.queries.looking import events, stored_timers, wanted_timers
from tests.queries.stage import Stage
from tests.rules.playing import details, open_form, said, wait_form

ON_BOTH = settings(
    max_examples=40,
    deadline=None,
    # One database serves all examples of a test: each stores an escalation of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def texts() -> SearchStrategy[Masked]:
    """Whatever a person may type that a database can hold."""
    letters = st.characters(codec="utf-8", exclude_characters="\x00")
    return st.text(letters, max_size=60).map(lambda text: mask(text).text)


def moments() -> SearchStrategy[Any]:
    return st.integers(-(10**7), 10**7).map(
        lambda seconds: NOW + timedelta(seconds=seconds, microseconds=seconds % 997)
    )


def maybe(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.none() | strategy


def people() -> SearchStrategy[str]:
    return st.sampled_from([MEI, ERIN, ARJUN, LENA])


def segments() -> SearchStrategy[tuple[Segment, ...]]:
    one = st.builds(
        Segment,
        state=st.sampled_from(SegmentState),
        reason=st.sampled_from(Reason),
        started_at=moments(),
        ended_at=maybe(moments()),
        team=st.sampled_from([ENGINEERING, PRODUCT]),
        hours=st.sampled_from(HoursMode),
        config_version=st.just(1),
    )
    return st.lists(one, min_size=1, max_size=4).map(tuple)


def clocks() -> SearchStrategy[tuple[Clock, ...]]:
    one = st.builds(
        Clock,
        kind=st.sampled_from(ClockKind),
        cycle=st.integers(1, 5),
        state=st.sampled_from([ClockState.PAUSED, ClockState.STOPPED, ClockState.VOID]),
        target_seconds=st.integers(0, 2**31 - 1),
        elapsed_seconds=st.integers(0, 2**31 - 1),
        started_at=moments(),
        due_at=st.none(),
        segments=segments(),
        stopped_at=maybe(moments()),
        breached_at=maybe(moments()),
        last_rung=st.integers(0, 200),
        nudged_at=maybe(moments()),
    )
    several = st.lists(one, max_size=4, unique_by=lambda clock: (clock.kind, clock.cycle))
    return several.map(lambda found: tuple(sorted(found, key=lambda clock: clock.cycle)))


def proof() -> SearchStrategy[tuple[Evidence, ...]]:
    one = st.builds(
        Evidence,
        kind=st.sampled_from(EvidenceKind),
        text=texts(),
        added_by=people(),
        added_at=moments(),
        summary=maybe(texts()),
        live=maybe(st.booleans()),
    )
    return st.lists(one, max_size=4).map(tuple)


def waiting() -> SearchStrategy[Waiting]:
    return st.builds(
        Waiting,
        on=st.sampled_from(WaitingOn),
        why=texts(),
        since=moments(),
        until=moments(),
        asked_by=people(),
    )


def progress() -> SearchStrategy[Progress]:
    return st.builds(
        Progress,
        finding=texts(),
        next_step=maybe(texts()),
        by=people(),
        at=moments(),
        customer_line=maybe(texts()),
    )


def resolutions() -> SearchStrategy[Resolution]:
    return st.builds(
        Resolution,
        outcome=st.sampled_from(Outcome),
        cause=maybe(texts()),
        workaround=maybe(texts()),
        by=people(),
    )


def closures() -> SearchStrategy[Closure]:
    return st.builds(
        Closure,
        by=maybe(people()),
        customer_told=st.booleans(),
        docs=maybe(st.sampled_from(Docs)),
        docs_note=maybe(texts()),
    )


def escalations() -> SearchStrategy[Case]:
    dates = ("acknowledged_at", "owner_since", "owner_active_at", "resolved_at", "first_resolved_at", "look_at")
    words = ("title_local", "account", "ticket_url", "amount")
    changes: dict[str, SearchStrategy[Any]] = {
        "title": texts(),
        "need": texts(),
        **{name: maybe(texts()) for name in words},
        **{name: maybe(moments()) for name in (*dates, "promised_at")},
        "severity": st.sampled_from(Severity),
        "status": st.sampled_from(Status),
        "owner": maybe(people()),
        "suggested_owner": maybe(people()),
        "passed_over": st.lists(people(), max_size=3).map(tuple),
        "category": maybe(st.sampled_from(["payouts", "pricing"])),
        "customer_language": maybe(st.just("zh-Hans")),
        "origin_channel": maybe(st.just("C0ORIGIN001")),
        "followers": st.frozensets(people()),
        "evidence": proof(),
        "clocks": clocks(),
        "waiting": maybe(waiting()),
        "progress": maybe(progress()),
        "resolution": maybe(resolutions()),
        "closure": maybe(closures()),
        "close_warned": st.booleans(),
        "reopened_count": st.integers(0, 9),
        "duplicate_of": maybe(st.integers(1, 2**31 - 1)),
        "continues": maybe(st.integers(1, 2**31 - 1)),
    }
    return st.fixed_dictionaries(changes).map(lambda fields: a_case(id=0, number=0, version=0, **fields))


def sorted_out(case: Case) -> Case:
    """The same escalation, its clocks in the order in which they are read: nobody asks for another."""
    return replace(case, clocks=tuple(sorted(case.clocks, key=lambda clock: (clock.cycle, clock.kind))))


async def store(stage: Stage, change: Change) -> Case:
    books = (await stage.facts()).books
    stored: Case = await stage.store.write(lambda c: record(c, change, books, at=stage.machine.now()))
    return stored


@ON_BOTH
@given(case=escalations())
async def test_any_escalation_comes_back_as_it_was_stored(stage: Stage, case: Case) -> None:
    stored = await store(stage, Change(None, replace(case, workspace_id=stage.workspace_id), ()))
    assert await stage.case(stored.number) == sorted_out(stored)


@ON_BOTH
@given(before=escalations(), after=escalations())
async def test_any_change_comes_back_as_it_was_stored(stage: Stage, before: Case, after: Case) -> None:
    first = await store(stage, Change(None, replace(before, workspace_id=stage.workspace_id), ()))
    ids: dict[str, Any] = {
        "id": first.id,
        "number": first.number,
        "version": first.version,
        "workspace_id": first.workspace_id,
    }
    # Clocks and proof only ever grow: a cycle that was stored is not taken back.
    kept = {(clock.kind, clock.cycle) for clock in first.clocks}
    grown = first.clocks + tuple(clock for clock in after.clocks if (clock.kind, clock.cycle) not in kept)
    wanted = replace(after, **ids, clocks=grown, evidence=first.evidence + after.evidence)
    stored = await store(stage, Change(first, wanted, ()))
    assert await stage.case(stored.number) == sorted_out(stored)


_NO_MOVES = (Act.OPEN, Act.SHOW, Act.LIST, Act.HANDOFF, Act.REPORT, Act.IMPORT, Act.CONFIGURE)
ACTS = [act for act in Act if act not in _NO_MOVES]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), people(), st.integers(0, 3000)), min_size=3, max_size=14)


@settings(ON_BOTH, max_examples=15)
@given(severity=st.sampled_from(Severity), steps=STEPS)
async def test_whatever_people_and_timers_do_rows_history_and_timers_agree(
    stage: Stage, severity: Severity, steps: list[tuple[Act, str, int]]
) -> None:
    timers = SlaTimers(stage.store, stage.books, stage.clock, stage.machine, stage.wake)
    original = await stage.opened(open_form(details=details(title=said("The original"))))
    case = await stage.opened(open_form(severity=severity))
    for act, actor, minutes in steps:
        outcome = await stage.perform(act, form_of(stage, act, original.number), actor=actor, number=case.number)
        if isinstance(outcome, Done):
            assert await stage.case(outcome.case.number) == sorted_out(outcome.case)
        stage.later(minutes=minutes)
        await timers.run_due()
        assert await stored_timers(stage) == await wanted_timers(stage)
    stored = await stage.case(case.number)
    assert await replayed(stage, case.id) == plain(shown(stored))


def form_of(stage: Stage, act: Act, original: int) -> Any:
    if act is Act.DUPLICATE:
        return DuplicateForm(original, said("The same"))
    if act is Act.WAIT:
        return replace(wait_form(), until=stage.clock.now() + timedelta(hours=5))
    return None


def shown(case: Case) -> dict[str, Any]:
    by_key = {f"{clock.kind}/{clock.cycle}": clock_values(clock) for clock in case.clocks}
    return escalation_values(case) | {"clocks": by_key}


async def replayed(stage: Stage, case_id: int) -> dict[str, Any]:
    """The present state, told by the history alone."""
    state: dict[str, Any] = {"clocks": {}}
    for row in await events(stage, case_id):
        patch = dict(row["patch"] or {})
        for clock in patch.pop("clocks", ()):
            state["clocks"][f"{clock['kind']}/{clock['cycle']}"] = clock
        state |= patch
    return state


async def test_a_change_that_says_nothing_still_stands_in_the_history_for_replaying(stage: Stage) -> None:
    case = await stage.opened()
    await stage.done(Act.LOOK_LATER, actor=ERIN, number=case.number)
    stage.later(hours=2)
    await SlaTimers(stage.store, stage.books, stage.clock, stage.machine, stage.wake).run_due()
    stored = await stage.case(case.number)
    assert stored.look_at is None
    assert await replayed(stage, case.id) == plain(shown(stored))


async def test_whoever_writes_against_an_older_version_is_told_so_and_changes_nothing(stage: Stage) -> None:
    case = await stage.opened()
    first = await store(stage, Change(case, replace(case, owner=ERIN), ()))
    with pytest.raises(WriteConflict):
        await store(stage, Change(case, replace(case, owner=ARJUN), ()))
    assert await stage.case(case.number) == first


async def test_a_reopening_that_came_too_late_knows_the_number_of_the_new_one(stage: Stage) -> None:
    case = await stage.opened()
    await stage.done(Act.RESOLVE, actor=ERIN, number=case.number)
    await stage.done(Act.CONFIRM, number=case.number)
    stage.later(days=20)
    done = await stage.done(Act.REOPEN, ReasonForm(said("Again")), number=case.number)
    assert done.case.continues == case.number
    (continued,) = [row for row in await events(stage, case.id) if row["kind"] == "continued"]
    assert continued["facts"]["number"] == done.case.number
    (opened,) = [row for row in await events(stage, done.case.id) if row["kind"] == "opened"]
    assert opened["facts"]["number"] == done.case.number


async def test_the_longest_texts_and_the_most_proof_are_kept(stage: Stage) -> None:
    """Text that does not shrink: PostgreSQL compresses what repeats, and takes no index entry over 2,704 bytes."""
    dice = "".join(chr(0x4E00 + (n * 7919 + n * n) % 20000) for n in range(20_000))
    items = (
        EvidenceItem(EvidenceKind.SQL, said(dice)),
        EvidenceItem(EvidenceKind.NOTE, said(dice[:3000])),
        EvidenceItem(EvidenceKind.LINK, said("https://example.com/" + dice[:1900])),
        EvidenceItem(EvidenceKind.OBJECT_ID, said(dice[:200])),
        *(EvidenceItem(EvidenceKind.NOTE, said(f"{n} {dice[:2900]}")) for n in range(16)),
    )
    form = open_form(
        details=details(title=said(dice[:200]), need=said(dice[:1000]), account=said(dice[:200])), evidence=items
    )
    case = await stage.opened(form)
    assert await stage.case(case.number) == case
    assert len(case.evidence) == 20


@pytest.mark.parametrize(
    "typed", ["nul \x00 here", "half \ud83d a pair", "\x00", "\udc00"], ids=["nul", "half", "only nul", "only half"]
)
async def test_what_a_database_cannot_hold_is_replaced_and_never_refused(stage: Stage, typed: str) -> None:
    form = OpenForm(details(title=said("A" + typed), account=said(typed + "B")), Severity.SEV3, ENGINEERING)
    case = await stage.opened(form)
    await stage.done(
        Act.WAIT,
        WaitForm(WaitingOn.CUSTOMER, said("C" + typed), NOW + timedelta(hours=3)),
        actor=ERIN,
        number=case.number,
    )
    stored = await stage.case(case.number)
    assert "\N{REPLACEMENT CHARACTER}" in stored.title
    assert stored.waiting
    assert not {"\x00", "\ud83d"} & set(stored.title + stored.waiting.why + (stored.account or ""))


async def test_two_escalations_are_read_at_once_each_with_its_own(stage: Stage) -> None:
    one = await stage.opened(open_form(evidence=()))
    other = await stage.opened()
    await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=other.number)
    found = await stage.read(cases_by, numbers=[other.number, one.number])
    assert found == {one.number: one, other.number: await stage.case(other.number)}
