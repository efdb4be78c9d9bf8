"""What the bot does by itself when timers are due: reminders, breaches, the next on the rotation, dates.

Every test ticks as the timers do: it takes the timers that the case asks for and that are due.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules import due, sla
from models.rules.case import Case, ClockState, Reason, WaitingOn
from models.rules.change import Change, EventKind, NoticeKind, Place
from models.rules.moves.forms import StepForm
from models.rules.moves.run_step import run_step
from models.rules.people import PersonKind
from models.rules.rulebook import ClockKind, Policy, Rung, RungAct
from models.rules.severity import Severity
from models.rules.timer import Timer, TimerPurpose
from tests.builders import (
    ARJUN,
    ENGINEERING,
    ERIN,
    EVAN,
    LENA,
    MEI,
    NOW,
    a_person,
    a_rulebook,
    a_running_case,
    facts,
    sg,
    the_people,
)
from tests.rules.stepping import a_wait, happened, notice, owned, said, tick

ACKNOWLEDGE, UPDATE, RESOLVE = ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RESOLVE
OUTAGE_OVER = sg("2026-03-06 10:00")  # three days after NOW
ALL_AWAY = {
    **the_people(),
    **{user: a_person(user, away_until=NOW + timedelta(days=30)) for user in (ERIN, ARJUN, EVAN)},
}


LADDER = [
    # SEV1: 15 minutes from 10:00.
    (Severity.SEV1, 50, "10:08", [(NoticeKind.REMINDER, ERIN)]),
    (
        Severity.SEV1,
        80,
        "10:12",
        [(NoticeKind.THREAD_REMINDER, ENGINEERING), (NoticeKind.CHANNEL_REMINDER, ENGINEERING)],
    ),
    (
        Severity.SEV1,
        100,
        "10:15",
        [(NoticeKind.ON_CALL, ARJUN), (NoticeKind.BREACH, ENGINEERING), (NoticeKind.LEAD_TOLD, LENA)],
    ),
    (Severity.SEV1, 120, "10:18", [(NoticeKind.LEAD_PAGED, LENA)]),
    # SEV3: 4 h.
    (Severity.SEV3, 80, "13:12", [(NoticeKind.REMINDER, ERIN)]),
    (Severity.SEV3, 100, "14:00", [(NoticeKind.ON_CALL, ARJUN), (NoticeKind.BREACH, ENGINEERING)]),
    (Severity.SEV3, 120, "14:48", []),
]


@pytest.mark.parametrize(("severity", "percent", "at", "messages"), LADDER)
def test_each_rung_of_the_acknowledge_clock_says_what_the_ladder_says(
    severity: Severity, percent: int, at: str, messages: list[tuple[NoticeKind, str]]
) -> None:
    before = {50: 0, 80: 50, 100: 80, 120: 100}[percent]
    change = tick(_at_rung(a_running_case(severity=severity), ACKNOWLEDGE, before), sg(f"2026-03-03 {at}"))
    assert said(change) == messages
    clock = change.after.clock(ACKNOWLEDGE)
    assert clock is not None
    assert clock.last_rung == percent


def test_a_minor_question_is_only_told_to_whoever_has_it() -> None:
    case = a_running_case(severity=Severity.SEV4)  # due Wednesday 10:00
    change = tick(case, sg("2026-03-04 10:00"))
    assert said(change) == [(NoticeKind.REMINDER, ERIN)]
    assert happened(change) == [EventKind.RUNG_TAKEN, EventKind.BREACHED]


def test_a_reminder_says_why_it_comes() -> None:
    reminder = notice(tick(a_running_case(), sg("2026-03-03 13:12")), NoticeKind.REMINDER)
    assert reminder.facts == {
        "why": "rung",
        "clock": "acknowledge",
        "percent": 80,
        "due_at": sg("2026-03-03 14:00").isoformat(),
        "target_seconds": 14400,
    }


def test_a_rung_is_taken_once() -> None:
    first = tick(a_running_case(), sg("2026-03-03 13:12"))
    assert said(first) != []
    again = tick(first.after, sg("2026-03-03 13:30"))
    assert (again.events, again.notices, again.after) == ((), (), first.after)


def test_a_timer_whose_clock_has_stopped_does_nothing() -> None:
    case = a_running_case()
    stopped = sla.stop(facts(case, now=sg("2026-03-03 13:00")), case, ACKNOWLEDGE)
    known = facts(stopped, actor=None, now=sg("2026-03-03 14:00"))
    stale = Timer(TimerPurpose.LADDER, sg("2026-03-03 13:12"), ACKNOWLEDGE)
    change = run_step(known, StepForm((stale,)))
    assert isinstance(change, Change)
    assert (change.events, change.notices) == ((), ())


def test_a_breach_carries_the_time_at_which_it_happened_and_not_when_it_was_noticed() -> None:
    change = tick(a_running_case(), sg("2026-03-03 14:07"))
    clock = change.after.clock(ACKNOWLEDGE)
    assert clock is not None
    assert clock.breached_at == sg("2026-03-03 14:00")
    assert notice(change, NoticeKind.BREACH).facts["due_at"] == sg("2026-03-03 14:00").isoformat()
    assert happened(change).count(EventKind.BREACHED) == 1


def test_a_breach_is_stamped_even_where_the_ladder_has_no_rung_for_it() -> None:
    book = a_rulebook()
    bare = Policy(book.policies[Severity.SEV3].targets, (Rung(50, (RungAct.REMIND,)),))
    book = replace(book, policies={**book.policies, Severity.SEV3: bare})
    case = _at_rung(a_running_case(rulebook=book), ACKNOWLEDGE, 50)
    change = tick(case, sg("2026-03-03 14:00"), rulebook=book)
    assert change.after.breached
    assert said(change) == [(NoticeKind.BREACH, ENGINEERING)]


def test_whoever_was_asked_and_did_not_accept_is_passed_over_for_good() -> None:
    change = tick(_at_rung(a_running_case(), ACKNOWLEDGE, 80), sg("2026-03-03 14:00"))
    assert (change.after.suggested_owner, change.after.passed_over) == (ARJUN, (ERIN,))
    passed = next(event for event in change.events if event.kind is EventKind.PASSED_ON)
    assert (passed.facts["from"], passed.facts["to"], passed.facts["percent"]) == (ERIN, ARJUN, 100)
    assert passed.actor is None


def test_when_the_rotation_is_exhausted_the_lead_is_told_at_once_and_told_once() -> None:
    case = _at_rung(a_running_case(severity=Severity.SEV1), ACKNOWLEDGE, 80)
    change = tick(case, sg("2026-03-03 10:15"), people=ALL_AWAY)
    assert said(change) == [(NoticeKind.LEAD_TOLD, LENA), (NoticeKind.BREACH, ENGINEERING)]
    told = notice(change, NoticeKind.LEAD_TOLD)
    assert (told.facts["why"], told.urgent) == ("rotation_exhausted", True)
    assert told.facts["passed"] == [[ARJUN, "away"], [EVAN, "away"]]
    assert change.after.suggested_owner == ERIN


def test_where_nobody_has_it_the_lead_is_reminded() -> None:
    case = a_running_case(suggested_owner=None)
    assert said(tick(case, sg("2026-03-03 13:12"))) == [(NoticeKind.REMINDER, LENA)]


def test_a_silent_owner_is_followed_by_the_next_on_the_rotation() -> None:
    change = tick(_at_rung(owned(), UPDATE, 80), sg("2026-03-03 12:00"))
    assert (change.after.owner, change.after.owner_since) == (ARJUN, sg("2026-03-03 12:00"))
    assert said(change) == [
        (NoticeKind.OWNER_NEWS, ARJUN),
        (NoticeKind.OWNER_NEWS, ERIN),
        (NoticeKind.REQUESTER_NEWS, MEI),
        (NoticeKind.BREACH, ENGINEERING),
        (NoticeKind.LEAD_TOLD, LENA),
    ]
    assert EventKind.REASSIGNED in happened(change)


def test_an_owner_who_did_something_within_the_interval_keeps_their_work() -> None:
    case = _at_rung(owned(owner_active_at=sg("2026-03-03 10:01")), UPDATE, 80)
    change = tick(case, sg("2026-03-03 12:00"))
    assert change.after.owner == ERIN
    assert said(change) == [(NoticeKind.BREACH, ENGINEERING), (NoticeKind.LEAD_TOLD, LENA)]


@pytest.mark.parametrize(
    ("active", "owner"),
    [
        ("10:01", ARJUN),  # silent for two hours by 12:24, though not by 12:00
        ("11:00", ERIN),
    ],
)
def test_an_owner_who_falls_silent_after_the_rung_that_reassigns_is_followed_at_the_next(
    active: str, owner: str
) -> None:
    case = _at_rung(owned(owner_active_at=sg(f"2026-03-03 {active}")), UPDATE, 80)
    at_the_breach = tick(case, sg("2026-03-03 12:00")).after
    assert at_the_breach.owner == ERIN
    change = tick(at_the_breach, sg("2026-03-03 12:24"))
    assert change.after.owner == owner
    assert ((NoticeKind.OWNER_NEWS, ARJUN) in said(change)) == (owner == ARJUN)
    assert (NoticeKind.LEAD_PAGED, LENA) in said(change)


def test_whoever_nobody_could_follow_is_not_told_of_again_at_the_next_rung() -> None:
    case = tick(_at_rung(owned(), UPDATE, 80), sg("2026-03-03 12:00"), people=ALL_AWAY).after
    change = tick(case, sg("2026-03-03 12:24"), people=ALL_AWAY)
    assert said(change) == [(NoticeKind.LEAD_PAGED, LENA)]


def test_whoever_took_over_from_a_silent_owner_keeps_it_at_the_next_rung() -> None:
    case = tick(_at_rung(owned(), UPDATE, 80), sg("2026-03-03 12:00")).after
    assert tick(case, sg("2026-03-03 12:24")).after.owner == case.owner == ARJUN


def test_an_owner_whose_update_is_not_due_yet_keeps_their_work_when_the_resolve_clock_ends() -> None:
    case = _at_rung(owned(), RESOLVE, 80)
    case = sla.stop(facts(case, now=sg("2026-03-03 17:00")), case, UPDATE)
    case = sla.begin(facts(case, now=sg("2026-03-03 17:00")), case, UPDATE, Reason.UPDATED)
    change = tick(case, sg("2026-03-03 18:00"))
    assert change.after.owner == ERIN
    assert (NoticeKind.BREACH, ENGINEERING) in said(change)


def test_an_owner_who_waits_on_the_requester_is_not_silent() -> None:
    case = _at_rung(owned(), RESOLVE, 80)
    case = sla.pause(facts(case, now=sg("2026-03-03 11:00")), case, UPDATE, Reason.WAITING_REQUESTER)
    assert tick(case, sg("2026-03-03 18:00")).after.owner == ERIN


def test_an_owner_who_waited_for_a_promised_date_is_not_silent_when_it_comes() -> None:
    until = sg("2026-03-03 16:00")
    case = a_wait(WaitingOn.THIRD_PARTY, until, severity=Severity.SEV2)
    case = sla.set_due(facts(case, now=NOW), case, UPDATE, until)
    change = tick(_at_rung(_at_rung(case, UPDATE, 80), RESOLVE, 50), until)
    assert change.after.owner == ERIN
    assert (NoticeKind.WAIT_OVER, ERIN) in said(change)


def test_where_nobody_can_follow_a_silent_owner_the_lead_is_told_and_the_owner_stays() -> None:
    change = tick(_at_rung(owned(), UPDATE, 80), sg("2026-03-03 12:00"), people=ALL_AWAY)
    assert change.after.owner == ERIN
    assert EventKind.ROTATION_EXHAUSTED in happened(change)
    assert said(change).count((NoticeKind.LEAD_TOLD, LENA)) == 1


def test_after_three_days_of_outage_only_the_latest_rung_is_said() -> None:
    change = tick(a_running_case(severity=Severity.SEV1), sg("2026-03-03 11:00"))
    # The acknowledge clock (15 minutes) is past 120 %, the resolve clock (4 h) has not reached 50.
    assert said(change) == [(NoticeKind.ON_CALL, ARJUN), (NoticeKind.LEAD_PAGED, LENA)]
    taken = change.events[0]
    assert (taken.facts["percent"], taken.facts["skipped"]) == (120, [50, 80, 100])


def test_what_skipped_rungs_do_still_happens_once() -> None:
    change = tick(a_running_case(severity=Severity.SEV1), OUTAGE_OVER, late=True)
    assert happened(change) == [
        EventKind.RUNG_TAKEN,
        EventKind.BREACHED,
        EventKind.PASSED_ON,
        EventKind.RUNG_TAKEN,
        EventKind.BREACHED,
    ]
    assert all(clock.last_rung == 120 and clock.breached_at for clock in change.after.clocks)
    assert change.after.passed_over == (ERIN,)


def test_a_rung_that_waits_for_the_digest_does_not_silence_the_one_before_it() -> None:
    change = tick(a_running_case(), sg("2026-03-03 17:00"))  # past 120 %, which is a line of the digest
    assert said(change) == [(NoticeKind.ON_CALL, ARJUN), (NoticeKind.BREACH, ENGINEERING)]


def test_late_talk_is_folded_into_one_line_a_place_and_clock() -> None:
    change = tick(a_running_case(severity=Severity.SEV3), OUTAGE_OVER, late=True)
    folded = [one for one in change.notices if one.kind is NoticeKind.CATCH_UP]
    assert [(one.place, one.to, one.facts["clock"], one.facts["kind"]) for one in folded] == [
        (Place.DIRECT, ARJUN, "acknowledge", "on_call"),
        (Place.CHANNEL, ENGINEERING, "acknowledge", "breach"),
        (Place.CHANNEL, ENGINEERING, "resolve", "breach"),
    ]
    assert said(change) == [(one.kind, one.to) for one in folded]


def test_news_and_pages_are_not_folded() -> None:
    change = tick(_at_rung(owned(), UPDATE, 50), OUTAGE_OVER, late=True)
    assert said(change) == [
        (NoticeKind.OWNER_NEWS, ARJUN),
        (NoticeKind.OWNER_NEWS, ERIN),
        (NoticeKind.REQUESTER_NEWS, MEI),
        (NoticeKind.LEAD_PAGED, LENA),  # once, although both clocks are past their last rung
    ]
    assert all(clock.last_rung == 120 for clock in change.after.clocks)


def test_an_exhausted_rotation_is_told_as_such_however_late() -> None:
    case = _at_rung(a_running_case(), ACKNOWLEDGE, 80)
    change = tick(case, sg("2026-03-03 14:00"), late=True, people=ALL_AWAY)
    assert (NoticeKind.LEAD_TOLD, LENA) in said(change)


def test_late_talk_of_a_thread_goes_to_its_channel() -> None:
    change = tick(_at_rung(a_running_case(), ACKNOWLEDGE, 80), sg("2026-03-03 14:00"), late=True)
    folded = [(one.place, one.to, one.facts["kind"]) for one in change.notices if one.kind is NoticeKind.CATCH_UP]
    assert folded == [(Place.DIRECT, ARJUN, "on_call"), (Place.CHANNEL, ENGINEERING, "breach")]


def test_the_card_is_drawn_once_however_much_is_due() -> None:
    change = tick(a_running_case(severity=Severity.SEV1), OUTAGE_OVER)
    assert [one.kind for one in change.notices].count(NoticeKind.CARD) == 1


@pytest.mark.parametrize("opened", ["2026-03-03 10:00", "2026-03-06 17:40", "2026-08-08 12:00"])
@pytest.mark.parametrize("severity", list(Severity))
def test_left_alone_every_case_climbs_its_whole_ladder_and_comes_to_rest(severity: Severity, opened: str) -> None:
    case, ticks = a_running_case(severity=severity, opened_at=sg(opened)), 0
    while timers := due.timers_of(case, facts().books):
        now = min(timer.fires_at for timer in timers)
        change = tick(case, now)
        assert change.events, "a timer that does nothing would fire for ever"
        case, ticks = change.after, ticks + 1
    rungs = len(facts().rulebook.policies[severity].rungs)
    assert ticks <= 2 * rungs
    for clock in case.clocks:
        assert (clock.state, clock.last_rung, clock.breached_at) == (ClockState.RUNNING, 120, clock.due_at)


def test_a_deactivated_person_is_never_the_next() -> None:
    people = {**the_people(), ARJUN: a_person(ARJUN, kind=PersonKind.DEACTIVATED)}
    change = tick(_at_rung(a_running_case(), ACKNOWLEDGE, 80), sg("2026-03-03 14:00"), people=people)
    assert change.after.suggested_owner == EVAN
    passed = next(event for event in change.events if event.kind is EventKind.PASSED_ON)
    assert passed.facts["passed"] == [[ARJUN, "deactivated"]]


def _at_rung(case: Case, kind: ClockKind, percent: int) -> Case:
    """The case after that rung of that clock was taken."""
    clocks = (replace(c, last_rung=percent) if c.kind is kind else c for c in case.clocks)
    return replace(case, clocks=tuple(clocks))
