"""Who holds a case: acknowledging, reassigning, handing to another team, and composing with other acts."""

from dataclasses import replace

import pytest

from models.rules.acts import Act
from models.rules.case import ClockState, Reason
from models.rules.change import EventKind, NoticeKind
from models.rules.moves.forms import HandBackForm, HandBackReason, ReassignForm, RerouteForm
from models.rules.refusals import Code
from models.rules.rulebook import ClockKind, OnCall, RoleMembers
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    BYSTANDER,
    ENGINEERING,
    ERIN,
    EVAN,
    GONE,
    LENA,
    MEI,
    NOW,
    OMAR,
    OPERATIONS,
    PRIYA,
    PRODUCT,
    SUPPORT,
    TING,
    a_rulebook,
    a_team,
    sg,
    the_teams,
)
from tests.rules.playing import (
    HOUR,
    MINUTE,
    acknowledged,
    happened,
    investigating,
    new,
    open_form,
    play,
    recipients,
    refuse,
    resolved,
    said,
    told,
    waiting,
)

LATER = NOW + HOUR
OUTSIDE_LEAD = replace(a_rulebook(), leads=RoleMembers(users=frozenset({BYSTANDER})))


def test_whoever_acknowledges_owns_it() -> None:
    change = play(new(), Act.ACKNOWLEDGE, actor=ARJUN, now=LATER)
    case = change.after
    assert (case.owner, case.owner_since, case.owner_active_at) == (ARJUN, LATER, LATER)
    assert (case.acknowledged_at, case.suggested_owner, case.look_at) == (LATER, None, None)
    assert recipients(change, NoticeKind.REQUESTER_NEWS) == [MEI]
    assert not told(change, NoticeKind.OWNER_NEWS)


def test_acknowledging_stops_its_clock_and_starts_the_update_clock() -> None:
    change = play(new(), Act.ACKNOWLEDGE, now=LATER)
    stopped = change.after.clocks[0]
    assert (stopped.kind, stopped.state, stopped.breached_at) == (
        ClockKind.ACKNOWLEDGE,
        ClockState.STOPPED,
        None,
    )
    # A SEV3's next update is due one working day (nine hours) after Tuesday 11:00.
    due_at = sg("2026-03-04 11:00")
    update = change.after.clock(ClockKind.UPDATE)
    assert update is not None
    assert update.due_at == due_at
    assert told(change, NoticeKind.REQUESTER_NEWS)[0].facts["due_at"] == due_at.isoformat()


def test_a_lead_from_elsewhere_acknowledges_for_the_person_on_call() -> None:
    change = play(new(), Act.ACKNOWLEDGE, actor=BYSTANDER, rulebook=OUTSIDE_LEAD)
    assert change.after.owner == ERIN
    assert [n.facts["news"] for n in told(change, NoticeKind.OWNER_NEWS)] == ["assigned"]


def test_a_lead_from_elsewhere_takes_it_where_nobody_is_on_call() -> None:
    case = replace(new(), suggested_owner=None)
    assert play(case, Act.ACKNOWLEDGE, actor=BYSTANDER, rulebook=OUTSIDE_LEAD).after.owner == BYSTANDER


@pytest.mark.parametrize("act", [Act.NEED_INFO, Act.UPDATE, Act.WAIT, Act.RESOLVE, Act.RAISE_SEVERITY])
def test_every_act_of_the_owning_team_acknowledges_first(act: Act) -> None:
    change = play(new(), act, actor=ARJUN)
    assert happened(change)[0] is EventKind.ACKNOWLEDGED
    assert (change.after.owner, change.after.acknowledged_at) == (ARJUN, NOW)
    assert change.after.clock(ClockKind.ACKNOWLEDGE) is None
    assert change.before == new()


@pytest.mark.parametrize("act", [Act.NEED_INFO, Act.UPDATE, Act.WAIT, Act.RESOLVE, Act.RAISE_SEVERITY])
def test_a_composed_act_sends_one_message_to_the_requester_and_one_card(act: Act) -> None:
    change = play(new(), act, actor=ARJUN)
    to_mei = [notice for notice in change.notices if notice.to == MEI]
    assert len(to_mei) == 1
    assert len(told(change, NoticeKind.CARD)) == 1


def test_the_second_act_of_the_team_does_not_acknowledge_again() -> None:
    assert happened(play(acknowledged(), Act.UPDATE, now=LATER)) == [EventKind.UPDATED]


