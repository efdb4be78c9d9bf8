"""The three clocks: due times computed by hand, from the calendars of tests.builders.

A working day is 09:00 to 18:00, nine hours; SEV3 has 4 h to acknowledge, 9 h to update, 27 h to resolve.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules import sla
from models.rules.case import Case, Clock, ClockState, Reason, SegmentState, Waiting, WaitingOn
from models.rules.facts import Facts
from models.rules.masking import mask
from models.rules.rulebook import ClockKind, Rulebook
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ERIN,
    NEW_YORK_CALENDAR,
    NOW,
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
HOUR = 3600


def at(case: Case, text: str, **changes: object) -> Facts:
    """The bot's facts about a case at a moment of Singapore."""
    return facts(case, actor=None, now=sg(text), **changes)


def the(case: Case, kind: ClockKind) -> Clock:
    """The open clock of that kind, or else its last cycle."""
    return case.clock(kind) or max((c for c in case.clocks if c.kind is kind), key=lambda c: c.cycle)


BEGINNINGS = [
    ("within one day", "2026-03-03 10:00", Severity.SEV3, ACKNOWLEDGE, "2026-03-03 14:00"),
    # 20 minutes of Friday, 3 h 40 of Monday.
    ("over a weekend", "2026-03-06 17:40", Severity.SEV3, ACKNOWLEDGE, "2026-03-09 12:40"),
    # National Day is Sunday 9 August 2026, so Monday is its substitute.
    ("over a holiday's substitute", "2026-08-07 17:40", Severity.SEV3, ACKNOWLEDGE, "2026-08-11 12:40"),
    # Two hours of Monday; Tuesday and Wednesday are Lunar New Year; two hours of Thursday.
    ("over Lunar New Year", "2026-02-16 16:00", Severity.SEV3, ACKNOWLEDGE, "2026-02-19 11:00"),
    ("round the clock", "2026-03-06 17:40", Severity.SEV1, ACKNOWLEDGE, "2026-03-06 17:55"),
    # 6 h 20 are left of Friday's 24 hours, 1 h 40 of Monday's.
    ("on weekdays round the clock", "2026-03-06 17:40", Severity.SEV2, RESOLVE, "2026-03-09 01:40"),
    # 20 minutes of Friday, 18 h of Monday and Tuesday, 8 h 40 of Wednesday.
    ("three working days", "2026-03-06 17:40", Severity.SEV3, RESOLVE, "2026-03-11 17:40"),
    ("opened on a Saturday", "2026-03-07 12:00", Severity.SEV3, ACKNOWLEDGE, "2026-03-09 13:00"),
    # 8 h of Tuesday and one of Wednesday.
    ("one working day", "2026-03-03 10:00", Severity.SEV4, ACKNOWLEDGE, "2026-03-04 10:00"),
    ("due as the office closes", "2026-03-03 14:00", Severity.SEV3, ACKNOWLEDGE, "2026-03-03 18:00"),
]


@pytest.mark.parametrize(
    ("opened", "severity", "kind", "due"), [b[1:] for b in BEGINNINGS], ids=[b[0] for b in BEGINNINGS]
)
def test_a_clock_is_due_after_its_target_in_working_time(
    opened: str, severity: Severity, kind: ClockKind, due: str
) -> None:
    case = a_case(opened_at=sg(opened), severity=severity)
    case = sla.begin(at(case, opened), case, kind, Reason.OPENED)
    clock = the(case, kind)
    assert (clock.due_at, clock.state, clock.cycle) == (sg(due), ClockState.RUNNING, 1)


def test_a_second_clock_of_a_kind_is_never_begun_while_one_is_open() -> None:
    case = a_running_case()
    with pytest.raises(ValueError, match="open already"):
        sla.begin(facts(case), case, ACKNOWLEDGE, Reason.OPENED)


def test_every_update_begins_a_new_cycle() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.stop(at(case, "2026-03-03 12:00"), case, UPDATE)
    case = sla.begin(at(case, "2026-03-03 12:00"), case, UPDATE, Reason.UPDATED)
    # 6 h of Tuesday, 3 h of Wednesday.
    assert (the(case, UPDATE).cycle, the(case, UPDATE).due_at) == (2, sg("2026-03-04 12:00"))


