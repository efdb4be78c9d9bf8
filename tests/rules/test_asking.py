"""What people do with a question of the bot: "Not mine", "In 2 hours", and the requester's nudge."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.rules.case import Case
from models.rules.change import Change, EventKind, NoticeKind
from models.rules.moves.forms import NoForm
from models.rules.moves.look_later import look_later
from models.rules.moves.nudge import nudge
from models.rules.moves.pass_on import pass_on
from models.rules.refusals import Code, Refusal
from models.rules.rulebook import Duration
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    BYSTANDER,
    ERIN,
    EVAN,
    LENA,
    MEI,
    NOW,
    TING,
    a_person,
    a_rulebook,
    a_running_case,
    facts,
    sg,
    the_people,
)

NOON = sg("2026-03-03 12:00")


def done(answer: Change | Refusal) -> Change:
    assert isinstance(answer, Change), answer
    return answer


def refused(answer: Change | Refusal) -> Refusal:
    assert isinstance(answer, Refusal)
    return answer


def said(change: Change) -> list[tuple[NoticeKind, str]]:
    silent = (NoticeKind.CARD, NoticeKind.HISTORY)
    return [(notice.kind, notice.to) for notice in change.notices if notice.kind not in silent]


class TestNotMine:
    def test_it_goes_to_the_next_on_the_rotation(self) -> None:
        change = done(pass_on(facts(a_running_case(), actor=ERIN), NoForm()))
        assert (change.after.suggested_owner, change.after.passed_over) == (ARJUN, (ERIN,))
        assert said(change) == [(NoticeKind.ON_CALL, ARJUN)]
        assert change.events[0].facts["why"] == "not_mine"

    def test_it_accepts_nothing_and_the_clock_goes_on(self) -> None:
        case = a_running_case()
        change = done(pass_on(facts(case, actor=ERIN), NoForm()))
        assert (change.after.status, change.after.clocks) == (Status.NEW, case.clocks)

    def test_where_nobody_is_left_the_lead_is_told_at_once(self) -> None:
        case = a_running_case(suggested_owner=EVAN, passed_over=(ERIN, ARJUN))
        change = done(pass_on(facts(case, actor=EVAN), NoForm()))
        assert change.after.suggested_owner is None
        assert said(change) == [(NoticeKind.LEAD_TOLD, LENA)]
        assert [event.kind for event in change.events] == [EventKind.ROTATION_EXHAUSTED]

    def test_an_old_button_is_answered_with_whoever_is_asked_now(self) -> None:
        case = a_running_case(suggested_owner=ARJUN, passed_over=(ERIN,))
        answer = refused(pass_on(facts(case, actor=ERIN), NoForm()))
        assert (answer.code, answer.facts["by"]) == (Code.ALREADY, ARJUN)

    def test_somebody_who_was_told_as_well_is_left_out_from_now_on(self) -> None:
        case = a_running_case(severity=Severity.SEV1)
        change = done(pass_on(facts(case, actor=ARJUN), NoForm()))
        assert (change.after.suggested_owner, change.after.passed_over) == (ERIN, (ARJUN,))
        assert said(change) == []

    def test_a_lead_may_say_it_for_them(self) -> None:
        change = done(pass_on(facts(a_running_case(), actor=LENA), NoForm()))
        assert change.after.suggested_owner == ARJUN

    def test_after_somebody_accepted_it_is_too_late(self) -> None:
        answer = refused(pass_on(facts(a_running_case(Status.ACKNOWLEDGED), actor=ARJUN), NoForm()))
        assert (answer.code, answer.facts["by"]) == (Code.ALREADY, ERIN)

    def test_a_bystander_may_not(self) -> None:
        assert refused(pass_on(facts(a_running_case(), actor=BYSTANDER), NoForm())).code is Code.NOT_ALLOWED


class TestInTwoHours:
    def test_the_requester_is_told_when_and_no_clock_moves(self) -> None:
        case = a_running_case()
        change = done(look_later(facts(case, actor=ERIN), NoForm()))
        assert change.after == replace(case, look_at=NOON)
        assert said(change) == [(NoticeKind.REQUESTER_NEWS, MEI)]
        assert change.events[0].facts["until"] == NOON.isoformat()

    def test_two_hours_are_hours_of_the_wall_clock(self) -> None:
        change = done(look_later(facts(a_running_case(), actor=ERIN, now=sg("2026-03-06 17:30")), NoForm()))
        assert change.after.look_at == sg("2026-03-06 19:30")

    def test_a_company_may_say_the_next_working_day_instead(self) -> None:
        book = a_rulebook(look_later=Duration(days=1))
        known = facts(a_running_case(), actor=ERIN, now=sg("2026-03-06 17:30"), rulebook=book)
        assert done(look_later(known, NoForm())).after.look_at == sg("2026-03-09 17:30")

    def test_it_is_not_offered_for_what_has_ended(self) -> None:
        answer = refused(look_later(facts(a_running_case(Status.CLOSED), actor=ERIN), NoForm()))
        assert answer.code is Code.WRONG_STATUS


def nudged(case: Case, actor: str = MEI, **more: Any) -> Change | Refusal:
    return nudge(facts(case, actor=actor, now=NOON, **more), NoForm())


class TestNudging:
    def test_whoever_was_asked_is_reminded_and_told_by_whom(self) -> None:
        change = done(nudged(a_running_case()))
        assert said(change) == [(NoticeKind.REMINDER, ERIN)]
        reminder = next(one for one in change.notices if one.kind is NoticeKind.REMINDER)
        assert reminder.facts == {
            "clock": "acknowledge",
            "percent": 50,  # two hours of four
            "due_at": sg("2026-03-03 14:00").isoformat(),
            "why": "nudged",
            "by": MEI,
        }

    def test_it_is_possible_once_a_clock(self) -> None:
        first = done(nudged(a_running_case()))
        again = refused(nudged(first.after, TING))
        assert (again.code, again.facts) == (Code.NUDGED_ALREADY, {"at": NOON.isoformat()})

    def test_the_next_clock_may_be_nudged_anew(self) -> None:
        case = done(nudged(a_running_case())).after
        later = a_running_case(Status.INVESTIGATING)
        change = done(nudged(replace(later, clocks=(*case.clocks[1:], *later.clocks[:1]))))
        assert said(change) == [(NoticeKind.REMINDER, ERIN)]

    def test_where_nobody_has_it_the_lead_is_reminded(self) -> None:
        assert said(done(nudged(a_running_case(suggested_owner=None)))) == [(NoticeKind.REMINDER, LENA)]

    def test_without_a_running_clock_there_is_nothing_to_nudge(self) -> None:
        case = replace(a_running_case(Status.WAITING), clocks=())
        assert refused(nudged(case)).code is Code.NO_CLOCK

    @pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.CANCELLED])
    def test_what_is_resolved_or_ended_is_not_nudged(self, status: Status) -> None:
        assert refused(nudged(a_running_case(status))).code is Code.WRONG_STATUS

    def test_the_owning_team_does_not_nudge_itself(self) -> None:
        assert refused(nudged(a_running_case(), ARJUN)).code is Code.NOT_ALLOWED


def test_nobody_who_is_away_is_asked_next() -> None:
    people = {**the_people(), ARJUN: a_person(ARJUN, away_until=NOW + timedelta(days=1))}
    change = done(pass_on(facts(a_running_case(), actor=ERIN, people=people), NoForm()))
    assert change.after.suggested_owner == EVAN
    assert change.events[0].facts["passed"] == [[ARJUN, "away"]]
