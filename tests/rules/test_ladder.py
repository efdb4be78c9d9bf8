"""When the rungs of a clock are due: tables of cases, computed by hand."""

from dataclasses import replace
from datetime import datetime

import pytest

from models.rules import ladder, sla
from models.rules.case import Case, Clock, Reason
from models.rules.rulebook import ClockKind, Policy, Rulebook, Rung, RungAct
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    NEW_YORK_CALENDAR,
    a_rulebook,
    a_running_case,
    a_team,
    facts,
    sg,
    the_teams,
)

ACKNOWLEDGE, UPDATE, RESOLVE = ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RESOLVE
BOOK = a_rulebook()


def times(case: Case, kind: ClockKind, book: Rulebook = BOOK) -> dict[int, datetime]:
    """Percent of each rung to the moment at which it is due; the ladder only ever rises."""
    found = ladder.rung_times({1: book}, case, _open(case, kind))
    assert [at for _, at in found] == sorted(at for _, at in found)
    return {rung.percent: at for rung, at in found}


def expected(table: dict[int, str]) -> dict[int, datetime]:
    """Singapore's wall clock in 2026."""
    return {percent: sg("2026-" + text) for percent, text in table.items()}


LADDERS = [
    pytest.param(
        Severity.SEV1,
        ACKNOWLEDGE,
        "2026-03-03 10:00",
        # 15 minutes: 7.5, 12, 15, 18.
        {50: "03-03 10:07:30", 80: "03-03 10:12", 100: "03-03 10:15", 120: "03-03 10:18"},
        id="SEV1 within minutes",
    ),
    pytest.param(
        Severity.SEV3,
        ACKNOWLEDGE,
        "2026-03-06 17:40",
        # 4 h: 80 % is 3 h 12, 120 % is 48 minutes after the due time, all after the weekend.
        {80: "03-09 11:52", 100: "03-09 12:40", 120: "03-09 13:28"},
        id="SEV3 on a Friday at 17:40",
    ),
    pytest.param(
        Severity.SEV2,
        RESOLVE,
        "2026-03-06 17:40",
        # 8 h of weekdays: 4 h on Friday, 6 h 24 are 4 minutes into Monday; 1 h 36 after 01:40.
        {50: "03-06 21:40", 80: "03-09 00:04", 100: "03-09 01:40", 120: "03-09 03:16"},
        id="SEV2 on weekdays",
    ),
    pytest.param(
        Severity.SEV4,
        ACKNOWLEDGE,
        "2026-08-07 17:00",
        # 9 h: one of Friday, eight of Tuesday (Monday is a holiday); 1 h 48 more end on Wednesday.
        {100: "08-11 17:00", 120: "08-12 09:48"},
        id="SEV4 over National Day",
    ),
]


@pytest.mark.parametrize(("severity", "kind", "opened", "table"), LADDERS)
def test_rungs_are_due_at_their_percent_of_the_target_in_working_time(
    severity: Severity, kind: ClockKind, opened: str, table: dict[int, str]
) -> None:
    assert times(a_running_case(severity=severity, opened_at=sg(opened)), kind) == expected(table)


def test_after_a_pause_over_the_weekend_the_rungs_move_with_the_due_time() -> None:
    case = a_running_case(Status.INVESTIGATING, opened_at=sg("2026-03-06 10:00"))  # update: 9 h
    case = sla.pause(facts(case, now=sg("2026-03-06 16:00")), case, UPDATE, Reason.WAITING_CUSTOMER)
    assert ladder.rung_times({1: BOOK}, case, _open(case, UPDATE)) == []
    case = sla.resume(facts(case, now=sg("2026-03-09 11:00")), case, UPDATE, Reason.RESUMED)
    # 6 h have run: 80 % (7 h 12) is 1 h 12 away.
    assert times(case, UPDATE) == expected({80: "03-09 12:12", 100: "03-09 14:00", 120: "03-09 15:48"})


def test_rungs_that_a_raised_severity_has_overtaken_are_due_at_once() -> None:
    case = a_running_case()
    case = sla.change_severity(facts(case, now=sg("2026-03-03 10:14")), case, Severity.SEV1)
    # 14 minutes of 15 are gone: 50 and 80 % lie behind.
    table = {50: "03-03 10:14", 80: "03-03 10:14", 100: "03-03 10:15", 120: "03-03 10:18"}
    assert times(case, ACKNOWLEDGE) == expected(table)


def test_the_rungs_of_a_lowered_severity_wait_for_their_share_of_the_new_target() -> None:
    case = a_running_case(severity=Severity.SEV1)
    case = sla.change_severity(facts(case, now=sg("2026-03-03 10:12")), case, Severity.SEV3)
    # 12 minutes of 4 h are gone.
    assert times(case, ACKNOWLEDGE) == expected({80: "03-03 13:12", 100: "03-03 14:00", 120: "03-03 14:48"})