def test_a_pause_over_a_weekend_moves_the_due_time_by_what_was_paused() -> None:
    case = a_running_case(opened_at=sg("2026-03-06 10:00"))
    # Six hours of Friday have run.
    case = sla.pause(at(case, "2026-03-06 16:00"), case, RESOLVE, Reason.WAITING_CUSTOMER)
    held = the(case, RESOLVE)
    assert (held.state, held.due_at, held.elapsed_seconds) == (ClockState.PAUSED, None, 6 * HOUR)
    # 21 h remain: 7 h of Monday, 9 h of Tuesday, 5 h of Wednesday.
    case = sla.resume(at(case, "2026-03-09 11:00"), case, RESOLVE, Reason.RESUMED)
    assert the(case, RESOLVE).due_at == sg("2026-03-11 14:00")


def test_pausing_stops_the_clock_outside_office_hours() -> None:
    case = a_running_case()  # Tuesday 10:00
    case = sla.pause(at(case, "2026-03-03 21:00"), case, RESOLVE, Reason.WAITING_CUSTOMER)
    assert the(case, RESOLVE).elapsed_seconds == 8 * HOUR
    case = sla.resume(at(case, "2026-03-04 06:00"), case, RESOLVE, Reason.RESUMED)
    # 19 h remain: two whole days and an hour of Friday.
    assert the(case, RESOLVE).due_at == sg("2026-03-06 10:00")


def test_a_running_clock_that_is_resumed_says_why_and_keeps_its_due_time() -> None:
    case = a_running_case(Status.WAITING)
    before = the(case, RESOLVE)
    case = sla.resume(at(case, "2026-03-03 12:00"), case, RESOLVE, Reason.WAITING_TEAM)
    after = the(case, RESOLVE)
    assert (after.due_at, after.segments[-1].reason) == (before.due_at, Reason.WAITING_TEAM)


@pytest.mark.parametrize(
    ("kind", "before", "after", "moment", "due"),
    [
        # 10 minutes are gone of 30.
        pytest.param(ACKNOWLEDGE, Severity.SEV3, Severity.SEV2, "2026-03-03 10:10", "2026-03-03 10:30", id="raised"),
        # An hour is gone of 15 minutes: due now, and not three quarters of an hour ago.
        pytest.param(
            ACKNOWLEDGE, Severity.SEV3, Severity.SEV1, "2026-03-03 11:00", "2026-03-03 11:00", id="raised late"
        ),
        # 2 h are gone of 8 h on weekdays.
        pytest.param(RESOLVE, Severity.SEV3, Severity.SEV2, "2026-03-03 12:00", "2026-03-03 18:00", id="to weekdays"),
        # 2 h are gone of 27 h: 6 h of Tuesday, 18 h of Wednesday and Thursday, 1 h of Friday.
        pytest.param(RESOLVE, Severity.SEV1, Severity.SEV3, "2026-03-03 12:00", "2026-03-06 10:00", id="lowered"),
        # 20 minutes are gone of 4 h, five of them late.
        pytest.param(
            ACKNOWLEDGE, Severity.SEV1, Severity.SEV3, "2026-03-03 10:20", "2026-03-03 14:00", id="lowered late"
        ),
    ],
)
def test_a_severity_keeps_what_has_elapsed_and_moves_the_due_time(
    kind: ClockKind, before: Severity, after: Severity, moment: str, due: str
) -> None:
    case = a_running_case(severity=before)
    case = sla.change_severity(at(case, moment), case, after)
    assert case.severity is after
    assert the(case, kind).due_at == sg(due)


def test_a_breach_is_not_taken_back_by_a_lower_severity() -> None:
    case = a_running_case(severity=Severity.SEV1)  # due 10:15
    case = sla.change_severity(at(case, "2026-03-03 10:20"), case, Severity.SEV3)
    assert the(case, ACKNOWLEDGE).breached_at == sg("2026-03-03 10:15")


