"""Why a clock is due when it is: the lines of `why`, with hand-computed seconds."""

from dataclasses import replace

from models.rules import sla
from models.rules.case import Case, Clock, Reason, SegmentState
from models.rules.explain import Step, Stretch, explain
from models.rules.rulebook import ClockKind
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import a_running_case, facts, sg

ACKNOWLEDGE, RESOLVE = ClockKind.ACKNOWLEDGE, ClockKind.RESOLVE
HOUR = 3600


def the(case: Case, kind: ClockKind) -> Clock:
    return max((c for c in case.clocks if c.kind is kind), key=lambda c: c.cycle)


def stretches(case: Case, now: str, kind: ClockKind = RESOLVE) -> list[Stretch]:
    lines = explain(facts(case, now=sg(now)), the(case, kind))
    return [line for line in lines if isinstance(line, Stretch)]


def steps(case: Case, now: str, kind: ClockKind = ACKNOWLEDGE) -> list[Step]:
    lines = explain(facts(case, now=sg(now)), the(case, kind))
    return [line for line in lines if isinstance(line, Step)]


def paused_over_the_weekend() -> Case:
    case = a_running_case(Status.INVESTIGATING, opened_at=sg("2026-03-06 10:00"))
    case = sla.pause(facts(case, now=sg("2026-03-06 16:00")), case, RESOLVE, Reason.WAITING_CUSTOMER)
    return sla.resume(facts(case, now=sg("2026-03-09 11:00")), case, RESOLVE, Reason.RESUMED)


def test_each_segment_says_what_was_worked_and_what_was_out_of_hours() -> None:
    # Monday 11:00 to Tuesday 10:00: 7 h and 1 h worked, 15 h out of hours.
    lines = stretches(paused_over_the_weekend(), "2026-03-10 10:00")
    assert [(s.state, s.reason, s.worked_seconds, s.out_of_hours_seconds, s.sum_seconds) for s in lines] == [
        (SegmentState.RUNNING, Reason.OPENED, 6 * HOUR, 0, 6 * HOUR),
        (SegmentState.PAUSED, Reason.WAITING_CUSTOMER, 0, 0, 6 * HOUR),
        (SegmentState.RUNNING, Reason.RESUMED, 8 * HOUR, 15 * HOUR, 14 * HOUR),
    ]
    assert [s.ended_at for s in lines] == [sg("2026-03-06 16:00"), sg("2026-03-09 11:00"), None]


def test_the_sum_of_a_reopened_clock_begins_with_what_its_last_cycle_used() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.stop(facts(case, now=sg("2026-03-03 16:00")), case, RESOLVE)
    case = sla.begin(facts(case, now=sg("2026-03-05 10:00")), case, RESOLVE, Reason.REOPENED)
    (line,) = stretches(case, "2026-03-05 12:00")
    assert (line.worked_seconds, line.sum_seconds) == (2 * HOUR, 8 * HOUR)


def test_what_lasted_no_time_is_left_out() -> None:
    case = a_running_case()
    case = sla.resume(facts(case), case, RESOLVE, Reason.WAITING_TEAM)
    assert [s.reason for s in stretches(case, "2026-03-03 11:00")] == [Reason.WAITING_TEAM]


def test_steps_to_come_are_told_with_their_times() -> None:
    assert [(s.percent, s.taken, s.at) for s in steps(a_running_case(), "2026-03-03 11:00")] == [
        (80, False, sg("2026-03-03 13:12")),
        (100, False, sg("2026-03-03 14:00")),
        (120, False, sg("2026-03-03 14:48")),
    ]


def taken(case: Case, kind: ClockKind, percent: int) -> Case:
    clocks = (replace(c, last_rung=percent) if c.kind is kind else c for c in case.clocks)
    return replace(case, clocks=tuple(clocks))


def test_steps_that_were_taken_are_told_with_the_time_at_which_they_were_due() -> None:
    case = taken(a_running_case(), ACKNOWLEDGE, 80)
    assert [(s.percent, s.taken, s.at) for s in steps(case, "2026-03-03 13:30")][:2] == [
        (80, True, sg("2026-03-03 13:12")),
        (100, False, sg("2026-03-03 14:00")),
    ]


def test_a_taken_step_is_found_in_the_segment_in_which_it_was_reached() -> None:
    # 80 % of 27 h is 21 h 36: six on Friday, then 15 h 36 from Monday 11:00 on: 7 h, and 8 h 36 of Tuesday.
    case = taken(paused_over_the_weekend(), RESOLVE, 80)
    found = steps(case, "2026-03-11 10:00", RESOLVE)[0]
    assert (found.taken, found.at) == (True, sg("2026-03-10 17:36"))


def test_the_breach_is_told_with_the_time_at_which_it_happened() -> None:
    case = sla.mark_breaches(a_running_case(), sg("2026-03-03 15:00"))
    found = steps(taken(case, ACKNOWLEDGE, 100), "2026-03-03 15:00")[1]
    assert (found.percent, found.taken, found.at) == (100, True, sg("2026-03-03 14:00"))


def test_a_step_that_an_earlier_target_took_has_no_time() -> None:
    case = taken(a_running_case(severity=Severity.SEV1), ACKNOWLEDGE, 80)
    case = sla.change_severity(facts(case, now=sg("2026-03-03 10:13")), case, Severity.SEV3)
    found = steps(case, "2026-03-03 11:00")[0]
    assert (found.percent, found.taken, found.at) == (80, True, None)


def test_the_steps_of_a_paused_clock_have_no_time_yet() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.pause(facts(case, now=sg("2026-03-03 11:00")), case, RESOLVE, Reason.WAITING_CUSTOMER)
    assert [s.at for s in steps(case, "2026-03-03 12:00", RESOLVE)] == [None, None, None]


def test_a_clock_that_has_ended_has_no_steps_to_come() -> None:
    case = sla.stop(facts(now=sg("2026-03-03 13:30")), taken(a_running_case(), ACKNOWLEDGE, 80), ACKNOWLEDGE)
    assert [(s.percent, s.taken) for s in steps(case, "2026-03-04 10:00")] == [(80, True)]
