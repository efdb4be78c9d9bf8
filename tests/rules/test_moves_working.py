"""Working on a case: updates and their promises, waiting and what it does to the clocks, answers."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.rules import limits
from models.rules.acts import Act
from models.rules.case import Case, Clock, ClockState, Reason, WaitingOn
from models.rules.change import EventKind, NoticeKind
from models.rules.moves.forms import AnswerForm, NeedInfoForm, UpdateForm
from models.rules.refusals import Code
from models.rules.rulebook import ClockKind
from models.rules.status import Status
from tests.builders import BYSTANDER, ERIN, LENA, MEI, NOW, TING, sg
from tests.rules.playing import (
    HOUR,
    a_note,
    acknowledged,
    happened,
    mitigated,
    new,
    play,
    recipients,
    refuse,
    said,
    told,
    wait_form,
    waiting,
)

LATER = NOW + HOUR


def clock(case: Case, kind: ClockKind) -> Clock:
    found = case.clock(kind)
    assert found is not None
    return found


def an_update(**changes: Any) -> UpdateForm:
    return replace(UpdateForm(said("The payout is held")), **changes)


def test_an_update_is_kept_as_the_latest_progress() -> None:
    form = an_update(next_step=said("Ask the bank"), customer_line=said("We are on it"))
    change = play(acknowledged(), Act.UPDATE, form, now=LATER)
    progress = change.after.progress
    assert progress is not None
    assert (progress.finding, progress.next_step, progress.by, progress.at) == (
        "The payout is held",
        "Ask the bank",
        ERIN,
        LATER,
    )


def test_the_line_for_the_customer_reaches_the_requester_ready_to_copy() -> None:
    change = play(acknowledged(), Act.UPDATE, an_update(customer_line=said("We are on it")), now=LATER)
    assert [n.facts["text"] for n in told(change, NoticeKind.REQUESTER_NEWS)] == ["We are on it"]


def test_each_update_stops_its_clock_and_begins_the_next_cycle() -> None:
    case = play(acknowledged(), Act.UPDATE, now=LATER).after
    cycles = [(c.cycle, c.state) for c in case.clocks if c.kind is ClockKind.UPDATE]
    assert cycles == [(1, ClockState.STOPPED), (2, ClockState.RUNNING)]
    # One working day after Tuesday 11:00.
    assert clock(case, ClockKind.UPDATE).due_at == sg("2026-03-04 11:00")


def test_an_update_that_accepts_the_case_counts_as_no_cycle_of_its_own() -> None:
    case = play(new(), Act.UPDATE).after
    assert [c.cycle for c in case.clocks if c.kind is ClockKind.UPDATE] == [1]


def test_an_earlier_next_update_may_be_promised_and_a_later_one_may_not() -> None:
    promised = NOW + 2 * HOUR
    case = play(acknowledged(), Act.UPDATE, an_update(next_update_at=promised), now=LATER).after
    assert clock(case, ClockKind.UPDATE).due_at == promised
    late = an_update(next_update_at=sg("2026-03-04 11:01"))
    answer = refuse(acknowledged(), Act.UPDATE, late, now=LATER)
    assert (answer.code, answer.form_field) == (Code.TOO_LATE, "next_update_at")
    assert answer.facts["latest"] == sg("2026-03-04 11:00").isoformat()


def test_while_it_waits_the_next_update_may_come_at_the_awaited_date() -> None:
    until = NOW + timedelta(days=6)
    case = waiting(wait_form(WaitingOn.TEAM, until=until))
    updated = play(case, Act.UPDATE, an_update(next_update_at=until), now=LATER).after
    assert clock(updated, ClockKind.UPDATE).due_at == until
    answer = refuse(case, Act.UPDATE, an_update(next_update_at=until + HOUR), now=LATER)
    assert answer.code is Code.TOO_LATE


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"finding": said("")}, Code.EMPTY, "finding"),
        ({"finding": said("x" * (limits.FINDING + 1))}, Code.TOO_LONG, "finding"),
        ({"next_step": said("x" * (limits.FINDING + 1))}, Code.TOO_LONG, "next_step"),
        ({"customer_line": said("x" * (limits.FINDING + 1))}, Code.TOO_LONG, "customer_line"),
        ({"next_update_at": LATER}, Code.IN_THE_PAST, "next_update_at"),
    ],
)
def test_a_bad_update_is_refused_beside_its_field(changes: dict[str, Any], code: Code, field: str) -> None:
    answer = refuse(acknowledged(), Act.UPDATE, an_update(**changes), now=LATER)
    assert (answer.code, answer.form_field) == (code, field)


def test_stopped_impact_is_told_to_followers_once() -> None:
    case = replace(acknowledged(), followers=frozenset({BYSTANDER}))
    change = play(case, Act.UPDATE, an_update(impact_stopped=True), now=LATER)
    assert happened(change) == [EventKind.UPDATED, EventKind.MITIGATED]
    assert recipients(change, NoticeKind.FOLLOWER_NEWS) == [BYSTANDER]
    again = play(mitigated(), Act.UPDATE, an_update(impact_stopped=True), now=LATER)
    assert happened(again) == [EventKind.UPDATED]


# on whom | update clock | resolve clock
WAITING_TABLE = [
    (WaitingOn.CUSTOMER, ClockState.PAUSED, ClockState.PAUSED, Reason.WAITING_CUSTOMER),
    (WaitingOn.REQUESTER, ClockState.PAUSED, ClockState.RUNNING, Reason.WAITING_REQUESTER),
    (WaitingOn.THIRD_PARTY, ClockState.RUNNING, ClockState.RUNNING, Reason.WAITING_THIRD_PARTY),
    (WaitingOn.TEAM, ClockState.RUNNING, ClockState.RUNNING, Reason.WAITING_TEAM),
]


@pytest.mark.parametrize(("on", "update", "resolve", "reason"), WAITING_TABLE)
def test_each_way_of_waiting_holds_the_clocks_of_the_table(
    on: WaitingOn, update: ClockState, resolve: ClockState, reason: Reason
) -> None:
    case = play(acknowledged(), Act.WAIT, wait_form(on), now=LATER).after
    assert clock(case, ClockKind.UPDATE).state is update
    assert clock(case, ClockKind.RESOLVE).state is resolve
    assert {c.segments[-1].reason for c in case.clocks if c.is_open} == {reason}


@pytest.mark.parametrize(("on", "update", "resolve", "reason"), WAITING_TABLE)
def test_an_update_goes_on_waiting_and_holds_the_new_cycle_as_well(
    on: WaitingOn, update: ClockState, resolve: ClockState, reason: Reason
) -> None:
    case = play(waiting(wait_form(on)), Act.UPDATE, now=LATER).after
    assert case.status is Status.WAITING
    assert (clock(case, ClockKind.UPDATE).cycle, clock(case, ClockKind.UPDATE).state) == (2, update)
    assert clock(case, ClockKind.RESOLVE).state is resolve
    assert clock(case, ClockKind.UPDATE).segments[-1].reason is reason


def test_who_waits_on_a_third_party_says_something_by_then() -> None:
    until = NOW + 5 * HOUR
    case = play(acknowledged(), Act.WAIT, wait_form(WaitingOn.THIRD_PARTY, until=until)).after
    assert clock(case, ClockKind.UPDATE).due_at == until
    updated = play(case, Act.UPDATE, now=LATER).after
    assert clock(updated, ClockKind.UPDATE).due_at == until
    after_that = play(case, Act.UPDATE, now=until + HOUR).after
    due_at = clock(after_that, ClockKind.UPDATE).due_at
    assert due_at is not None
    assert due_at > until + HOUR


@pytest.mark.parametrize(
    ("on", "until", "code"),
    [
        (WaitingOn.CUSTOMER, NOW, Code.IN_THE_PAST),
        # Two working days after Tuesday 10:00 are Thursday 10:00.
        (WaitingOn.THIRD_PARTY, sg("2026-03-05 10:01"), Code.TOO_LATE),
        (WaitingOn.CUSTOMER, NOW + timedelta(days=91), Code.TOO_LATE),
    ],
)
def test_the_awaited_date_is_ahead_and_not_too_far(on: WaitingOn, until: datetime, code: Code) -> None:
    answer = refuse(acknowledged(), Act.WAIT, wait_form(on, until=until))
    assert (answer.code, answer.form_field) == (code, "until")


def test_a_third_party_may_be_awaited_for_two_working_days() -> None:
    form = wait_form(WaitingOn.THIRD_PARTY, until=sg("2026-03-05 10:00"))
    assert play(acknowledged(), Act.WAIT, form).after.status is Status.WAITING


def test_waiting_needs_a_reason() -> None:
    form = replace(wait_form(), why=said(" "))
    assert refuse(acknowledged(), Act.WAIT, form).form_field == "why"


def test_the_requester_is_asked_and_gets_a_due_time() -> None:
    change = play(new(), Act.NEED_INFO, actor=ERIN)
    waited = change.after.waiting
    assert waited is not None
    # One working day of support's, after Tuesday 10:00.
    assert (waited.on, waited.until) == (WaitingOn.REQUESTER, sg("2026-03-04 10:00"))
    request = told(change, NoticeKind.INFO_REQUEST)[0]
    assert (request.to, request.facts["until"]) == (MEI, waited.until.isoformat())
    assert happened(change) == [EventKind.ACKNOWLEDGED, EventKind.INFO_NEEDED]


def test_waiting_on_the_requester_asks_them_too() -> None:
    change = play(acknowledged(), Act.WAIT, wait_form(WaitingOn.REQUESTER))
    assert recipients(change, NoticeKind.INFO_REQUEST) == [MEI]


def test_an_answer_may_be_asked_for_sooner() -> None:
    form = NeedInfoForm(said("Which one?"), until=NOW + HOUR)
    waited = play(acknowledged(), Act.NEED_INFO, form).after.waiting
    assert waited is not None
    assert waited.until == NOW + HOUR


def test_the_answer_resumes_brings_proof_and_tells_the_owner() -> None:
    case = waiting(wait_form(WaitingOn.REQUESTER))
    change = play(case, Act.ANSWER, AnswerForm(said("po_1Nx"), (a_note(),)), actor=MEI, now=LATER)
    assert (change.after.status, change.after.waiting) == (Status.INVESTIGATING, None)
    assert [each.text for each in change.after.evidence] == ["Seen twice"]
    assert clock(change.after, ClockKind.UPDATE).state is ClockState.RUNNING
    news = told(change, NoticeKind.OWNER_NEWS)[0]
    assert (news.to, news.facts["news"], news.facts["text"]) == (ERIN, "answered", "po_1Nx")


def test_an_answer_that_nobody_awaits_is_kept_and_told() -> None:
    change = play(new(), Act.ANSWER, actor=MEI)
    assert change.after.status is Status.NEW
    assert recipients(change, NoticeKind.OWNER_NEWS) == [ERIN]


def test_whoever_covers_answers_for_the_requester() -> None:
    case = waiting(wait_form(WaitingOn.REQUESTER))
    assert play(case, Act.ANSWER, actor=TING).after.status is Status.INVESTIGATING


@pytest.mark.parametrize("text", ["", "x" * (limits.NOTE + 1)])
def test_an_empty_or_endless_answer_is_refused(text: str) -> None:
    assert refuse(waiting(), Act.ANSWER, AnswerForm(said(text)), actor=MEI).form_field == "text"


def test_resuming_lets_both_clocks_run_with_what_was_left() -> None:
    case = play(acknowledged(), Act.WAIT, wait_form(), now=LATER).after
    resumed = play(case, Act.RESUME, now=NOW + 3 * HOUR).after
    assert (resumed.status, resumed.waiting) == (Status.INVESTIGATING, None)
    update = clock(resumed, ClockKind.UPDATE)
    # One hour of nine had run before two hours of waiting: eight are left at 13:00 on Tuesday.
    assert (update.state, update.elapsed_seconds, update.due_at) == (
        ClockState.RUNNING,
        3600,
        sg("2026-03-04 12:00"),
    )


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (WaitingOn.CUSTOMER, True),
        (WaitingOn.REQUESTER, False),
        (WaitingOn.THIRD_PARTY, False),
        (WaitingOn.TEAM, False),
    ],
)
def test_the_requester_resumes_only_what_waits_on_the_customer(on: WaitingOn, may: bool) -> None:
    case = waiting(wait_form(on))
    if may:
        change = play(case, Act.RESUME, actor=MEI)
        assert [n.facts["news"] for n in told(change, NoticeKind.OWNER_NEWS)] == ["resumed"]
    else:
        answer = refuse(case, Act.RESUME, actor=MEI)
        assert answer.code is Code.NOT_ALLOWED
        assert answer.facts["roles"] == ["owner", "responder", "lead"]


def test_a_lead_who_is_the_requester_resumes_anything() -> None:
    case = replace(waiting(wait_form(WaitingOn.TEAM)), requester=LENA)
    assert play(case, Act.RESUME, actor=LENA).after.status is Status.INVESTIGATING