def test_a_paused_clock_takes_its_new_target_when_it_resumes() -> None:
    case = a_running_case(Status.WAITING)
    case = sla.pause(at(case, "2026-03-03 11:00"), case, UPDATE, Reason.WAITING_CUSTOMER)
    case = sla.change_severity(at(case, "2026-03-03 12:00"), case, Severity.SEV2)
    assert (the(case, UPDATE).state, the(case, UPDATE).due_at) == (ClockState.PAUSED, None)
    # One hour had run of what is two hours now.
    case = sla.resume(at(case, "2026-03-03 15:00"), case, UPDATE, Reason.RESUMED)
    assert the(case, UPDATE).due_at == sg("2026-03-03 16:00")


def a_company_with_new_york() -> Rulebook:
    return a_rulebook(teams=(*the_teams(), a_team("payments", calendar=NEW_YORK_CALENDAR)))


def test_after_a_reroute_what_remains_is_counted_on_the_new_teams_calendar() -> None:
    book = a_company_with_new_york()
    case = a_running_case(rulebook=book)
    # Six hours have run in Singapore; it is 03:00 in New York, where 21 h remain: Tuesday, Wednesday, 3 h of Thursday.
    case = sla.change_team(at(case, "2026-03-03 16:00", rulebook=book), case, "payments")
    assert case.team == "payments"
    assert (the(case, RESOLVE).due_at, the(case, RESOLVE).cycle) == (ny("2026-03-05 12:00"), 1)
    acknowledge = the(case, ACKNOWLEDGE)
    assert (acknowledge.due_at, acknowledge.cycle) == (ny("2026-03-03 13:00"), 2)


def test_a_reroute_voids_the_update_clock_and_the_old_acknowledge_cycle() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.change_team(at(case, "2026-03-03 12:00"), case, "product")
    assert the(case, UPDATE).state is ClockState.VOID
    assert case.clock(ACKNOWLEDGE) is not None
    case = sla.change_team(at(case, "2026-03-03 13:00"), case, "operations")
    assert [c.state for c in case.clocks if c.kind is ACKNOWLEDGE] == [ClockState.VOID, ClockState.RUNNING]


def test_a_paused_resolve_clock_runs_again_in_the_new_team() -> None:
    case = a_running_case(Status.WAITING)
    case = sla.pause(at(case, "2026-03-03 12:00"), case, RESOLVE, Reason.WAITING_CUSTOMER)
    case = sla.change_team(at(case, "2026-03-03 15:00"), case, "product")
    # 2 h had run; 25 h remain: 3 h of Tuesday, 18 h of Wednesday and Thursday, 4 h of Friday.
    assert the(case, RESOLVE).due_at == sg("2026-03-06 13:00")


def test_a_resolved_one_takes_its_resolve_clock_up_when_it_goes_to_another_team() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.stop(at(case, "2026-03-03 12:00"), case, RESOLVE)
    case = sla.change_team(at(case, "2026-03-04 09:00"), case, "product")
    resolve = the(case, RESOLVE)
    assert (resolve.cycle, resolve.elapsed_seconds, resolve.due_at) == (2, 2 * HOUR, sg("2026-03-06 16:00"))


def resolved_and_reopened(resolved: str, reopened: str) -> Case:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.stop(at(case, resolved), case, RESOLVE)
    return sla.begin(at(case, reopened), case, RESOLVE, Reason.REOPENED)


def test_reopening_resumes_the_resolve_clock_as_a_new_cycle() -> None:
    case = resolved_and_reopened("2026-03-03 16:00", "2026-03-05 10:00")
    resolve = the(case, RESOLVE)
    # Six hours had run; 21 h remain: 8 h of Thursday, 9 h of Friday, 4 h of Monday.
    assert (resolve.cycle, resolve.elapsed_seconds, resolve.due_at) == (2, 6 * HOUR, sg("2026-03-09 13:00"))


def test_reopening_after_a_breach_carries_the_breach_on() -> None:
    case = resolved_and_reopened("2026-03-06 12:00", "2026-03-10 10:00")
    due = sg("2026-03-06 10:00")  # 8 h of Tuesday, 18 h, one hour of Friday
    assert (the(case, RESOLVE).breached_at, the(case, RESOLVE).due_at) == (due, due)