@pytest.mark.parametrize("act", [Act.ADD_EVIDENCE, Act.FOLLOW, Act.EDIT, Act.RAISE_SEVERITY])
def test_acts_of_the_requester_acknowledge_nothing(act: Act) -> None:
    case = replace(new(), requester=TING) if act is Act.FOLLOW else new()
    assert play(case, act, actor=MEI).after.status is Status.NEW


def test_a_requester_of_the_same_team_does_not_accept_their_own_by_raising_it() -> None:
    case = replace(new(), requester=ERIN)
    assert play(case, Act.RAISE_SEVERITY, actor=ERIN).after.status is Status.NEW


def test_an_act_of_the_owner_ends_their_silence_and_anybody_elses_does_not() -> None:
    case = acknowledged()
    assert play(case, Act.UPDATE, actor=ERIN, now=LATER).after.owner_active_at == LATER
    assert play(case, Act.UPDATE, actor=ARJUN, now=LATER).after.owner_active_at == NOW


def test_reassigning_tells_the_new_owner_the_old_one_and_the_requester() -> None:
    change = play(acknowledged(), Act.REASSIGN, ReassignForm(ARJUN, said("Erin leaves")), actor=LENA, now=LATER)
    news = {notice.to: notice.facts["news"] for notice in told(change, NoticeKind.OWNER_NEWS)}
    assert news == {ERIN: "taken_away", ARJUN: "assigned"}
    assert recipients(change, NoticeKind.REQUESTER_NEWS) == [MEI]
    assert (change.after.owner, change.after.owner_since, change.after.owner_active_at) == (ARJUN, LATER, LATER)
    assert change.events[0].facts["from"] == ERIN


def test_reassigning_what_nobody_holds_acknowledges_it_for_the_new_owner() -> None:
    change = play(new(), Act.REASSIGN, ReassignForm(EVAN), actor=ERIN)
    assert happened(change) == [EventKind.ACKNOWLEDGED, EventKind.REASSIGNED]
    assert change.after.owner == EVAN
    assert recipients(change, NoticeKind.OWNER_NEWS) == [EVAN]


def test_taking_what_nobody_holds_is_to_acknowledge_it() -> None:
    change = play(new(), Act.REASSIGN, ReassignForm(ERIN), actor=ERIN)
    assert happened(change) == [EventKind.ACKNOWLEDGED]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (ERIN, Code.SAME_PERSON),
        (PRIYA, Code.NOT_A_RESPONDER),
        (GONE, Code.NOT_A_RESPONDER),
        (MEI, Code.NOT_A_RESPONDER),
        ("U0NOBODY001", Code.UNKNOWN_PERSON),
    ],
)
def test_it_is_only_given_to_somebody_else_of_the_team(to: str, code: Code) -> None:
    answer = refuse(acknowledged(), Act.REASSIGN, ReassignForm(to))
    assert (answer.code, answer.form_field) == (code, "to")


def test_a_deactivated_person_of_the_rotation_is_no_responder() -> None:
    team = a_team(ENGINEERING)
    team = replace(team, rotation=(*team.rotation, OnCall(GONE)))
    book = a_rulebook(teams=(team, *the_teams()[1:]))
    assert refuse(acknowledged(), Act.REASSIGN, ReassignForm(GONE), rulebook=book).code is Code.NOT_A_RESPONDER


def test_another_team_gets_it_new_and_its_person_on_call_is_asked() -> None:
    change = play(waiting(), Act.REROUTE, now=LATER)
    case = change.after
    assert (case.status, case.team, case.owner, case.suggested_owner) == (Status.NEW, PRODUCT, None, PRIYA)
    assert (case.rerouted_count, case.waiting, case.acknowledged_at) == (1, None, None)
    assert happened(change) == [EventKind.REROUTED]
    assert recipients(change, NoticeKind.CARD) == [PRODUCT]
    assert recipients(change, NoticeKind.ON_CALL) == [PRIYA]
    moved = told(change, NoticeKind.CARD_MOVED)[0]
    assert (moved.to, moved.facts["old_team"]) == (ENGINEERING, ENGINEERING)


def test_the_resolve_clock_goes_on_and_a_new_acknowledge_cycle_begins() -> None:
    case = play(investigating(), Act.REROUTE, now=LATER).after
    acknowledge, resolve = case.clock(ClockKind.ACKNOWLEDGE), case.clock(ClockKind.RESOLVE)
    assert acknowledge is not None
    assert resolve is not None
    assert (acknowledge.cycle, acknowledge.started_at) == (2, LATER)
    assert (resolve.cycle, resolve.elapsed_seconds) == (1, 3600)
    assert case.clock(ClockKind.UPDATE) is None


