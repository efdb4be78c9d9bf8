"""What a case's dates do when they come: a wait that is over, another look, the warning and the close."""

from datetime import timedelta
from typing import Any

import pytest

from models.rules.acts import Act
from models.rules.case import Case, ClockState, WaitingOn
from models.rules.change import EventKind, NoticeKind
from models.rules.rulebook import ClockKind, Duration
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    ERIN,
    EVAN,
    MEI,
    NOW,
    TING,
    a_person,
    a_rulebook,
    a_running_case,
    an_owned_case,
    sg,
    the_people,
)
from tests.rules.playing import play, wait_form
from tests.rules.stepping import a_wait, happened, notice, owned, said, tick

ACKNOWLEDGE, UPDATE, RESOLVE = ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RESOLVE
OUTAGE_OVER = sg("2026-03-06 10:00")  # three days after NOW
ALL_AWAY = {
    **the_people(),
    **{user: a_person(user, away_until=NOW + timedelta(days=30)) for user in (ERIN, ARJUN, EVAN)},
}


@pytest.mark.parametrize(
    ("on", "messages"),
    [
        (WaitingOn.REQUESTER, [(NoticeKind.INFO_REQUEST, MEI), (NoticeKind.WAIT_OVER, ERIN)]),
        (WaitingOn.CUSTOMER, [(NoticeKind.WAIT_OVER, ERIN)]),
        (WaitingOn.THIRD_PARTY, [(NoticeKind.WAIT_OVER, ERIN)]),
        (WaitingOn.TEAM, [(NoticeKind.WAIT_OVER, ERIN)]),
    ],
)
def test_when_the_awaited_date_has_passed_the_owner_is_asked_once(
    on: WaitingOn, messages: list[tuple[NoticeKind, str]]
) -> None:
    until = sg("2026-03-03 12:00")
    change = tick(a_wait(on, until), until)
    assert said(change) == messages
    assert (change.after.status, happened(change)) == (Status.INVESTIGATING, [EventKind.WAIT_OVER])
    assert change.after.waiting is None
    assert tick(change.after, sg("2026-03-03 12:30")).notices == ()


def test_a_wait_that_nobody_ends_does_not_stop_the_clocks_for_ever() -> None:
    until = sg("2026-03-03 12:00")
    waiting = play(owned(), Act.WAIT, wait_form(until=until), now=sg("2026-03-03 11:00")).after
    assert {clock.state for clock in waiting.clocks if clock.is_open} == {ClockState.PAUSED}
    resumed = tick(waiting, until).after
    assert {clock.kind: clock.due_at for clock in resumed.clocks if clock.is_open} == {
        UPDATE: sg("2026-03-03 13:00"),
        RESOLVE: sg("2026-03-03 19:00"),
    }
    breached = tick(resumed, sg("2026-03-03 13:00"))
    assert (EventKind.BREACHED in happened(breached), breached.after.owner) == (True, ERIN)


def test_another_look_goes_to_the_same_person_who_may_still_accept() -> None:
    case = a_running_case(look_at=sg("2026-03-03 12:00"))
    change = tick(case, sg("2026-03-03 12:00"))
    assert said(change) == [(NoticeKind.ON_CALL, ERIN)]
    assert change.after.look_at is None
    assert notice(change, NoticeKind.ON_CALL).facts["why"] == "look_again"


def test_another_look_reminds_an_owner() -> None:
    change = tick(owned(Severity.SEV3, look_at=sg("2026-03-03 12:00")), sg("2026-03-03 12:00"))
    assert said(change) == [(NoticeKind.REMINDER, ERIN)]


def resolved(**changes: Any) -> Case:
    at = {"resolved_at": sg("2026-03-05 15:00"), "close_at": sg("2026-03-10 15:00")}
    return an_owned_case(Status.RESOLVED, **{**at, **changes})


def test_a_working_day_before_it_closes_itself_the_requester_is_warned() -> None:
    change = tick(resolved(), sg("2026-03-09 15:00"))
    assert said(change) == [(NoticeKind.CLOSE_WARNING, MEI)]
    assert notice(change, NoticeKind.CLOSE_WARNING).facts["close_at"] == sg("2026-03-10 15:00").isoformat()
    assert (change.after.close_warned, change.after.status) == (True, Status.RESOLVED)


def test_unanswered_it_closes_itself() -> None:
    change = tick(resolved(close_warned=True, followers=frozenset({TING})), sg("2026-03-10 15:00"))
    assert (change.after.status, change.after.ended_at) == (Status.CLOSED, sg("2026-03-10 15:00"))
    assert change.after.closure is not None
    assert change.after.closure.by is None
    assert said(change) == [(NoticeKind.FOLLOWER_NEWS, TING), (NoticeKind.REQUESTER_NEWS, MEI)]
    assert happened(change) == [EventKind.CLOSED_ITSELF]


def test_it_never_closes_itself_unannounced() -> None:
    change = tick(resolved(), sg("2026-03-12 10:00"))
    assert (change.after.status, change.after.close_warned) == (Status.RESOLVED, True)
    assert change.after.close_at == sg("2026-03-13 10:00")  # a working day from now
    assert said(change) == [(NoticeKind.CLOSE_WARNING, MEI)]
    assert tick(change.after, sg("2026-03-13 10:00")).after.status is Status.CLOSED


def test_a_company_without_warnings_closes_at_once() -> None:
    change = tick(resolved(), sg("2026-03-10 15:00"), rulebook=a_rulebook(auto_close_warning=Duration()))
    assert change.after.status is Status.CLOSED