def waiting_on_a_third_party(until: str) -> Case:
    case = a_running_case(Status.WAITING, severity=Severity.SEV2)  # update due 12:00
    waiting = Waiting(WaitingOn.THIRD_PARTY, mask("The bank").text, sg("2026-03-03 10:30"), sg(until), ERIN)
    case = replace(case, waiting=waiting)
    return sla.set_due(at(case, "2026-03-03 10:30"), case, UPDATE, sg(until))


def test_a_promised_update_is_due_when_it_was_promised() -> None:
    update = the(waiting_on_a_third_party("2026-03-04 15:00"), UPDATE)
    assert (update.due_at, update.segments[-1].reason) == (sg("2026-03-04 15:00"), Reason.WAITING_THIRD_PARTY)
    assert update.target_seconds == 29 * HOUR  # half an hour had run, 28.5 h are promised


def test_after_a_promise_a_whole_target_from_the_resumption_is_enough() -> None:
    case = waiting_on_a_third_party("2026-03-04 15:00")
    case = sla.resume(at(case, "2026-03-03 12:00"), case, UPDATE, Reason.RESUMED)
    assert the(case, UPDATE).due_at == sg("2026-03-03 14:00")


def test_a_promise_stands_where_it_is_sooner_than_a_whole_target() -> None:
    case = waiting_on_a_third_party("2026-03-03 13:00")
    case = sla.resume(at(case, "2026-03-03 12:00"), case, UPDATE, Reason.RESUMED)
    assert the(case, UPDATE).due_at == sg("2026-03-03 13:00")


def test_a_promise_outlives_a_pause() -> None:
    case = waiting_on_a_third_party("2026-03-03 13:30")
    case = sla.pause(at(case, "2026-03-03 12:30"), case, UPDATE, Reason.WAITING_CUSTOMER)
    case = sla.resume(at(case, "2026-03-03 17:00"), case, UPDATE, Reason.RESUMED)
    assert the(case, UPDATE).due_at == sg("2026-03-03 18:00")  # the hour that was left of it


def test_a_worse_severity_cuts_a_promise_to_a_whole_target() -> None:
    case = waiting_on_a_third_party("2026-03-04 15:00")
    case = sla.change_severity(at(case, "2026-03-03 12:00"), case, Severity.SEV1)
    assert the(case, UPDATE).due_at == sg("2026-03-03 12:30")


