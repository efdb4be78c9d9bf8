"""Opening, and carrying on in a new escalation: what is kept, which clocks begin, who is called."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.rules import limits
from models.rules.acts import Act
from models.rules.case import ClockState, EvidenceKind
from models.rules.change import EventKind, NoticeKind, Place
from models.rules.moves.forms import EvidenceItem, OpenForm
from models.rules.refusals import Code
from models.rules.rulebook import ClockKind
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    BYSTANDER,
    ENGINEERING,
    ERIN,
    LENA,
    MEI,
    NOW,
    TING,
    a_rulebook,
    a_team,
    sg,
    the_people,
)
from tests.rules.playing import (
    DAY,
    HOUR,
    a_note,
    closed,
    details,
    happened,
    open_form,
    play,
    recipients,
    refuse,
    said,
    told,
)


def opened(form: OpenForm | None = None, **how: Any) -> Any:
    return play(None, Act.OPEN, form, **{"actor": MEI, **how})


def test_a_new_escalation_belongs_to_the_one_who_opened_it() -> None:
    change = opened(open_form(followers=frozenset({MEI, BYSTANDER}), origin_channel="C0ASKED0001"))
    case = change.after
    assert change.before is None
    assert (case.number, case.status, case.requester) == (0, Status.NEW, MEI)
    assert case.followers == {BYSTANDER}
    assert happened(change) == [EventKind.OPENED]
    assert change.events[0].facts["number"] == 0


def test_acknowledge_and_resolve_begin_to_run_and_update_does_not() -> None:
    case = opened().after
    assert {clock.kind for clock in case.clocks} == {ClockKind.ACKNOWLEDGE, ClockKind.RESOLVE}
    # A SEV3 has four hours to be acknowledged, counted from Tuesday 10:00.
    assert case.clock(ClockKind.ACKNOWLEDGE).due_at == sg("2026-03-03 14:00")
    assert all(clock.state is ClockState.RUNNING for clock in case.clocks)


def test_the_person_on_call_is_asked_and_the_requester_gets_the_link() -> None:
    change = opened(open_form(origin_channel="C0ASKED0001"))
    assert change.after.suggested_owner == ERIN
    assert recipients(change, NoticeKind.ON_CALL) == [ERIN]
    assert recipients(change, NoticeKind.OPENED_LINK) == [MEI]
    assert recipients(change, NoticeKind.CARD) == [ENGINEERING]
    pointer = told(change, NoticeKind.POINTER)[0]
    assert (pointer.place, pointer.to) == (Place.CHANNEL, "C0ASKED0001")
    assert not told(change, NoticeKind.LEAD_TOLD)
    assert not any(notice.urgent for notice in change.notices)


def test_no_pointer_is_posted_where_she_asked_from_no_channel() -> None:
    assert not told(opened(), NoticeKind.POINTER)


def test_a_sev1_goes_to_the_next_on_call_as_well_and_the_lead_is_told_at_once() -> None:
    change = opened(open_form(severity=Severity.SEV1))
    assert recipients(change, NoticeKind.ON_CALL) == [ERIN, ARJUN]
    lead = told(change, NoticeKind.LEAD_TOLD)[0]
    assert (lead.to, lead.facts["why"], lead.urgent) == (LENA, "sev1", True)
    assert all(notice.urgent for notice in told(change, NoticeKind.ON_CALL))


def test_the_lead_is_told_where_nobody_on_the_rotation_can_be_asked() -> None:
    away = NOW + 2 * DAY
    people = {**the_people(), ERIN: replace(the_people()[ERIN], away_until=away)}
    team = a_team(ENGINEERING, rotation=(ERIN,))
    change = opened(rulebook=a_rulebook(teams=(team,), fallback_team=ENGINEERING), people=people)
    assert change.after.suggested_owner is None
    assert [n.facts["why"] for n in told(change, NoticeKind.LEAD_TOLD)] == ["rotation_exhausted"]
    assert not told(change, NoticeKind.ON_CALL)


def test_followers_named_at_opening_hear_of_it() -> None:
    change = opened(open_form(followers=frozenset({BYSTANDER, TING})))
    assert recipients(change, NoticeKind.FOLLOWER_NEWS) == sorted([BYSTANDER, TING])


def test_blank_details_are_kept_as_absent() -> None:
    form = open_form(details=details(account=said("  "), title_local=said(""), amount=said("12.00 SGD")))
    case = opened(form).after
    assert (case.account, case.title_local, case.amount) == (None, None, "12.00 SGD")


def test_proof_is_kept_once_with_who_and_when() -> None:
    po = EvidenceItem(EvidenceKind.OBJECT_ID, said("po_1NxAbCdEf"))
    evidence = opened(open_form(evidence=(po, po, a_note()))).after.evidence
    assert [each.kind for each in evidence] == [EvidenceKind.OBJECT_ID, EvidenceKind.NOTE]
    assert {(each.added_by, each.added_at) for each in evidence} == {(MEI, NOW)}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": said("  ")}, Code.EMPTY, "title"),
        ({"need": said("")}, Code.EMPTY, "need"),
        ({"title": said("x" * (limits.TITLE + 1))}, Code.TOO_LONG, "title"),
        ({"title_local": said("x" * (limits.TITLE + 1))}, Code.TOO_LONG, "title_local"),
        ({"need": said("x" * 50_000)}, Code.TOO_LONG, "need"),
        ({"account": said("x" * (limits.SHORT + 1))}, Code.TOO_LONG, "account"),
        ({"amount": said("x" * (limits.SHORT + 1))}, Code.TOO_LONG, "amount"),
        ({"ticket_url": said("javascript:alert(1)")}, Code.BAD_LINK, "ticket_url"),
        ({"ticket_url": said("https://a b")}, Code.BAD_LINK, "ticket_url"),
        ({"ticket_url": said("https://" + "x" * limits.LINK)}, Code.TOO_LONG, "ticket_url"),
        ({"promised_at": NOW}, Code.IN_THE_PAST, "promised_at"),
    ],
)
def test_bad_details_are_refused_beside_their_field(changes: dict[str, Any], code: Code, field: str) -> None:
    answer = refuse(None, Act.OPEN, open_form(details=details(**changes)), actor=MEI)
    assert (answer.code, answer.form_field, answer.facts["field"]) == (code, field, field)


def test_a_text_of_the_full_length_is_accepted() -> None:
    form = open_form(details=details(title=said("题" * limits.TITLE), need=said("x" * limits.NEED)))
    assert len(opened(form).after.title) == limits.TITLE


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"team": "payments"}, Code.UNKNOWN_TEAM, "team"),
        ({"evidence": tuple(a_note(str(n)) for n in range(21))}, Code.TOO_MANY, "evidence"),
        ({"evidence": (a_note(""),)}, Code.EMPTY, "evidence"),
        ({"evidence": (a_note("x" * (limits.NOTE + 1)),)}, Code.TOO_LONG, "evidence"),
        ({"evidence": (EvidenceItem(EvidenceKind.LINK, said("ftp://x")),)}, Code.BAD_LINK, "evidence"),
        ({"followers": frozenset(f"U{n}" for n in range(51))}, Code.TOO_MANY, "followers"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], code: Code, field: str) -> None:
    answer = refuse(None, Act.OPEN, open_form(**changes), actor=MEI)
    assert (answer.code, answer.form_field) == (code, field)


def test_the_bot_opens_nothing_by_itself() -> None:
    with pytest.raises(LookupError):
        play(None, Act.OPEN, actor=None)


def test_a_case_closed_too_long_ago_is_carried_on_by_a_new_one() -> None:
    old = replace(closed(), followers=frozenset({TING}), number=142)
    change = play(old, Act.REOPEN, actor=LENA, now=NOW + timedelta(days=14, seconds=1))
    new = change.after
    assert change.before is None
    assert (new.status, new.continues, new.number) == (Status.NEW, 142, 0)
    assert (new.title, new.need, new.team) == (old.title, old.need, old.team)
    assert new.followers == {TING, MEI}
    assert new.evidence[0].text == "Still missing"
    assert happened(change) == [EventKind.OPENED]


def test_the_old_one_keeps_its_status_and_says_where_it_went_on() -> None:
    old = closed()
    also = play(old, Act.REOPEN, actor=MEI, now=NOW + 15 * DAY).also
    assert [happened(change) for change in also] == [[EventKind.CONTINUED]]
    assert also[0].before == old
    assert also[0].after.status is Status.CLOSED
    assert recipients(also[0], NoticeKind.HISTORY) == [ENGINEERING]


def test_within_the_days_it_is_the_same_one_that_is_reopened() -> None:
    change = play(closed(), Act.REOPEN, actor=MEI, now=NOW + 14 * DAY)
    assert change.before is not None
    assert change.after.status is Status.INVESTIGATING
    late = {"now": NOW + 2 * DAY + HOUR, "rulebook": a_rulebook(reopen_days=2)}
    assert play(closed(), Act.REOPEN, actor=MEI, **late).before is None
