"""What a case says of itself: severity, details, proof, and who follows it."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules import limits
from models.rules.acts import Act
from models.rules.case import EvidenceKind
from models.rules.change import EventKind, NoticeKind
from models.rules.moves.forms import Details, EvidenceForm, EvidenceItem, SeverityForm
from models.rules.refusals import Code
from models.rules.rulebook import ClockKind
from models.rules.severity import Severity
from tests.builders import ARJUN, BYSTANDER, ERIN, LENA, MEI, NOW, TING, sg
from tests.rules.playing import (
    HOUR,
    a_note,
    acknowledged,
    details,
    happened,
    new,
    play,
    recipients,
    refuse,
    said,
    told,
)

LATER = NOW + HOUR


def items(*found: EvidenceItem) -> EvidenceForm:
    return EvidenceForm(found)


def test_raising_needs_no_reason_and_moves_the_due_times() -> None:
    change = play(acknowledged(), Act.RAISE_SEVERITY, actor=MEI, now=LATER)
    update = change.after.clock(ClockKind.UPDATE)
    assert change.after.severity is Severity.SEV2
    # A SEV2's update is due two hours after Tuesday 10:00, of which one has gone.
    assert update is not None
    assert update.due_at == sg("2026-03-03 12:00")
    assert recipients(change, NoticeKind.OWNER_NEWS) == [ERIN]
    assert change.events[0].facts["raised"] is True


@pytest.mark.parametrize("why", [None, said("  ")])
def test_lowering_needs_a_reason(why: Any) -> None:
    answer = refuse(acknowledged(), Act.LOWER_SEVERITY, SeverityForm(Severity.SEV4, why), actor=MEI)
    assert (answer.code, answer.form_field) == (Code.REASON_NEEDED, "why")


def test_the_requester_is_told_when_the_owner_lowers_it_and_can_put_it_back() -> None:
    change = play(acknowledged(), Act.LOWER_SEVERITY, actor=ERIN)
    assert recipients(change, NoticeKind.REQUESTER_NEWS) == [MEI]
    back = play(change.after, Act.RAISE_SEVERITY, SeverityForm(Severity.SEV3), actor=MEI)
    assert back.after.severity is Severity.SEV3


def test_what_counts_is_the_way_it_goes_not_the_name_of_the_button() -> None:
    """A responder who is not the owner may raise and not lower, by whatever button."""
    lower = SeverityForm(Severity.SEV4, said("Minor"))
    assert refuse(acknowledged(), Act.RAISE_SEVERITY, lower, actor=ARJUN).code is Code.NOT_ALLOWED


def test_the_severity_it_has_is_refused() -> None:
    answer = refuse(new(), Act.RAISE_SEVERITY, SeverityForm(Severity.SEV3), actor=MEI)
    assert (answer.code, answer.form_field) == (Code.SAME_SEVERITY, "severity")


def test_becoming_a_sev1_calls_the_next_on_call_too_while_nobody_has_accepted() -> None:
    change = play(new(), Act.RAISE_SEVERITY, SeverityForm(Severity.SEV1), actor=MEI)
    assert recipients(change, NoticeKind.ON_CALL) == [ERIN, ARJUN]
    assert recipients(change, NoticeKind.LEAD_TOLD) == [LENA]
    assert told(change, NoticeKind.LEAD_TOLD)[0].urgent


def test_becoming_a_sev1_in_somebodys_hands_tells_the_lead_only() -> None:
    change = play(acknowledged(), Act.RAISE_SEVERITY, SeverityForm(Severity.SEV1), actor=MEI)
    assert recipients(change, NoticeKind.LEAD_TOLD) == [LENA]
    assert not told(change, NoticeKind.ON_CALL)


def test_followers_hear_of_another_severity() -> None:
    case = replace(new(), followers=frozenset({BYSTANDER}))
    assert recipients(play(case, Act.RAISE_SEVERITY, actor=MEI), NoticeKind.FOLLOWER_NEWS) == [BYSTANDER]


def test_the_history_keeps_what_an_edit_changed() -> None:
    form = details(need=said("Explain the hold"), amount=said("12 SGD"))
    change = play(new(), Act.EDIT, form, actor=MEI)
    facts = change.events[0].facts
    assert facts["fields"] == ["need", "amount"]
    assert facts["old"] == {"need": "Release it", "amount": None}
    assert facts["new"] == {"need": "Explain the hold", "amount": "12 SGD"}


@pytest.mark.parametrize("form", [details(), details(account=said(" "))])
def test_an_edit_that_changes_nothing_is_refused(form: Details) -> None:
    assert refuse(new(), Act.EDIT, form, actor=MEI).code is Code.NOTHING_CHANGED


def test_a_promised_time_that_has_passed_does_not_spoil_another_edit() -> None:
    case = replace(new(), promised_at=LATER)
    kept = details(title=said("Other"), promised_at=LATER)
    assert play(case, Act.EDIT, kept, actor=MEI, now=LATER + HOUR).after.title == "Other"
    moved = details(promised_at=LATER + HOUR)
    answer = refuse(case, Act.EDIT, moved, actor=MEI, now=LATER + 2 * HOUR)
    assert answer.code is Code.IN_THE_PAST


def test_an_edit_is_checked_as_an_opening_is() -> None:
    answer = refuse(new(), Act.EDIT, details(title=said("")), actor=MEI)
    assert (answer.code, answer.form_field) == (Code.EMPTY, "title")


def test_proof_is_added_and_the_owner_is_told() -> None:
    sql = EvidenceItem(EvidenceKind.SQL, said("select 1"), said("1 row"))
    change = play(acknowledged(), Act.ADD_EVIDENCE, items(sql), actor=MEI, now=LATER)
    evidence = change.after.evidence[-1]
    assert (evidence.kind, evidence.summary, evidence.added_at) == (EvidenceKind.SQL, "1 row", LATER)
    assert recipients(change, NoticeKind.OWNER_NEWS) == [ERIN]
    assert change.events[0].facts["count"] == 1


@pytest.mark.parametrize(("found", "live"), [("po_live_1NxAbCdEf", True), ("po_test_1NxAbCdEf", False)])
def test_an_id_tells_live_from_test_mode_where_it_shows(found: str, live: bool) -> None:
    form = items(EvidenceItem(EvidenceKind.OBJECT_ID, said(found)))
    assert play(new(), Act.ADD_EVIDENCE, form, actor=MEI).after.evidence[0].live is live


def test_proof_that_is_there_already_is_not_added_twice() -> None:
    once = play(new(), Act.ADD_EVIDENCE, actor=MEI).after
    assert refuse(once, Act.ADD_EVIDENCE, actor=MEI).code is Code.NOTHING_CHANGED
    both = items(a_note(), a_note("And again"))
    assert len(play(once, Act.ADD_EVIDENCE, both, actor=MEI).after.evidence) == 2


def test_twenty_pieces_of_proof_are_enough() -> None:
    full = play(new(), Act.ADD_EVIDENCE, items(*(a_note(str(n)) for n in range(20))), actor=MEI).after
    answer = refuse(full, Act.ADD_EVIDENCE, actor=MEI)
    assert (answer.code, answer.facts["limit"]) == (Code.TOO_MANY, limits.EVIDENCE_ITEMS)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ((), Code.EMPTY),
        ((a_note(" "),), Code.EMPTY),
        ((EvidenceItem(EvidenceKind.SQL, said("x" * (limits.SQL + 1))),), Code.TOO_LONG),
        ((EvidenceItem(EvidenceKind.SQL, said("x"), said("x" * (limits.WHY + 1))),), Code.TOO_LONG),
        ((EvidenceItem(EvidenceKind.LINK, said("file:///x")),), Code.BAD_LINK),
    ],
)
def test_bad_proof_is_refused_beside_its_field(found: tuple[EvidenceItem, ...], code: Code) -> None:
    answer = refuse(new(), Act.ADD_EVIDENCE, items(*found), actor=MEI)
    assert (answer.code, answer.form_field) == (code, "evidence")


def test_anybody_follows_once_and_stops_once() -> None:
    following = play(new(), Act.FOLLOW, actor=BYSTANDER)
    assert following.after.followers == {BYSTANDER}
    assert happened(following) == [EventKind.FOLLOWED]
    assert not told(following, NoticeKind.HISTORY)
    assert refuse(following.after, Act.FOLLOW, actor=BYSTANDER).code is Code.NOTHING_CHANGED
    stopped = play(following.after, Act.UNFOLLOW, actor=BYSTANDER).after
    assert not stopped.followers
    assert refuse(stopped, Act.UNFOLLOW, actor=BYSTANDER).code is Code.NOTHING_CHANGED


def test_the_requester_need_not_follow_their_own() -> None:
    assert refuse(new(), Act.FOLLOW, actor=MEI).code is Code.NOTHING_CHANGED


def test_fifty_followers_are_enough() -> None:
    case = replace(new(), followers=frozenset(f"U{n}" for n in range(50)))
    assert refuse(case, Act.FOLLOW, actor=TING).code is Code.TOO_MANY