def test_stopping_late_stamps_the_time_at_which_it_was_due() -> None:
    case = a_running_case()  # acknowledge due 14:00
    case = sla.stop(at(case, "2026-03-03 15:30"), case, ACKNOWLEDGE)
    clock = the(case, ACKNOWLEDGE)
    assert (clock.state, clock.breached_at) == (ClockState.STOPPED, sg("2026-03-03 14:00"))
    assert (clock.stopped_at, clock.elapsed_seconds) == (sg("2026-03-03 15:30"), 5 * HOUR + HOUR // 2)


def test_stopping_at_the_due_moment_is_in_time() -> None:
    case = a_running_case()
    case = sla.stop(at(case, "2026-03-03 14:00"), case, ACKNOWLEDGE)
    assert the(case, ACKNOWLEDGE).breached_at is None


def test_pausing_late_keeps_the_breach() -> None:
    case = a_running_case(Status.INVESTIGATING)  # update due Wednesday 10:00
    case = sla.pause(at(case, "2026-03-04 12:00"), case, UPDATE, Reason.WAITING_CUSTOMER)
    case = sla.resume(at(case, "2026-03-05 12:00"), case, UPDATE, Reason.RESUMED)
    clock = the(case, UPDATE)
    assert (clock.breached_at, clock.due_at) == (sg("2026-03-04 10:00"), sg("2026-03-04 10:00"))


def test_stopping_what_does_not_run_changes_nothing() -> None:
    case = a_running_case()
    assert sla.stop(facts(case), case, UPDATE) == case
    assert sla.pause(facts(case), case, UPDATE, Reason.WAITING_CUSTOMER) == case
    assert sla.resume(facts(case), case, UPDATE, Reason.RESUMED) == case
    assert sla.set_due(facts(case), case, UPDATE, NOW) == case


def test_voiding_ends_the_named_clocks_only() -> None:
    case = a_running_case(Status.INVESTIGATING)
    case = sla.void(at(case, "2026-03-03 12:00"), case, (UPDATE,))
    assert (the(case, UPDATE).state, the(case, RESOLVE).state) == (ClockState.VOID, ClockState.RUNNING)


def test_breaches_are_marked_from_the_due_moment_on() -> None:
    case = a_running_case()
    assert not sla.mark_breaches(case, sg("2026-03-03 13:59")).breached
    marked = sla.mark_breaches(case, sg("2026-03-05 09:00"))
    assert the(marked, ACKNOWLEDGE).breached_at == sg("2026-03-03 14:00")
    assert the(marked, RESOLVE).breached_at is None


def test_the_next_clock_is_the_running_one_that_is_due_first() -> None:
    case = a_running_case(Status.INVESTIGATING)
    found = sla.next_clock(case)
    assert found is not None
    assert found.kind is UPDATE
    case = sla.pause(at(case, "2026-03-03 11:00"), case, UPDATE, Reason.WAITING_REQUESTER)
    found = sla.next_clock(case)
    assert found is not None
    assert found.kind is RESOLVE
    assert sla.next_clock(an_owned_case(Status.RESOLVED)) is None


def test_a_clock_counts_under_the_rulebook_it_was_stamped_with() -> None:
    old = a_rulebook()
    case = a_running_case(rulebook=old)
    new = a_rulebook(version=2, teams=(a_team(calendar=NEW_YORK_CALENDAR), *the_teams()[1:]))
    later = facts(case, actor=None, now=sg("2026-03-03 12:00"), rulebook=new, books={1: old, 2: new})
    case = sla.pause(later, case, RESOLVE, Reason.WAITING_CUSTOMER)
    assert the(case, RESOLVE).elapsed_seconds == 2 * HOUR
    assert the(case, RESOLVE).segments[-1].config_version == 1


STEPS = ("pause", "resume", "severity", "promise", "team", "stop and begin")


def stepped(case: Case, step: str, known: Facts, pick: int) -> Case:
    if step == "pause":
        return sla.pause(known, case, (UPDATE, RESOLVE)[pick % 2], Reason.WAITING_CUSTOMER)
    if step == "resume":
        return sla.resume(known, case, (UPDATE, RESOLVE)[pick % 2], Reason.RESUMED)
    if step == "severity":
        return sla.change_severity(known, case, list(Severity)[pick % 4])
    if step == "promise":
        return sla.set_due(known, case, UPDATE, known.now + timedelta(hours=pick))
    if step == "team":
        return sla.change_team(known, case, list(known.rulebook.teams)[pick % 5])
    if case.clock(UPDATE) is None and case.clock(ACKNOWLEDGE) is not None:
        case = sla.stop(known, case, ACKNOWLEDGE)
    return sla.begin(known, sla.stop(known, case, UPDATE), UPDATE, Reason.UPDATED)


def breaches(case: Case) -> dict[tuple[ClockKind, int], datetime]:
    return {(c.kind, c.cycle): c.breached_at for c in case.clocks if c.breached_at}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 60 * 40), st.integers(0, 50)), max_size=12))
def test_whatever_happens_segments_join_and_add_up_and_no_breach_is_taken_back(
    steps: list[tuple[str, int, int]],
) -> None:
    book = a_company_with_new_york()
    case, now = a_running_case(rulebook=book), NOW
    for step, minutes, pick in steps:
        now += timedelta(minutes=minutes)
        known, before = facts(case, actor=None, now=now, rulebook=book), breaches(case)
        case = stepped(case, step, known, pick)
        assert before.items() <= breaches(case).items()
        for clock in case.clocks:
            assert all(one.ended_at == other.started_at for one, other in pairwise(clock.segments))
            ended = [s for s in clock.segments if s.ended_at]
            assert clock.elapsed_seconds == sum(sla.worked_seconds(known.books, s, now) for s in ended)
            assert (clock.state is ClockState.RUNNING) <= (clock.due_at is not None)
            assert (clock.segments[-1].ended_at is None) == clock.is_open
            paused = clock.segments[-1].state is SegmentState.PAUSED
            assert (clock.state is ClockState.PAUSED) == (paused and clock.is_open)
