"""Which timers a case asks for, by its state."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules import due, sla
from models.rules.case import Case, Reason, Waiting, WaitingOn
from models.rules.masking import mask
from models.rules.rulebook import ClockKind, Duration, Rulebook
from models.rules.severity import Severity
from models.rules.status import Status
from models.rules.timer import Timer, TimerPurpose
from tests.builders import (
    ERIN,
    NEW_YORK_CALENDAR,
    NOW,
    SUPPORT,
    a_case,
    a_rulebook,
    a_running_case,
    a_team,
    an_owned_case,
    facts,
    ny,
    sg,
    the_teams,
)

ACKNOWLEDGE, UPDATE, RESOLVE = ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RESOLVE
BOOK = a_rulebook()
UNTIL = sg("2026-03-04 15:00")
WAITING = Waiting(WaitingOn.CUSTOMER, mask("Their logs").text, NOW, UNTIL, asked_by=ERIN)


def timers(case: Case, book: Rulebook = BOOK) -> frozenset[Timer]:
    return due.timers_of(case, {book.version: book})


def test_every_running_clock_has_one_timer_at_its_next_rung() -> None:
    # 80 % of 4 h and of 27 h (21 h 36: 8 h of Tuesday, 9 of Wednesday, 4 h 36 of Thursday).
    assert timers(a_running_case()) == {
        Timer(TimerPurpose.LADDER, sg("2026-03-03 13:12"), ACKNOWLEDGE),
        Timer(TimerPurpose.LADDER, sg("2026-03-05 13:36"), RESOLVE),
    }


def test_a_paused_clock_has_no_timer() -> None:
    case = a_running_case(Status.INVESTIGATING)
    for kind in (UPDATE, RESOLVE):
        case = sla.pause(facts(case), case, kind, Reason.WAITING_CUSTOMER)
    assert timers(case) == frozenset()


def test_after_its_last_rung_a_clock_has_no_timer() -> None:
    case = a_running_case()
    case = replace(case, clocks=tuple(replace(clock, last_rung=120) for clock in case.clocks))
    assert timers(case) == frozenset()


def test_a_moved_due_time_moves_the_timer() -> None:
    case = a_running_case()
    case = sla.change_severity(facts(case, now=sg("2026-03-03 10:05")), case, Severity.SEV1)
    assert Timer(TimerPurpose.LADDER, sg("2026-03-03 10:07:30"), ACKNOWLEDGE) in timers(case)


def test_the_awaited_date_has_a_timer_while_the_case_waits() -> None:
    case = an_owned_case(Status.WAITING, waiting=WAITING)
    assert timers(case) == {Timer(TimerPurpose.WAIT_OVER, UNTIL)}
    assert timers(replace(case, status=Status.INVESTIGATING)) == frozenset()


@pytest.mark.parametrize("status", list(Status))
def test_another_look_is_taken_only_while_there_is_something_to_do(status: Status) -> None:
    wanted = status is Status.NEW or status.is_working
    look = Timer(TimerPurpose.LOOK_AGAIN, UNTIL)
    assert (look in timers(a_case(status=status, look_at=UNTIL))) is wanted


def resolved(**changes: Any) -> Case:
    """Resolved on Thursday at 15:00; three working days later is Tuesday at 15:00."""
    at = {"resolved_at": sg("2026-03-05 15:00"), "close_at": sg("2026-03-10 15:00")}
    return an_owned_case(Status.RESOLVED, **{**at, **changes})


def test_a_resolved_one_is_warned_a_working_day_before_it_closes_itself() -> None:
    assert timers(resolved()) == {
        Timer(TimerPurpose.CLOSE_WARNING, sg("2026-03-09 15:00")),
        Timer(TimerPurpose.AUTO_CLOSE, sg("2026-03-10 15:00")),
    }


def test_one_warning_is_enough() -> None:
    assert timers(resolved(close_warned=True)) == {Timer(TimerPurpose.AUTO_CLOSE, sg("2026-03-10 15:00"))}


def test_a_company_may_want_no_warning() -> None:
    book = a_rulebook(auto_close_warning=Duration())
    assert timers(resolved(), book) == {Timer(TimerPurpose.AUTO_CLOSE, sg("2026-03-10 15:00"))}


def test_a_warning_that_is_longer_than_the_wait_comes_at_once() -> None:
    book = a_rulebook(auto_close_warning=Duration(days=9))
    assert Timer(TimerPurpose.CLOSE_WARNING, sg("2026-03-05 15:00")) in timers(resolved(), book)


def test_the_days_before_closing_are_those_of_the_support_team() -> None:
    teams = [t if t.key != SUPPORT else a_team(SUPPORT, calendar=NEW_YORK_CALENDAR) for t in the_teams()]
    # From Thursday 02:00 of New York to Tuesday 03:00 lie 27 working hours; 18 of them end on Friday.
    assert due.warning_at(resolved(), a_rulebook(teams=teams)) == ny("2026-03-06 18:00")


@pytest.mark.parametrize("status", [Status.CLOSED, Status.CANCELLED, Status.DUPLICATE])
def test_what_has_ended_asks_for_nothing(status: Status) -> None:
    case = replace(a_running_case(), status=status, waiting=WAITING, look_at=UNTIL, close_at=UNTIL)
    assert timers(case) == frozenset()