def test_after_a_reroute_the_rungs_are_counted_in_new_york() -> None:
    book = a_rulebook(teams=(*the_teams(), a_team("payments", calendar=NEW_YORK_CALENDAR)))
    case = a_running_case(rulebook=book)
    case = sla.change_team(facts(case, now=sg("2026-03-03 16:00"), rulebook=book), case, "payments")
    # New York is 13 hours behind and opens at 22:00 of Singapore; acknowledge 4 h from there.
    table = {80: "03-04 01:12", 100: "03-04 02:00", 120: "03-04 02:48"}
    assert times(case, ACKNOWLEDGE, book) == expected(table)


def test_a_promise_scales_the_ladder_from_then_to_the_due_time() -> None:
    case = a_running_case(Status.INVESTIGATING, severity=Severity.SEV2)  # update: 2 h
    case = sla.set_due(facts(case, now=sg("2026-03-03 11:00")), case, UPDATE, sg("2026-03-03 21:00"))
    # Ten hours from 11:00; 20 % of them after the due time.
    table = {50: "03-03 16:00", 80: "03-03 19:00", 100: "03-03 21:00", 120: "03-03 23:00"}
    assert times(case, UPDATE) == expected(table)


def test_a_promise_for_a_sunday_is_not_reminded_of_before_it_is_due() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.set_due(facts(case, now=sg("2026-03-06 18:30")), case, UPDATE, sg("2026-03-08 12:00"))
    # 20 % of nine hours of Monday come after it.
    assert times(case, UPDATE) == expected({80: "03-08 12:00", 100: "03-08 12:00", 120: "03-09 10:48"})


def test_a_clock_resumed_after_its_breach_goes_on_to_the_last_rung_by_what_is_left() -> None:
    case = a_running_case(Status.INVESTIGATING)  # update due Wednesday 10:00; 120 % is 1 h 48 later
    case = sla.pause(facts(case, now=sg("2026-03-04 11:00")), case, UPDATE, Reason.WAITING_CUSTOMER)
    case = sla.resume(facts(case, now=sg("2026-03-05 11:00")), case, UPDATE, Reason.RESUMED)
    assert times(case, UPDATE)[120] == sg("2026-03-05 11:48")


def test_the_next_rung_is_the_first_that_was_not_taken() -> None:
    case = a_running_case(severity=Severity.SEV1)
    assert _next(case, 0) == 50
    assert _next(case, 80) == 100
    assert _next(case, 120) is None


def test_only_the_latest_rung_is_said_after_three_days_of_outage() -> None:
    case = a_running_case(severity=Severity.SEV1)
    clock, back = _open(case, ACKNOWLEDGE), sg("2026-03-06 10:00")
    assert [r.percent for r in ladder.due_rungs({1: BOOK}, case, clock, back)] == [50, 80, 100, 120]
    latest = ladder.due_rung({1: BOOK}, case, clock, back)
    assert latest is not None
    assert latest.percent == 120


def test_nothing_is_due_before_its_time_and_a_rung_is_due_at_its_very_moment() -> None:
    case = a_running_case()
    clock = _open(case, ACKNOWLEDGE)
    assert ladder.due_rung({1: BOOK}, case, clock, sg("2026-03-03 13:11:59")) is None
    assert ladder.due_rung({1: BOOK}, case, clock, sg("2026-03-03 13:12")) is not None


def test_the_due_time_is_a_step_even_where_the_ladder_has_no_rung_for_it() -> None:
    quiet = Policy(BOOK.policies[Severity.SEV3].targets, (Rung(50, (RungAct.REMIND,)), Rung(150, (RungAct.THREAD,))))
    book = a_rulebook(policies={**BOOK.policies, Severity.SEV3: quiet})
    assert times(a_running_case(rulebook=book), ACKNOWLEDGE, book) == expected(
        {50: "03-03 12:00", 100: "03-03 14:00", 150: "03-03 16:00"}
    )


def test_rungs_come_from_the_rulebook_that_the_clock_is_stamped_with() -> None:
    case = a_running_case()
    loud = replace(BOOK, version=2, policies={**BOOK.policies, Severity.SEV3: BOOK.policies[Severity.SEV1]})
    rungs = ladder.rungs_of({1: BOOK, 2: loud}, case, _open(case, ACKNOWLEDGE))
    assert [rung.percent for rung in rungs] == [80, 100, 120]


def test_the_used_share_of_a_clock_is_working_time() -> None:
    case = a_running_case(opened_at=sg("2026-03-06 16:00"))  # acknowledge 4 h; half of it by Monday 09:00
    clock = _open(case, ACKNOWLEDGE)
    assert ladder.percent_at({1: BOOK}, clock, sg("2026-03-08 12:00")) == 50
    assert ladder.percent_at({1: BOOK}, clock, sg("2026-03-09 12:00")) == 125


def _open(case: Case, kind: ClockKind) -> Clock:
    clock = case.clock(kind)
    assert clock is not None
    return clock


def _next(case: Case, taken: int) -> int | None:
    found = ladder.next_rung({1: BOOK}, case, replace(_open(case, ACKNOWLEDGE), last_rung=taken))
    return found[0].percent if found else None