def test_what_waited_with_paused_clocks_runs_again_at_the_new_team() -> None:
    resolve = play(waiting(), Act.REROUTE, now=LATER).after.clock(ClockKind.RESOLVE)
    assert resolve is not None
    assert resolve.state is ClockState.RUNNING


def test_a_team_that_hands_it_on_has_met_its_acknowledge_clock() -> None:
    handed = play(new(), Act.REROUTE, actor=ERIN, now=LATER).after
    taken = play(new(), Act.REROUTE, actor=BYSTANDER, now=LATER, rulebook=OUTSIDE_LEAD).after
    assert handed.clocks[0].state is ClockState.STOPPED
    assert taken.clocks[0].state is ClockState.VOID


def test_what_was_resolved_gets_its_resolve_clock_back_when_it_is_handed_on() -> None:
    case = play(resolved(now=NOW), Act.REROUTE, actor=LENA, now=LATER).after
    resolve = case.clock(ClockKind.RESOLVE)
    assert resolve is not None
    assert resolve.segments[0].reason is Reason.REOPENED
    assert (case.resolution, case.resolved_at, case.close_at) == (None, None, None)


@pytest.mark.parametrize(("team", "code"), [("payments", Code.UNKNOWN_TEAM), (ENGINEERING, Code.SAME_TEAM)])
def test_it_is_only_handed_to_another_team_that_exists(team: str, code: Code) -> None:
    rerouted = refuse(new(), Act.REROUTE, RerouteForm(team, said("Theirs")))
    handed = refuse(new(), Act.HAND_BACK, HandBackForm(HandBackReason.OTHER, team, said("Theirs")))
    assert rerouted.code is handed.code is code
    assert rerouted.form_field == handed.form_field == "team"


def test_rerouting_needs_a_reason() -> None:
    answer = refuse(new(), Act.REROUTE, RerouteForm(PRODUCT, said(" ")))
    assert (answer.code, answer.form_field) == (Code.EMPTY, "why")


def test_a_sev1_that_is_rerouted_tells_the_new_lead_at_once() -> None:
    case = new(form=open_form(severity=Severity.SEV1))
    change = play(case, Act.REROUTE, now=NOW + MINUTE)
    assert [n.facts["why"] for n in told(change, NoticeKind.LEAD_TOLD)] == ["sev1"]


def test_not_ours_goes_to_triage_with_its_reason() -> None:
    change = play(new(), Act.HAND_BACK, HandBackForm(HandBackReason.MISSING_PROOF, note=said("No ID")))
    assert (change.after.team, change.after.suggested_owner) == (OPERATIONS, OMAR)
    assert happened(change) == [EventKind.HANDED_BACK]
    assert change.events[0].facts["reason"] == "missing_proof"
    assert change.after.rerouted_count == 1


def test_not_ours_goes_to_the_team_that_is_named() -> None:
    form = HandBackForm(HandBackReason.WRONG_TEAM, PRODUCT)
    assert play(acknowledged(), Act.HAND_BACK, form).after.team == PRODUCT


def test_another_reason_than_those_listed_is_written_down() -> None:
    answer = refuse(new(), Act.HAND_BACK, HandBackForm(HandBackReason.OTHER))
    assert (answer.code, answer.form_field) == (Code.EMPTY, "note")


def test_triage_hands_back_to_support() -> None:
    case = new(form=open_form(team=OPERATIONS))
    assert play(case, Act.HAND_BACK, actor=OMAR).after.team == SUPPORT


def test_where_there_is_nowhere_to_hand_it_the_lead_gets_it() -> None:
    book = a_rulebook(teams=(a_team(ENGINEERING), a_team(PRODUCT, rotation=(PRIYA,))), fallback_team=ENGINEERING)
    change = play(new(rulebook=book), Act.HAND_BACK, rulebook=book, now=LATER)
    case = change.after
    assert (case.team, case.status, case.suggested_owner) == (ENGINEERING, Status.NEW, LENA)
    assert [n.facts["why"] for n in told(change, NoticeKind.LEAD_TOLD)] == ["no_team"]
    assert not told(change, NoticeKind.CARD_MOVED)
    assert recipients(change, NoticeKind.ON_CALL) == [LENA]
    acknowledge = case.clock(ClockKind.ACKNOWLEDGE)
    assert acknowledge is not None
    assert acknowledge.cycle == 2
